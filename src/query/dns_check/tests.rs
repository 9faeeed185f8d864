//! Zones against a small deployment's plan.

use super::{Comparison, NotGiven, compare, read};
use crate::catalog::DnsView;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::lower::Fqdn;
use crate::report;
use crate::text::SourceMap;

const TOPOLOGY: &str = include_str!("../../lint/bases/edge.ocstopo");

fn compiled() -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), TOPOLOGY.to_owned())]), &CompileOptions::default())
}

/// The comparison, or what could not be read; with the findings a line each.
fn checked(view: DnsView, files: &[(&str, &str)], origin: Option<&str>) -> (Option<Comparison>, String) {
    let compiled = compiled();
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let (sources, numbers) = compiled.sources.joined(files);
    let origin = origin.map(|origin| Fqdn::parse(origin).expect("a name"));
    match read(&sources, &numbers, origin.as_ref()) {
        Ok(zones) => {
            let comparison = compare(compiled.plans().expect("a topology"), view, &zones);
            let messages = report::short(&sources, &comparison.diags);
            (Some(comparison), messages)
        }
        Err(diags) => (None, report::short(&sources, &diags)),
    }
}

fn counted(view: DnsView, files: &[(&str, &str)]) -> ([usize; 4], String) {
    let (comparison, messages) = checked(view, files, None);
    let Some(Comparison { present, missing, wrong, extra, .. }) = comparison else { panic!("{messages}") };
    ([present, missing, wrong, extra], messages)
}

/// A zone as a company keeps it, which is right.
const EXTERNAL: &str = r#"$ORIGIN com.
$TTL 1d ; a day
contoso   IN SOA ns1.contoso.net. hostmaster ( 2007010101 3h
          15m 1w 1h ) ; in four lines
          NS  ns1.contoso.net.
          MX  10 mail
          TXT "v=spf1 ; (not a comment) -all"
$ORIGIN contoso.com.
www       A   192.0.2.80
mail      3600 IN A 192.0.2.25
sip       IN 300 A 131.107.155.10
          AFSDB 1 other
_sip._tls SRV 0 0 443 sip
av        A   131.107.155.12
WebConf.Contoso.COM. A 131.107.155.11
ocs\119eb A   (
              131.107.155.40 ; the reverse proxy
          )
"#;

#[test]
fn a_correct_zone_has_no_findings() {
    assert_eq!(counted(DnsView::External, &[("x", EXTERNAL)]), ([5, 0, 0, 0], String::new()));
}

#[test]
fn differences_are_reported_with_their_place() {
    let text = EXTERNAL
        .replace("sip       IN 300 A 131.107.155.10", "sip       IN 300 A 131.107.155.99")
        .replace("SRV 0 0 443 sip", "SRV 0 5 5061 sip.contoso.com.\n_sip._tls SRV 10 0 443 old.fabrikam.com.")
        .replace("av        A   131.107.155.12", "av A 131.107.155.12\nav A 131.107.155.13\nav AAAA 2001:db8::1")
        .replace("WebConf.Contoso.COM. A 131.107.155.11", "webconf CNAME sip");
    let text = text.split_once("ocs\\119eb").expect("the last record").0;
    let (counts, messages) = counted(DnsView::External, &[("db.contoso.com", text)]);
    assert_eq!(counts, [1, 1, 3, 3]);
    insta::assert_snapshot!(messages);
}

#[test]
fn files_of_one_zone_are_read_together() {
    let (head, rest) = EXTERNAL.split_once("$ORIGIN contoso.com.\n").expect("two halves");
    let whole = format!("{head}$INCLUDE \"parts/rest.inc\" contoso.com.\n");
    assert_eq!(counted(DnsView::External, &[("rest.inc", rest), ("x", &whole)]), ([5, 0, 0, 0], String::new()));
    let (comparison, messages) = checked(DnsView::External, &[("x", &whole)], None);
    assert!(comparison.is_none() && messages.contains("`parts/rest.inc` is included and was not given"), "{messages}");
    assert_eq!(checked(DnsView::External, &[("contoso.com.records", rest)], None).1, "");
    assert_eq!(checked(DnsView::External, &[("part", rest)], Some("contoso.com")).1, "");
}

