//! Lists.

use insta::assert_snapshot;

use super::{check, check_files};

fn joins(text: &str) -> String {
    check(&format!("site r {{ firewall f {{ joins = {text} }} }}"))
}

#[test]
fn single_value() {
    assert_snapshot!(joins("internet"), @r#"
    OCS0033: expected a list, found a single value
      0:1:31 `internet`: `joins` takes a list of names of `network`
      help: write `joins = [internet]`
      fix: `internet` -> `[internet]`
    "#);
    assert_snapshot!(joins("20min"), @r#"
    OCS0031: expected a list of names of `network`, found a duration
      0:1:31 `20min`: `joins` takes a list of names of `network`
      help: write it as in `joins = [clients]`
    "#);
}

#[test]
fn element_of_another_type() {
    assert_snapshot!(joins("[internet, \"servers\", 10.10.0.0/22, [a]]"), @r#"
    OCS0032: expected the name of a block, found a text in quotes
      0:1:42 `"servers"`: `joins` takes the name of a `network`
      help: write `servers` without quotes
      fix: `"servers"` -> `servers`
    OCS0031: expected the name of a block, found a network
      0:1:53 `10.10.0.0/22`: `joins` takes the name of a `network`
      help: write the name of such a block, as in `joins = clients`
    OCS0031: expected the name of a block, found a list in a list
      0:1:67 `[a]`: `joins` takes the name of a `network`
      help: write the name of such a block, as in `joins = clients`
    "#);
}

#[test]
fn one_or_more() {
    let archiving = |text: &str| check(&format!("site r {{ enterprise_pool p {{ archiving = {text} }} }}"));
    let about = |text: String| text.lines().filter(|line| line.contains("archiving")).collect::<Vec<_>>().join("\n");
    for text in ["arch01", "r.arch01", "[arch01]", "[arch01, other.arch02]"] {
        assert_eq!(about(archiving(text)), "", "{text}");
    }
    for text in ["[]", "[arch01, arch01]", "\"arch01\"", "20min", "[[arch01]]"] {
        assert_ne!(about(archiving(text)), "", "{text}");
    }
}

#[test]
fn element_twice() {
    assert_snapshot!(joins("[internet, servers, Internet]"), @r#"
    OCS0057: `joins` holds an element twice
      0:1:51 `Internet`: the same again
      0:1:32 `internet`: first here
      help: remove one of the two
      fix: `, Internet` -> ``
    "#);
}

#[test]
fn empty_list() {
    assert_snapshot!(joins("[]"), @r#"
    OCS0058: `joins` is empty
      0:1:31 `[]`: at least one element is needed
      help: write it as in `joins = [clients]`
    "#);
    assert_snapshot!(check_files(&["organization c { product = ocs_2007  sip_domains = [\"contoso.com\"]  features = [] }"]), @"");
}

#[test]
fn list_for_a_single_value() {
    assert_snapshot!(check("site r { load_balancer lb { nat = [snat] } }"), @r#"
    OCS0031: expected a word, found a list
      0:1:35 `[snat]`: `nat` takes one of `snat` or `dnat`
      help: write `nat = snat`
      fix: `[snat]` -> `snat`
    "#);
    assert_snapshot!(check("site r { load_balancer lb { nat = [snat, dnat] } }"), @r#"
    OCS0031: expected a word, found a list
      0:1:35 `[snat, dnat]`: `nat` takes one of `snat` or `dnat`
      help: `nat` takes one value, such as `nat = snat`
    "#);
}

#[test]
fn range_in_a_list() {
    assert_snapshot!(check("site r { load_balancer lb { nat = snat  snat_addresses = [10.10.0.[9..10]] } }"), @r#"
    OCS0052: a list holds single addresses, no ranges
      0:1:59 `10.10.0.[9..10]`: a range steps with the name of its block
      help: write `10.10.0.9, 10.10.0.10`
      fix: `10.10.0.[9..10]` -> `10.10.0.9, 10.10.0.10`
    "#);
}
