//! Each test writes a topology with `‸` where the cursor is.

use super::*;
use crate::diag::Edit;
use crate::text::Span;

/// Texts without cursors, and the place of the only one.
fn at(files: &[(&str, &str)]) -> (Snapshot, Place) {
    let mut texts = Vec::new();
    let mut found = None;
    let mut names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    for (name, text) in files {
        if let Some(offset) = text.find('‸') {
            let file = FileId(names.iter().position(|own| own == name).expect("a name") as u32);
            found = Some(Place { file, offset: offset as u32 });
        }
        texts.push(((*name).to_owned(), text.replace('‸', "")));
    }
    (Snapshot::new(SourceMap::new(texts), &CompileOptions::default()), found.expect("a cursor"))
}

fn one(text: &str) -> (Snapshot, Place) {
    at(&[("a.ocstopo", text)])
}

/// An organization with one site, and this at the end of the site.
fn in_site(inside: &str) -> String {
    format!(
        r#"organization litware {{
  product     = ocs_2007
  sip_domains = ["litware.com"]
  active_directory {{ domain litware {{ fqdn = "ad.litware.com" }} }}
}}

site main {{
  users  = 300
  domain = litware

  network servers {{ zone = internal  range = 10.1.0.0/24 }}
  network clients {{ zone = internal  range = 10.1.64.0/20  clients = true }}
  domain_controller dc01 {{ address = 10.1.0.5 }}
  standard_edition ocs01 {{ address = 10.1.0.11  users = 300 }}
{inside}
}}
"#
    )
}

fn labels(text: &str) -> Vec<String> {
    let (snapshot, place) = one(text);
    complete(&snapshot, place).into_iter().map(|proposal| proposal.label).collect()
}

#[test]
fn blocks_and_attributes_are_proposed_where_they_fit() {
    let top = labels("organization o { product = ocs_2007 }\n‸\n");
    assert!(top.contains(&"site".to_owned()) && top.contains(&"wan_link".to_owned()), "{top:?}");
    assert!(!top.contains(&"organization".to_owned()), "there is one");
    let site = labels(&in_site("  ‸"));
    assert!(site.contains(&"network".to_owned()) && site.contains(&"availability".to_owned()), "{site:?}");
    assert!(!site.contains(&"users".to_owned()), "it is written");
    let beginning = labels(&in_site("  stan‸"));
    assert!(beginning.contains(&"standard_edition".to_owned()), "{beginning:?}");
    let server = labels(&in_site("  standard_edition ocs02 { ‸ }"));
    assert_eq!(server.first().map(String::as_str), Some("address"), "what is required comes first: {server:?}");
    let behind = labels(&in_site("  standard_edition ocs02 { address = 10.1.0.12  us‸ }"));
    assert!(behind.contains(&"users".to_owned()) && !behind.contains(&"address".to_owned()), "{behind:?}");
    assert!(labels(&in_site("  standard_edition oc‸")).is_empty(), "a name is free");
    assert!(labels(&in_site("  # a comment ‸")).is_empty());
}

#[test]
fn values_are_proposed_by_their_type() {
    assert_eq!(labels(&in_site("  network x { zone = ‸ }")), ["internal", "perimeter"]);
    assert_eq!(labels(&in_site("  network x { zone = per‸ }")), ["internal", "perimeter"]);
    assert_eq!(labels(&in_site("  network x { clients = ‸ }")), ["true", "false"]);
    let joins = labels(&in_site("  firewall f { joins = [servers, ‸] }"));
    assert_eq!(joins, ["main.clients", "internet"].map(|name| name.trim_start_matches("main.")), "{joins:?}");
    let open = labels(&in_site("  firewall f { joins = [‸"));
    assert_eq!(open, ["clients", "servers", "internet"]);
    assert_eq!(labels(&in_site("  domain_controller dc02 { address = ‸ }")).first().map(String::as_str), Some("10.1.0.6"));
    let missing = labels(&in_site("  domain_controller dc02 {\n    address =‸\n    fqdn = \"x.ad.litware.com\"\n  }"));
    assert_eq!(missing.first().map(String::as_str), Some("10.1.0.6"));
    assert!(labels(&in_site("  domain_controller dc02 { fqdn = \"‸\" }")).is_empty());
    assert!(labels(&in_site("  standard_edition s { av_edge = ‸ }")).is_empty(), "there is none");
}

