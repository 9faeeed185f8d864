//! Words for shapes of servers: each is built once, and every artifact that it concerns says the same.

use std::collections::BTreeMap;

use ocstopo::artifact::manifest;
use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, Part, build, compile};
use ocstopo::diag::{Diag, Severity};
use ocstopo::text::SourceMap;

fn compiled(edits: &[(&str, &str)]) -> Compiled {
    let mut text = include_str!("words.ocstopo").to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "no `{from}` in the topology");
        text = text.replacen(from, to, 1);
    }
    compile(SourceMap::new(vec![("words.ocstopo".into(), text)]), &CompileOptions::default())
}

fn codes(edits: &[(&str, &str)]) -> Vec<String> {
    compiled(edits).diags.iter().map(|diag| diag.code.0.to_owned()).collect()
}

fn built(edits: &[(&str, &str)]) -> BTreeMap<String, String> {
    let compiled = compiled(edits);
    assert!(!compiled.has_errors(), "{:#?}", compiled.diags);
    let templates = crate::support::templates();
    let options = BuildOptions {
        only: &[Part::PKI, Part::DNS, Part::FIREWALL, Part::LOAD_BALANCER, Part::PUBLISHING, Part::RUNBOOK],
        dialects: &[],
        serial: None,
        lines: false,
        templates,
        since: None,
        team: None,
        renewal: None,
    };
    let artifacts = build(&compiled, &options).expect("a build").into_iter();
    artifacts.filter(|artifact| artifact.path != manifest::PATH).map(|artifact| (artifact.path, artifact.content)).collect()
}

#[track_caller]
fn says(files: &BTreeMap<String, String>, path: &str, parts: &[&str]) {
    let text = files.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", files.keys().collect::<Vec<_>>()));
    for part in parts {
        assert!(text.contains(part), "no `{part}` in {path}:\n{text}");
    }
}

const ONE_SERVER: (&str, &str) = (
    r#"  web_access_array cwa {
    fqdn          = "im.contoso.com"
    load_balancer = lb
    vip           = 10.10.0.80
    external_fqdn = "chat.contoso.com"
    external_vip  = 10.10.0.85
    pool          = se01

    server cwa[01..02] {
      address          = 10.10.0.[81..82]
      external_address = 10.10.0.[86..87]
    }
  }
"#,
    r#"  web_access cwa {
    address       = 10.10.0.81
    internal_fqdn = "im.contoso.com"
    external_fqdn = "im.contoso.com"
    external_port = 4443
    pool          = se01
  }
"#,
);

#[test]
fn both_virtual_servers_of_an_array_of_web_access() {
    let files = built(&[]);
    assert_eq!(codes(&[]), Vec::<String>::new());
    says(
        &files,
        "network/load-balancer/hq-lb/haproxy.cfg",
        &["bind 10.10.0.80:443", "server cwa02 10.10.0.82:443", "bind 10.10.0.85:443", "server cwa02 10.10.0.87:443"],
    );
    says(&files, "dns/internal/contoso.com.zone", &["im.contoso.com. 3600 IN A 10.10.0.80", "as.im.contoso.com. 3600 IN CNAME"]);
    says(&files, "dns/internal/corp.contoso.com.zone", &["cwa02.corp.contoso.com. 3600 IN A 10.10.0.82"]);
    says(&files, "pki/hq-cwa-https/hq-cwa-https.cnf", &["im.contoso.com", "download.im.contoso.com", "cwa02.corp.contoso.com"]);
    says(&files, "pki/hq-cwa-https-outside/hq-cwa-https-outside.cnf", &["chat.contoso.com", "as.chat.contoso.com"]);
    says(&files, "runbook/runbook.md", &["- [ ] `cwa02.corp.contoso.com`: `10.10.0.87`, port 443"]);
}

#[test]
fn an_array_of_reverse_proxies() {
    let files = built(&[]);
    for (server, address) in [("rp01", "131.107.155.41"), ("rp02", "131.107.155.42")] {
        let path = format!("network/publishing/hq-rp-{server}/nginx.conf");
        says(&files, &path, &[&format!("listen {address}:443 ssl;"), "server 10.10.0.85:443;", "server 10.10.0.11:443;"]);
    }
    says(&files, "dns/external/contoso.com.zone", &["ocsweb.contoso.com. 3600 IN A 131.107.155.40"]);
    says(&files, "network/load-balancer/hq-lbout/haproxy.cfg", &["bind 131.107.155.40:443", "server rp02 131.107.155.42:443"]);
    says(
        &files,
        "network/firewall/hq-inner/rules.csv",
        &["hq.rp.rp01; hq.rp.rp02,172.25.33.41; 172.25.33.42,any,hq.cwa,10.10.0.85"],
    );
    let one = ("    load_balancer = lbout\n    vip           = 131.107.155.40\n", "");
    assert_eq!(codes(&[one]), ["OCS0701"]);
}