#[test]
fn a_loop_of_includes_is_refused_at_its_first_return() {
    let messages = |files: &[(&str, &str)]| {
        let (comparison, messages) = checked(DnsView::External, files, None);
        assert!(comparison.is_none());
        messages
    };
    let bomb = "$INCLUDE contoso.com.zone\n".repeat(3);
    insta::assert_snapshot!(messages(&[("contoso.com.zone", &bomb)]));
    let two = [("a.com", "$INCLUDE b.com\n$INCLUDE b.com"), ("b.com", "$INCLUDE a.com\n$INCLUDE a.com")];
    insta::assert_snapshot!(messages(&two));
    let wide: Vec<(String, String)> =
        (0..15).map(|n| (format!("f{n}.com"), format!("$INCLUDE f{}.com\n", n + 1).repeat(4))).collect();
    let mut wide: Vec<(&str, &str)> = wide.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    wide.push(("f15.com", "a A 1.2.3.4\n"));
    insta::assert_snapshot!(messages(&wide));
    let deep: Vec<(String, String)> = (0..18).map(|n| (format!("f{n}.com"), format!("$INCLUDE f{}.com\n", n + 1))).collect();
    let mut deep: Vec<(&str, &str)> = deep.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    deep.push(("f18.com", "a A 1.2.3.4\n"));
    insta::assert_snapshot!(messages(&deep));
}

#[test]
fn the_size_of_a_run_is_bounded() {
    let part = "a A 1.2.3.4\n".repeat(10_000);
    let whole = "$INCLUDE part\n".repeat(201);
    let (comparison, messages) = checked(DnsView::External, &[("contoso.com.zone", &whole), ("part", &part)], None);
    assert!(comparison.is_none());
    insta::assert_snapshot!(messages);
    let (comparison, messages) = checked(DnsView::External, &[("contoso.com.zone", &"$NEW\n".repeat(100_000))], None);
    assert!(comparison.is_none());
    assert_eq!(messages.lines().count(), 100);
    insta::assert_snapshot!(messages.lines().next_back().unwrap_or_default());
    let long = "x".repeat(1_000_000);
    for text in [format!("a {long} 1"), format!("{long} A 1.2.3.4"), format!("${long}"), format!("$INCLUDE {long}")] {
        let (_, messages) = checked(DnsView::External, &[("contoso.com.zone", &text)], None);
        assert!(messages.len() < 400, "{} bytes: {}", messages.len(), &messages[..400]);
    }
}

#[test]
fn findings_of_one_kind_are_counted_beyond_the_first() {
    let more: String = (0..50_000).map(|n| format!("sip A 10.{}.{}.1\n", n / 250, n % 250)).collect();
    let more = more + &"_sip_tls SRV 0 0 443 sip\n".repeat(2_000);
    let (counts, messages) = counted(DnsView::External, &[("contoso.com.zone", &format!("{EXTERNAL}{more}"))]);
    assert_eq!(counts, [5, 0, 0, 50_000 + 2_000]);
    assert_eq!(messages.lines().count(), 8 + 100);
    let last = |code: &str| messages.lines().rfind(|line| line.contains(code)).unwrap_or_default().to_owned();
    insta::assert_snapshot!(last("OCS0973"));
    insta::assert_snapshot!(last("OCS0975"));
}

/// The head of a zone with name servers elsewhere.
const HEAD: &str = "contoso.com. SOA ns.x. h.x. 1 1 1 1 1\ncontoso.com. NS ns.x.\n";
const INSIDE: &str = "_sipinternaltls._tcp.contoso.com. SRV 0 0 5061 sip.contoso.com.\nsip.contoso.com. A 10.10.0.11\n\
                      edge01.contoso.com. A 172.25.33.10\nrp.contoso.com. A 172.25.33.40\n";
const BELOW: &str =
    "dc01.corp.contoso.com. A 10.10.0.5\ndir01.corp.contoso.com. A 10.10.0.21\nse01.corp.contoso.com. A 10.10.0.11\n";

/// The counts, and the zones that were not compared.
fn held(text: &str) -> ([usize; 4], Vec<NotGiven>) {
    let (comparison, messages) = checked(DnsView::Internal, &[("db", text)], None);
    let Some(Comparison { present, missing, wrong, extra, not_given, .. }) = comparison else { panic!("{messages}") };
    ([present, missing, wrong, extra], not_given)
}

