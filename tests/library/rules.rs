//! Every rule is held against its own examples, through the whole pipeline, and the registry against itself.

use std::collections::BTreeSet;

use ocstopo::catalog::Confidence;
use ocstopo::diag::{Diag, Severity, code_rows};
use ocstopo::lint::{Example, Options, Rule, explain, rules, run};
use ocstopo::lower::{Date, lower};
use ocstopo::model::resolve;
use ocstopo::plan::{self, Lines, Resolved};
use ocstopo::product::Product;
use ocstopo::syntax::parse;
use ocstopo::text::SourceMap;

/// A day on which the product was young.
const TODAY: Date = Date { year: 2010, month: 8, day: 1 };

/// All findings of a topology in one file: the rules', or those of earlier stages when there are any.
fn findings(text: &str, options: Options) -> Vec<Diag> {
    findings_on(text, options, TODAY)
}

fn findings_on(text: &str, options: Options, today: Date) -> Vec<Diag> {
    let sources = SourceMap::new(vec![("example.ocstopo".to_owned(), text.to_owned())]);
    let mut early = Vec::new();
    let mut trees = Vec::new();
    for (id, file) in sources.files() {
        let parsed = parse(id, file.shared_text());
        early.extend(parsed.diags);
        trees.push(parsed.tree);
    }
    let (decls, found) = lower(&trees);
    early.extend(found);
    let (topology, found) = resolve(decls);
    early.extend(found);
    let Some(topology) = topology.filter(|_| early.is_empty()) else { return early };
    let resolved = Resolved::new(topology);
    run(resolved.plans(&sources), Options { today: Some(today), ..options })
}

fn check(text: &str) -> Vec<Diag> {
    findings(text, Options::default())
}

fn example(example: &Example) -> Vec<Diag> {
    findings_on(&example.text(), Options::default(), example.today.unwrap_or(TODAY))
}

fn codes(diags: &[Diag]) -> BTreeSet<&'static str> {
    diags.iter().map(|diag| diag.code.0).collect()
}

/// A finding in the words that a user reads, without places.
fn words(diags: &[Diag]) -> String {
    diags
        .iter()
        .map(|diag| {
            let related: String = diag.related.iter().map(|label| format!("\n  - {}", label.text)).collect();
            let help = diag.help.as_deref().unwrap_or("none");
            format!("{} {}: {}\n  ^ {}{related}\n  = {help}\n", diag.severity.word(), diag.code, diag.message, diag.primary.text)
        })
        .collect()
}

/// The files of each example as one text.
fn whole_examples() -> Vec<String> {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).expect("examples");
    let text = |folder: std::fs::DirEntry| {
        let files = std::fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|file| file.path());
        let mut files: Vec<_> = files.filter(|file| file.extension().is_some_and(|own| own == "ocstopo")).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).expect("text")).collect()
    };
    folders.flatten().map(text).collect()
}

#[test]
fn rules_side_by_side_find_the_same_in_the_same_order() {
    let mut most = 0;
    for text in rules().iter().map(|rule| rule.bad.text()).chain(whole_examples()) {
        let options = Options { waivers: false, ..Options::default() };
        let one_by_one = findings(&text, options);
        assert_eq!(findings(&text, Options { side_by_side: true, ..options }), one_by_one, "{text}");
        most = most.max(codes(&one_by_one).len());
    }
    assert!(most > 1, "findings of several rules have an order");
}

