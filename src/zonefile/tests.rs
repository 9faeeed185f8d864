//! Zones against a small deployment's plan.

use super::{Comparison, compare, read};
use crate::catalog::View;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::lower::Fqdn;
use crate::report;
use crate::text::SourceMap;

const TOPOLOGY: &str = include_str!("../lint/bases/edge.ocstopo");

fn compiled() -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), TOPOLOGY.to_owned())]), &CompileOptions::default())
}

/// The comparison, or what could not be read; with the findings a line each.
fn checked(view: View, files: &[(&str, &str)], origin: Option<&str>) -> (Option<Comparison>, String) {
    let compiled = compiled();
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let (sources, numbers) = compiled.sources.joined(files);
    let origin = origin.map(|origin| Fqdn::parse(origin).expect("a name"));
    match read(&sources, &numbers, origin.as_ref()) {
        Ok(zones) => {
            let comparison = compare(compiled.dns.as_ref().expect("a plan"), view, &zones);
            let told = report::short(&sources, &comparison.diags);
            (Some(comparison), told)
        }
        Err(diags) => (None, report::short(&sources, &diags)),
    }
}

fn counted(view: View, files: &[(&str, &str)]) -> ([usize; 4], String) {
    let (comparison, told) = checked(view, files, None);
    let Some(Comparison { present, missing, wrong, extra, .. }) = comparison else { panic!("{told}") };
    ([present, missing, wrong, extra], told)
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
fn a_zone_that_is_right_has_no_findings() {
    assert_eq!(counted(View::External, &[("x", EXTERNAL)]), ([5, 0, 0, 0], String::new()));
}

#[test]
fn what_is_not_as_planned_is_told_with_its_place() {
    let text = EXTERNAL
        .replace("sip       IN 300 A 131.107.155.10", "sip       IN 300 A 131.107.155.99")
        .replace("SRV 0 0 443 sip", "SRV 0 5 5061 sip.contoso.com.\n_sip._tls SRV 10 0 443 old.fabrikam.com.")
        .replace("av        A   131.107.155.12", "av A 131.107.155.12\nav A 131.107.155.13\nav AAAA 2001:db8::1")
        .replace("WebConf.Contoso.COM. A 131.107.155.11", "webconf CNAME sip");
    let text = text.split_once("ocs\\119eb").expect("the last record").0;
    let (counts, told) = counted(View::External, &[("db.contoso.com", text)]);
    assert_eq!(counts, [1, 1, 3, 3]);
    insta::assert_snapshot!(told);
}

#[test]
fn files_of_one_zone_are_read_together() {
    let (head, rest) = EXTERNAL.split_once("$ORIGIN contoso.com.\n").expect("two halves");
    let whole = format!("{head}$INCLUDE \"parts/rest.inc\" contoso.com.\n");
    assert_eq!(counted(View::External, &[("rest.inc", rest), ("x", &whole)]), ([5, 0, 0, 0], String::new()));
    let (comparison, told) = checked(View::External, &[("x", &whole)], None);
    assert!(comparison.is_none() && told.contains("`parts/rest.inc` is included and was not given"), "{told}");
    assert_eq!(checked(View::External, &[("contoso.com.records", rest)], None).1, "");
    assert_eq!(checked(View::External, &[("part", rest)], Some("contoso.com")).1, "");
}

#[test]
fn files_that_include_each_other_end() {
    let (comparison, told) = checked(View::External, &[("a.com", "$INCLUDE b.com"), ("b.com", "$INCLUDE a.com")], None);
    assert!(comparison.is_none() && told.contains("too deeply"), "{told}");
}

#[test]
fn a_zone_answers_for_what_it_does_not_hand_over() {
    let head = "contoso.com. SOA ns.x. h.x. 1 1 1 1 1\ncontoso.com. NS ns.x.\n";
    let inside = "_sipinternaltls._tcp.contoso.com. SRV 0 0 5061 sip.contoso.com.\nsip.contoso.com. A 10.10.0.11\n\
                  edge01.contoso.com. A 172.25.33.10\nrp.contoso.com. A 172.25.33.40\n";
    let below = "dc01.corp.contoso.com. A 10.10.0.5\ndir01.corp.contoso.com. A 10.10.0.21\nse01.corp.contoso.com. A 10.10.0.11\n";
    let of = |text: &str| counted(View::Internal, &[("db", text)]).0;
    assert_eq!(of(&format!("{head}{inside}{below}")), [7, 0, 0, 0], "one zone for all");
    assert_eq!(of(&format!("{head}{inside}")), [4, 3, 0, 0], "the names below are nowhere");
    assert_eq!(of(&format!("{head}{inside}corp.contoso.com. NS ns.corp.contoso.com.\n")), [4, 0, 0, 0], "another zone's");
    assert_eq!(counted(View::Internal, &[("contoso.com.records", inside)]).0, [4, 0, 0, 0], "an include file");
}

#[test]
fn a_zone_that_holds_no_planned_name_is_told() {
    let told = |view, name| checked(view, &[(name, "@ A 10.0.0.1\n")], None).1;
    insta::assert_snapshot!(told(View::External, "contosso.com.zone"), @"contosso.com.zone:1:1: error[OCS0974]: no external name of the topology lies in the zone `contosso.com`");
    assert!(told(View::External, "corp.contoso.com").contains("OCS0974"));
}

#[test]
fn what_is_no_zone_file_is_told_with_its_place() {
    let text = "$GENERATE 1-9 h$ A 10.0.0.$\n  A 10.0.0.1\nx IN\ny A 10.0.0\nz AX 1\nw CH A 1.2.3.4\na..b A 1.2.3.4\n$TTL x\n\
                $ORIGIN a b\nv SRV 0 0 99999 a\nu IN SOA a b 1 2 3\n$NEW x\n";
    let (comparison, told) = checked(View::External, &[("contoso.com.zone", text)], None);
    assert!(comparison.is_none());
    insta::assert_snapshot!(told);
    let (_, told) = checked(View::External, &[("zonefile", "a A 1.2.3.4\n")], None);
    insta::assert_snapshot!(told, @r"
    zonefile:1:1: error[OCS0970]: `a` is a relative name, and nothing says relative to what
    zonefile:1:1: error[OCS0970]: nothing says which zone this file holds
    ");
    let (_, told) = checked(View::External, &[("contoso.com", "a A (1.2.3.4\n")], None);
    insta::assert_snapshot!(told, @"contoso.com:1:5: error[OCS0970]: the parenthesis is not closed");
}

proptest::proptest! {
    #[test]
    fn any_file_is_read_or_refused(text in "((@|a|a\\.|[ \t]|\n|IN|3600|A|SRV|CNAME|SOA|\\$ORIGIN|\\$INCLUDE|\\(|\\)|\"|;|\\\\|1\\.2\\.3\\.4|0|x) ?){0,30}") {
        checked(View::External, &[("contoso.com.zone", &text), ("x", "a A 1.2.3.4")], None);
    }
}

#[test]
fn an_origin_that_the_head_contradicts_is_told() {
    let (comparison, told) = checked(View::External, &[("x", EXTERNAL)], Some("fabrikam.com"));
    assert!(comparison.is_none());
    insta::assert_snapshot!(told, @"x:3:14: error[OCS0970]: `--origin` says `fabrikam.com`, and the head of this file `contoso.com`");
    assert!(checked(View::External, &[("x", EXTERNAL)], Some("contoso.com")).0.is_some());
}