#[test]
fn names_of_a_planned_child_zone_are_expected_there() {
    let corp = vec![NotGiven { zone: "corp.contoso.com".to_owned(), records: 3 }];
    assert_eq!(held(&format!("{HEAD}{INSIDE}")), ([4, 0, 0, 0], corp), "a parent without its child");
    let cut = "corp.contoso.com. NS dc01.corp.contoso.com.\n";
    assert_eq!(held(&format!("{HEAD}{INSIDE}{cut}")), ([4, 0, 0, 0], Vec::new()), "handed over");
    let glue = "dc01.corp.contoso.com. A 10.10.0.5\n";
    assert_eq!(held(&format!("{HEAD}{INSIDE}{cut}{glue}")), ([4, 0, 0, 0], Vec::new()), "with the address of its name server");
    assert_eq!(held(&format!("{HEAD}{INSIDE}{BELOW}")), ([7, 0, 0, 0], Vec::new()), "one zone for all");
    let some = BELOW.split_once('\n').expect("lines").1;
    assert_eq!(held(&format!("{HEAD}{INSIDE}{some}")), ([6, 1, 0, 0], Vec::new()), "one zone for all, and one name is not there");
    assert_eq!(counted(DnsView::Internal, &[("contoso.com.records", INSIDE)]).0, [4, 0, 0, 0], "an include file");
    let both = [("db.contoso.com", format!("{HEAD}{INSIDE}{cut}")), ("db.corp.contoso.com", BELOW.to_owned())];
    let both: Vec<(&str, &str)> = both.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(counted(DnsView::Internal, &both).0, [7, 0, 0, 0], "both");
}

#[test]
fn a_child_zone_alone_is_not_compared_with_parent_names() {
    assert_eq!(counted(DnsView::Internal, &[("corp.contoso.com.zone", BELOW)]).0, [3, 0, 0, 0]);
    // A zone of one name, cut finer than planned.
    let one = "sip.contoso.com. SOA ns.x. h.x. 1 1 1 1 1\nsip.contoso.com. A 10.10.0.12\n";
    assert_eq!(held(one).0, [0, 0, 1, 0]);
}

#[test]
fn names_hidden_by_delegation_or_dname_are_reported() {
    let messages = |more: &str| {
        let text = format!("{HEAD}{INSIDE}{more}");
        let (comparison, messages) = checked(DnsView::Internal, &[("db", &text)], None);
        let Some(Comparison { present, missing, wrong, extra, not_given, .. }) = comparison else { panic!("{messages}") };
        let not_given: Vec<String> = not_given.iter().map(|zone| format!("{} {}", zone.zone, zone.records)).collect();
        format!("{present} {missing} {wrong} {extra} {not_given:?}\n{messages}")
    };
    insta::assert_snapshot!(messages("_tcp.contoso.com. NS dc01.corp.contoso.com.\n"));
    insta::assert_snapshot!(messages("contoso.com. DNAME fabrikam.com.\n"));
    // The record is not here, and the zone below is not given: nothing is known.
    let text = format!("{HEAD}{}_tcp.contoso.com. NS ns.x.\n", INSIDE.split_once('\n').expect("lines").1);
    let (counts, not_given) = held(&text);
    assert_eq!(counts, [3, 0, 0, 0]);
    assert!(not_given.iter().any(|zone| zone.zone == "_tcp.contoso.com" && zone.records == 1), "{not_given:?}");
}