#[test]
fn the_address_that_browsers_open_is_not_the_computer() {
    let files = built(&[ONE_SERVER]);
    let names = ["im.contoso.com", "as.im.contoso.com", "download.im.contoso.com", "cwa.corp.contoso.com"];
    says(&files, "pki/hq-cwa-https/hq-cwa-https.cnf", &names);
    says(&files, "dns/internal/contoso.com.zone", &["im.contoso.com. 3600 IN A 10.10.0.81"]);
    says(&files, "dns/internal/corp.contoso.com.zone", &["cwa.corp.contoso.com. 3600 IN A 10.10.0.81"]);
    says(&files, "network/publishing/hq-rp-rp01/nginx.conf", &["server 10.10.0.81:4443;", "proxy_ssl_name \"im.contoso.com\";"]);
}

#[test]
fn two_virtual_servers_need_two_listeners() {
    let same = (ONE_SERVER.0, ONE_SERVER.1.replace("    external_port = 4443\n", ""));
    assert!(codes(&[(same.0, &same.1)]).contains(&"OCS0632".to_owned()));
    let clash = ONE_SERVER.1.replace("4443", "443");
    let compiled = compiled(&[(ONE_SERVER.0, &clash)]);
    let is_error = |diag: &Diag| diag.code.0 == "OCS0632" && diag.severity == Severity::Error;
    assert!(compiled.diags.iter().any(is_error), "{:#?}", compiled.diags);
}

#[test]
fn phones_of_2007_find_their_update_service() {
    let edits = [
        ("product     = ocs_2007_r2", "product     = ocs_2007"),
        (", web_access, desktop_sharing]", ", web_access, device_update]"),
        (
            "  domain_controller dc01 {",
            "  update_server updates01 {\n    address       = 10.10.0.95\n    external_fqdn = \"updates.contoso.com\"\n  }\n\n  domain_controller dc01 {",
        ),
        ("publishes     = [se01, cwa]", "publishes     = [se01, cwa, updates01]"),
    ];
    let files = built(&edits);
    says(&files, "dns/internal/contoso.com.zone", &["ucupdates.contoso.com. 3600 IN A 10.10.0.95"]);
    says(&files, "dns/external/contoso.com.zone", &["updates.contoso.com. 3600 IN A 131.107.155.40"]);
    says(&files, "pki/hq-updates01-https/hq-updates01-https.cnf", &["updates01.corp.contoso.com", "ucupdates.contoso.com"]);
    says(&files, "pki/hq-rp-listener/hq-rp-listener.cnf", &["updates.contoso.com"]);
    says(&files, "network/publishing/hq-rp-rp02/nginx.conf", &["server 10.10.0.95:443;", "sites/ucupdateserver"]);
    says(
        &files,
        "network/firewall/hq-inner/rules.csv",
        &["C17c,allow,hq.clients,10.10.64.0/20,any,hq.updates01,10.10.0.95,80,tcp"],
    );
    says(&files, "runbook/runbook.md", &["SU1.hq.updates01"]);
    assert!(!codes(&edits).contains(&"OCS0490".to_owned()));
    assert!(codes(&edits[..2]).contains(&"OCS0490".to_owned()));
}

