//! Text from a stranger is data: whatever a name or a reason holds, a rule set permits the same packets, and the effective lines
//! of a device stay the same.

use ocstopo::emit::{EmitContext, firewall};
use proptest::prelude::*;

use crate::dialects::agree::written;
use crate::dialects::plans::{sample, with_text};
use crate::dialects::read::{JUDGES, Limit, difference, judge, read};

/// What each platform could act on.
fn hostile() -> Vec<String> {
    let long = "x".repeat(300);
    let texts = [
        "a\nb",
        "a\r\npermit ip any any",
        "\"",
        "'",
        "a\" then permit",
        "`id`",
        "$(id)",
        "a;b",
        "!",
        "a ! b",
        "\\",
        "a\\",
        "?",
        "-",
        "#",
        "# x",
        "m\u{fc}nchen",
        "\u{202e}evil",
        "\u{2028}x",
        "{{ 7 * 7 }}",
        "<script>",
        "%PATH%",
        "]]",
        "}",
        "/* x",
        "any",
        "",
        " ",
        "the-rest",
        "inside_networks",
        "internet",
    ];
    texts.into_iter().map(str::to_owned).chain([long, "\u{e9}".repeat(300)]).collect()
}

/// The lines that a device acts on, without descriptions and names of rules: what is left is made of addresses and ports.
fn statements(dialect: &str, text: &str) -> Vec<String> {
    let comment = judge(dialect).comment;
    let names = |line: &str| -> Option<String> {
        // A line that is a description and nothing else; an empty one is not written.
        if [" description \"", "set comment \""].iter().any(|word| line.contains(word)) && line.ends_with('"') {
            return None;
        }
        let mut words: Vec<&str> = line.split(' ').collect();
        for at in 0..words.len() {
            let named = matches!(words[at], "policy" | "rules" | "rule" | "edit" | "name" | "rule-set")
                || (words[at] == "network" && words.get(at + 1).is_some_and(|name| name.starts_with("nat_")));
            if named && at + 1 < words.len() {
                words[at + 1] = "NAME";
            }
        }
        let line = words.join(" ");
        for word in [" --comment \"", " comment \"", "comments \"", " remark ", " description "] {
            if let Some((before, after)) = line.split_once(word) {
                // What follows the text on its line is kept.
                let after = if word.ends_with('"') { after.rsplit_once('"').map_or("", |(_, after)| after) } else { "" };
                return Some(format!("{before}{word}{after}"));
            }
        }
        Some(line)
    };
    // A backslash joins the next line.
    let text = text.replace(" \\\n\t\t\t", " ");
    let acted = text.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with(comment));
    acted.filter_map(names).collect()
}

fn checked(text: &str) {
    let mut plan = with_text(text);
    // Rules of one name would be one rule: the plan never has two.
    for (at, rule) in plan.rules.iter_mut().enumerate() {
        rule.id = format!("{text}{at}");
    }
    plan.nats[0].name = text.to_owned();
    // Networks are distinguished by their path, and each rule is between two.
    let path = format!("redmond.{text}");
    plan.networks[1].path.clone_from(&path);
    for rule in &mut plan.rules {
        for network in [&mut rule.from_network, &mut rule.to_network] {
            if network == "redmond.dmz" {
                network.clone_from(&path);
            }
        }
    }
    let mut plain = sample();
    for (at, rule) in plain.rules.iter_mut().enumerate() {
        rule.id = format!("x{at}");
    }
    let (texts, plain) = (written(&plan).expect("it can be said"), written(&plain).expect("it can be said"));
    for (dialect, text) in &texts {
        let (said, expected) = (statements(dialect, text), statements(dialect, &plain[dialect]));
        assert_eq!(said.len(), expected.len(), "{dialect}: {text}");
        // What is pasted into a terminal: printable ASCII, in lines that it takes.
        let pasted = |line: &str| line.len() < 1000 && line.chars().all(|c| (' '..='~').contains(&c));
        assert!(!judge(dialect).typed || text.lines().all(pasted), "{dialect}: {text}");
    }
}

#[test]
fn hostile_text_adds_no_line() {
    for text in hostile() {
        checked(&text);
    }
}

#[test]
fn hostile_text_opens_nothing() {
    let plain = written(&sample()).expect("it can be said");
    let dialects: Vec<&str> = firewall::dialects().collect();
    let expected: Vec<_> = dialects.iter().map(|dialect| read(dialect, &plain[dialect])).collect();
    for text in hostile() {
        let mut plan = with_text(&text);
        for (at, rule) in plan.rules.iter_mut().enumerate() {
            rule.id = format!("{text}{at}");
        }
        // Zones are part of what is compared, so their names stay.
        plan.networks = sample().networks;
        let texts = written(&plan).expect("it can be said");
        for (dialect, expected) in dialects.iter().zip(&expected) {
            // The kernel needs a namespace each time, and reads only the quoted part of the text.
            if matches!(*dialect, "nftables" | "iptables") && !text.contains(['"', '\\', '\n', '`']) {
                continue;
            }
            assert_eq!(difference(&read(dialect, &texts[dialect]), expected), None, "{dialect} {text:?}");
        }
    }
}

#[test]
fn long_reasons_break_no_line() {
    let mut plan = sample();
    let declared = plan.rules[0].reason.declared[0].clone();
    let named = |at: usize| ocstopo::plan::SourceRef { path: format!("redmond.pool{at:04}"), ..declared.clone() };
    plan.rules[0].reason.declared = (0..3000).map(named).collect();
    for (dialect, text) in written(&plan).expect("it can be said") {
        assert!(text.lines().all(|line| line.len() < 1000), "{dialect}");
        assert_eq!(difference(&read(dialect, &text), &crate::dialects::read::model(dialect, &plan)), None, "{dialect}");
    }
}

#[test]
fn limits_of_names_hold() {
    let mut plan = with_text(&"r\u{e9}dmond.".repeat(40));
    for (at, rule) in plan.rules.iter_mut().enumerate() {
        rule.id = format!("{}{at}", rule.id);
    }
    plan.networks[1].path = "redmond.dmz".to_owned();
    let texts = written(&plan).expect("it can be said");
    for (judge, limit) in JUDGES.iter().flat_map(|judge| judge.limits.iter().map(move |limit| (judge, limit))) {
        let lines = texts[judge.word].lines();
        let (lengths, most): (Vec<usize>, usize) = match limit {
            Limit::Name(before, most) => {
                let names = lines.filter_map(|line| line.trim_start().strip_prefix(before));
                (names.map(|rest| rest.split([' ', '"']).next().unwrap_or_default().len()).collect(), *most)
            }
            Limit::Remark(before, most) => (lines.filter_map(|line| Some(line.split_once(before)?.1.len())).collect(), *most),
        };
        let longest = lengths.into_iter().max().unwrap_or_else(|| panic!("{}: nothing begins with {limit:?}", judge.word));
        assert!(longest <= most, "{}: {longest} after {limit:?}", judge.word);
    }
}

#[test]
fn a_template_cannot_switch_escaping_off_by_accident() {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "evil\nset cli complete" };
    let all: Vec<&str> = firewall::dialects().collect();
    for file in firewall::emit(&[sample()], &all, &cx).expect("it can be said") {
        assert!(!file.content.lines().any(|line| line.starts_with("set cli complete")), "{}", file.path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_text_adds_no_line(text in any::<String>()) {
        checked(&text);
    }
}
