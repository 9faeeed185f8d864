//! Ranges in names and addresses.

use insta::assert_snapshot;

use super::{check, decls};

fn front_ends(name: &str, attrs: &str) -> String {
    let pool = format!(
        "configuration = consolidated  fqdn = \"p.contoso.com\"  front_end {name} {{ {attrs} }}  back_end sql01 {{ address = 10.10.0.99 }}"
    );
    check(&format!("site redmond {{ enterprise_pool p {{ {pool} }} }}"))
}

#[test]
fn names_and_addresses_step_together() {
    let decls = decls("site redmond { domain_controller dc[08..11] { address = 10.10.0.[5..8]  hardware { memory = 4GB } } }");
    let lines: Vec<_> = decls
        .blocks("site")
        .flat_map(|site| &site.children)
        .map(|dc| format!("{} {} {} {}", dc.name, dc.index, dc.address("address").unwrap().value, dc.children.len()))
        .collect();
    assert_eq!(lines, ["dc08 0 10.10.0.5 1", "dc09 1 10.10.0.6 1", "dc10 2 10.10.0.7 1", "dc11 3 10.10.0.8 1"]);
}

#[test]
fn counts_differ() {
    assert_snapshot!(front_ends("fe[01..04]", "address = 10.10.0.[11..13]"), @r#"
    OCS0051: `address` has 3 addresses for 4 blocks `front_end`
      0:1:123 `10.10.0.[11..13]`: 3 addresses
      0:1:100 `fe[01..04]`: stands for 4 servers
      help: write `10.10.0.[11..14]` for 4, or correct the range in the name
    "#);
}

#[test]
fn range_in_the_address_only() {
    assert_snapshot!(front_ends("fe01", "address = 10.10.0.[11..14]"), @r#"
    OCS0052: `address` is a range, but the name of the block is none
      0:1:117 `10.10.0.[11..14]`: 4 addresses
      0:1:100 `fe01`: stands for one block
      help: write a range of 4 in the name, as in `front_end fe[01..04]`, or one address: `10.10.0.11`
    "#);
    assert_snapshot!(check("site r { standard_edition se01 { address = 10.10.0.[11..14] } }"), @r#"
    OCS0052: `address` is a range, but the name of the block is none
      0:1:44 `10.10.0.[11..14]`: 4 addresses
      0:1:27 `se01`: stands for one block
      help: a standard_edition is one: write `address = 10.10.0.11`
    "#);
}

#[test]
fn range_in_the_name_only() {
    assert_snapshot!(front_ends("fe[01..04]", "address = 10.10.0.11  fqdn = \"fe.contoso.com\""), @r#"
    OCS0053: 4 servers would have the same `address`
      0:1:123 `10.10.0.11`: one address
      0:1:100 `fe[01..04]`: stands for 4 servers
      help: write a range of 4: `10.10.0.[11..14]`
    OCS0053: 4 servers would have the same `fqdn`
      0:1:142 `"fe.contoso.com"`: one name
      0:1:100 `fe[01..04]`: stands for 4 servers
      help: leave `fqdn` out, so that each is named after its block, or write a block for each server
    "#);
}

#[test]
fn range_of_one_is_fine() {
    assert_snapshot!(front_ends("fe[01..01]", "address = 10.10.0.11"), @"");
}

#[test]
fn names_without_a_range() {
    assert_snapshot!(front_ends("fe[1-4]", "address = 10.10.0.11"), @r#"
    OCS0049: `[1-4]` is no range
      0:1:103 `1-4`: two dots stand between the first and the last number
      help: write `[1..4]`
      fix: `1-4` -> `1..4`
    "#);
    assert_snapshot!(front_ends("fe[04..01]", "address = 10.10.0.11"), @r#"
    OCS0049: `[04..01]` is no range
      0:1:103 `04..01`: it counts downwards
      help: write the smaller number first: `[01..04]`
    "#);
    assert_snapshot!(front_ends("fe[1..04]", "address = 10.10.0.11"), @r#"
    OCS0049: `fe[1..04]` is no name with a range
      0:1:102 `[1..04]`: with leading zeros all numbers have the same width
      help: write `fe[01..04]`
      fix: `fe[1..04]` -> `fe[01..04]`
    "#);
    assert_snapshot!(front_ends("fe[]", "address = 10.10.0.11"), @r#"
    OCS0049: `[]` is no range
      0:1:103 ``: two dots stand between the first and the last number
      help: write the first and the last number, as in `[01..04]`
    "#);
    assert_snapshot!(front_ends("fe[1..2]-[1..2]", "address = 10.10.0.11"), @r#"
    OCS0049: `fe[1..2]-[1..2]` is no name with a range
      0:1:102 `[1..2]-[1..2]`: a name holds one range at most
      help: write a block for each value of the other range
    "#);
}

#[test]
fn blocks_that_take_no_range() {
    assert_snapshot!(check("site s[1..2] { }"), @r#"
    OCS0049: the name of a site holds no range
      0:1:6 `s[1..2]`: a range
      help: only servers have ranges: write a `site` for each
    "#);
}

#[test]
fn host_names_of_a_range() {
    assert_snapshot!(front_ends("fe_[1..2]", "address = 10.10.0.[1..2]"), @r#"
    OCS0028: `fe_1` cannot be the name of a front_end
      0:1:100 `fe_[1..2]`: it becomes a host name, and host names have no `_`
      help: write `fe-1`, or say what the host is called: `fqdn = "…"`
    "#);
}

#[test]
fn addresses_without_a_range() {
    assert_snapshot!(front_ends("fe[1..2]", "address = 10.10.[0..1].11"), @r#"
    OCS0049: an address holds a range in its last part only
      0:1:127 `[0..1].11`: not the whole last part
      help: write it as in `10.10.0.[11..14]`
    "#);
    assert_snapshot!(front_ends("fe[1..2]", "address = 10.10.0.[01..02]"), @r#"
    OCS0049: an address has no leading zeros
      0:1:129 `[01..02]`: `01` could be read as octal
      help: write `10.10.0.[1..2]`
      fix: `10.10.0.[01..02]` -> `10.10.0.[1..2]`
    "#);
    assert_snapshot!(front_ends("fe[1..2]", "address = 10.10.0.[255..256]"), @r#"
    OCS0037: `10.10.0.[255..256]` leaves its network part
      0:1:129 `[255..256]`: 256 is not 0 to 255
      help: a range steps the last part only; write a second block for the addresses above 255
    "#);
    assert_snapshot!(front_ends("fe[1..2]", "address = 10.10.0.[2..1]"), @r#"
    OCS0049: `[2..1]` is no range
      0:1:130 `2..1`: it counts downwards
      help: write the smaller number first: `[1..2]`
    "#);
}

#[test]
fn duplicates_between_ranges_are_one_finding() {
    assert_snapshot!(check("site r {\n domain_controller dc[1..4] { address = 10.1.1.[1..4] }\n domain_controller dc[3..6] { address = 10.1.1.[5..8] }\n}"), @r#"
    OCS0030: two blocks `domain_controller` are named `dc3`
      0:3:20 `dc[3..6]`: `dc3` again
      0:2:20 `dc[1..4]`: `dc3` is declared here
      help: rename or remove one of the two
    "#);
}

#[test]
fn bound_of_a_range() {
    assert_snapshot!(front_ends("fe[1..1001]", "address = 10.10.0.[1..2]"), @r#"
    OCS0050: `[1..1001]` stands for more than 1,000 servers
      0:1:102 `[1..1001]`: the most that one range may stand for is 1,000
      help: write a smaller range
    "#);
}

#[test]
fn bound_of_a_topology() {
    let blocks: String =
        (0..81).map(|i| format!("domain_controller d{i}x[1..250] {{ address = 10.1.{i}.[1..250] }}\n")).collect();
    assert_snapshot!(check(&format!("site r {{\n{blocks}}}")), @r#"
    OCS0050: the ranges of this topology stand for more than 20,000 servers
      0:82:19 `d80x[1..250]`: the first one above the bound
      help: describe the deployment in several topologies, or write smaller ranges
    "#);
}
