//! Domains of users, and authorities that are not in the directory.

use super::*;

#[test]
fn a_domain_of_users_is_prepared_without_a_site() {
    let plan = runbook(&[("s", SECOND)]);
    let prepared: Vec<&str> = plan.steps().filter(|step| step.row == "AD3").map(|step| step.about.as_str()).collect();
    assert_eq!(prepared, ["d.fourthcafe.net", "people.fourthcafe.net"]);
    let of = |domain: &str| {
        let step = plan.steps().find(|step| step.row == "AD3" && step.about == domain).expect("its step");
        texts(step).join("\n")
    };
    assert!(of("people.fourthcafe.net").contains("no server of this deployment"), "{}", of("people.fourthcafe.net"));
    assert!(!of("d.fourthcafe.net").contains("no server of this deployment"));
    let without = SECOND.replace("user_accounts = true", "user_accounts = false");
    assert_eq!(numbers(&runbook(&[("s", &without)]), "AD3").len(), 1, "a domain that hosts nothing is left as it is");
}

#[test]
fn the_root_of_a_standalone_authority_is_published_before_it_issues() {
    let plan = runbook(&[("s", SECOND)]);
    before(&plan, "AD8", "CE1");
    let world = World::new(&[("s", SECOND)]);
    let certificates = &world.plans().certificates().certificates;
    assert!(!certificates.is_empty() && certificates.iter().all(|one| one.issuer.is_some() && one.template.is_none()));
    let publish = step_texts(&plan, "AD8");
    assert!(publish.contains("certutil -f -dspublish ca.cer RootCA"), "{publish}");
    let request = step_texts(&plan, "CE1");
    assert!(request.contains("waits until an administrator") && !request.contains("template WebServer"), "{request}");
    assert!(!request.contains("Submit `") || !request.contains("to a template"), "{request}");
    for kind in ["enterprise", "public"] {
        let other = SECOND.replace("kind = standalone", &format!("kind = {kind}"));
        let plan = runbook(&[("s", &other)]);
        assert!(numbers(&plan, "AD8").is_empty(), "{kind}");
        assert!(!step_texts(&plan, "CE1").contains("standalone"), "{kind}");
    }
}

#[test]
fn a_default_is_no_decision() {
    let open = step_texts(&runbook(&[("e", EXPANDED)]), "AD2");
    assert!(open.contains("The topology does not state") && open.contains("/Global:system"), "{open}");
    assert!(!open.contains("as this topology says"), "{open}");
    let decided = step_texts(&runbook(FABRIKAM), "AD2");
    assert!(decided.contains("in the system container, as this topology says"), "{decided}");
    assert!(!decided.contains("does not state"), "{decided}");
}
