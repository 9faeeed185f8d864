//! The helps of `cert check`, followed: what they tell to issue anew is, as the build requests it, as planned.

use std::path::PathBuf;

use super::{Deployment, WRONG, both, silent};

#[test]
fn what_helps_tell_to_issue_anew_gives_nothing_to_say() {
    let deployment = Deployment::new("contoso");
    let mut followed = 0;
    for wrong in WRONG {
        let said = deployment.check(&[&wrong.make(&deployment)], &["--format", "json"]);
        let told: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap_or_else(|_| panic!("{}", both(&said)));
        for found in told["diagnostics"].as_array().expect("findings") {
            let help = found["help"].as_str().unwrap_or_else(|| panic!("{}: no help", found["message"]));
            let codes = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
            let is_planned = |slug: &String| deployment.rows.iter().any(|row| row["certificate"] == *slug);
            let named: Vec<String> = codes(help).iter().filter_map(|code| code.strip_prefix("pki/").map(str::to_owned)).collect();
            assert!(named.iter().all(is_planned), "{help}");
            // A help that names no request speaks of the certificate that is wanted where its finding says.
            let wanted = || {
                let related = found["related"].as_array().into_iter().flatten().filter_map(|place| place["label"].as_str());
                related.flat_map(codes).filter(is_planned).collect::<Vec<_>>()
            };
            let slugs = if named.is_empty() { wanted() } else { named };
            if slugs.is_empty() {
                let listed = |name: &String| deployment.rows.iter().any(|row| row["common name"] == *name);
                assert!(
                    found["code"] == "OCS2001" && codes(help).iter().any(|code| code == "certificates.csv" || listed(code)),
                    "{help}"
                );
                continue;
            }
            let answers: Vec<PathBuf> = slugs.iter().map(|slug| deployment.file(slug, "pem")).collect();
            silent(&deployment.check(&answers.iter().map(PathBuf::as_path).collect::<Vec<_>>(), &[]));
            followed += 1;
        }
    }
    assert!(followed >= WRONG.len() - 2, "only {followed} helps could be followed");
}
