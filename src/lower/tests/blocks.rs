//! Blocks and attributes: unknown, misplaced, missing, twice, too new.

use insta::assert_snapshot;

use super::{check, check_files, check_in};
use crate::product::Product;

#[test]
fn misspelt_block() {
    assert_snapshot!(check("site redmond { netwrk servers { zone = internal  range = 10.10.0.0/22 } }"), @r#"
    OCS0020: there is no block `netwrk`
      0:1:16 `netwrk`: not a word of the language
      help: did you mean `network`?
      fix: `netwrk` -> `network`
    "#);
}

#[test]
fn misspelt_block_is_still_read() {
    assert_snapshot!(check("site redmond { netwrk servers { zone = inside  range = 10.10.0.5/22 } }"), @r#"
    OCS0020: there is no block `netwrk`
      0:1:16 `netwrk`: not a word of the language
      help: did you mean `network`?
      fix: `netwrk` -> `network`
    OCS0047: `inside` is not a choice of `zone`
      0:1:40 `inside`: not one of its choices
      help: write one of `internal` and `perimeter`
    OCS0039: `10.10.0.5/22` is an address inside a network
      0:1:56 `10.10.0.5/22`: the network itself is 10.10.0.0/22
      help: write `10.10.0.0/22`
      fix: `10.10.0.5/22` -> `10.10.0.0/22`
    "#);
}

#[test]
fn block_of_another_place() {
    assert_snapshot!(check("site redmond { front-ends fe01 { address = 10.10.0.11 } }"), @r#"
    OCS0020: there is no block `front-ends`
      0:1:16 `front-ends`: not a word of the language
      help: did you mean `front_end`? It belongs in `enterprise_pool`.
    "#);
}

#[test]
fn unknown_block() {
    assert_snapshot!(check("site redmond { printer p { } }\nwidget { }"), @"
    OCS0020: there is no block `printer`
      0:1:16 `printer`: not a word of the language
      help: in `site` the allowed blocks are `network`, `firewall`, `wan_link`, `load_balancer`, `domain_controller`, `standard_edition`, `enterprise_pool`, `director`, `director_array`, `edge_array`, `reverse_proxy`, `reverse_proxy_array`, `mediation_server`, `media_gateway`, `exchange_um`, `archiving_server`, `monitoring_server`, `qoe_monitoring_server`, `group_chat_server`, `update_server`, `web_access`, `web_access_array`, `waive` and `assert`
    OCS0020: there is no block `widget`
      0:2:1 `widget`: not a word of the language
      help: at the top of a file the allowed blocks are `organization`, `site`, `wan_link`, `voice`, `waive` and `assert`
    ");
}

#[test]
fn attribute_written_as_block() {
    assert_snapshot!(check("site redmond { users { } }"), @r#"
    OCS0020: `users` is an attribute, not a block
      0:1:16 `users`: an attribute of `site`
      help: write it as in `users = 10`
    "#);
}

#[test]
fn block_written_as_attribute() {
    assert_snapshot!(check("site redmond { edge_array e { shape = consolidated  inside = \"edge.contoso.com\"  server s { inside = 10.1.1.1 } } }"), @r#"
    OCS0021: `edge_array` has no attribute `inside`
      0:1:53 `inside`: it is a block
      help: write it with braces instead of `=`: `inside { … }`
    "#);
}

#[test]
fn misplaced_block() {
    assert_snapshot!(check("site redmond { front_end fe01 { address = 10.10.0.11.5 } }"), @r#"
    OCS0022: `front_end` is not allowed in `site`
      0:1:16 `front_end`: it belongs in `enterprise_pool`
      help: move it into `enterprise_pool`
    OCS0037: `10.10.0.11.5` is not an address
      0:1:43 `10.10.0.11.5`: 5 parts instead of 4
      help: write four numbers with dots between, as in `10.10.0.11`
    "#);
}

#[test]
fn misplaced_block_that_belongs_outside() {
    assert_snapshot!(check("site redmond { site dublin { } }"), @r#"
    OCS0022: `site` is not allowed in `site`
      0:1:16 `site`: it belongs outside all other blocks
      help: move it to the top level
    "#);
}

#[test]
fn misplaced_block_with_several_homes() {
    assert_snapshot!(check("site redmond { server s { address = 1 } }"), @"
    OCS0022: `server` is not allowed in `site`
      0:1:16 `server`: it belongs in `director_array`, `edge_array`, `reverse_proxy_array` or `web_access_array`
      help: move it into `director_array`, `edge_array`, `reverse_proxy_array` or `web_access_array`
    ");
}

#[test]
fn block_in_a_waiver() {
    assert_snapshot!(check("site redmond { waive OCS0512 { reason = \"r\"  waive OCS0513 { } } }"), @r#"
    OCS0022: `waive` is not allowed in `waive`
      0:1:46 `waive`: `waive` has no blocks
      help: move it from `waive` into the block that it concerns
    "#);
}

#[test]
fn misspelt_attribute() {
    assert_snapshot!(check("site redmond { standard_edition se01 { adress = 10.10.0.11 } }"), @r#"
    OCS0021: `standard_edition` has no attribute `adress`
      0:1:40 `adress`: no such attribute
      help: did you mean `address`?
      fix: `adress` -> `address`
    "#);
}

#[test]
fn attribute_of_the_parent() {
    assert_snapshot!(check("site redmond { standard_edition se01 { address = 10.10.0.11  domain = corp } }"), @r#"
    OCS0021: `standard_edition` has no attribute `domain`
      0:1:62 `domain`: it belongs in `site`
      help: move it into `site`
    "#);
}

#[test]
fn attribute_of_a_block_inside() {
    assert_snapshot!(check("site redmond { zone = internal }"), @r#"
    OCS0021: `site` has no attribute `zone`
      0:1:16 `zone`: it belongs in `network`
      help: move it into `network`
    "#);
}

#[test]
fn unknown_attribute() {
    assert_snapshot!(check("site redmond { network n { zone = internal  range = 10.1.0.0/16  colour = red } }\nassert { x = 1 }"), @"
    OCS0021: `network` has no attribute `colour`
      0:1:66 `colour`: no such attribute
      help: its attributes are `zone`, `range`, `gateway`, `clients`, `dns_suffixes`, `time_server` and `administrators`
    OCS0021: `assert` has no attribute `x`
      0:2:10 `x`: no such attribute
      help: `assert` has no attributes
    ");
}

#[test]
fn attribute_under_another_name() {
    let nat = |inner: &str| check(&format!("site a {{ firewall f {{ joins = [x, y]  static_nat n {{ {inner} }} }} }}"));
    assert_snapshot!(nat("outside = 207.46.11.5  inside = 172.16.0.10"), @r"
    OCS0021: `static_nat` has no attribute `outside`
      0:1:54 `outside`: no such attribute
      help: did you mean `public`?
      fix: `outside` -> `public`
    ");
    assert!(nat("inside = 172.16.0.10").contains("as in `public = 131.107.155.10`"), "no private address is public");
    assert!(nat("outside = 207.46.11.5").contains("it belongs in `reverse_proxy`"), "it may be either of the two");
}

#[test]
fn beginning_of_a_block() {
    let text = check("site a { edge edge { } }");
    assert!(text.contains("help: did you mean `edge_array`?\n  fix: `edge` -> `edge_array`"), "{text}");
}

#[test]
fn attribute_outside() {
    assert_snapshot!(check("dialect = haproxy\nnonsense = 1\nnever a -> b"), @r#"
    OCS0023: the attribute `dialect` is outside every block
      0:1:1 `dialect`: not in a block
      help: move it into `firewall` or `load_balancer`
    OCS0023: the attribute `nonsense` is outside every block
      0:2:1 `nonsense`: not in a block
      help: move it into the block that it belongs to
    OCS0023: a `never` or `allow` line is outside `assert`
      0:3:1 `never a -> b`: not in an `assert` block
      help: move it into `assert { … }`
    "#);
}

#[test]
fn missing_attributes() {
    assert_snapshot!(check("site redmond { load_balancer lb { } network n { range = 10.1.0.0/16 } }"), @r#"
    OCS0024: load_balancer `lb` needs `nat`
      0:1:30 `lb`: `nat` is missing
      help: write it between the braces, as in `nat = snat`
    OCS0024: network `n` needs `zone`
      0:1:45 `n`: `zone` is missing
      help: write it between the braces, as in `zone = internal`
    "#);
}

#[test]
fn refused_value_is_not_missing() {
    assert_snapshot!(check("site redmond { load_balancer lb { nat = maybe } }"), @r#"
    OCS0047: `maybe` is not a choice of `nat`
      0:1:41 `maybe`: not one of its choices
      help: write one of `snat` and `dnat`
    "#);
}

#[test]
fn a_broken_line_may_be_the_missing_attribute() {
    assert_snapshot!(check("site redmond { load_balancer lb {\n nat snat ! \n} }"), @"");
}

#[test]
fn missing_blocks() {
    assert_snapshot!(check("site redmond { enterprise_pool p { configuration = expanded  fqdn = \"p.contoso.com\" } }\nvoice { location_profile l { } }"), @r#"
    OCS0025: enterprise_pool `p` needs `back_end`
      0:1:32 `p`: no `back_end` between its braces
      help: write one between the braces, as in `back_end sql01 { address = 10.10.0.11 }`
    OCS0025: enterprise_pool `p` needs `front_end`
      0:1:32 `p`: no `front_end` between its braces
      help: write one between the braces, as in `front_end fe[01..04] { … }`
    OCS0025: location_profile `l` needs `rule`
      0:2:26 `l`: no `rule` between its braces
      help: write one between the braces, as in `rule four_digits { match = '^(\d{4})$'  translate = "text" }`
    "#);
}

#[test]
fn missing_organization() {
    assert_snapshot!(check_files(&["site redmond { }"]), @r#"
    OCS0060: the topology has no `organization` block
      0:1:6 `redmond`: no `organization` block contains this
      help: write one, or check that its file is among the files read:
    organization contoso {
      product     = ocs_2007
      sip_domains = ["contoso.com", "retail.contoso.com"]
      features    = [web_conferencing, av_conferencing]
    }
    "#);
}

#[test]
fn misspelt_organization_is_not_missing() {
    assert_snapshot!(check_files(&["organisation contoso { product = ocs_2007  sip_domains = [\"contoso.com\"] }"]), @r#"
    OCS0020: there is no block `organisation`
      0:1:1 `organisation`: not a word of the language
      help: did you mean `organization`?
      fix: `organisation` -> `organization`
    "#);
}

#[test]
fn two_organizations() {
    assert_snapshot!(check("organization fabrikam { product = ocs_2007  sip_domains = [\"fabrikam.com\"] }"), @r#"
    OCS0030: `organization` is declared twice
      1:1:14 `contoso`: the second one
      0:1:14 `fabrikam`: the first one
      help: there is at most one: merge the two blocks
    "#);
}

#[test]
fn attribute_twice() {
    assert_snapshot!(check("site redmond {\n users = 1\n users = 2\n}"), @r#"
    OCS0029: `users` is written twice
      0:3:2 `users`: the second one
      0:2:2 `users`: the first one
      help: keep one of the two
    "#);
}

#[test]
fn block_twice_in_two_files() {
    let organization = "organization contoso { product = ocs_2007  sip_domains = [\"contoso.com\"] }";
    let first = "site redmond { network a { zone = internal  range = 10.1.0.0/16 } }";
    let second = "# copy\nsite Redmond { network a { zone = internal  range = 10.1.0.0/16 } }";
    assert_snapshot!(check_files(&[first, second, organization]), @r#"
    OCS0030: two blocks `site` are named `Redmond`
      1:2:6 `Redmond`: `Redmond` again; upper and lower case count as the same
      0:1:6 `redmond`: `redmond` is declared here
      help: merge the two blocks, or rename one
    "#);
}

#[test]
fn block_without_name_twice() {
    assert_snapshot!(check("voice { }\nvoice { }\nassert { }\nassert { }"), @r#"
    OCS0030: `voice` is declared twice
      0:2:1 `voice`: the second one
      0:1:1 `voice`: the first one
      help: there is at most one: merge the two blocks
    "#);
}

#[test]
fn block_of_a_later_product() {
    assert_snapshot!(check("site redmond { monitoring_server mon01 { address = 10.10.0.87 } }"), @r#"
    OCS0054: `monitoring_server` does not exist in Office Communications Server 2007
      0:1:16 `monitoring_server`: since Office Communications Server 2007 R2
      help: write `qoe_monitoring_server`, which Office Communications Server 2007 has instead
    "#);
    assert_snapshot!(check_in(Product::Ocs2007R2, "site redmond { monitoring_server mon01 { address = 10.10.0.87 } }"), @"");
}

#[test]
fn too_deep() {
    let text = check(&"site s { ".repeat(100));
    assert_snapshot!(text.lines().filter(|line| line.starts_with("OCS0055")).count(), @"1");
}

#[test]
fn assertions() {
    assert_snapshot!(check("assert {\n never internet -> redmond.1 on tcp/0\n allow a -> b on sctp/5\n allow a -> b on udp/50000..59999\n allow a -> b on tcp\n}"), @r#"
    OCS0048: `redmond.1` is not a reference
      0:2:28 `1`: a name begins with a letter and has letters, digits, `-` and `_`
      help: write the name of a block, such as `redmond.pool01`
    OCS0056: `tcp/0` is not a transport with ports
      0:2:37 `0`: `0` is not from 1 to 65535
      help: write it as in `tcp/5061` or `udp/50000-59999`
    OCS0056: `sctp/5` is not a transport with ports
      0:3:18 `sctp`: `sctp` is neither `tcp` nor `udp`
      help: write it as in `tcp/5061` or `udp/50000-59999`
    OCS0056: `udp/50000..59999` is not a transport with ports
      0:4:18 `udp/50000..59999`: a range of ports has a hyphen
      help: write `udp/50000-59999`
      fix: `udp/50000..59999` -> `udp/50000-59999`
    OCS0056: `tcp` is not a transport with ports
      0:5:18 `tcp`: `/` separates transport and port
      help: write it as in `tcp/5061` or `udp/50000-59999`
    "#);
}

#[test]
fn assertion_without_an_end() {
    assert_snapshot!(check("assert {\n never internet -> on tcp/5061\n allow a -> b\n}"), @"");
}