#[test]
fn the_bad_example_of_each_rule_raises_its_code_only() {
    let mut faults = String::new();
    for rule in rules() {
        let found = example(&rule.bad);
        if codes(&found) != BTreeSet::from([rule.code.0]) {
            faults += &format!("{} {}:\n{}\n", rule.code, rule.name, words(&found));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn the_good_example_of_each_rule_is_clean() {
    let mut faults = String::new();
    for rule in rules() {
        let found = example(&rule.good);
        if !found.is_empty() {
            faults += &format!("{} {}:\n{}\n", rule.code, rule.name, words(&found));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn each_change_of_an_example_is_made() {
    for rule in rules() {
        for example in [rule.bad, rule.good] {
            let mut text = example.base.to_owned();
            for (old, new) in example.edits {
                assert_eq!(text.matches(old).count(), 1, "{}: `{old}` must be there once", rule.code);
                text = text.replacen(old, new, 1);
            }
        }
    }
}

#[test]
fn codes_and_names_are_unique_and_in_order() {
    let codes: Vec<&str> = rules().iter().map(|rule| rule.code.0).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    let mut all = BTreeSet::new();
    for known in rules().iter().flat_map(|rule| [rule.code.0, rule.name]) {
        assert!(all.insert(known), "{known} appears twice");
    }
    for known in code_rows().flat_map(|known| [known.code.0, known.name]) {
        assert!(!all.contains(known), "{known} is a rule's and the language's");
    }
    for rule in rules() {
        assert!(rule.code.0.len() == 7 && rule.code.0.starts_with("OCS"), "{}", rule.code);
        assert!(rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.name);
    }
}

#[test]
fn each_rule_is_documented() {
    for rule in rules() {
        let doc = rule.markdown();
        let headings: Vec<&str> = doc.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, ["## What it does", "## Why it matters", "## Planning Guide"], "{}", rule.code);
        for section in doc.split("## ").skip(1) {
            let body = section.split_once('\n').map_or("", |(_, body)| body).trim();
            assert!(body.len() > 30 && body.ends_with('.'), "{}: {section}", rule.code);
        }
        assert!(!rule.source.is_empty() && rule.releases.iter().count() > 0, "{}", rule.code);
        assert!(!rule.summary().is_empty() && !rule.summary().contains('\n'), "{}", rule.code);
    }
}

#[test]
fn an_unsure_fact_gives_a_note() {
    for rule in rules() {
        assert!(rule.confidence > Confidence::Low || rule.severity == Severity::Note, "{}", rule.code);
    }
}

#[test]
fn messages_keep_the_form() {
    for rule in rules() {
        for diag in example(&rule.bad).iter().filter(|diag| diag.code == rule.code) {
            assert!(!diag.message.ends_with('.') && !diag.primary.text.ends_with('.'), "{}: {}", rule.code, diag.message);
            assert!(!diag.message.contains("  ") && !diag.primary.text.is_empty(), "{}", rule.code);
            assert!(diag.help.as_ref().is_some_and(|help| !help.ends_with('.')), "{}: no way out", rule.code);
            assert!(diag.severity >= rule.severity, "{}: harsher than the rule", rule.code);
            assert!(diag.source.is_some(), "{}", rule.code);
        }
    }
}

#[test]
fn messages_of_all_rules() {
    let said: String =
        rules().iter().filter(|rule| rule.releases.contain(Product::Ocs2007)).map(|rule| words(&example(&rule.bad))).collect();
    insta::assert_snapshot!(said);
}

#[test]
fn explain_knows_codes_and_names() {
    let text = explain("OCS0201").unwrap();
    assert_eq!(Some(&text), explain("standard-edition-users").as_ref());
    assert_eq!(Some(&text), explain("ocs0201").as_ref());
    assert!(explain("OCS0060").unwrap().contains("no-organization"));
    assert_eq!(explain("OCS9999"), None);
    insta::assert_snapshot!(text);
}

#[test]
fn every_rule_can_be_explained() {
    for rule in rules() {
        let text = explain(rule.code.0).unwrap();
        assert!(text.starts_with(&format!("# {} {}\n", rule.code, rule.name)), "{text}");
        assert!(text.matches("```").count().is_multiple_of(2), "{text}");
    }
}

/// A topology that is clean, with assertions.
fn asserting(text: String, lines: &str) -> Vec<Diag> {
    check(&format!("{text}\nassert {{\n{lines}\n}}\n"))
}

fn edge() -> String {
    rule("OCS0607").good.text()
}

#[test]
fn met_assertions_have_no_findings() {
    let held = "
        never internet -> hq.se01
        never internet -> hq.dc01
        never hq.clients -> hq.rp
        never hq.servers -> hq.clients on tcp/80
        allow internet -> hq.edge on tcp/443
        allow internet -> hq.edge on udp/3478
        allow hq.edge.edge01 -> hq.dir01 on tcp/5061
        allow hq.clients -> hq on tcp/443
        allow internet -> hq
    ";
    let found = asserting(edge(), held);
    assert!(found.is_empty(), "{}", words(&found));
}

#[test]
fn unmet_assertions_give_the_reason() {
    let broken = "
        never internet -> hq on tcp/1-1023
        never hq.edge -> hq.dir01
        allow internet -> hq.edge on tcp/443-444
        allow internet -> hq.se01 on tcp/443
        allow hq.clients -> hq.inner
        allow hq.clints -> hq.se01
    ";
    let found = asserting(edge(), broken);
    insta::assert_snapshot!(words(&found), @r"
    error OCS0080: `internet` must never reach `hq`, but the flow `E01` does, and 3 more
      ^ `internet` opens tcp/443 to `hq.edge.edge01`
      - SIP/TLS: sign-in of external users and of guests in meetings
      - `remote_users` needs the flow
      = it passes `hq.outer`; switch off the feature that needs the flow, route it another way, or remove the line
    error OCS0080: `hq.edge` must never reach `hq.dir01`, but the flow `P01a/hq.dir01` does
      ^ `hq.edge.edge01` opens tcp/5061 to `hq.dir01`
      - SIP/MTLS: signalling from outside to the Director
      - `remote_users` needs the flow
      = it passes `hq.inner`; switch off the feature that needs the flow, route it another way, or remove the line
    error OCS0081: `internet` must reach `hq.edge` on tcp/444, but no flow does
      ^ flows use tcp/443 and udp/3478 only
      = no flow of the catalogue has this port there; remove the line, or correct it
    error OCS0081: `internet` must reach `hq.se01` on tcp/443, but no flow does
      ^ no flow matches
      = `hq.clients` and `hq.rp` may reach it on these ports; correct the line, or remove it
    error OCS0082: `hq.inner` is a firewall, and no connection begins or ends there
      ^ a firewall
      = name the network, group or server whose traffic passes it
    error OCS0082: nothing has the name `hq.clints`
      ^ no site, network, group or server has this name
      = did you mean `hq.clients`?
    ");
}

#[test]
fn assertions_in_a_site_name_its_own() {
    let inside = edge().replace("  director dir01", "  assert { never clients -> dc01 on tcp/1433 }\n  director dir01");
    assert!(check(&inside).is_empty(), "{}", words(&check(&inside)));
    let broken = inside.replace("on tcp/1433", "on udp/53");
    assert_eq!(codes(&check(&broken)), BTreeSet::from(["OCS0080"]), "{}", words(&check(&broken)));
}

/// The base with servers outside, after changes of texts that each appear once.
fn edge_with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(edge(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replacen(old, new, 1)
    })
}

/// What the assertions of a topology say, whatever else is wrong with it.
fn asserted(text: String, lines: &str) -> String {
    let found = asserting(text, lines);
    words(&found.into_iter().filter(|diag| diag.code.0.starts_with("OCS008")).collect::<Vec<_>>())
}

#[test]
fn the_next_hop_reaches_pools_with_another_director() {
    let branch = r#"
site branch {
  users  = 10
  domain = corp

  network lan { zone = internal  range = 10.99.0.0/16 }
  firewall wall { joins = [lan, hq.servers]  dialect = nftables }
  domain_controller dc02 { address = 10.99.0.5 }
  director dir02 { address = 10.99.0.21 }
  standard_edition se02 { address = 10.99.0.11  users = 10 }
}
"#;
    let said = asserted(edge() + branch, "allow hq.dir01 -> branch.se02 on tcp/5061\nallow branch.dir02 -> hq.se01 on tcp/5061");
    assert!(said.is_empty(), "{said}");
}

#[test]
fn clients_meet_a_director_where_they_sign_in_and_nowhere_else() {
    let said = asserted(edge(), "never hq.clients -> hq.dir01 on tcp/5060-5061");
    assert!(said.is_empty(), "{said}");
    let at_director = edge_with(&[
        ("director dir01 { address = 10.10.0.21 }", "director dir01 { address = 10.10.0.21  automatic_sign_in = true }"),
        ("    automatic_sign_in = true\n", ""),
        ("features    = [", "features    = [sip_tcp, "),
    ]);
    let said = asserted(at_director, "allow hq.clients -> hq.dir01 on tcp/5060-5061");
    assert!(said.is_empty(), "{said}");
}

#[test]
fn the_instance_of_an_unused_archive_has_no_flow() {
    let archive = r"
  network archive { zone = internal  range = 10.10.1.0/24 }
  network data { zone = internal  range = 10.10.2.0/24 }
  firewall vault { joins = [servers, archive, data]  dialect = nftables }

  archiving_server arc01 {
    address = 10.10.1.60
    back_end sql02 { address = 10.10.2.61  instance = 'RTC' }
  }

  director ";
    let text = edge_with(&[("\n  director ", archive)]);
    let said = asserted(text.clone(), "never hq.archive -> hq.data on udp/1434");
    assert!(said.is_empty(), "{said}");
    let archiving = text.replacen("features    = [", "features    = [im_archiving, ", 1);
    let said = asserted(archiving, "allow hq.arc01 -> hq.data on udp/1434");
    assert!(said.is_empty(), "{said}");
}

#[test]
fn av_edges_with_a_name_of_their_own_leave_the_name_of_the_array() {
    let balanced =
        "inside                { fqdn = \"edge-far.contoso.com\"  load_balancer = lb_edge_inside  vip = 172.25.33.50 }";
    let text = changed(rule("OCS0621").bad.text(), &[(balanced, "inside { fqdn = \"edge-far.contoso.com\" }")]);
    assert_eq!(words(&check(&text)), "");
}

#[test]
fn directors_of_standard_edition_have_no_other_database() {
    let text = changed(rule("OCS0241").good.text(), &[("    edition       = enterprise\n", "")]);
    let said = words(&check(&text));
    assert!(said.contains("error OCS0241: `hq.dir` is an array of Standard Edition servers"), "{said}");
}

#[test]
fn a_share_is_on_a_named_computer() {
    let twice = [(
        "    back_end sql01 { address = 10.10.0.30 }\n",
        concat!(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    file_share content { path = '\\\\fs01.corp.contoso.com\\ocs' }\n",
            "    file_share books { path = '\\\\fs01.corp.contoso.com\\books' }\n",
        ),
    )];
    assert_eq!(words(&check(&changed(rule("OCS0405").good.text(), &twice))), "");
}

#[test]
fn unpublished_services_have_no_outside_name() {
    // Partners with messages alone: neither media nor meetings, so only the Access Edge is for them.
    let partners = edge_with(&[
        ("[web_conferencing, av_conferencing]", "[av_conferencing]"),
        ("remote_users       = true", "federation         = allowed_partners"),
        ("anonymous_meetings = true", ""),
    ]);
    let sources = SourceMap::new(vec![("example.ocstopo".to_owned(), partners)]);
    let (decls, _) = lower(&sources.files().map(|(id, file)| parse(id, file.shared_text()).tree).collect::<Vec<_>>());
    let topology = resolve(decls).0.expect("a topology");
    let lines = Lines { sources: &sources, show: false };
    let dns = format!("{:?}", plan::dns::plan(&topology, None, &lines));
    let named = |name: &str| dns.contains(&format!("\"{name}\""));
    for name in ["av.contoso.com", "webconf.contoso.com", "ocsweb.contoso.com", "rp.contoso.com"] {
        assert!(!named(name), "{name}");
    }
    assert!(named("sip.contoso.com"));
    let certificates = plan::certificate::plan(&topology, &lines).certificates;
    let slugs: Vec<_> = certificates.iter().map(|certificate| certificate.slug.as_str()).collect();
    insta::assert_snapshot!(slugs.join(" "), @"hq-dir01-default hq-edge-access-edge hq-edge-internal hq-se01-default");
}

fn rule(code: &str) -> &'static Rule {
    rules().iter().find(|rule| rule.code.0 == code).expect("a rule")
}

/// The bad example of a rule with a waiver in front of a place.
fn waived(code: &str, before: &str, waiver: &str) -> String {
    let text = rule(code).bad.text();
    assert!(text.contains(before), "{text}");
    text.replacen(before, &format!("{waiver}\n    {before}"), 1)
}

#[test]
fn a_waiver_covers_its_block() {
    let inside = waived(
        "OCS0201",
        "automatic_sign_in = true",
        "waive OCS0201 { reason = \"until the pool is there\"  until = 2010-08-01 }",
    );
    assert!(check(&inside).is_empty(), "{}", words(&check(&inside)));
    let by_name = inside.replace("waive OCS0201", "waive standard-edition-users");
    assert!(check(&by_name).is_empty(), "{}", words(&check(&by_name)));
    let site = waived("OCS0201", "domain_controller dc01", "waive OCS0201 { reason = \"agreed\" }");
    assert!(check(&site).is_empty());
    let elsewhere = waived("OCS0201", "range = 10.10.0.0/24 }", "waive OCS0201 { reason = \"agreed\" }");
    assert_eq!(codes(&check(&elsewhere)), BTreeSet::from(["OCS0093", "OCS0201"]));
    assert_eq!(codes(&findings(&elsewhere, Options { waivers: false, ..Options::default() })), BTreeSet::from(["OCS0201"]));
}

#[test]
fn a_wrong_waiver_covers_nothing() {
    let with = |waiver| codes(&check(&waived("OCS0201", "automatic_sign_in = true", waiver)));
    assert_eq!(with("waive OCS0201 { reason = \"agreed\"  until = 2010-07-31 }"), BTreeSet::from(["OCS0092", "OCS0201"]));
    assert_eq!(with("waive OCS0201 { ticket = \"CHG-1204\" }"), BTreeSet::from(["OCS0090", "OCS0201"]));
    assert_eq!(with("waive OCS0061 { reason = \"agreed\" }"), BTreeSet::from(["OCS0094", "OCS0201"]));
    // Findings of other files are accepted elsewhere.
    let of_files = check(&waived("OCS0201", "automatic_sign_in = true", "waive OCS2004 { reason = \"agreed\" }"));
    assert_eq!(codes(&of_files), BTreeSet::from(["OCS0094", "OCS0201"]));
    assert!(words(&of_files).contains("in `ocstopo.toml`"), "{}", words(&of_files));
}

#[test]
fn a_waiver_in_a_range_is_one_waiver() {
    let text = rule("OCS0202").good.text().replace(
        "front_end fe[01..02] { address",
        "front_end fe[01..02] {\n      waive OCS0201 { reason = \"agreed\" }\n      address",
    );
    let found = check(&text);
    assert_eq!(found.len(), 1, "{}", words(&found));
}

/// What one rule says of a topology in each release, the earlier first.
fn in_releases(code: &str, text: &str) -> [Vec<Severity>; 2] {
    ["ocs_2007", "ocs_2007_r2"].map(|product| {
        assert_eq!(text.matches("product     = ocs_2007\n").count(), 1);
        let found = check(&text.replacen("= ocs_2007\n", &format!("= {product}\n"), 1));
        found.iter().filter(|diag| diag.code.0 == code).map(|diag| diag.severity).collect()
    })
}

/// The example of a rule, after changes of texts that each appear once.
fn changed(text: String, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text, |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replacen(old, new, 1)
    })
}

#[test]
fn releases_know_other_edge_shapes() {
    let scaled = rule("OCS0711").good.text();
    assert_eq!(in_releases("OCS0603", &edge()), [vec![], vec![]]);
    assert_eq!(in_releases("OCS0603", &scaled), [vec![], vec![Severity::Error]]);
    let together = changed(
        scaled,
        &[
            (
                "      web_conferencing_edge = 131.107.155.[21..22]\n",
                "      web_conferencing_edge = 131.107.155.[21..22]\n      av_edge               = 131.107.155.[31..32]\n",
            ),
            ("\n    server av[1..2] {\n      inside  = 172.25.33.[21..22]\n      av_edge = 131.107.155.[31..32]\n    }\n", ""),
        ],
    );
    assert_eq!(in_releases("OCS0603", &together), [vec![Severity::Error], vec![]]);
    let apart = rule("OCS0603").bad.text();
    assert_eq!(in_releases("OCS0603", &apart), [vec![Severity::Error], vec![Severity::Error]]);
    assert_eq!(in_releases("OCS0712", &rule("OCS0712").bad.text()), [vec![Severity::Warning], vec![]]);
}

#[test]
fn a_single_av_edge_may_be_translated_in_the_later_release() {
    let private = rule("OCS0607").bad.text();
    assert_eq!(in_releases("OCS0607", &private), [vec![Severity::Error], vec![Severity::Error]]);
    let outer = "joins = [internet, edge_outside, edge_private]  dialect = nftables }";
    let translated = changed(
        private,
        &[(
            outer,
            "joins = [internet, edge_outside, edge_private]\n  static_nat av { public = 131.107.155.12  inside = 172.25.34.12 }\n  }",
        )],
    );
    assert_eq!(in_releases("OCS0607", &translated), [vec![Severity::Error], vec![]]);
    let several = changed(
        rule("OCS0711").good.text(),
        &[(
            "  firewall outer { joins = [internet, edge_outside]  dialect = nftables }",
            "  firewall outer {\n    joins = [internet, edge_outside]\n    static_nat av { public = 131.107.156.31  inside = 131.107.155.31 }\n  }",
        )],
    );
    assert_eq!(in_releases("OCS0607", &several), [vec![Severity::Error], vec![Severity::Error]]);
}

#[test]
fn requirements_of_the_later_release_are_errors_there() {
    assert_eq!(in_releases("OCS0801", &rule("OCS0801").bad.text()), [vec![Severity::Warning], vec![Severity::Error]]);
    assert_eq!(in_releases("OCS0811", &rule("OCS0811").bad.text()), [vec![Severity::Warning], vec![]]);
    assert_eq!(in_releases("OCS0820", &rule("OCS0820").bad.text()), [vec![Severity::Warning], vec![]]);
    let quiet = changed(rule("OCS0707").good.text(), &[("idle_timeout   = 30min", "idle_timeout   = 20min")]);
    assert_eq!(in_releases("OCS0707", &quiet), [vec![], vec![Severity::Warning]]);
    let quicker = changed(quiet, &[("idle_timeout   = 20min", "idle_timeout   = 10min")]);
    assert_eq!(in_releases("OCS0707", &quicker), [vec![Severity::Note], vec![Severity::Warning]]);
}

#[test]
fn undecidable_number_rules_have_no_findings() {
    let rules = |lines: &str| {
        changed(rule("OCS0806").good.text(), &[("    rule four_digits", &format!("{lines}\n    rule four_digits"))])
    };
    let said = |text: String| codes(&check(&text)).into_iter().filter(|code| ["OCS0806", "OCS0807"].contains(code)).count();
    // Looking ahead cannot be compared as a whole, and a group may hold the plus sign.
    assert_eq!(said(rules("    rule ahead { match = '^(?!1900)(\\d{4})$'  translate = '+1206555$1'  order = 900 }")), 0);
    assert_eq!(said(rules("    rule plus { match = '^(\\+\\d+)$'  translate = '$1'  order = 900 }")), 0);
    assert_eq!(said(rules("    rule bare { match = '^(\\d{9})$'  translate = '$1'  order = 900 }")), 1);
    assert_eq!(said(rules("    rule part { match = '-(\\d+)$'  translate = '$1'  order = 900 }")), 0);
}

/// The topology of a rule's good example, in a release, with its `software` block replaced.
fn with_software(code: &str, product: &str, features: &str, anchor: &str, software: &str) -> String {
    rule(code)
        .good
        .text()
        .replacen("product     = ocs_2007\n", &format!("product     = {product}\n"), 1)
        .replacen("[web_conferencing, av_conferencing]", features, 1)
        .replacen(anchor, &format!("{anchor}\n    software {{ {software} }}"), 1)
}

#[test]
fn virtual_machines_are_judged_by_release_and_role() {
    let pool = |product, features| {
        let text = with_software("OCS0502", product, features, "vip               = 10.10.0.10", "virtualized = true");
        codes(&check(&text)).contains("OCS0501")
    };
    assert!(pool("ocs_2007", "[sip_tcp]"));
    assert!(pool("ocs_2007_r2", "[web_conferencing, av_conferencing]"));
    assert!(!pool("ocs_2007_r2", "[sip_tcp]"));
}

#[test]
fn a_recalled_figure_gives_a_note() {
    let text = with_software(
        "OCS0501",
        "ocs_2007_r2",
        "[av_conferencing]",
        "users             = 900",
        "operating_system = windows_2003_sp1",
    );
    let found = check(&text);
    let severity = found.iter().find(|diag| diag.code.0 == "OCS0504").map(|diag| diag.severity);
    assert_eq!(severity, Some(Severity::Note), "{}", words(&found));
}

/// Without a public authority the names of a private SIP domain are allowed.
#[test]
fn a_private_sip_domain_is_an_error_where_a_public_authority_certifies_it() {
    let severity = |text: &str| {
        let found = check(text);
        found.iter().find(|diag| diag.code.0 == "OCS0107").map(|diag| diag.severity)
    };
    let text = rule("OCS0107").bad.text();
    assert_eq!(severity(&text), Some(Severity::Error));
    let own = text.replace("kind = public", "kind = enterprise");
    assert_ne!(text, own);
    assert_eq!(severity(&own), Some(Severity::Note));
}

/// A rule's example with its text replaced in places, each of which appears once.
fn with(code: &str, edits: &[(&str, &str)]) -> String {
    changed(rule(code).good.text(), edits)
}

#[test]
fn emergency_rules_in_front_have_no_findings() {
    let german = include_str!("../broken/rule/emergency-number-swallowed.ocstopo");
    let clean = |text: &str| assert_eq!(words(&check(text)), "", "{text}");
    clean(&german.replace("order = 25", "order = 10"));
    // What the help says to write is right, and the order of a profile without a rule for help too.
    let local = include_str!("../broken/rule/emergency-number-national.ocstopo");
    let help = check(local).first().and_then(|diag| diag.help.clone()).expect("a way out");
    let (_, line) = help.trim_end_matches('`').split_once('`').expect("a rule");
    clean(&local.replace("    rule abroad", &format!("    {line}\n    rule abroad")));
    // Policies make no difference: what reaches an extension is no matter of routes.
    let lobby = german.replace("  policy lobby    { usages = [emergency, local] }\n", "");
    assert_eq!(codes(&check(&lobby)), BTreeSet::from(["OCS0824"]));
}

#[test]
fn a_lone_access_edge_is_enough_without_conferencing_features() {
    let alone = |features: &str, product: &str| {
        with(
            "OCS0603",
            &[
                ("product     = ocs_2007\n", &format!("product     = {product}\n")),
                ("[web_conferencing, av_conferencing]", features),
                ("    anonymous_meetings = true\n", ""),
                ("    web_conferencing_edge { fqdn = \"webconf.contoso.com\" }\n", ""),
                ("    av_edge               { fqdn = \"av.contoso.com\" }\n", ""),
                ("      web_conferencing_edge = 131.107.155.11\n", ""),
                ("      av_edge               = 131.107.155.12\n", ""),
            ],
        )
    };
    assert_eq!(words(&check(&alone("[]", "ocs_2007"))), "");
    assert!(codes(&check(&alone("[web_conferencing]", "ocs_2007"))).contains("OCS0603"));
    assert!(codes(&check(&alone("[]", "ocs_2007_r2"))).contains("OCS0603"));
}

#[test]
fn two_pools_may_have_shares_on_one_file_server() {
    let share =
        |pool: &str| format!("    file_share content {{ path = '\\\\fs01.corp.contoso.com\\{pool}'  address = 10.10.0.40 }}\n");
    let second = format!(
        "  enterprise_pool pool02 {{\n    configuration = consolidated\n    fqdn          = \"pool02.corp.contoso.com\"\n    users         = 900\n{}    \
         front_end fe11 {{ address = 10.10.0.51 }}\n    back_end sql11 {{ address = 10.10.0.61 }}\n  }}\n\n  enterprise_pool pool01 {{",
        share("two")
    );
    let text = with(
        "OCS0701",
        &[
            (
                "    back_end sql01 { address = 10.10.0.30 }\n",
                &format!("    back_end sql01 {{ address = 10.10.0.30 }}\n{}", share("one")),
            ),
            ("  enterprise_pool pool01 {", &second),
        ],
    );
    assert_eq!(words(&check(&text)), "");
    let elsewhere = text.replacen("fs01.corp.contoso.com\\two", "fs02.corp.contoso.com\\two", 1);
    assert_eq!(codes(&check(&elsewhere)), BTreeSet::from(["OCS0066"]));
}

#[test]
fn unstated_users_and_networks_are_not_judged() {
    // A pool that does not say how many users it has.
    assert_eq!(words(&check(&with("OCS0242", &[("    users             = 900\n", "")]))), "");
    // A small office whose servers are all among its clients.
    let flat = with(
        "OCS0242",
        &[
            ("  network servers { zone = internal  range = 10.10.0.0/24 }\n", ""),
            ("joins = [servers, clients]", "joins = [clients, quiet]"),
            (
                "range = 10.10.64.0/20  clients = true }",
                "range = 10.10.0.0/20  clients = true }\n  network quiet { zone = internal  range = 10.10.80.0/24 }",
            ),
        ],
    );
    assert!(!codes(&check(&flat)).contains("OCS0456"), "{}", words(&check(&flat)));
    // One part of a pool elsewhere is a mistake; two are a pool of two sites.
    let stretched = rule("OCS0211").bad.text();
    let slip = stretched.replacen("fe02 { address = 10.20.0.12 }", "fe02 { address = 10.10.0.12 }", 1);
    assert_eq!(codes(&check(&slip)), BTreeSet::from(["OCS0455"]));
}

#[test]
fn a_scaled_edge_of_2007_may_be_waived_and_a_later_one_may_not() {
    let bad = rule("OCS0630").bad.text();
    let waived = changed(
        bad.clone(),
        &[("  edge_array edge {", "  edge_array edge {\n    waive OCS0630 { reason = \"One server is enough\" }\n")],
    );
    assert_eq!(words(&check(&waived)), "");
    // The name leads to the first server; nothing is left without an address.
    let sources = SourceMap::new(vec![("example.ocstopo".to_owned(), waived)]);
    let trees: Vec<_> = sources.files().map(|(id, file)| parse(id, file.shared_text()).tree).collect();
    let topology = resolve(lower(&trees).0).0.expect("a topology");
    let plan = plan::dns::plan(&topology, None, &Lines { sources: &sources, show: true });
    assert!(plan.problems.is_empty(), "{:?}", plan.problems);
    assert!(format!("{plan:?}").contains("131.107.155.11"));
    assert_eq!(in_releases("OCS0630", &bad), [vec![Severity::Error], vec![]]);
}

/// Where databases of a pool and of another thing are on one computer: how bad that is, by release.
#[test]
fn databases_on_one_computer_are_judged_by_release() {
    let pool = rules().iter().find(|rule| rule.code.0 == "OCS1105").expect("the rule of databases").good.text();
    let judged = |release: &str, other: &str| {
        let text = pool.replace("= ocs_2007\n", &format!("= {release}\n"));
        let text = text.replace("  load_balancer lb {", &format!("  {other}\n  load_balancer lb {{"));
        let found = check(&text);
        assert!(found.iter().all(|diag| diag.code.0 != "OCS0066"), "{}", words(&found));
        found.iter().find(|diag| diag.code.0 == "OCS0213").map(|diag| diag.severity.word())
    };
    let sql = r#"address = 10.10.0.30  fqdn = "sql01.corp.contoso.com""#;
    let second = format!(
        r#"enterprise_pool pool02 {{ configuration = consolidated  fqdn = "pool02.corp.contoso.com"  front_end fe03 {{ address = 10.10.0.13 }}  back_end db {{ {sql} }} }}"#
    );
    let archive =
        |instance: &str| format!("archiving_server arch01 {{ address = 10.10.0.50  back_end log {{ {sql}{instance} }} }}");
    let directors = |instance: &str| {
        format!(
            r#"director_array dir {{ fqdn = "dir.corp.contoso.com"  edition = enterprise  server dir01 {{ address = 10.10.0.21 }}  back_end db {{ {sql}{instance} }} }}"#
        )
    };
    let own = "  instance = \"OTHER\"";
    let cases = [
        (judged("ocs_2007", &second), Some("note")),
        (judged("ocs_2007_r2", &second), Some("error")),
        (judged("ocs_2007", &archive("")), Some("warning")),
        (judged("ocs_2007", &archive(own)), None),
        (judged("ocs_2007_r2", &archive("")), None),
        (judged("ocs_2007_r2", &directors("")), Some("error")),
        (judged("ocs_2007_r2", &directors(own)), None),
    ];
    for (at, (found, expected)) in cases.into_iter().enumerate() {
        assert_eq!(found, expected, "{at}");
    }
}
