//! A long document that the program prints, cut at its headings: the pages of a folder, and the front page that leads to them.

use std::collections::BTreeMap;

/// How a document becomes pages.
pub(super) struct Document {
    /// The front page, without `.md`; the pages are in the folder of this name.
    pub front: &'static str,
    /// The arguments that print it.
    pub printed_by: &'static [&'static str],
    /// The name of the page of a section, by its heading (with its `#`) and text; `None` leaves the section on the page before it.
    pub page: fn(&str, &str) -> Option<String>,
}

/// The documents.
pub(super) const DOCUMENTS: [Document; 4] = [
    Document { front: "docs/rules", printed_by: &["explain", "--all", "--format", "markdown"], page: rules },
    Document { front: "docs/language", printed_by: &["schema", "--format", "markdown"], page: language },
    Document {
        front: "docs/catalogue",
        printed_by: &["catalog", "show", "--product", "ocs_2007", "--format", "markdown"],
        page: catalogue,
    },
    Document { front: "docs/catalogue-r2", printed_by: &["catalog", "diff", "--format", "markdown"], page: differences },
];

/// A page for each step, and one for each code.
fn rules(heading: &str, _text: &str) -> Option<String> {
    if let Some(code) = heading.strip_prefix("### ") {
        return code.split(' ').next().map(str::to_owned);
    }
    let step = heading.strip_prefix("## ")?;
    let number = step.strip_prefix("Step ").and_then(|rest| rest.split(':').next()?.parse::<u8>().ok());
    Some(match (number, step) {
        (Some(number), _) => format!("OCS{number:02}"),
        (None, "The language itself") => "OCS00".to_owned(),
        (None, step) if step.starts_with("Zone files") => "OCS097".to_owned(),
        (None, step) if step.starts_with("Certificate files") => "OCS20".to_owned(),
        (None, step) => panic!("the page of `{step}` has no name"),
    })
}

/// A page for each kind of block.
fn language(heading: &str, _text: &str) -> Option<String> {
    heading.strip_prefix("### `")?.split('`').next().map(str::to_owned)
}

/// A page for each section, under the name that `catalog show` knows.
fn catalogue(heading: &str, text: &str) -> Option<String> {
    heading.strip_prefix("## ")?;
    let (_, name) = text.split_once("(`ocstopo catalog show ").expect("how the section is printed");
    name.split('`').next().map(str::to_owned)
}

fn differences(heading: &str, _text: &str) -> Option<String> {
    let title = heading.strip_prefix("## ")?;
    Some(super::anchor(title.strip_suffix(": changes").expect("changes")))
}

/// A section of a document, up to the next one of the same or a higher rank.
struct Section<'a> {
    page: String,
    text: &'a str,
}

/// Cuts a document where a page begins. The front page has no name.
fn sections<'a>(text: &'a str, page: fn(&str, &str) -> Option<String>) -> Vec<Section<'a>> {
    let mut found = vec![Section { page: String::new(), text }];
    let mut at = 0;
    let mut begun = 0;
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if let (false, true, Some(name)) = (fenced, line.starts_with('#'), page(line.trim_end(), &text[at..])) {
            if let Some(last) = found.last_mut() {
                last.text = &text[begun..at];
            }
            found.push(Section { page: name, text: &text[at..] });
            begun = at;
        }
        at += line.len();
    }
    found
}

/// The pages of a document by path; `crumbs` is the line that leads back, below each heading.
pub(super) fn pages(document: &Document, printed: &str) -> BTreeMap<String, String> {
    let sections = sections(printed, document.page);
    let mut homes: BTreeMap<String, (&str, bool)> = BTreeMap::new();
    for section in &sections {
        for (at, anchor) in super::anchor_list(section.text).into_iter().enumerate() {
            homes.entry(anchor).or_insert((&section.page, at == 0));
        }
    }
    let (_, folder) = document.front.rsplit_once('/').expect("a page below a folder");
    let title = printed.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']);
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    // The step above a page of a code, where the pages have two ranks.
    let mut above: Option<(String, String)> = None;
    for section in &sections {
        let heading = section.text.lines().next().unwrap_or_default();
        let rank = heading.chars().take_while(|c| *c == '#').count();
        let name = heading.trim_start_matches(['#', ' ']);
        let link = |target: &str| {
            let Some((home, first)) = homes.get(target) else { return format!("#{target}") };
            let rest = if *first { String::new() } else { format!("#{target}") };
            match (section.page.is_empty(), *home == section.page) {
                (_, true) => format!("#{target}"),
                (true, false) => format!("{folder}/{home}.md{rest}"),
                (false, false) if home.is_empty() => format!("../{folder}.md{rest}"),
                (false, false) => format!("{home}.md{rest}"),
            }
        };
        let text = linked(&raised(section.text, rank - 1), link);
        if section.page.is_empty() {
            pages.insert(format!("{}.md", document.front), super::crumbed(&text, "Look up · [ocstopo](README.md)"));
            continue;
        }
        let mut crumbs = format!("Look up · [ocstopo](../README.md) › [{title}](../{folder}.md)");
        match (&above, rank) {
            (_, 2) => above = Some((section.page.clone(), name.to_owned())),
            (Some((page, name)), 3) => crumbs += &format!(" › [{name}]({page}.md)"),
            _ => {}
        }
        let path = format!("{}/{}.md", document.front, section.page);
        match pages.get_mut(&path) {
            // Kinds that share a word share a page.
            Some(page) => *page += &format!("\n{text}"),
            None => _ = pages.insert(path, super::crumbed(&text, &crumbs)),
        }
    }
    pages.into_iter().map(|(path, text)| (path, format!("{}\n", text.trim_end()))).collect()
}

/// Headings closer to the top.
fn raised(text: &str, ranks: usize) -> String {
    let mut fenced = false;
    let line = |line: &str| {
        fenced ^= line.trim_start().starts_with("```");
        let raised = if !fenced && line.starts_with('#') { line.get(ranks..).unwrap_or(line) } else { line };
        format!("{raised}\n")
    };
    text.lines().map(line).collect()
}

/// The text with other targets for the links within the document.
fn linked(text: &str, link: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](#") {
        let (target, after) = after.split_once(')').expect("the end of a link");
        out += &format!("{before}]({})", link(target));
        rest = after;
    }
    out + rest
}

#[test]
fn a_document_is_cut_at_its_headings() {
    let document = Document { front: "docs/rules", printed_by: &[], page: rules };
    let printed = "# All\n\nSee [one](#ocs0101-one).\n\n## Step 1: first\n\n[one](#ocs0101-one)\n\n### OCS0101 one\n\n\
                   #### Example\n\n```ocstopo\n### no heading\n```\n[up](#step-1-first), [all](#all), [here](#example)\n";
    let pages = pages(&document, printed);
    let expected = [
        ("docs/rules.md", "# All\n\nLook up · [ocstopo](README.md)\n\nSee [one](rules/OCS0101.md).\n"),
        (
            "docs/rules/OCS01.md",
            "# Step 1: first\n\nLook up · [ocstopo](../README.md) › [All](../rules.md)\n\n[one](OCS0101.md)\n",
        ),
        (
            "docs/rules/OCS0101.md",
            "# OCS0101 one\n\nLook up · [ocstopo](../README.md) › [All](../rules.md) › [Step 1: first](OCS01.md)\n\n\
             ## Example\n\n```ocstopo\n### no heading\n```\n[up](OCS01.md), [all](../rules.md), [here](#example)\n",
        ),
    ];
    assert_eq!(pages.into_iter().collect::<Vec<_>>(), expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
}
