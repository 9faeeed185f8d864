//! What leaves the project: the calendar of renewals, and the pages for federated partners.

use std::collections::BTreeMap;
use std::fs;

use ocstopo::artifact::manifest;
use ocstopo::compile::{BuildOptions, CompileOptions, Part, build, compile};
use ocstopo::plan::renewal::{Date, HandedIn, RenewalDates};
use ocstopo::text::SourceMap;

use crate::support::topologies::{Files, files};
use crate::support::{both, ocstopo, root};

fn example(name: &str) -> Files {
    files(&root().join("examples").join(name))
}

fn edited(mut files: Files, from: &str, to: &str) -> Files {
    let (_, text) = files.iter_mut().find(|(_, text)| text.contains(from)).unwrap_or_else(|| panic!("{from}"));
    *text = text.replacen(from, to, 1);
    files
}

fn built(files: Files, part: Part, dates: Option<&RenewalDates>) -> BTreeMap<String, String> {
    let compiled = compile(SourceMap::new(files), &CompileOptions::default());
    assert!(!compiled.has_errors(), "{:#?}", compiled.diags);
    let templates = crate::support::templates();
    let options = BuildOptions {
        only: &[part],
        dialects: &[],
        serial: None,
        lines: false,
        templates,
        since: None,
        team: None,
        renewal: dates,
    };
    let artifacts = build(&compiled, &options).unwrap().into_iter();
    artifacts
        .filter(|artifact| artifact.path != manifest::PATH)
        .map(|artifact| (artifact.path, artifact.content.replace(env!("CARGO_PKG_VERSION"), "VERSION")))
        .collect()
}

fn issued() -> RenewalDates {
    RenewalDates { issued: Some(Date { year: 2027, month: 4, day: 1 }), ..RenewalDates::default() }
}

#[test]
fn the_renewals_of_fabrikam() {
    let files = built(example("fabrikam"), Part::PKI, Some(&issued()));
    insta::assert_snapshot!("fabrikam_renewal.csv", files["pki/renewal.csv"]);
    // Snapshots have lines of one kind.
    assert!(files["pki/renewal.ics"].split_inclusive('\n').all(|line| line.ends_with("\r\n") && line.len() <= 77));
    insta::assert_snapshot!("fabrikam_renewal.ics", files["pki/renewal.ics"].replace("\r\n", "\n"));
}

#[test]
fn the_renewals_of_contoso() {
    let files = built(example("contoso"), Part::PKI, Some(&issued()));
    insta::assert_snapshot!("contoso_renewal.csv", files["pki/renewal.csv"]);
}

#[test]
fn without_dates_there_is_no_calendar() {
    let files = built(example("fabrikam"), Part::PKI, None);
    assert!(!files.keys().any(|path| path.contains("renewal")), "{:?}", files.keys());
}

#[test]
fn a_certificate_that_was_handed_in_has_its_own_dates() {
    let date = |year| Date { year, month: 5, day: 6 };
    let own = HandedIn { begins: date(2026), ends: date(2028), place: "sip.pem:1".to_owned() };
    let dates = RenewalDates { issued: None, handed_in: [("office-edge-access-edge".to_owned(), own)].into() };
    let files = built(example("fabrikam"), Part::PKI, Some(&dates));
    let rows: Vec<&str> = files["pki/renewal.csv"].lines().skip(2).collect();
    assert!(rows[0].starts_with("2028-05-06,2026-05-06,sip.pem:1,office-edge-access-edge,"), "{}", rows[0]);
    assert!(rows[1..].iter().all(|row| row.starts_with(",,unknown: no issued certificate was passed,")), "{rows:#?}");
    let calendar = &files["pki/renewal.ics"];
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1);
    assert!(calendar.contains("DTSTAMP:20260506T000000Z\r\nDTSTART;VALUE=DATE:20280506\r\n"), "{calendar}");
}

/// A calendar keeps an entry by its id: another group changes none.
#[test]
fn ids_of_entries_stay() {
    let ids = |files: &BTreeMap<String, String>| -> Vec<String> {
        let calendar = files["pki/renewal.ics"].replace("\r\n ", "");
        calendar.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let small = ids(&built(example("fabrikam"), Part::PKI, Some(&issued())));
    let more = edited(
        example("fabrikam"),
        "  reverse_proxy rp {",
        "  standard_edition aaa {\n    address = 192.168.10.12\n    users   = 100\n  }\n\n  reverse_proxy rp {",
    );
    let large = ids(&built(more, Part::PKI, Some(&issued())));
    assert!(large.len() > small.len() && small.iter().all(|id| large.contains(id)), "{small:#?}\n{large:#?}");
}

/// The name of an authority is free text.
#[test]
fn hostile_text_stays_text() {
    let hostile = format!("ca\\\\a;b,c<d>&`|]]>{{{{e}}}}=1{}", "x".repeat(200));
    let files = edited(example("contoso"), "dc01.corp.contoso.com\\\\Contoso Issuing CA", &hostile);
    let files = built(files, Part::PKI, Some(&issued()));
    let calendar = &files["pki/renewal.ics"];
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
    let whole = calendar.replace("\r\n ", "");
    assert!(whole.contains("ca\\\\a\\;b\\,c<d>&`|]]>{{e}}=1xxx"), "{whole}");
}

#[test]
fn the_page_for_any_partner_of_contoso() {
    let files = built(example("contoso"), Part::FEDERATION, None);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["federation/any-partner.md"]);
    insta::assert_snapshot!("contoso_any_partner.md", files["federation/any-partner.md"]);
}

