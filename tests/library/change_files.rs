//! What the files of a change look like: a front end more, in every dialect, and with a user's templates.

use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::emit::firewall::FirewallChangeFiles;
use ocstopo::emit::{EmitContext, Templates, firewall};
use ocstopo::plan::firewall::FirewallPlan;
use ocstopo::text::SourceMap;

use crate::support::commits::commits;

fn compiled(files: Vec<(String, String)>) -> Compiled {
    compile(SourceMap::new(files), &CompileOptions::default())
}

/// A firewall before and after a commit, in a dialect.
fn versions(commit: &str, path: &str, dialect: &'static str) -> [FirewallPlan; 2] {
    let commit = commits().into_iter().find(|known| known.name == commit).expect("a commit");
    [commit.before, commit.after].map(|files| {
        let compiled = compiled(files);
        let plans = compiled.plans().expect("a topology").firewalls();
        FirewallPlan { dialect, ..plans.iter().find(|plan| plan.path == path).expect("a firewall").clone() }
    })
}

fn change([old, new]: &[FirewallPlan; 2], templates: &Templates) -> FirewallChangeFiles {
    firewall::change(old, new, &[], &EmitContext { templates, sample: true, organization: "contoso" }).expect("it can be said")
}

/// All files of a change, one after the other.
fn shown(files: &FirewallChangeFiles) -> String {
    let stages = [&files.open, &files.close].into_iter().flatten();
    let all = stages.flat_map(|stage| &stage.artifacts);
    all.map(|file| format!("==== {}\n{}", file.path, file.content)).collect()
}

#[test]
fn a_front_end_more_in_every_dialect() {
    for dialect in firewall::dialects() {
        let files = change(&versions("front end added", "redmond.inner", dialect), crate::support::templates());
        assert!(files.open.is_some() && files.close.is_none(), "{dialect}: nothing goes");
        insta::assert_snapshot!(format!("front_end_{dialect}"), shown(&files));
    }
}

/// An address that moves: what is new is opened first, and what was before is closed last.
#[test]
fn an_edge_address_moves_in_two_steps() {
    let files = change(&versions("edge address moved", "redmond.outer", "nftables"), crate::support::templates());
    let (open, close) = (files.open.expect("it opens"), files.close.expect("it closes"));
    assert_eq!(open.forward, ["change/network/firewall/redmond-outer/open.nft"]);
    assert_eq!(open.back, ["change/network/firewall/redmond-outer/open-back.nft"]);
    assert_eq!(close.forward, ["change/network/firewall/redmond-outer/close.nft"]);
    let value = |name: &str| open.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    assert_eq!((value("rules"), value("back"), value("remove")), (Some("open.nft"), Some("open-back.nft"), None));
}

#[test]
fn on_cisco_a_second_file_takes_the_earlier_lists_away() {
    let files = change(&versions("front end added", "redmond.inner", "cisco_asa"), crate::support::templates());
    let open = files.open.expect("it opens");
    let folder = "change/network/firewall/redmond-inner/";
    assert_eq!(open.forward, ["open.asa", "open-remove.asa"].map(|file| format!("{folder}{file}")));
    assert_eq!(open.back, ["open-back.asa", "open-back-remove.asa"].map(|file| format!("{folder}{file}")));
    assert!(open.values.contains(&("remove", "open-remove.asa".to_owned())));
}

fn with_template(name: &str, text: &str) -> Templates {
    Templates::with_overrides(&[(name.to_owned(), text.to_owned())]).expect("a template")
}

/// What a user's template adds is in the differences like all else.
#[test]
fn a_users_template_is_followed() {
    let versions = versions("edge address moved", "redmond.outer", "nftables");
    let extends = "{% extends \"builtin/nftables/ruleset\" %}";
    let more = format!("{extends}{{% block before_rules %}}\n\t\ttcp dport 22 accept\n{{% endblock %}}");
    let files = change(&versions, &with_template("nftables/ruleset", &more));
    assert!(shown(&files).contains("\t\ttcp dport 22 accept\n"));
    // What nft has and this does not know makes the whole table anew.
    let map = format!("{extends}{{% block sets %}}\n\tcounter seen {{ }}\n{{{{ super() }}}}{{% endblock %}}");
    let files = shown(&change(&versions, &with_template("nftables/ruleset", &map)));
    assert!(files.contains("\ndelete table inet ocstopo_redmond_outer\ntable inet ocstopo_redmond_outer {"), "{files}");
}

#[test]
fn a_template_that_cannot_be_followed_is_a_named_reason() {
    let template = "{% extends \"builtin/iptables/ruleset\" %}{% block before_rules %}\n-I FORWARD -j ACCEPT\n{% endblock %}";
    let versions = versions("front end added", "redmond.inner", "iptables");
    let files = change(&versions, &with_template("iptables/ruleset", template));
    assert!(files.open.is_none() && files.refused.expect("a reason").contains("-I FORWARD -j ACCEPT"));
}
