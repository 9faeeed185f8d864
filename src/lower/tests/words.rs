//! Truth values, choices and references.

use insta::assert_snapshot;

use super::{check, check_files, network, server};

#[test]
fn truth_values() {
    assert_snapshot!(network("range = 10.1.0.0/16  clients = yes"), @r#"
    OCS0031: expected `true` or `false`, found `yes`
      0:1:76 `yes`: `clients` takes `true` or `false`
      help: write `true`
      fix: `yes` -> `true`
    "#);
    assert_snapshot!(network("range = 10.1.0.0/16  clients = perhaps"), @r#"
    OCS0031: expected `true` or `false`, found the word `perhaps`
      0:1:76 `perhaps`: `clients` takes `true` or `false`
      help: write `true` or `false`
    "#);
    assert_snapshot!(network("range = 10.1.0.0/16  clients = \"true\""), @r#"
    OCS0032: expected `true` or `false`, found a text in quotes
      0:1:76 `"true"`: `clients` takes `true` or `false`
      help: write `true` without quotes
      fix: `"true"` -> `true`
    "#);
    assert_snapshot!(network("range = 10.1.0.0/16  clients = 1"), @r#"
    OCS0031: expected `true` or `false`, found `1`
      0:1:76 `1`: `clients` takes `true` or `false`
      help: write `true`
      fix: `1` -> `true`
    "#);
}

/// People know a device by its product, its maker or its language.
#[test]
fn choices_by_the_names_that_people_know() {
    let meant = |block: &str, word: &str| {
        let said = check(&format!("site r {{ {block} {{ dialect = {word} }} }}"));
        let helps = said.lines().filter_map(|line| line.trim().strip_prefix("help: "));
        let of_word = |help: &&str| ["did you mean `", "write one of `"].iter().any(|begin| help.starts_with(begin));
        helps.filter(of_word).map(|help| help.split('`').take(2).collect::<String>()).collect::<String>()
    };
    for (word, dialect) in [
        ("asa", "cisco_asa"),
        ("ios", "cisco_ios"),
        ("srx", "juniper_srx"),
        ("junos", "juniper_srx"),
        ("pan_os", "palo_alto"),
        ("fortinet", "fortigate"),
        ("fortios", "fortigate"),
    ] {
        assert_eq!(meant("firewall f", word), format!("did you mean {dialect}"), "{word}");
    }
    for (word, dialect) in [("big_ip", "f5"), ("bigip", "f5"), ("f5_big_ip", "f5"), ("citrix", "netscaler"), ("adc", "netscaler")]
    {
        assert_eq!(meant("load_balancer lb", word), format!("did you mean {dialect}"), "{word}");
    }
    // One of two is not guessed.
    assert_eq!(meant("firewall f", "linux"), "write one of nftables");
}

#[test]
fn choices() {
    assert_snapshot!(check("site r { load_balancer lb { nat = snatt } }"), @r#"
    OCS0047: `snatt` is not a choice of `nat`
      0:1:35 `snatt`: not one of its choices
      help: did you mean `snat`? The choices are `snat` and `dnat`
      fix: `snatt` -> `snat`
    "#);
    assert_snapshot!(check("site r { load_balancer lb { nat = both } }"), @r#"
    OCS0047: `both` is not a choice of `nat`
      0:1:35 `both`: not one of its choices
      help: write one of `snat` and `dnat`
    "#);
    assert_snapshot!(check("site r { load_balancer lb { nat = \"snat\" } }"), @r#"
    OCS0032: expected a word, found a text in quotes
      0:1:35 `"snat"`: `nat` takes one of `snat` or `dnat`
      help: write `snat` without quotes
      fix: `"snat"` -> `snat`
    "#);
    assert_snapshot!(check("site r { load_balancer lb { nat = 5 } }"), @r#"
    OCS0047: `5` is not a choice of `nat`
      0:1:35 `5`: not one of its choices
      help: write one of `snat` and `dnat`
    "#);
    assert_snapshot!(check("site r { load_balancer lb { nat = true } }"), @r#"
    OCS0047: `true` is not a choice of `nat`
      0:1:35 `true`: not one of its choices
      help: write one of `snat` and `dnat`
    "#);
    assert_snapshot!(check_files(&["organization c { product = ocs-2007-r2  sip_domains = [\"contoso.com\"] }"]), @r#"
    OCS0047: `ocs-2007-r2` is not a choice of `product`
      0:1:28 `ocs-2007-r2`: not one of its choices
      help: did you mean `ocs_2007_r2`? The choices are `ocs_2007`, `ocs_2007_r2` and `toy`
      fix: `ocs-2007-r2` -> `ocs_2007_r2`
    "#);
}

#[test]
fn references() {
    assert_snapshot!(check("site redmond { domain = \"corp\" }"), @r#"
    OCS0032: expected the name of a block, found a text in quotes
      0:1:25 `"corp"`: `domain` takes the name of a `domain`
      help: write `corp` without quotes
      fix: `"corp"` -> `corp`
    "#);
    assert_snapshot!(check("site redmond { domain = 10.10.0.1 }"), @r#"
    OCS0031: expected the name of a block, found an address
      0:1:25 `10.10.0.1`: `domain` takes the name of a `domain`
      help: write the name of such a block, as in `domain = corp`
    "#);
    assert_snapshot!(check("site redmond { domain = a..b }"), @r#"
    OCS0048: `a..b` is not a reference
      0:1:25 `a..b`: a name is missing next to a dot
      help: write names with dots between, as in `redmond.pool01`
    "#);
    assert_snapshot!(check("site redmond { domain = true }"), @r#"
    OCS0031: expected the name of a block, found `true`
      0:1:25 `true`: `domain` takes the name of a `domain`
      help: write the name of such a block, as in `domain = corp`
    "#);
    assert_snapshot!(server("director = dir[1..2]"), @r#"
    OCS0048: `dir[1..2]` is not a reference
      0:1:73 `dir[1..2]`: a range names several blocks
      help: write the name of one block, such as `dir1`, or of the pool or array around them
    "#);
    assert_snapshot!(server("director = a.1b"), @r#"
    OCS0048: `a.1b` is not a reference
      0:1:75 `1b`: a name begins with a letter and has letters, digits, `-` and `_`
      help: write the name of a block, such as `redmond.pool01`
    "#);
    assert_snapshot!(server("director = \"two words\""), @r#"
    OCS0031: expected the name of a block, found a text in quotes
      0:1:73 `"two words"`: `director` takes the name of a `director` or `director_array`
      help: write the name of such a block, as in `director = dir01`
    "#);
}
