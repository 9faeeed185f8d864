//! The helps of `dns check`, followed in the zone file as its owner would.

use ocstopo::catalog::DnsView;
use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::diag::Diag;
use ocstopo::query::dns_check::{compare, read};
use ocstopo::text::SourceMap;

const TOPOLOGY: &str = include_str!("../../../src/lint/bases/edge.ocstopo");

/// A zone that is right, a record a line.
const ZONE: &str = "$ORIGIN contoso.com.
$TTL 3600
@ IN SOA ns1.contoso.net. hostmaster 1 3h 15m 1w 1h
@ IN NS ns1.contoso.net.
mail IN A 192.0.2.25
sip IN A 131.107.155.10
_sip._tls IN SRV 0 0 443 sip.contoso.com.
av IN A 131.107.155.12
webconf IN A 131.107.155.11
ocsweb IN A 131.107.155.40
";

/// One slip each.
const SLIPS: &[(&str, &str)] = &[
    ("sip IN A 131.107.155.10", "sip IN A 131.107.155.99"),
    ("webconf IN A 131.107.155.11\n", ""),
    ("_sip._tls IN SRV 0 0 443 sip.contoso.com.\n", ""),
    ("_sip._tls IN SRV 0 0 443", "_sip._tls IN SRV 0 0 5061"),
    ("_sip._tls IN SRV 0 0 443 sip.contoso.com.", "_sip._tls IN SRV 0 0 443 sip.contoso.com"),
    ("_sip._tls IN SRV", "_sips._tls IN SRV"),
    ("sip IN A 131.107.155.10", "sip IN CNAME mail"),
    ("webconf IN A", "webcon IN A"),
    ("av IN A 131.107.155.12\n", "av IN A 131.107.155.12\nav IN A 131.107.155.13\n"),
    ("av IN A 131.107.155.12\n", "av IN A 131.107.155.12\nav IN AAAA 2001:db8::1\n"),
    ("mail IN A", "_sipfederationtls._tcp IN SRV 0 0 5061 sip.contoso.com.\nmail IN A"),
    ("mail IN A", "ocsweb IN NS ns1.contoso.net.\nmail IN A"),
];

fn findings(compiled: &Compiled, zone: &str) -> Vec<Diag> {
    let (sources, numbers) = compiled.sources.joined(vec![("contoso.com.zone".to_owned(), zone.to_owned())]);
    let zones = read(&sources, &numbers, None).unwrap_or_else(|diags| panic!("{diags:?}"));
    let plans = compiled.resolved.as_ref().expect("a topology").plans(&compiled.sources);
    compare(plans, DnsView::External, &zones).diags
}

/// The zone with the help followed; none where the help is about something outside zone files.
fn followed(zone: &str, diag: &Diag) -> Option<String> {
    let help = diag.help.as_deref().expect("a help");
    let code = help.split('`').nth(1);
    let at = diag.primary.span.start as usize;
    let from = zone[..at].rfind('\n').map_or(0, |end| end + 1);
    let to = zone[at..].find('\n').map_or(zone.len(), |end| at + end + 1);
    let in_place = |line: String| Some(format!("{}{line}{}", &zone[..from], &zone[to..]));
    if help.starts_with("add `") {
        return Some(format!("{zone}{}\n", code?));
    }
    if help.starts_with("write `") && help.contains("in place of the record") {
        return in_place(format!("{}\n", code?));
    }
    if help.starts_with("write `") {
        let owner = diag.message.split('`').nth(3)?;
        return in_place(format!("{owner}. IN {}\n", code?));
    }
    (help.starts_with("take it out") || help.starts_with("leave it out")).then(|| in_place(String::new()))?
}

#[test]
fn helps_of_dns_check_remove_the_finding() {
    let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), TOPOLOGY.to_owned())]), &CompileOptions::default());
    assert!(findings(&compiled, ZONE).is_empty(), "{:?}", findings(&compiled, ZONE));
    let (mut done, mut others) = (0, Vec::new());
    for (old, new) in SLIPS {
        assert!(ZONE.contains(old), "{old}");
        let zone = ZONE.replacen(old, new, 1);
        let before = findings(&compiled, &zone);
        assert!(!before.is_empty(), "nothing is said of `{new}`");
        for diag in &before {
            let Some(right) = followed(&zone, diag) else {
                others.push(diag.help.clone().unwrap_or_default());
                continue;
            };
            let after = findings(&compiled, &right);
            let stays = after.iter().any(|other| other.code == diag.code && other.message == diag.message);
            assert!(!stays && after.len() < before.len(), "`{new}`: {}\n  help: {:?}\n{after:#?}", diag.message, diag.help);
            done += 1;
        }
    }
    assert!(done + 1 >= SLIPS.len(), "only {done} helps could be followed");
    // Where a record of others hides a name, its owner decides.
    insta::assert_snapshot!(others.join("\n"), @"write the record into the zone below, and give its file too");
}
