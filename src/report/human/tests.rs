//! Pictures of findings, 80 columns wide.

use super::*;
use crate::diag::Code;

const PLAIN: Style = Style { color: false, width: 80 };

struct Case {
    sources: SourceMap,
}

impl Case {
    fn new(files: &[(&str, &str)]) -> Self {
        Self { sources: SourceMap::new(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()) }
    }

    /// The first occurrence of `words` in any file.
    fn span(&self, words: &str) -> Span {
        let (id, start) = self.sources.files().find_map(|(id, file)| Some((id, file.text().find(words)?))).unwrap();
        Span::new(id, start as u32, (start + words.len()) as u32)
    }

    fn draw(&self, diag: Diag) -> String {
        human(&self.sources, &[diag], PLAIN)
    }
}

const SITE: &str = "site redmond {\n  network servers { zone = internal  range = 10.10.0.0/22 }\n\n  enterprise_pool pool01 {\n    vip = 10.10.9.10\n    front_end fe[01..04] { adress = 10.10.0.[11..14] }\n  }\n}\n";

fn error(case: &Case, words: &str, message: &str, label: &str) -> Diag {
    Diag::error(Code("OCS0012"), message, case.span(words), label)
}

#[test]
fn one_label_with_help_and_source() {
    let case = Case::new(&[("redmond.ocstopo", SITE)]);
    let diag =
        error(&case, "adress", "unknown attribute `adress` in `front_end`", "not known here").help("write `address`").source(
            "the schema; `ocstopo schema --format markdown` lists all attributes of all blocks with their types and defaults",
        );
    insta::assert_snapshot!(case.draw(diag), @r"
     error[OCS0012]: unknown attribute `adress` in `front_end`
      ╭─[redmond.ocstopo:6:28]
    5 │     vip = 10.10.9.10
    6 │     front_end fe[01..04] { adress = 10.10.0.[11..14] }
      ·                            ───┬──
      ·                               ╰── not known here
    7 │   }
      ╰────
     help: write `address`
     source: the schema; `ocstopo schema --format markdown` lists all attributes of
             all blocks with their types and defaults
    ");
}

#[test]
fn a_long_text_is_marked_where_it_begins() {
    let text = format!("a {{ config = \"{}\" }}\n", "x".repeat(5_000));
    let case = Case::new(&[("a.ocstopo", &text)]);
    let whole = format!("\"{}\"", "x".repeat(5_000));
    let drawn = case.draw(error(&case, &whole, "the text has 5000 characters", "at most 1,024 characters"));
    assert!(drawn.contains("[a.ocstopo:1:14]") && drawn.contains("╰── at most 1,024 characters"), "{drawn}");
    assert!(drawn.lines().all(|line| line.chars().count() < 200), "{drawn}");
}

