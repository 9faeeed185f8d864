//! Answers about a small deployment.

use super::*;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::query::answer::HopKind;
use crate::text::SourceMap;

fn compiled() -> Compiled {
    let text = include_str!("../../lint/bases/edge.ocstopo");
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

/// A short answer: firewalls with their rules, or what stops it and what would open it.
fn asked(text: &str) -> String {
    let compiled = compiled();
    let plans = compiled.plans().expect("a topology");
    let question = match Question::read(text) {
        Ok(question) => question,
        Err(error) => return error,
    };
    let why = match answer(&question, plans) {
        Ok(why) => why,
        Err(error) => return error,
    };
    match &why.answer {
        Answer::Rules { rules } => {
            rules.iter().map(|rule| format!("{} on {}", rule.id, rule.firewalls.join(" "))).collect::<Vec<_>>().join(", ")
        }
        Answer::Certificates { certificates } => {
            let carrier_text = |carrier: &Carrier| {
                let meets: Vec<&str> = carrier.meets.iter().map(|row| row.row.as_str()).collect();
                let written = carrier.written.as_deref().unwrap_or_default();
                format!("{} as {} ({written}) for {}", carrier.certificate, carrier.pattern, meets.join(" "))
            };
            certificates.iter().map(carrier_text).collect::<Vec<_>>().join("; ")
        }
        Answer::Name(name) => {
            let record = |planned: &PlannedRecord| {
                let rows: Vec<&str> = planned.reasons.iter().map(|reason| reason.grounds.row.as_str()).collect();
                assert!(planned.reasons.iter().all(|reason| reason.breaks.is_some()), "each reason has its row");
                format!("{} {} {}", planned.view, planned.data, rows.join(" "))
            };
            let missing = |found: &MissingRecord| {
                format!("{} {} by {}", found.view, found.missing.row, found.missing.features.join(" and "))
            };
            name.records.iter().map(record).chain(name.missing_features.iter().map(missing)).collect::<Vec<_>>().join("; ")
        }
        Answer::Packet(packet) => {
            let firewalls = packet.way.iter().flatten().filter(|hop| hop.kind == HopKind::Firewall);
            let firewalls = firewalls.map(|hop| {
                let rules = packet.rules.iter().filter(|rule| rule.firewalls.contains(&hop.path));
                let rules: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
                format!("{}: {}", hop.path, rules.join(" ")).trim_end().to_owned()
            });
            let missing = packet.missing_features.iter();
            let missing = missing.map(|found| format!("{} by {}", found.row, found.features.join(" and ")));
            let instead = packet.instead.iter().map(|other| format!("instead {} -> {}", other.from, other.to));
            let unsupported = packet.unsupported.iter().map(|row| format!("never {}", row.row));
            let word = if packet.passes { "passes" } else { "stopped" };
            let all = firewalls.chain(unsupported).chain(missing).chain(instead);
            [word.to_owned()].into_iter().chain(all).collect::<Vec<_>>().join("; ")
        }
    }
}

#[test]
fn names_have_answers() {
    let asked = |texts: &[&str]| texts.iter().map(|text| format!("{text}: {}", asked(text))).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(asked(&[
        "dns sip.contoso.com",
        "dns sip.contoso.com A",
        "DNS _SIP._tls.Contoso.com. srv",
        "dns _sip._tls.contoso.com A",
        "dns _sipfederationtls._tcp.contoso.com SRV",
        "dns sipp.contoso.com",
        "dns www.example.com",
        "dns sip.contoso.com MX",
        "dns",
        "dns a..b",
        "dns a b c",
    ]), @r#"
    dns sip.contoso.com: internal 10.10.0.11 N22; external 131.107.155.10 N30 N31
    dns sip.contoso.com A: internal 10.10.0.11 N22; external 131.107.155.10 N30 N31
    DNS _SIP._tls.Contoso.com. srv: external 0 0 443 sip.contoso.com. N32
    dns _sip._tls.contoso.com A: `_sip._tls.contoso.com` has no record of this type: leave the type out to see all
    dns _sipfederationtls._tcp.contoso.com SRV: external N33 by federation_discovery
    dns sipp.contoso.com: the topology needs no name `sipp.contoso.com`: did you mean `sip.contoso.com`?
    dns www.example.com: the topology needs no name `www.example.com`: dns/records.csv of a build lists all
    dns sip.contoso.com MX: expected A or CNAME or PTR or SRV as the type, not `MX`
    dns: write a name and a type, as in "dns sip.contoso.com A"
    dns a..b: `a..b` is not a name: it has an empty label; write a name and a type, as in "dns sip.contoso.com A"
    dns a b c: write a name and a type, as in "dns sip.contoso.com A"
    "#);
}

#[test]
fn questions_have_answers() {
    let asked = |texts: &[&str]| texts.iter().map(|text| format!("{text}: {}", asked(text))).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(asked(&[
        "tcp 8.8.8.8 -> 131.107.155.10:443",
        "tcp 8.8.8.8 -> 131.107.155.10",
        "tcp 8.8.8.8 -> 131.107.155.10:5061",
        "udp 8.8.8.8 -> 131.107.155.10:443",
        "tcp 131.107.155.12:5061 -> 10.10.0.21",
        "udp 10.10.64.9 -> 172.25.33.10:3478",
        "tcp 8.8.8.8 -> 10.10.64.9:6891",
        "tcp 10.10.64.9 -> 10.10.0.11:5061",
        "tcp 10.10.0.21 -> 10.10.0.11:5061",
        "tcp 172.25.33.10 -> 10.10.0.21:80",
        "tcp 10.10.0.9 -> 10.99.0.1:443",
        "P03",
        "P09",
        "X77",
        "hq.se01",
        "sip.contoso.com",
        "cert sip.contoso.com",
        "cert EDGE01.contoso.com.",
        "cert av.contoso.com",
        "cert sipp.contoso.com",
        "cert nobody.example",
    ]), @r#"
    tcp 8.8.8.8 -> 131.107.155.10:443: passes; hq.outer: E01
    tcp 8.8.8.8 -> 131.107.155.10: passes; hq.outer: E01
    tcp 8.8.8.8 -> 131.107.155.10:5061: stopped; hq.outer:; E02 by federation; E04 by public_im
    udp 8.8.8.8 -> 131.107.155.10:443: stopped; hq.outer:
    tcp 131.107.155.12:5061 -> 10.10.0.21: stopped; instead 172.25.33.10 -> 10.10.0.21
    udp 10.10.64.9 -> 172.25.33.10:3478: passes; hq.inner: P05a
    tcp 8.8.8.8 -> 10.10.64.9:6891: stopped; never edge.file_transfer
    tcp 10.10.64.9 -> 10.10.0.11:5061: passes; hq.inner: C01 C05a
    tcp 10.10.0.21 -> 10.10.0.11:5061: passes
    tcp 172.25.33.10 -> 10.10.0.21:80: stopped; hq.inner:
    tcp 10.10.0.9 -> 10.99.0.1:443: stopped
    P03: P03 on hq.inner
    P09: no firewall has a rule `P09`: did you mean `P03`?
    X77: no firewall has a rule `X77`: write an id of rules.csv, or a packet such as "tcp 10.0.0.1 -> 10.0.0.2:5061"
    hq.se01: `hq.se01` is not a rule: `ocstopo trace FROM hq.se01` shows the rules for connections to it
    sip.contoso.com: no firewall has a rule `sip.contoso.com`: to ask about a name, write `dns sip.contoso.com` or `cert sip.contoso.com`
    cert sip.contoso.com: hq-edge-access-edge as {fqdn} (a.ocstopo:52) for E01; hq-se01-default as sip.{sip_domain} (a.ocstopo:4) for C01 C04 C05a C06 C07 P07 V02b
    cert EDGE01.contoso.com.: hq-edge-av-authentication as {fqdn} (a.ocstopo:57) for P04a; hq-edge-internal as {fqdn} (a.ocstopo:57) for P02 P03 P04a
    cert av.contoso.com: no certificate has `av.contoso.com`: it is the name of `hq.edge` av_edge outside, which presents no certificate
    cert sipp.contoso.com: no certificate has `sipp.contoso.com`: did you mean `sip.contoso.com`?
    cert nobody.example: no certificate has `nobody.example`: certificates.csv of a build lists all names
    "#);
}
