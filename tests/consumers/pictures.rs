//! Pictures, judged by those who read them: Graphviz reads DOT, with the boxes and lines that were written; Chromium measures every
//! text in two fonts. What reads Mermaid needs a browser with a large library, and D2 is a program of 60 MB: unit tests check their
//! strings.

use std::fs;

use ocstopo::emit::SAMPLE;
use ocstopo::emit::diagram::{FORMS, svg};
use ocstopo::query::diagram::{Question, Style, VIEWS, ask, overview};
use serde_json::json;

use crate::pages::drive;
use crate::support::topologies::compiled_example;
use crate::support::{EXAMPLES, MODELS, ocstopo, root, succeed, text};

/// A name that would be another statement where DOT took it for its own.
const HOSTILE: &str = "x\\\"]; evil -> evil2; // \\N <b> &amp;";

/// What Graphviz made of a file of DOT: its own plain form, a line for each box and line.
fn read(dot: &str, folder: &std::path::Path) -> Vec<String> {
    let file = folder.join("picture.dot");
    fs::write(&file, dot).unwrap();
    succeed("dot", &["-Tplain", text(&file)]).lines().map(str::to_owned).collect()
}

fn count(lines: &[String], word: &str) -> usize {
    lines.iter().filter(|line| line.starts_with(word)).count()
}

#[test]
fn graphviz_reads_the_boxes_and_lines_of_every_example() {
    let folder = tempfile::tempdir().unwrap();
    for example in EXAMPLES {
        let topology = format!("examples/{example}");
        for more in [&[][..], &["--feature", "im_presence"]] {
            let said = ocstopo(&root(), &[&["graph", &topology, "--format", "dot"], more].concat());
            let dot = String::from_utf8(said.stdout).unwrap();
            assert!(said.status.success() && dot.len() > 500, "{example}: {}", String::from_utf8_lossy(&said.stderr));
            let plain = read(&dot, folder.path());
            let written = dot.lines().filter(|line| line.contains(", tooltip=")).count();
            assert_eq!(count(&plain, "node "), written, "{example}");
            assert_eq!(count(&plain, "edge "), dot.matches(" -> n").count(), "{example}");
        }
    }
}

#[test]
fn graphviz_takes_a_hostile_text_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let compiled = compiled_example("fabrikam");
    let mut picture = overview(compiled.plans().unwrap(), Style::default());
    for node in &mut picture.nodes {
        node.name = HOSTILE.to_owned();
        node.tip = HOSTILE.to_owned();
    }
    let dot = FORMS.iter().find(|form| form.word == "dot").unwrap();
    let plain = read(&(dot.write)(&picture), folder.path());
    assert_eq!(count(&plain, "node "), picture.nodes.len());
    assert!(plain.iter().all(|line| !line.starts_with("node evil")), "{plain:#?}");
}

/// All views and features of the examples, in the fonts that most machines have and in wider ones.
#[test]
fn texts_fit_in_two_fonts_in_a_browser() {
    let work = tempfile::tempdir().unwrap();
    let mut pages = Vec::new();
    for example in EXAMPLES {
        let compiled = compiled_example(example);
        let plans = compiled.plans().unwrap();
        let style = Style { note: Some(SAMPLE), places: true, links: true, ..Style::default() };
        let sites = plans.topology.sites.iter().map(|site| Question { site: Some(&site.name), ..Question::default() });
        let views = VIEWS.iter().map(|view| Question { view: Some(*view), ..Question::default() });
        // Features of one example: those of the others have the same boxes.
        let features = plans.topology.organization.features.iter().filter(|_| example == MODELS[0]);
        let features = features.map(|(feature, _)| Question { feature: Some(feature.word()), ..Question::default() });
        let questions: Vec<Question<'_>> = sites.chain(views).chain(features).collect();
        let pictures = questions.iter().filter_map(|question| ask(plans, question, style).ok());
        let elements: String = pictures.enumerate().map(|(at, picture)| svg::element(&picture, &format!("p{at}"))).collect();
        let file = work.path().join(format!("{example}.html"));
        let page = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{example}</title>\n<style>{}</style></head>\n\
             <body><main><h1>{example}</h1>{elements}</main></body></html>\n",
            svg::STYLE
        );
        fs::write(&file, page).unwrap();
        pages.push(json!({ "kind": "picture", "name": format!("{example} pictures"), "file": file, "fewest": 100, "judged": example == MODELS[1] }));
    }
    drive(work.path(), &pages);
}
