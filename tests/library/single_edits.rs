//! Single slips on sound topologies, each with what `check --format short` says: one cause, one finding, with the cause named.
//!
//! Where a slip gives more, the table says why. A new row: write it, run `INSTA_UPDATE=always cargo test --test library
//! single_edits`, and read whether the finding names what was done.

use std::collections::BTreeMap;

use ocstopo::compile::Compiled;
use ocstopo::diag::Severity;
use ocstopo::report::short;

use crate::support::root;
use crate::support::topologies::{self, Files, compiled};
use Step::{Change, Remove};

/// What is done to a file.
enum Step {
    /// The first text becomes the second.
    Change(&'static str, &'static str, &'static str),
    /// The file is not there.
    Remove(&'static str),
}

/// One slip.
struct Edit {
    name: &'static str,
    on: &'static str,
    changes: &'static [Step],
    findings: usize,
    /// Why there is more than one.
    because: &'static str,
}

/// An organization of two sites and a branch, written from the documentation alone.
const FABRIKAM: &str = "tests/single_edits/fabrikam";
const CONTOSO: &str = "examples/contoso";

#[rustfmt::skip]
const EDITS: &[Edit] = &[
    Edit { name: "private-av", on: FABRIKAM, changes: &[Change("bremen", "av_edge = 131.107.20.13", "av_edge = 172.28.10.13")], findings: 1, because: "" },
    Edit { name: "private-access-edge", on: FABRIKAM, changes: &[Change("bremen", "access_edge = 131.107.20.11", "access_edge = 172.28.10.21")], findings: 1, because: "" },
    Edit { name: "swap-inside-outside-proxy", on: FABRIKAM, changes: &[Change("bremen", r#"outside   = 131.107.20.20
    inside    = 172.28.10.20"#, r#"outside   = 172.28.10.20
    inside    = 131.107.20.20"#)], findings: 1, because: "" },
    Edit { name: "swap-edge", on: FABRIKAM, changes: &[Change("bremen", "inside = 172.28.10.11  access_edge = 131.107.20.11", "inside = 131.107.20.11  access_edge = 172.28.10.11")], findings: 1, because: "" },
    Edit { name: "swap-edge-av", on: FABRIKAM, changes: &[Change("bremen", "inside = 172.28.10.12  av_edge = 131.107.20.13", "inside = 131.107.20.13  av_edge = 172.28.10.12")], findings: 1, because: "" },
    Edit { name: "edge-in-one-subnet", on: FABRIKAM, changes: &[Change("bremen", "inside = 172.28.10.11", "inside = 131.107.20.14")], findings: 1, because: "" },
    Edit { name: "edge-in-one-subnet-outside", on: FABRIKAM, changes: &[Change("bremen", "web_conferencing_edge = 131.107.20.12", "web_conferencing_edge = 172.28.10.13")], findings: 1, because: "" },
    Edit { name: "edge-inside-internal", on: FABRIKAM, changes: &[Change("bremen", "inside = 172.28.10.11", "inside = 10.40.0.70")], findings: 1, because: "" },
    Edit { name: "invalid-site-name", on: FABRIKAM, changes: &[Change("bremen", "site bremen {", "site bre.men {")], findings: 1, because: "" },
    Edit { name: "invalid-site-name-digit", on: FABRIKAM, changes: &[Change("muenchen", "site muenchen {", "site 2muenchen {")], findings: 1, because: "" },
    Edit { name: "invalid-site-umlaut", on: FABRIKAM, changes: &[Change("muenchen", "site muenchen {", "site münchen {")], findings: 1, because: "" },
    Edit { name: "site-misspelt", on: FABRIKAM, changes: &[Change("muenchen", "site muenchen {", "site munchen {")], findings: 1, because: "" },
    Edit { name: "site-misspelt-b", on: FABRIKAM, changes: &[Change("bremen", "site bremen {", "site bremmen {")], findings: 1, because: "" },
    Edit { name: "removed-firewall-asa", on: FABRIKAM, changes: &[Change("bremen", r#"  firewall asa   { joins = [internet, dmz_out]  dialect = cisco_asa  redundant = true }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-firewall-forti", on: FABRIKAM, changes: &[Change("bremen", r#"  firewall forti { joins = [dmz_in, servers, clients, admins, gateways]  dialect = fortigate }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-firewall-nft", on: FABRIKAM, changes: &[Change("leipzig", r#"  firewall nft    { joins = [lan, transit]  dialect = nftables }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-network-dmz-in", on: FABRIKAM, changes: &[Change("bremen", r#"  network dmz_in   { zone = perimeter  range = 172.28.10.0/24 }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-network-dmz-out", on: FABRIKAM, changes: &[Change("bremen", r#"  network dmz_out  { zone = perimeter  range = 131.107.20.0/27 }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-network-gateways", on: FABRIKAM, changes: &[Change("bremen", r#"  network gateways { zone = internal   range = 10.40.8.0/28 }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-network-servers", on: FABRIKAM, changes: &[Change("bremen", r#"  network servers  { zone = internal  range = 10.40.0.0/24 }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-network-transit", on: FABRIKAM, changes: &[Change("leipzig", r#"  network transit { zone = internal  range = 10.34.255.0/30 }
"#, "")], findings: 1, because: "" },
    Edit { name: "network-misspelt", on: FABRIKAM, changes: &[Change("bremen", "network dmz_in ", "network dmz_inn ")], findings: 1, because: "" },
    Edit { name: "network-misspelt-servers", on: FABRIKAM, changes: &[Change("bremen", "network servers ", "network server ")], findings: 1, because: "" },
    Edit { name: "network-misspelt-in-joins", on: FABRIKAM, changes: &[Change("bremen", "joins = [dmz_in,", "joins = [dmz_inn,")], findings: 1, because: "" },
    Edit { name: "network-left-out-of-joins", on: FABRIKAM, changes: &[Change("bremen", "joins = [dmz_in, servers", "joins = [servers")], findings: 1, because: "" },
    Edit { name: "clients-left-out-of-joins", on: FABRIKAM, changes: &[Change("bremen", "servers, clients, admins", "servers, admins")], findings: 1, because: "" },
    Edit { name: "gateways-left-out-of-joins", on: FABRIKAM, changes: &[Change("bremen", "admins, gateways]", "admins]")], findings: 1, because: "" },
    Edit { name: "internet-left-out", on: FABRIKAM, changes: &[Change("bremen", "joins = [internet, dmz_out]", "joins = [dmz_in, dmz_out]")], findings: 1, because: "" },
    Edit { name: "wan-without-leipzig", on: FABRIKAM, changes: &[Change("wan", ", leipzig.transit]", "]")], findings: 1, because: "" },
    Edit { name: "wan-without-muenchen", on: FABRIKAM, changes: &[Change("wan", " muenchen.servers,", "")], findings: 1, because: "" },
    Edit { name: "removed-wan", on: FABRIKAM, changes: &[Remove("wan")], findings: 1, because: "" },
    Edit { name: "removed-core-link", on: FABRIKAM, changes: &[Change("muenchen", r#"  wan_link core { joins = [servers, clients] }
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-file-bremen", on: FABRIKAM, changes: &[Remove("bremen")], findings: 1, because: "" },
    Edit { name: "removed-file-muenchen", on: FABRIKAM, changes: &[Remove("muenchen")], findings: 1, because: "" },
    Edit { name: "removed-file-leipzig", on: FABRIKAM, changes: &[Remove("leipzig")], findings: 1, because: "" },
    Edit { name: "removed-file-organization", on: FABRIKAM, changes: &[Remove("organization")], findings: 1, because: "" },
    Edit { name: "removed-file-voice", on: FABRIKAM, changes: &[Remove("voice")], findings: 1, because: "" },
    Edit { name: "address-in-no-network", on: FABRIKAM, changes: &[Change("bremen", "dir01 { address = 10.40.0.21", "dir01 { address = 10.41.0.21")], findings: 1, because: "" },
    Edit { name: "director-in-perimeter", on: FABRIKAM, changes: &[Change("bremen", "dir01 { address = 10.40.0.21", "dir01 { address = 172.28.10.21")], findings: 1, because: "" },
    Edit { name: "vip-in-no-network", on: FABRIKAM, changes: &[Change("bremen", "vip               = 10.40.0.10", "vip               = 10.4.0.10")], findings: 1, because: "" },
    Edit { name: "vip-taken", on: FABRIKAM, changes: &[Change("bremen", "vip               = 10.40.0.10", "vip               = 10.40.0.11")], findings: 1, because: "" },
    Edit { name: "vip-left-out", on: FABRIKAM, changes: &[Change("bremen", r#"    vip               = 10.40.0.10
"#, "")], findings: 1, because: "" },
    Edit { name: "balancer-left-out", on: FABRIKAM, changes: &[Change("bremen", r#"    load_balancer     = f5
"#, "")], findings: 1, because: "" },
    Edit { name: "both-left-out", on: FABRIKAM, changes: &[Change("bremen", r#"    load_balancer     = f5
    vip               = 10.40.0.10
"#, "")], findings: 1, because: "" },
    Edit { name: "removed-load-balancer", on: FABRIKAM, changes: &[Change("bremen", r#"  load_balancer f5 {
    nat            = snat
    snat_addresses = [10.40.0.9]
    dialect        = f5
    idle_timeout   = 20min
  }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-corp-ca", on: FABRIKAM, changes: &[Change("organization", r#"  certification_authority corp_ca   { kind = enterprise  config = 'ca01.fabrikam.com\Fabrikam Issuing CA' }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-public-ca", on: FABRIKAM, changes: &[Change("organization", r#"  certification_authority public_ca { kind = public }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-back-end", on: FABRIKAM, changes: &[Change("bremen", r#"    back_end sql01       { address = 10.40.0.30  version = sql_2005_sp2 }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-front-ends", on: FABRIKAM, changes: &[Change("bremen", r#"    front_end fe[01..03] { address = 10.40.0.[11..13] }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-archiving", on: FABRIKAM, changes: &[Change("bremen", r#"  archiving_server arch01 { address = 10.40.0.50  back_end archdb { address = 10.40.0.51  version = sql_2005_sp2 } }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-gateway", on: FABRIKAM, changes: &[Change("bremen", r#"  media_gateway gw01 { address = 10.40.8.6  transport = tls  ports = 120 }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-mediation", on: FABRIKAM, changes: &[Change("bremen", r#"  mediation_server med01 {
    address          = 10.40.0.61
    gateway_address  = 10.40.8.5
    next_hop         = pool01
    gateway          = gw01
    location_profile = bremen
  }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-director", on: FABRIKAM, changes: &[Change("bremen", r#"  director dir01 { address = 10.40.0.21 }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-proxy", on: FABRIKAM, changes: &[Change("bremen", r#"  reverse_proxy rp {
    outside   = 131.107.20.20
    inside    = 172.28.10.20
    publishes = [pool01, muenchen.mucse01]
  }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-domain-block", on: FABRIKAM, changes: &[Change("organization", r#"    domain wp {
      fqdn = "fabrikam.com"
    }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-active-directory", on: FABRIKAM, changes: &[Change("organization", r#"  active_directory {
    topology = single_forest_single_domain
    domain wp {
      fqdn = "fabrikam.com"
    }
  }
"#, "")], findings: 1, because: "" },
    Edit { name: "domain-misspelt", on: FABRIKAM, changes: &[Change("organization", "domain wp {", "domain wpp {")], findings: 1, because: "" },
    Edit { name: "no-domain-in-site", on: FABRIKAM, changes: &[Change("bremen", r#"  domain = wp
"#, "")], findings: 1, because: "" },
    Edit { name: "pool-renamed", on: FABRIKAM, changes: &[Change("bremen", "enterprise_pool pool01", "enterprise_pool pool02")], findings: 1, because: "" },
    Edit { name: "pool-renamed-word", on: FABRIKAM, changes: &[Change("bremen", "enterprise_pool pool01", "enterprise_pool main")], findings: 1, because: "" },
    Edit { name: "se-renamed", on: FABRIKAM, changes: &[Change("muenchen", "standard_edition mucse01", "standard_edition mucs01")], findings: 1, because: "" },
    Edit { name: "director-renamed", on: FABRIKAM, changes: &[Change("bremen", "director dir01", "director dir02")], findings: 1, because: "" },
    Edit { name: "gateway-renamed", on: FABRIKAM, changes: &[Change("bremen", "media_gateway gw01", "media_gateway gw02")], findings: 1, because: "" },
    Edit { name: "mediation-renamed", on: FABRIKAM, changes: &[Change("bremen", "mediation_server med01", "mediation_server med02")], findings: 1, because: "" },
    Edit { name: "profile-renamed", on: FABRIKAM, changes: &[Change("voice", "location_profile bremen", "location_profile hb")], findings: 1, because: "" },
    Edit { name: "usage-renamed", on: FABRIKAM, changes: &[Change("voice", "phone_usage all", "phone_usage everything")], findings: 1, because: "" },
    Edit { name: "no-phone-usage", on: FABRIKAM, changes: &[Change("voice", r#"  phone_usage all { description = "Everything" }
"#, "")], findings: 1, because: "" },
    Edit { name: "edge-without-next-hop", on: FABRIKAM, changes: &[Change("bremen", r#"    next_hop = dir01
"#, "")], findings: 1, because: "" },
    Edit { name: "no-access-edge", on: FABRIKAM, changes: &[Change("bremen", r#"    access_edge           { fqdn = "sip.fabrikam.com" }
"#, "")], findings: 1, because: "" },
    Edit { name: "no-av-edge-address", on: FABRIKAM, changes: &[Change("bremen", "  av_edge = 131.107.20.13", "")], findings: 1, because: "" },
    Edit { name: "zone-dmz-out-internal", on: FABRIKAM, changes: &[Change("bremen", "network dmz_out  { zone = perimeter", "network dmz_out  { zone = internal")], findings: 1, because: "" },
    Edit { name: "zone-dmz-in-internal", on: FABRIKAM, changes: &[Change("bremen", "network dmz_in   { zone = perimeter", "network dmz_in   { zone = internal")], findings: 1, because: "" },
    Edit { name: "range-dmz-in-digit", on: FABRIKAM, changes: &[Change("bremen", "range = 172.28.10.0/24", "range = 172.28.11.0/24")], findings: 1, because: "" },
    Edit { name: "range-servers-digit", on: FABRIKAM, changes: &[Change("bremen", "range = 10.40.0.0/24", "range = 10.41.0.0/24")], findings: 1, because: "" },
    Edit { name: "range-bad", on: FABRIKAM, changes: &[Change("bremen", "range = 10.40.0.0/24", "range = 10.40.0.0/33")], findings: 1, because: "" },
    Edit { name: "range-overlap", on: FABRIKAM, changes: &[Change("bremen", "range = 10.40.5.0/26", "range = 10.40.0.0/26")], findings: 1, because: "" },
    Edit { name: "clients-false", on: FABRIKAM, changes: &[Change("bremen", "range = 10.40.64.0/18  clients = true", "range = 10.40.64.0/18")], findings: 1, because: "" },
    Edit { name: "duplicate-address", on: FABRIKAM, changes: &[Change("bremen", "gateway_address  = 10.40.8.5", "gateway_address  = 10.40.8.6")], findings: 1, because: "" },
    Edit { name: "mediation-one-network", on: FABRIKAM, changes: &[Change("bremen", "gateway_address  = 10.40.8.5", "gateway_address  = 10.40.0.62")], findings: 1, because: "" },
    Edit { name: "no-sip-domain-match", on: FABRIKAM, changes: &[Change("organization", r#"sip_domains = ["fabrikam.com"]"#, r#"sip_domains = ["fabrikan.com"]"#)], findings: 1, because: "" },
    Edit { name: "product-r2", on: FABRIKAM, changes: &[Change("organization", "product     = ocs_2007", "product     = ocs_2007_r2")], findings: 3, because: "three things that the release has no more or wants otherwise, each to be changed by itself" },
    Edit { name: "product-misspelt", on: FABRIKAM, changes: &[Change("organization", "product     = ocs_2007", "product     = ocs2007")], findings: 1, because: "" },
    Edit { name: "shape-consolidated", on: FABRIKAM, changes: &[Change("bremen", "shape    = single_site", "shape    = consolidated")], findings: 1, because: "" },
    Edit { name: "server-of-another-site", on: FABRIKAM, changes: &[Change("muenchen", "address = 10.89.0.11", "address = 10.40.0.71")], findings: 1, because: "" },
    Edit { name: "front-end-of-another-site", on: FABRIKAM, changes: &[Change("bremen", "fe[01..03] { address = 10.40.0.[11..13] }", "fe[01..02] { address = 10.40.0.[11..12] }\n    front_end fe03 { address = 10.89.0.13 }")], findings: 1, because: "" },
    Edit { name: "vip-of-another-site", on: FABRIKAM, changes: &[Change("bremen", "vip               = 10.40.0.10", "vip               = 10.89.0.10")], findings: 1, because: "" },
    Edit { name: "snat-of-another-site", on: FABRIKAM, changes: &[Change("bremen", "snat_addresses = [10.40.0.9]", "snat_addresses = [10.89.0.9]")], findings: 1, because: "" },
    Edit { name: "server-among-clients", on: FABRIKAM, changes: &[Change("muenchen", "address = 10.89.0.11", "address = 10.89.64.11")], findings: 1, because: "" },
    Edit { name: "director-among-clients", on: FABRIKAM, changes: &[Change("bremen", "dir01 { address = 10.40.0.21", "dir01 { address = 10.40.64.21")], findings: 1, because: "" },
    Edit { name: "users-homed-nowhere", on: FABRIKAM, changes: &[Change("bremen", "users             = 6_100", "users             = 600")], findings: 1, because: "" },
    Edit { name: "domain-without-site", on: FABRIKAM, changes: &[Change("organization", "single_forest_single_domain", "single_forest_multiple_domains"), Change("organization", "    domain wp {", "    domain sales { fqdn = \"sales.fabrikam.com\" }\n    domain wp {")], findings: 1, because: "" },
    Edit { name: "gateway-beside-the-servers", on: FABRIKAM, changes: &[Change("bremen", "gw01 { address = 10.40.8.6", "gw01 { address = 10.40.0.66")], findings: 1, because: "" },
    Edit { name: "mediation-cards-exchanged", on: FABRIKAM, changes: &[Change("bremen", "address          = 10.40.0.61\n    gateway_address  = 10.40.8.5", "address          = 10.40.8.5\n    gateway_address  = 10.40.0.61")], findings: 1, because: "" },
    Edit { name: "emergency-number-national", on: FABRIKAM, changes: &[Change("voice", r#"["110", "112"]"#, r#"["110", "112", "0110", "0112"]"#)], findings: 1, because: "" },
    Edit { name: "emergency-number-extension", on: FABRIKAM, changes: &[Change("voice", r"match = '^(\d{4})$'", r"match = '^(\d{3})$'")], findings: 1, because: "" },
    Edit { name: "underscore-in-front-end", on: FABRIKAM, changes: &[Change("bremen", "fe[01..03] { address = 10.40.0.[11..13] }", "fe[01..02] { address = 10.40.0.[11..12] }\n    front_end fe03 { address = 10.40.0.13  fqdn = \"fe_03.fabrikam.com\" }")], findings: 1, because: "" },
    Edit { name: "access-edge-not-sip", on: FABRIKAM, changes: &[Change("bremen", "sip.fabrikam.com", "access.fabrikam.com")], findings: 1, because: "" },
    Edit { name: "contoso-private-av-vip", on: CONTOSO, changes: &[Change("redmond", "vip           = 131.107.155.30", "vip           = 172.25.33.30")], findings: 1, because: "" },
    Edit { name: "contoso-private-av-server", on: CONTOSO, changes: &[Change("redmond", "av_edge = 131.107.155.[31..32]", "av_edge = 172.25.33.[31..32]")], findings: 1, because: "" },
    Edit { name: "contoso-inside-in-outside", on: CONTOSO, changes: &[Change("redmond", "inside                = 172.25.33.[11..12]", "inside                = 131.107.155.[111..112]")], findings: 1, because: "" },
    Edit { name: "contoso-removed-inner", on: CONTOSO, changes: &[Change("redmond", r#"  firewall inner { joins = [edge_inside, servers, gateways, admins, clients]  dialect = nftables }
"#, "")], findings: 1, because: "" },
    Edit { name: "contoso-removed-outer", on: CONTOSO, changes: &[Change("redmond", r#"  firewall outer { joins = [internet, edge_outside]                           dialect = nftables }
"#, "")], findings: 1, because: "" },
    Edit { name: "contoso-removed-edge-inside", on: CONTOSO, changes: &[Change("redmond", r#"  network edge_inside  { zone = perimeter  range = 172.25.33.0/24  gateway = 172.25.33.1 }
"#, "")], findings: 1, because: "" },
    Edit { name: "contoso-without-dublin", on: CONTOSO, changes: &[Remove("dublin")], findings: 1, because: "" },
    Edit { name: "contoso-without-redmond", on: CONTOSO, changes: &[Remove("redmond")], findings: 1, because: "" },
    Edit { name: "contoso-dublin-misspelt", on: CONTOSO, changes: &[Change("dublin", "site dublin", "site dubln")], findings: 1, because: "" },
    Edit { name: "contoso-redmond-bad-name", on: CONTOSO, changes: &[Change("redmond", "site redmond", "site redmond.wa")], findings: 1, because: "" },
    Edit { name: "contoso-arch-renamed", on: CONTOSO, changes: &[Change("redmond", "archiving_server arch01", "archiving_server archive")], findings: 1, because: "" },
    Edit { name: "contoso-balancer-renamed", on: CONTOSO, changes: &[Change("redmond", "load_balancer lb_servers {", "load_balancer lb_server {")], findings: 1, because: "" },
    Edit { name: "contoso-lb-edge-outside-removed", on: CONTOSO, changes: &[Change("redmond", r#"  load_balancer lb_edge_outside {
    nat          = dnat
    idle_timeout = 20min
    dialect      = f5
  }
"#, "")], findings: 1, because: "" },
    Edit { name: "contoso-swap-proxy", on: CONTOSO, changes: &[Change("redmond", r#"outside   = 131.107.155.40
    inside    = 172.25.33.40"#, r#"outside   = 172.25.33.40
    inside    = 131.107.155.40"#)], findings: 1, because: "" },
    Edit { name: "contoso-no-edge", on: CONTOSO, changes: &[Change("dublin", r#"    server dubav1 { inside = 172.26.33.21  av_edge = 131.107.160.21 }
"#, "")], findings: 1, because: "" },
    Edit { name: "contoso-mediation-out-of-gateways", on: CONTOSO, changes: &[Change("redmond", "gateway_address  = 10.10.8.61", "gateway_address  = 10.10.18.61")], findings: 1, because: "" },
    Edit { name: "contoso-pool-in-perimeter", on: CONTOSO, changes: &[Change("redmond", "front_end fe[01..04] { address = 10.10.0.[11..14] }", "front_end fe[01..04] { address = 172.25.33.[51..54] }")], findings: 1, because: "" },
    Edit { name: "contoso-wan-removed", on: CONTOSO, changes: &[Change("organization", r#"wan_link redmond_dublin {
  joins     = [redmond.servers, dublin.servers]
  bandwidth = 34Mbps
}
"#, "")], findings: 1, because: "" },
    Edit { name: "equals-forgotten", on: FABRIKAM, changes: &[Change("muenchen", "domain = wp", "domain wp")], findings: 1, because: "" },
    Edit { name: "retention-without-a-unit", on: FABRIKAM, changes: &[Change("organization", "retention = 180d", "retention = 180")], findings: 1, because: "" },
    Edit { name: "brace-too-many", on: FABRIKAM, changes: &[Change("muenchen", "users = 3_400  external", "users = 3_400 }  external")], findings: 1, because: "" },
    Edit { name: "zone-misspelt", on: FABRIKAM, changes: &[Change("bremen", "dmz_in   { zone = perimeter", "dmz_in   { zone = dmz")], findings: 1, because: "" },
    Edit { name: "front-ends-outside-the-pool", on: FABRIKAM, changes: &[Change("bremen", r#"    front_end fe[01..03] { address = 10.40.0.[11..13] }
"#, ""), Change("bremen", "  director dir01", "  front_end fe[01..03] { address = 10.40.0.[11..13] }\n  director dir01")], findings: 1, because: "" },
    Edit { name: "emergency-numbers-without-quotes", on: FABRIKAM, changes: &[Change("voice", r#"["110", "112"]"#, "[110, 112]")], findings: 1, because: "" },
    Edit { name: "sip-domain-without-quotes", on: FABRIKAM, changes: &[Change("organization", r#"sip_domains = ["fabrikam.com"]"#, "sip_domains = [fabrikam.com]")], findings: 1, because: "" },
    Edit { name: "addresses-for-name-servers", on: FABRIKAM, changes: &[Change("organization", r#"["dc01.fabrikam.com", "dc02.fabrikam.com"]"#, r#"["10.40.0.5", "10.40.0.6"]"#)], findings: 1, because: "" },
    Edit { name: "users-with-a-zero-too-many", on: FABRIKAM, changes: &[Change("muenchen", "users = 3_400", "users = 34_000")], findings: 1, because: "" },
    Edit { name: "waived-code-misspelt", on: FABRIKAM, changes: &[Change("organization", "waive OCS0426", "waive OCS426")], findings: 1, because: "" },
    Edit { name: "wan-link-to-the-perimeter", on: FABRIKAM, changes: &[Change("wan", "bremen.servers", "bremen.dmz_in")], findings: 1, because: "" },
    Edit { name: "gateway-card-among-administrators", on: FABRIKAM, changes: &[Change("bremen", "gateway_address  = 10.40.8.5", "gateway_address  = 10.40.5.5")], findings: 1, because: "" },
    Edit { name: "snat-address-among-clients", on: FABRIKAM, changes: &[Change("bremen", "snat_addresses = [10.40.0.9]", "snat_addresses = [10.40.64.9]")], findings: 1, because: "" },
    Edit { name: "configuration-expanded", on: FABRIKAM, changes: &[Change("bremen", "configuration     = consolidated", "configuration     = expanded")], findings: 1, because: "" },
    Edit { name: "voice-users-with-zeros-too-many", on: FABRIKAM, changes: &[Change("voice", "users       = 1_500", "users       = 150_000")], findings: 1, because: "" },
    Edit { name: "archive-on-the-computer-of-the-pool", on: FABRIKAM, changes: &[Change("bremen", "archdb { address = 10.40.0.51", "archdb { address = 10.40.0.30")], findings: 1, because: "" },
    Edit { name: "archiving-server-on-a-pool's-server", on: FABRIKAM, changes: &[Change("bremen", "arch01 { address = 10.40.0.50", "arch01 { address = 10.40.0.21")], findings: 1, because: "" },
    Edit { name: "share-on-the-computer-of-the-database", on: FABRIKAM, changes: &[Change("bremen", "address = 10.40.0.40", "address = 10.40.0.30")], findings: 1, because: "" },
];

fn files(folder: &str) -> Files {
    topologies::files(&root().join(folder)).into_iter().map(|(name, text)| (name.replace(".ocstopo", ""), text)).collect()
}

impl Edit {
    fn compile(&self) -> Compiled {
        let mut files = files(self.on);
        for step in self.changes {
            match step {
                Change(file, old, new) => {
                    let (_, text) = files.iter_mut().find(|(name, _)| name == file).unwrap();
                    assert!(text.contains(old), "{}: `{old}` is not in {file}", self.name);
                    *text = text.replacen(old, new, 1);
                }
                Remove(file) => files.retain(|(name, _)| name != file),
            }
        }
        compiled(files)
    }
}

#[test]
fn the_topologies_are_sound() {
    for folder in [FABRIKAM, CONTOSO] {
        let compiled = compiled(files(folder));
        assert!(compiled.diags.iter().all(|diag| diag.severity == Severity::Note), "{folder}: {:#?}", compiled.diags);
        assert!(compiled.held.is_empty());
    }
}

#[test]
fn one_slip_is_one_finding() {
    assert!(EDITS.len() >= 40);
    let mut all = String::new();
    let mut wrong = String::new();
    let mut whole: BTreeMap<&str, Compiled> = BTreeMap::new();
    for edit in EDITS {
        let sound = whole.entry(edit.on).or_insert_with(|| compiled(files(edit.on)));
        let compiled = edit.compile();
        // What the sound topology says too is not of the slip.
        let known = |diag: &&ocstopo::diag::Diag| {
            sound.diags.iter().all(|other| (other.code, &other.message) != (diag.code, &diag.message))
        };
        let new: Vec<_> = compiled.diags.iter().filter(known).cloned().collect();
        if new.len() != edit.findings {
            wrong += &format!("{}: {} findings, expected {}\n", edit.name, new.len(), edit.findings);
        }
        assert!(edit.findings == 1 || !edit.because.is_empty(), "{}: why more than one?", edit.name);
        let text = short(&compiled.sources, &new);
        let helps: String = new.iter().filter_map(|diag| diag.help.as_deref()).map(|help| format!("  help: {help}\n")).collect();
        all += &format!("{}\n{text}{helps}\n", edit.name);
        // A placeholder for an invalid name is no word of the topology.
        assert!(!format!("{new:?}").contains("site-1"), "{}: {new:?}", edit.name);
    }
    insta::assert_snapshot!(all);
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// An error is silent only behind an error: held-back findings never decide whether a build succeeds.
#[test]
fn no_build_passes_with_a_silenced_error() {
    for edit in EDITS {
        let compiled = edit.compile();
        let errors = |diags: &[ocstopo::diag::Diag]| diags.iter().any(|diag| diag.severity == Severity::Error);
        assert!(errors(&compiled.diags) || !errors(&compiled.held), "{}", edit.name);
    }
}

/// Consequences of an accepted cause are shown: a waiver covers only what its author has seen.
#[test]
fn a_waived_cause_holds_nothing_back() {
    let with = |changes: &[(&str, &str)]| {
        let mut files = files(FABRIKAM);
        let (_, text) = files.iter_mut().find(|(name, _)| name == "bremen").unwrap();
        for (old, new) in changes {
            assert!(text.contains(old), "{old}");
            *text = text.replacen(old, new, 1);
        }
        compiled(files)
    };
    let left_out = ("servers, clients, admins", "servers, admins");
    let waiver = ("10.40.64.0/18  clients = true", "10.40.64.0/18  clients = true  waive OCS0411 { reason = \"later\" }");
    let codes = |compiled: &Compiled| compiled.diags.iter().map(|diag| diag.code.0).collect::<Vec<_>>();
    assert_eq!(codes(&with(&[left_out])), ["OCS0411"]);
    assert_eq!(codes(&with(&[left_out, waiver])), ["OCS0081"]);
}
