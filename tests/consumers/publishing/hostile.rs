//! Text from a stranger is data: whatever it holds, the proxy publishes the same, and the sheets have the same lines.

use ocstopo::compile::{CompileOptions, compile};
use ocstopo::diag::Severity;
use ocstopo::emit::{Artifact, EmitContext, publishing};
use ocstopo::plan::Reason;
use ocstopo::plan::publishing::PublishingPlan;
use ocstopo::text::SourceMap;

use crate::publishing::World;
use crate::publishing::agree::planned;
use crate::publishing::lab::Lab;
use crate::publishing::read::read;
use crate::support::table;

/// What some language could act on.
fn hostile() -> Vec<String> {
    let texts = [
        "a\nb",
        "a\r\nload_module x;",
        "\"",
        "'",
        "a\"; return 200; #",
        "`id`",
        "$(id)",
        "$host",
        "${x}",
        "a;b",
        "!",
        "\\",
        "a\\",
        "{",
        "}",
        "} server { listen 80; }",
        "#",
        "m\u{fc}nchen",
        "\u{202e}evil",
        "\u{2028}x",
        "{{ 7 * 7 }}",
        "=cmd|x",
        "@x",
        "-1",
        "| a | b |",
        "## Rule 9",
        "<script>",
        "*",
        ".*",
        "^(/|$)",
        "",
        " ",
    ];
    texts.into_iter().map(str::to_owned).chain(["x".repeat(300), "\u{e9}".repeat(300)]).collect()
}

fn emitted(plan: &PublishingPlan, organization: &str) -> Vec<Artifact> {
    let templates = crate::support::templates();
    publishing::emit(plan, &EmitContext { templates, sample: true, organization }).expect("renders")
}

/// The plan with a text in every free-text field.
fn with_text(plan: &PublishingPlan, text: &str) -> PublishingPlan {
    let mut plan = plan.clone();
    let spoil = |reason: &mut Reason| {
        text.clone_into(&mut reason.row);
        text.clone_into(&mut reason.purpose);
        reason.source = vec![text.to_owned()];
        for declared in &mut reason.declared {
            text.clone_into(&mut declared.path);
            declared.place = Some(text.to_owned());
        }
    };
    for row in &mut plan.settings {
        for field in [&mut row.page, &mut row.name, &mut row.value, &mut row.what] {
            // A table has a line for each field of a name; what is typed there may be anything.
            *field = format!("{field}{text}");
        }
    }
    for proxy in &mut plan.proxies {
        text.clone_into(&mut proxy.path);
        text.clone_into(&mut proxy.declared.path);
        proxy.reasons.iter_mut().for_each(spoil);
        for site in &mut proxy.sites {
            text.clone_into(&mut site.path);
            spoil(&mut site.reason);
            site.names.iter_mut().for_each(|name| spoil(&mut name.reason));
            for path in &mut site.paths {
                spoil(&mut path.reason);
                path.largest.iter_mut().for_each(|largest| text.clone_into(&mut largest.row));
            }
        }
    }
    plan
}

/// How many lines a file has, without comments and paragraphs, which are as many lines as their text needs.
fn whole_lines(path: &str, content: &str) -> usize {
    let is_text = |line: &&str| match path.rsplit_once('.') {
        Some((_, "conf")) => line.trim_start().starts_with('#'),
        Some((_, "md")) => !line.starts_with(['#', '|', '-', '>', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
        _ => false,
    };
    content.lines().filter(|line| !is_text(line)).count()
}

#[test]
fn hostile_text_publishes_nothing() {
    let world = World::named("portal");
    let proxy = &world.plan.proxies[0];
    let lab = Lab::new(proxy, None);
    let plain = emitted(&world.plan, "x");
    for text in hostile() {
        let spoilt = emitted(&with_text(&world.plan, &text), &text);
        for (spoilt, plain) in spoilt.iter().zip(&plain) {
            assert_eq!(spoilt.path, plain.path);
            assert_eq!(
                whole_lines(&spoilt.path, &spoilt.content),
                whole_lines(&plain.path, &plain.content),
                "{text:?} in {}:\n{}",
                spoilt.path,
                spoilt.content
            );
            if spoilt.path.ends_with(".conf") {
                assert_eq!(read(&spoilt.content).as_ref(), Ok(&planned(proxy)), "{text:?}");
                lab.accepts(&spoilt.content);
            } else if spoilt.path.ends_with(".csv") {
                let (spoilt, plain) = (table::rows(&spoilt.content), table::rows(&plain.content));
                assert_eq!(spoilt.len(), plain.len());
                for (spoilt, plain) in spoilt.iter().zip(&plain) {
                    assert!(
                        ["public names", "paths", "internal address", "bridging port"].iter().all(|c| spoilt[*c] == plain[*c]),
                        "{text:?}"
                    );
                    assert!(spoilt.values().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{text:?}");
                }
            } else {
                let headings = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
                assert_eq!(headings(&spoilt.content), headings(&plain.content), "{text:?}");
                let bars = |line: &str| line.replace("\\|", "").matches('|').count();
                for line in spoilt.content.lines().filter(|line| line.starts_with("| ")) {
                    assert_eq!(bars(line), 5, "{text:?}: {line}");
                }
            }
        }
    }
}

/// The catalogue refuses such paths; a path that came by another way would still be one literal text.
#[test]
fn a_path_is_never_a_pattern() {
    let world = World::named("portal");
    let lab = Lab::new(&world.plan.proxies[0], None);
    for text in hostile() {
        let mut plan = world.plan.clone();
        plan.proxies[0].sites[1].paths[0].path = format!("/{text}");
        let conf = &emitted(&plan, "x")[0].content;
        let rows = read(conf).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(rows.len(), planned(&plan.proxies[0]).len(), "{text:?}");
        lab.accepts(conf);
    }
}

/// Every name of the topology that reaches a file is checked before.
#[test]
fn hostile_names_are_refused() {
    let text = include_str!("portal.ocstopo");
    let names = [
        "\"ocsweb.proseware.com\"",
        "\"im.proseware.com\"",
        "organization proseware",
        "certification_authority own_ca",
        "site hq",
        "standard_edition ocs01",
        "web_access cwa01",
        "reverse_proxy rp",
    ];
    for name in names {
        assert!(text.contains(name), "{name}");
        for bad in ["a\nb", "a\\\"b", "a`id`", "a$(id)", "a;b", "a!", "m\u{fc}nchen", &"x".repeat(300)] {
            let spoilt = match name.strip_prefix('"') {
                Some(name) => format!("\"{bad}{name}"),
                None => format!("{} {bad}", name.split(' ').next().unwrap()),
            };
            let sources = SourceMap::new(vec![("a.ocstopo".to_owned(), text.replacen(name, &spoilt, 1))]);
            let compiled = compile(sources, &CompileOptions::default());
            assert!(compiled.diags.iter().any(|diag| diag.severity == Severity::Error), "{spoilt}");
        }
    }
}