const VOICE: &str = "
  network gateways { zone = internal  range = 10.10.8.0/24 }
  firewall voice { joins = [gateways, servers]  dialect = nftables }

  mediation_server med01 {
    address          = 10.10.0.61
    gateway_address  = 10.10.8.61
    media_port_first = 61000
    media_port_last  = 61999
    next_hop         = se01
    gateway          = gw01
    location_profile = hq
  }

  mediation_server med02 {
    address          = 10.10.0.62
    gateway_address  = 10.10.8.62
    next_hop         = se01
    gateway          = gw02
    location_profile = hq
  }

  media_gateway gw01 { address = 10.10.8.71  transport = tls  ports = 240 }
  media_gateway gw02 { address = 10.10.8.72  transport = tls  ports = 240 }

  domain_controller dc01 {";

const PROFILE: &str =
    "voice { location_profile hq { rule four_digits { match = '^(\\d{4})$'  translate = '+1425555$1' } } }\n\nsite hq {";

#[test]
fn media_ports_of_a_mediation_server_are_its_own() {
    let edits = [
        (", web_access, desktop_sharing]", ", enterprise_voice]"),
        ("  domain_controller dc01 {", VOICE),
        ("site hq {", PROFILE),
    ];
    let files = built(&edits);
    let own = ["hq.med01,10.10.0.61,61000-61999,udp", "hq.med02,10.10.0.62,60000-64000,udp"];
    says(&files, "network/firewall/hq-inner/rules.csv", &own);
    says(
        &files,
        "runbook/runbook.md",
        &["Set the media port range to `61000-61999`", "Leave the media port range at 60000-64000"],
    );
    let smaller = [edits[0], edits[1], edits[2], ("61999", "61199")];
    assert!(codes(&smaller).contains(&"OCS0818".to_owned()), "{:?}", codes(&smaller));
    let one_end = [edits[0], edits[1], edits[2], ("    media_port_last  = 61999\n", "")];
    assert!(codes(&one_end).contains(&"OCS0833".to_owned()));
}

#[test]
fn a_pool_of_directors_has_its_shared_folders() {
    let array = r#"  director_array dir {
    fqdn          = "dir.corp.contoso.com"
    edition       = enterprise
    load_balancer = lb
    vip           = 10.10.0.20

    back_end dirsql   { address = 10.10.0.31 }
    file_share dirdata { path = '\\fs01.corp.contoso.com\directors'  address = 10.10.0.41 }
    server dir[01..02] { address = 10.10.0.[22..23] }
  }
"#;
    let edits = [("  director dir01 { address = 10.10.0.21 }\n", array), ("next_hop = dir01", "next_hop = dir")];
    let files = built(&edits);
    let runbook = &files["runbook/runbook.md"];
    assert!(runbook.contains(r"Meeting content:             \\fs01.corp.contoso.com\directors\Presentations"), "{runbook}");
    assert!(runbook.contains("FS1.hq.dir.dirdata") && !runbook.contains("The topology names none for Directors"), "{runbook}");
}

const ROOMS: [(&str, &str); 2] = [
    (", web_access, desktop_sharing]", ", group_chat]"),
    (
        "  domain_controller dc01 {",
        "  network chat { zone = internal  range = 10.10.9.0/24 }
  firewall chatwall { joins = [chat, servers]  dialect = nftables }

  group_chat_server chat01 {
    address = 10.10.9.96
    pool    = se01

    back_end chatsql { address = 10.10.0.97 }
  }

  domain_controller dc01 {",
    ),
];

#[test]
fn rooms_of_group_chat() {
    let files = built(&ROOMS);
    says(
        &files,
        "network/firewall/hq-chatwall/rules.csv",
        &["10.10.9.96,5041,tcp", "10.10.0.11,5061,tcp", "10.10.0.97,1433,tcp", "10.10.9.96,443,tcp", "10.10.0.5,3268,tcp"],
    );
    says(&files, "dns/internal/corp.contoso.com.zone", &["chat01.corp.contoso.com. 3600 IN A 10.10.9.96"]);
    says(&files, "pki/hq-chat01-default/hq-chat01-default.cnf", &["chat01.corp.contoso.com"]);
    says(&files, "runbook/runbook.md", &["GC1.hq.chat01", "PR2.hq.chat01", "DB1.hq.chat01.chatsql"]);
    says(&files, "runbook/compliance.md", &["rooms of Group Chat and what was said in them"]);
}

#[test]
fn rooms_need_a_server_of_their_own() {
    assert!(codes(&ROOMS[..1]).contains(&"OCS0101".to_owned()), "{:?}", codes(&ROOMS[..1]));
    let with = |from: &str, to: &str| codes(&[ROOMS[0], (ROOMS[1].0, &ROOMS[1].1.replacen(from, to, 1))]);
    let on_the_pool = with("address = 10.10.9.96\n", "address = 10.10.0.11\n    host    = se01\n");
    assert!(on_the_pool.contains(&"OCS0213".to_owned()), "{on_the_pool:?}");
    let without_database = with("    back_end chatsql { address = 10.10.0.97 }\n", "");
    assert!(without_database.contains(&"OCS0025".to_owned()), "{without_database:?}");
    let before = codes(&[("product     = ocs_2007_r2", "product     = ocs_2007"), ROOMS[0], ROOMS[1]]);
    assert!(before.contains(&"OCS0054".to_owned()), "{before:?}");
}