#[test]
fn a_proposal_replaces_the_word_so_far() {
    let text = in_site("  stan‸");
    let (snapshot, place) = one(&text);
    let proposal = complete(&snapshot, place).into_iter().find(|one| one.label == "standard_edition").expect("fits");
    assert_eq!(snapshot.compiled.sources.text(proposal.span), "stan");
    assert_eq!(proposal.snippet.as_deref(), Some("standard_edition ${1:name} {\n  address = ${2:10.10.0.11}\n}"));
}

#[test]
fn hover_explains_words_and_what_follows_from_names() {
    let text = |inside: &str| {
        let (snapshot, place) = one(&in_site(inside));
        hover(&snapshot, place)
            .map(|hover| (snapshot.compiled.sources.text(hover.span).to_owned(), hover.text))
            .unwrap_or_default()
    };
    let (word, kind) = text("  net‸work x { zone = internal  range = 10.2.0.0/24 }");
    assert_eq!(word, "network");
    assert!(kind.starts_with("**Network** `network`\n"), "{kind}");
    let (_, key) = text("  network x { zo‸ne = internal  range = 10.2.0.0/24 }");
    assert!(key.contains("`zone` of `network`") && key.contains("- `perimeter`: "), "{key}");
    let (_, value) = text("  network x { zone = inter‸nal  range = 10.2.0.0/24 }");
    assert!(value.starts_with("`internal`: "), "{value}");
    let (_, name) = text("  media_gateway gw0‸1 { address = 10.1.0.20 }");
    assert!(name.contains("gw01.ad.litware.com") && name.contains("10.1.0.20 in servers"), "{name}");
    let (word, reference) = text("  firewall f { joins = [serv‸ers, clients] }");
    assert_eq!(word, "servers");
    assert!(reference.contains("- range: 10.1.0.0/24"), "{reference}");
    let (_, address) = text("  media_gateway gw01 { address = 10.1.0‸.20 }");
    assert!(address.contains("- network: main.servers (10.1.0.0/24)"), "{address}");
    let (_, waiver) = text("  waive OCS‸0102 { reason = \"x\" }");
    assert!(waiver.contains("OCS0102"), "{waiver}");
}

fn texts(snapshot: &Snapshot, spans: impl IntoIterator<Item = Span>) -> Vec<String> {
    let sources = &snapshot.compiled.sources;
    let line =
        |span: Span| format!("{}:{} {}", sources.file(span.file).name(), sources.line_column(span).line, sources.text(span));
    spans.into_iter().map(line).collect()
}

const OTHER: &str = "wan_link wan { joins = [main.servers, branch.lan] }\nsite branch {\n  users = 20\n  domain = litware\n  network lan { zone = internal  range = 10.9.0.0/24 }\n}\nassert { never branch.lan -> main.ocs01 on tcp/3389 }\n";

#[test]
fn names_lead_to_their_blocks_and_back() {
    let (snapshot, place) = at(&[("a.ocstopo", &in_site("")), ("b.ocstopo", &OTHER.replace("main.servers", "main.ser‸vers"))]);
    assert_eq!(texts(&snapshot, definition(&snapshot, place)), ["a.ocstopo:11 servers"]);
    let (snapshot, place) = at(&[("a.ocstopo", &in_site("")), ("b.ocstopo", &OTHER.replace("main.servers", "ma‸in.servers"))]);
    assert_eq!(texts(&snapshot, definition(&snapshot, place)), ["a.ocstopo:7 main"]);
    let uses = occurrences(&snapshot, place, true);
    assert_eq!(texts(&snapshot, uses), ["a.ocstopo:7 main", "b.ocstopo:1 main", "b.ocstopo:7 main"]);
    let (snapshot, place) = at(&[("a.ocstopo", &in_site("").replace("ocs01", "oc‸s01")), ("b.ocstopo", OTHER)]);
    assert_eq!(texts(&snapshot, occurrences(&snapshot, place, false)), ["b.ocstopo:7 ocs01"]);
}

fn applied(snapshot: &Snapshot, edits: &[Edit]) -> Vec<String> {
    rename::texts(snapshot, edits).into_values().collect()
}