#[test]
fn a_listed_partner_has_its_own_page() {
    let files = built(example("standard-edition-edge"), Part::FEDERATION, None);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["federation/adatum.md", "federation/tailspin.md"]);
    insta::assert_snapshot!("wingtip_tailspin.md", files["federation/tailspin.md"]);
}

#[test]
fn with_discovery_a_listed_partner_is_found_by_dns_and_others_have_a_page() {
    let partner = "    partner adatum { sip_domain = \"adatum.com\" }\n    public_im_licensed = true\n";
    let files = edited(example("contoso"), "    public_im_licensed = true\n", partner);
    let files = built(files, Part::FEDERATION, None);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["federation/adatum.md", "federation/any-partner.md"]);
    let page = &files["federation/adatum.md"];
    assert!(page.contains("- `nslookup -type=SRV _sipfederationtls._tcp.adatum.com` shows: port = 5061"), "{page}");
    assert!(!page.contains("names.by_hand") && !page.contains("federation.unlisted"), "{page}");
}

#[test]
fn without_federation_there_is_no_page() {
    assert!(built(example("fabrikam"), Part::FEDERATION, None).is_empty());
}

/// The range of media ports is for partners of the first release, where this side runs the second.
#[test]
fn the_ports_of_the_second_release_depend_on_the_partners() {
    let page = |releases: &str| {
        let files = edited(example("r2-consolidated-100000"), "[ocs_2007, ocs_2007_r2]", releases);
        // A paragraph may be broken anywhere.
        built(files, Part::FEDERATION, None).remove("federation/any-partner.md").expect("a page").replace("\n  ", " ")
    };
    let both = page("[ocs_2007, ocs_2007_r2]");
    assert!(both.contains("`E09a`") && both.contains("`E10`"), "{both}");
    let later = page("[ocs_2007_r2]");
    assert!(!later.contains("`E09a`") && later.contains("`E10`"), "{later}");
    assert!(later.contains("needs UDP 3478 and TCP 443 only"), "{later}");
}

#[test]
fn what_is_wrong_with_dates_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("a.pem"), "no certificate\n").unwrap();
    let topology = root().join("examples/fabrikam").display().to_string();
    let said = |more: &[&str]| {
        let run = ocstopo(folder.path(), &[&["build", &topology, "-o", "out"], more].concat());
        assert_eq!(run.status.code(), Some(2), "{}", both(&run));
        assert!(!folder.path().join("out").exists());
        both(&run)
    };
    insta::assert_snapshot!(said(&["--issued", "2027-02-29"]), @"
    error: invalid value '2027-02-29' for '--issued <DATE>': expected a date such as 2027-03-31

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(said(&["--certificates", "empty"]), @"error: empty: no certificate in this folder or below it: their files end with `.cer`, `.crt`, `.der` or `.pem`");
    insta::assert_snapshot!(said(&["--certificates", "none"]), @"error: none: cannot open this file: no such file or directory");
    insta::assert_snapshot!(said(&["--certificates", "a.pem"]), @"error: a.pem: no certificate and no request: a line `-----BEGIN CERTIFICATE-----` or `-----BEGIN CERTIFICATE REQUEST-----` is expected");
    insta::assert_snapshot!(said(&["--issued", "2027-04-01", "--only", "dns"]), @"error: `--issued` writes files of the part `pki`, which `--only` leaves out");
    insta::assert_snapshot!(said(&["--issued", "2027-04-01", "--team", "dns"]), @"error: `--issued` writes files of the team `pki`, which `--team` leaves out");
    let topology = root().join("examples/standard-edition").display().to_string();
    let run = ocstopo(folder.path(), &["build", &topology, "-o", "out", "--issued", "2027-04-01"]);
    insta::assert_snapshot!(both(&run), @"error: no certificate has a date for the calendar of renewals (own_ca has no lifetime): write `lifetime = …d` in each `certification_authority`, or pass the issued certificates with `--certificates`");
}
