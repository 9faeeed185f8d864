//! Changes of a small topology.

use super::*;
use crate::text::FileId;

const TOPOLOGY: &str = r#"organization o {
  product  = ocs_2007
  features = [web_conferencing, av_conferencing]  # so far
}
site berlin {
  users = 900
  network servers { zone = internal }
  enterprise_pool pool01 {
    front_end fe[01..04] { address = 10.0.0.[1..4] }
    back_end sql { }
  }
}
site paris { users = 20 }
"#;

fn changed(changes: &[&str]) -> Result<String, String> {
    let sources = SourceMap::new(vec![("a".into(), TOPOLOGY.into())]);
    let changes: Vec<Change> = changes.iter().map(|text| Change::read(text)).collect::<Result<_, _>>()?;
    match apply(&sources, &changes) {
        Ok(sources) => {
            let after = sources.file(FileId(0)).text().to_owned();
            let lines = after.lines().filter(|line| !TOPOLOGY.lines().any(|old| old == *line));
            Ok(lines.map(str::trim).collect::<Vec<_>>().join(" / "))
        }
        Err(ChangeError::Words(words)) => Err(words),
        Err(ChangeError::Syntax(_, diags)) => Err(format!("syntax: {}", diags[0].message)),
    }
}

#[test]
fn a_value_is_replaced_or_added_by_its_path() {
    for (change, line) in [
        ("site.berlin.users = 1_000", "users = 1_000"),
        ("berlin.users=1_000", "users = 1_000"),
        ("product = ocs_2007_r2", "product  = ocs_2007_r2"),
        ("organization.product = ocs_2007_r2", "product  = ocs_2007_r2"),
        ("berlin.pool01.fe[01..04].address = 10.0.0.[5..8]", "front_end fe[01..04] { address = 10.0.0.[5..8] }"),
        ("berlin.fe[01..04].address = 10.0.0.[5..8]", "front_end fe[01..04] { address = 10.0.0.[5..8] }"),
        ("berlin.domain = corp", "domain = corp"),
        ("paris.domain = corp", "site paris { users = 20   domain = corp }"),
        ("servers.range = 10.0.0.0/24", "network servers { zone = internal   range = 10.0.0.0/24 }"),
        ("external_access.federation = discovered", "external_access { federation = discovered }"),
        ("feature +im_archiving", "features = [web_conferencing, av_conferencing, im_archiving]  # so far"),
        ("feature -av_conferencing", "features = [web_conferencing]  # so far"),
    ] {
        assert_eq!(changed(&[change]), Ok(line.to_owned()), "{change}");
    }
}

#[test]
fn changes_follow_each_other() {
    let both = changed(&["external_access.federation = discovered", "external_access.share = 20%"]);
    assert_eq!(both, Ok("external_access { federation = discovered   share = 20% }".to_owned()));
}

#[test]
fn what_cannot_be_meant_is_explained() {
    for (change, error) in [
        ("berlni.users = 1", "there is no `berlni` in the topology: did you mean `berlin`?"),
        ("berlin.usres = 1", "`site` has no attribute `usres`: did you mean `users`?"),
        (
            "pool01.fe02.address = 10.0.0.9",
            "`pool01.fe02` is declared together with others: write `berlin.pool01.fe[01..04]`, and all of them change",
        ),
        ("site.users = 3", "`site` names 2 blocks: write `berlin` or `paris`"),
        (
            "berlin.users =",
            "`berlin.users =` has no value: write it as in `external_access.federation = discovered` or `feature +web_conferencing`",
        ),
        ("berlin.users = 1 } site x {", "syntax: "),
        (
            "berlin.users = 1 domain = corp",
            "`1 domain = corp` is more than one value: write each change as an argument of its own",
        ),
        ("feature +web_conferencing", "the feature `web_conferencing` is on already"),
        ("feature -web_access", "the feature `web_access` is not on"),
        ("feature +web_acess", "there is no feature `web_acess`: did you mean `web_access`?"),
        ("feature +remote_users", "`remote_users` is an attribute: write `external_access.remote_users = true`"),
    ] {
        let found = changed(&[change]).unwrap_err();
        assert!(found.starts_with(error), "{change}: {found}");
    }
}