#[test]
fn a_new_name_is_written_everywhere_or_refused() {
    let (snapshot, place) = at(&[("a.ocstopo", &in_site("").replace("site main", "site ma‸in")), ("b.ocstopo", OTHER)]);
    let options = CompileOptions::default();
    let edits = rename(&snapshot, place, "head", &options).expect("a free name");
    let files = applied(&snapshot, &edits);
    assert!(
        files[0].contains("site head {") && files[1].contains("head.servers") && files[1].contains("head.ocs01"),
        "{files:?}"
    );
    let refused = |name: &str| rename(&snapshot, place, name, &options).expect_err("refused").0;
    insta::assert_snapshot!(["branch", "two words", "9", ""].map(refused).join("\n"), @"
    nothing is renamed: two blocks `site` are named `branch`
    `two words` cannot be a name: a name is a letter, then letters, digits, `_` and `-`
    `9` cannot be a name: a name is a letter, then letters, digits, `_` and `-`
    `` cannot be a name: a name is a letter, then letters, digits, `_` and `-`
    ");
    let (snapshot, place) = one(&in_site("  media_gateway gw[01..‸02] { address = 10.1.0.[21..22] }"));
    insta::assert_snapshot!(renamed_name(&snapshot, place).expect_err("a range").0, @"`gw[01..02]` is a range of names: write them one by one to give one of them another name");
}

#[test]
fn actions_correct_waive_and_complete() {
    let titles = |inside: &str| {
        let (snapshot, place) = one(&in_site(inside));
        let found = actions(&snapshot, place.file, place.offset..place.offset);
        let line = |action: &Action| {
            let text = applied(&snapshot, &action.edits).concat();
            let new: Vec<&str> =
                text.lines().filter(|line| !snapshot.compiled.sources.file(place.file).text().contains(line)).collect();
            format!("{:?} {}: {}", action.kind, action.title, new.join(" | "))
        };
        found.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(titles("  media_gateway gw01 { adr‸ess = 10.1.0.20 }"), @"
    Correction write `address`:   media_gateway gw01 { address = 10.1.0.20 }
    Missing write the missing `address`:   media_gateway gw01 { adress = 10.1.0.20  address = 10.10.0.11 }
    ");
    insta::assert_snapshot!(titles("  media_gateway gw01 {\n    ‸\n  }"), @"Missing write the missing `address`:     address = 10.10.0.11");
}

/// What a block misses is never written into a block within it, and a file may end with any character.
#[test]
fn a_block_without_its_brace_is_offered_nothing() {
    for end in ["", "  active_directory { domain ad { fqdn = \"ad.litware.com\" } }", "\u{fffd}", "  x = \u{1f4a1}"] {
        let of = |text: &str| {
            let (snapshot, place) = one(text);
            let found = actions(&snapshot, place.file, place.offset..place.offset);
            found.into_iter().filter(|action| action.kind == ActionKind::Missing).count()
        };
        let open = format!("organization litware {{\n  ‸\n{end}");
        assert_eq!(of(&open), 0, "{end}");
        assert!(of(&format!("{open}\n}}\n")) > 0, "{end}");
    }
}

#[test]
fn a_waiver_with_a_reason_ends_its_finding() {
    let (snapshot, place) = one(&in_site("‸"));
    let waivable = |diag: &&crate::diag::Diag| crate::lint::find_code(diag.code.0).is_some_and(|entry| entry.waivable());
    let finding = snapshot.compiled.diags.iter().find(waivable).expect("one that may be waived");
    let at = finding.primary.span.start;
    let found = actions(&snapshot, place.file, at..at);
    let action = found.iter().find(|action| action.kind == ActionKind::Waiver).expect("a waiver");
    let text = applied(&snapshot, &action.edits).concat().replace("reason = \"\"", "reason = \"agreed\"");
    let after = Snapshot::new(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default());
    assert!(after.compiled.diags.iter().all(|diag| diag.code != finding.code), "{:?}", after.compiled.diags);
}

#[test]
fn the_outline_has_every_block() {
    let (snapshot, place) = one(&in_site("‸"));
    let outline = symbols(&snapshot, place.file);
    assert_eq!(outline.iter().map(|symbol| symbol.name.as_str()).collect::<Vec<_>>(), ["litware", "main"]);
    assert_eq!(outline[1].inside.len(), 4);
    assert!(outline[1].inside[3].computer);
    let found: Vec<String> =
        symbols_named(&snapshot, "mn.oc").into_iter().map(|found| format!("{} in {}", found.name, found.within)).collect();
    assert_eq!(found, ["ocs01 in main"]);
    assert!(symbols_named(&snapshot, "nothing").is_empty());
}

#[test]
fn folds_hints_and_tokens() {
    let (snapshot, place) = one(&in_site("  # one\n  # two\n  media_gateway gw01 { address = 10.1.0.21 }‸"));
    let folds = folds(&snapshot, place.file);
    assert!(folds.contains(&Fold { first: 14, last: 15, comment: true }), "{folds:?}");
    assert!(folds.contains(&Fold { first: 6, last: 16, comment: false }), "{folds:?}");
    let all = 0..snapshot.compiled.sources.file(place.file).text().len() as u32;
    let hints: Vec<String> = hints(&snapshot, place.file, all).into_iter().map(|hint| hint.text).collect();
    assert_eq!(hints, ["dc01.ad.litware.com", "servers", "ocs01.ad.litware.com", "servers", "gw01.ad.litware.com", "servers"]);
    let tokens = tokens(&snapshot, place.file);
    let kind = |word: &str| {
        let own = tokens.iter().find(|token| snapshot.compiled.sources.text(token.span) == word);
        own.map(|token| (token.kind, token.declares))
    };
    assert_eq!(kind("site"), Some((TokenKind::Kind, false)));
    assert_eq!(kind("main"), Some((TokenKind::Name, true)));
    assert_eq!(kind("users"), Some((TokenKind::Key, false)));
    assert_eq!(kind("300"), Some((TokenKind::Number, false)));
    assert_eq!(kind("ocs_2007"), Some((TokenKind::Word, false)));
    assert_eq!(kind("# one"), Some((TokenKind::Comment, false)));
    assert!(tokens.is_sorted_by_key(|token| token.span.start));
}

#[test]
fn layout_changes_only_lines_that_differ() {
    let text = in_site("  network a   { zone = internal  range = 10.2.0.0/24 }\n").replace("users  = 300\n", "users = 300‸\n");
    let (snapshot, place) = one(&text);
    let all = format(&snapshot, place.file, None);
    let whole = applied(&snapshot, &all).concat();
    assert_eq!(
        whole,
        crate::fmt::format(&crate::syntax::parse(place.file, snapshot.compiled.sources.file(place.file).shared_text()))
    );
    let one = format(&snapshot, place.file, Some((7, 7)));
    assert!(!one.is_empty() && one.len() < all.len(), "{one:?} of {all:?}");
    let broken = Snapshot::new(SourceMap::new(vec![("a".to_owned(), "site {{ x".to_owned())]), &CompileOptions::default());
    assert!(format(&broken, FileId(0), None).is_empty());
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// No place in any text leads to a panic, and every span is in the text.
        #[test]
        fn any_place_has_an_answer(cut in 0usize..1200, put in "[a-z={}\\[\\]\"'#. \n\u{e9}]{0,6}", place in 0usize..1300) {
            let text = in_site("  firewall f { joins = [servers, clients] }\n  media_gateway gw[01..02] { address = 10.1.0.[21..22] }");
            let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let text = format!("{}{put}{}", &text[..floor(cut)], &text[floor(cut + put.len())..]);
            let offset = (0..=place.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0) as u32;
            let length = text.len() as u32;
            let snapshot = Snapshot::new(SourceMap::new(vec![("a".to_owned(), text)]), &CompileOptions::default());
            let place = Place { file: FileId(0), offset };
            let mut spans: Vec<Span> = complete(&snapshot, place).into_iter().map(|one| one.span).collect();
            spans.extend(hover(&snapshot, place).map(|hover| hover.span));
            spans.extend(definition(&snapshot, place));
            spans.extend(occurrences(&snapshot, place, true));
            spans.extend(renamed_name(&snapshot, place).ok());
            spans.extend(actions(&snapshot, place.file, offset..offset).into_iter().flat_map(|action| action.edits).map(|edit| edit.span));
            spans.extend(hints(&snapshot, place.file, 0..length).into_iter().map(|hint| hint.span));
            spans.extend(tokens(&snapshot, place.file).into_iter().map(|token| token.span));
            symbols(&snapshot, place.file);
            folds(&snapshot, place.file);
            prop_assert!(spans.iter().all(|span| span.start <= span.end && span.end <= length), "{:?}", spans);
        }
    }
}