#[test]
fn several_labels_in_one_file() {
    let case = Case::new(&[("redmond.ocstopo", SITE)]);
    let diag = Diag::new(
        Severity::Warning,
        Code("OCS0401"),
        "the virtual address of `redmond.pool01` is in no network of its servers",
        case.span("10.10.9.10"),
        "expected an address of 10.10.0.0/22",
    )
    .related(case.span("10.10.0.0/22"), "the network of the servers")
    .related(case.span("10.10.0.[11..14]"), "the servers");
    insta::assert_snapshot!(case.draw(diag), @r"
     warning[OCS0401]: the virtual address of `redmond.pool01` is in no network
     │ of its servers
      ╭─[redmond.ocstopo:5:11]
    1 │ site redmond {
    2 │   network servers { zone = internal  range = 10.10.0.0/22 }
      ·                                              ──────┬─────
      ·                                                    ╰─┤ the network of the
      ·                                                      │ servers
    3 │
    4 │   enterprise_pool pool01 {
    5 │     vip = 10.10.9.10
      ·           ─────┬────
      ·                ╰── expected an address of 10.10.0.0/22
    6 │     front_end fe[01..04] { adress = 10.10.0.[11..14] }
      ·                                     ────────┬───────
      ·                                             ╰── the servers
    7 │   }
      ╰────
    ");
}

#[test]
fn labels_on_one_line_and_the_same_place() {
    let case = Case::new(&[("a.ocstopo", "never internet -> sql01 on tcp/1433\n")]);
    let diag = error(&case, "internet", "this flow exists", "from here")
        .related(case.span("sql01"), "to here")
        .related(case.span("internet"), "again");
    insta::assert_snapshot!(case.draw(diag), @r"
     error[OCS0012]: this flow exists
      ╭─[a.ocstopo:1:7]
    1 │ never internet -> sql01 on tcp/1433
      ·       ────┬───┬   ──┬──
      ·           │   │     ╰── to here
      ·           │   ╰── again
      ·           ╰── from here
      ╰────
    ");
}

#[test]
fn labels_across_files() {
    let case = Case::new(&[("a.ocstopo", SITE), ("b.ocstopo", "site redmond {\n  users = 10\n}\n"), ("c.ocstopo", "x = 1\n")]);
    let diag =
        Diag::error(Code("OCS0021"), "site `redmond` is declared twice", Span::new(FileId(1), 5, 12), "declared again here")
            .related(Span::new(FileId(0), 5, 12), "first declared here")
            .related(Span::new(FileId(2), 4, 5), "")
            .help("give one of them another name, or put both into one block");
    insta::assert_snapshot!(case.draw(diag), @r"
     error[OCS0021]: site `redmond` is declared twice
      ╭─[b.ocstopo:1:6]
    1 │ site redmond {
      ·      ───┬───
      ·         ╰── declared again here
    2 │   users = 10
      ╰────
     note: first declared here
      ╭─[a.ocstopo:1:6]
    1 │ site redmond {
      ·      ───────
    2 │   network servers { zone = internal  range = 10.10.0.0/22 }
      ╰────
     note: see also
      ╭─[c.ocstopo:1:5]
    1 │ x = 1
      ·     ─
      ╰────
     help: give one of them another name, or put both into one block
    ");
}

#[test]
fn a_block_is_marked_by_its_first_line() {
    let case = Case::new(&[("a.ocstopo", SITE)]);
    let mut span = case.span("enterprise_pool pool01");
    span.end = SITE.len() as u32;
    insta::assert_snapshot!(case.draw(Diag::error(Code("OCS0031"), "`fqdn` expected", span, "this block has none")), @r"
     error[OCS0031]: `fqdn` expected
      ╭─[a.ocstopo:4:3]
    3 │
    4 │   enterprise_pool pool01 {
      ·   ────────────┬───────────
      ·               ╰── this block has none
    5 │     vip = 10.10.9.10
      ╰────
    ");
}

#[test]
fn the_end_of_a_file_can_be_marked() {
    for text in ["site a {", "site a {\n", "", "site a {\n\n\n"] {
        let case = Case::new(&[("a.ocstopo", text)]);
        let end = Span::new(FileId(0), text.len() as u32, text.len() as u32);
        let drawn = case.draw(Diag::error(Code("OCS0003"), "`}` expected, found the end of the file", end, "expected here"));
        assert!(drawn.contains("expected here") && drawn.contains('▲'), "{drawn}");
    }
    let case = Case::new(&[("a.ocstopo", "site a {")]);
    let end = Span::new(FileId(0), 8, 8);
    insta::assert_snapshot!(case.draw(Diag::error(Code("OCS0003"), "`}` expected, found the end of the file", end, "expected here")), @r"
     error[OCS0003]: `}` expected, found the end of the file
      ╭─[a.ocstopo:1:9]
    1 │ site a {
      ·         ▲
      ·         ╰── expected here
      ╰────
    ");
}

#[test]
fn tabs_and_wide_characters_keep_marks_in_place() {
    let case = Case::new(&[("a.ocstopo", "\tunit = \"東京\"\tl = \"é\" bad\r\n")]);
    insta::assert_snapshot!(case.draw(error(&case, "bad", "a value expected", "here")), @r#"
     error[OCS0012]: a value expected
      ╭─[a.ocstopo:1:22]
    1 │     unit = "東京"   l = "é" bad
      ·                             ─┬─
      ·                              ╰── here
      ╰────
    "#);
}

#[test]
fn a_strangers_text_moves_no_cursor() {
    let case = Case::new(&[("a.ocstopo", "name = \"\u{1b}[2J\u{7}\rfake: ok\u{202e}\"\nx = 1\n")]);
    let drawn = case.draw(error(&case, "x", "no \u{1b}[31m\u{9b}colour", "la\u{8}bel").help("he\u{1b}]0;lp").source("s\u{7f}"));
    assert!(drawn.chars().all(|c| c == '\n' || !crate::text::is_unprintable(c)), "{drawn:?}");
}

#[test]
fn long_texts_are_wrapped() {
    let case = Case::new(&[("redmond.ocstopo", SITE)]);
    let long = "the virtual address of a load-balanced pool is in the network of its servers, because the load balancer answers for it there";
    let drawn = case.draw(error(&case, "10.10.9.10", long, long).help(long).source(long));
    assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
    insta::assert_snapshot!(drawn, @r"
     error[OCS0012]: the virtual address of a load-balanced pool is in the
     │ network of its servers, because the load balancer answers for it there
      ╭─[redmond.ocstopo:5:11]
    4 │   enterprise_pool pool01 {
    5 │     vip = 10.10.9.10
      ·           ─────┬────
      ·                ╰─┤ the virtual address of a load-balanced pool is in the
      ·                  │ network of its servers, because the load balancer
      ·                  │ answers for it there
    6 │     front_end fe[01..04] { adress = 10.10.0.[11..14] }
      ╰────
     help: the virtual address of a load-balanced pool is in the network of its
           servers, because the load balancer answers for it there
     source: the virtual address of a load-balanced pool is in the network of its
             servers, because the load balancer answers for it there
    ");
}

#[test]
fn a_long_line_is_shown_in_part() {
    let text = format!("x = [{}bad]\n", "10.0.0.1, ".repeat(100_000));
    let case = Case::new(&[("a.ocstopo", &text)]);
    let drawn = case.draw(error(&case, "bad", "an address expected", "here").related(case.span("x"), "this list"));
    assert!(drawn.len() < 2_000 && drawn.contains("here"), "{} bytes", drawn.len());
}

#[test]
fn many_findings_are_counted() {
    let case = Case::new(&[("a.ocstopo", SITE)]);
    let diags = vec![error(&case, "adress", "unknown", ""); DRAWN + 2];
    let drawn = human(&case.sources, &diags, PLAIN);
    assert!(drawn.ends_with("… and 2 more findings: `--format short` lists all\n\n"));
}

#[test]
fn colours_add_no_words() {
    let case = Case::new(&[("a.ocstopo", SITE)]);
    let diag = || error(&case, "adress", "unknown attribute", "here").help("write `address`").related(case.span("redmond"), "x");
    let colored = human(&case.sources, &[diag()], Style { color: true, width: 80 });
    assert!(colored.contains("\u{1b}[31merror[OCS0012]:"), "{colored:?}");
    let mut plain = String::new();
    let mut inside = false;
    for c in colored.chars() {
        match c {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            c if !inside => plain.push(c),
            _ => {}
        }
    }
    assert_eq!(plain, case.draw(diag()));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_label_of_every_text_can_be_drawn(
        text in "\u{feff}?[ab\n\r\té東\u{1b}\u{feff}]{0,60}",
        places in proptest::collection::vec((0usize..60, 0usize..20), 1..5),
        width in 40usize..90,
    ) {
        let case = Case::new(&[("a.ocstopo", &text)]);
        let boundary = |offset: usize| text.floor_char_boundary(offset.min(text.len())) as u32;
        let mut spans = places.iter().map(|(start, len)| Span::new(FileId(0), boundary(*start), boundary(start + len)));
        let mut diag = Diag::error(Code("OCS0001"), "m", spans.next().unwrap(), "primary label");
        for (i, span) in spans.enumerate() {
            diag = diag.related(span, format!("related {i}"));
        }
        let drawn = human(&case.sources, std::slice::from_ref(&diag), Style { color: false, width });
        proptest::prop_assert!(drawn.contains("primary label"), "{drawn}");
        for i in 0..diag.related.len() {
            let label = format!("related {i}");
            proptest::prop_assert!(drawn.contains(&label), "no {label} in\n{drawn}");
        }
        proptest::prop_assert!(!drawn.contains("Failed to read"), "{drawn}");
        proptest::prop_assert!(drawn.chars().all(|c| c == '\n' || !crate::text::is_unprintable(c)));
    }
}