#[test]
fn an_alias_to_the_planned_address_is_correct() {
    let with = |webconf: &str, more: &str| {
        let text = EXTERNAL.replace("WebConf.Contoso.COM. A 131.107.155.11", &format!("webconf {webconf}")) + more;
        counted(DnsView::External, &[("contoso.com.zone", &text)])
    };
    assert_eq!(with("CNAME edge1", "edge1 A 131.107.155.11\n"), ([5, 0, 0, 0], String::new()));
    assert_eq!(with("CNAME edge1", "edge1 CNAME edge2\nedge2 A 131.107.155.11\n").0, [5, 0, 0, 0]);
    insta::assert_snapshot!(with("CNAME edge1", "edge1 A 131.107.155.99\n").1);
    assert_eq!(with("CNAME edge1", "edge1 CNAME webconf\n").0, [4, 0, 1, 0], "a ring");
    assert_eq!(with("CNAME a.other.net.", "").0, [4, 0, 1, 0], "nobody knows");
    // A service record must not lead to an alias.
    let text = EXTERNAL.replace("sip       IN 300 A 131.107.155.10", "sip CNAME edge1\nedge1 A 131.107.155.10");
    let text = text.replace("          AFSDB 1 other\n", "");
    let (comparison, _) = checked(DnsView::External, &[("contoso.com.zone", &text)], None);
    let diags = comparison.expect("readable").diags;
    insta::assert_snapshot!(diags.iter().map(|diag| diag.primary.text.as_str()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn similar_names_are_reported() {
    let messages = |text: &str| {
        let (comparison, messages) = checked(DnsView::External, &[("contoso.com.zone", text)], None);
        let Some(Comparison { present, missing, wrong, extra, diags, .. }) = comparison else { panic!("{messages}") };
        let more: Vec<String> =
            diags.iter().map(|diag| format!("  {} | {}", diag.primary.text, diag.help.clone().unwrap_or_default())).collect();
        format!("{present} {missing} {wrong} {extra}\n{messages}{}", more.join("\n"))
    };
    for (slip, name) in [("_sip_tls", "underscore"), ("_sip._tsl", "letters"), ("_sip._tls.contoso.com", "dot")] {
        insta::assert_snapshot!(name, messages(&EXTERNAL.replace("_sip._tls", slip)));
    }
    // Beside the right ones, and ones of other services, which are no business of the product.
    let more = "_sipinternaltl._tcp SRV 0 0 5061 sip\n_sip._tls.www SRV 0 0 443 sip\n_sipinternaltls._tcp SRV 0 0 5061 sip\n\
                _sip._tcp SRV 0 0 5060 pbx\n_sip._udp SRV 0 0 5060 pbx\n_sips._tcp SRV 0 0 5061 pbx\n_xmpp-server._tcp SRV 0 0 5269 im\n\
                _autodiscover._tcp SRV 0 0 443 mail\n";
    insta::assert_snapshot!("beside", messages(&format!("{EXTERNAL}{more}")));
    // A host with a slip is known by its address.
    insta::assert_snapshot!("host", messages(&EXTERNAL.replace("WebConf.Contoso.COM.", "webcnof")));
}

#[test]
fn a_zone_without_planned_names_is_reported() {
    let messages = |view, name| checked(view, &[(name, "@ A 10.0.0.1\n")], None).1;
    insta::assert_snapshot!(messages(DnsView::External, "contosso.com.zone"), @"contosso.com.zone:1:1: error[OCS0974]: no external name of the topology lies in the zone `contosso.com`");
    assert!(messages(DnsView::External, "corp.contoso.com").contains("OCS0974"));
}

#[test]
fn invalid_zone_files_are_reported_with_their_place() {
    let text = "$GENERATE 1-9 h$ A 10.0.0.$\n  A 10.0.0.1\nx IN\ny A 10.0.0\nz AX 1\nw CH A 1.2.3.4\na..b A 1.2.3.4\n$TTL x\n\
                $ORIGIN a b\nv SRV 0 0 99999 a\nu IN SOA a b 1 2 3\n$NEW x\n";
    let (comparison, messages) = checked(DnsView::External, &[("contoso.com.zone", text)], None);
    assert!(comparison.is_none());
    insta::assert_snapshot!(messages);
    let (_, messages) = checked(DnsView::External, &[("zonefile", "a A 1.2.3.4\n")], None);
    insta::assert_snapshot!(messages, @r"
    zonefile:1:1: error[OCS0970]: `a` is a relative name, and nothing says relative to what
    zonefile:1:1: error[OCS0970]: nothing says which zone this file holds
    ");
    let (_, messages) = checked(DnsView::External, &[("contoso.com", "a A (1.2.3.4\n")], None);
    insta::assert_snapshot!(messages, @"contoso.com:1:5: error[OCS0970]: the parenthesis is not closed");
}

proptest::proptest! {
    #[test]
    fn any_file_is_read_or_refused(text in "((@|a|a\\.|[ \t]|\n|IN|3600|A|SRV|CNAME|SOA|\\$ORIGIN|\\$INCLUDE|\\(|\\)|\"|;|\\\\|1\\.2\\.3\\.4|0|x) ?){0,30}") {
        checked(DnsView::External, &[("contoso.com.zone", &text), ("x", "a A 1.2.3.4")], None);
    }
}

#[test]
fn a_contradicting_origin_is_reported() {
    let (comparison, messages) = checked(DnsView::External, &[("x", EXTERNAL)], Some("fabrikam.com"));
    assert!(comparison.is_none());
    insta::assert_snapshot!(messages, @"x:3:14: error[OCS0970]: `--origin` says `fabrikam.com`, and the head of this file `contoso.com`");
    assert!(checked(DnsView::External, &[("x", EXTERNAL)], Some("contoso.com")).0.is_some());
}
