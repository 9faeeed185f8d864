//! Words for shapes of servers: each is built once, and every artifact that it concerns says the same.

use std::collections::BTreeMap;

use ocstopo::artifact::manifest;
use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, Part, build, compile};
use ocstopo::diag::{Diag, Severity};
use ocstopo::emit::Templates;
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
    let templates = Templates::shipped();
    let options = BuildOptions {
        only: &[Part::PKI, Part::DNS, Part::FIREWALL, Part::LOAD_BALANCER, Part::PUBLISHING, Part::RUNBOOK],
        dialects: &[],
        serial: None,
        lines: false,
        templates: &templates,
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
