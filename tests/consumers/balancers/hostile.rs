//! Text from a stranger is data: whatever a name or a reason holds, a configuration has the same listeners.

use ocstopo::plan::balancer::BalancerPlan;
use proptest::prelude::*;

use crate::balancers::agree::{bases, compiled, plans, written};
use crate::balancers::read::{model, read};
use crate::support::{succeed, table, text};

/// A plan with all names and reasons replaced, which is the only text in it that people write. Names stay distinct.
fn with_text(text: &str) -> BalancerPlan {
    let mut plan = plans(&compiled(bases::POOL)).remove(0);
    plan.path = text.to_owned();
    plan.declared.path = text.to_owned();
    for (at, listener) in plan.listeners.iter_mut().enumerate() {
        listener.id = format!("{text}{at}");
        listener.group = text.to_owned();
        listener.name = Some(text.to_owned());
        listener.application = text.to_owned();
        listener.breaks = text.to_owned();
        listener.flows = vec![text.to_owned()];
        listener.reason.purpose = text.to_owned();
        listener.reason.row = text.to_owned();
        for declared in &mut listener.reason.declared {
            declared.path = text.to_owned();
            declared.place = Some(text.to_owned());
        }
        for (at, behind) in listener.servers.iter_mut().enumerate() {
            behind.path = format!("{text}{at}");
            behind.name = format!("{text}{at}");
        }
    }
    plan
}

fn hostile() -> Vec<String> {
    let texts = [
        "a\nbind 0.0.0.0:1",
        "a\r\nserver x 1.2.3.4:1",
        "\"",
        "'",
        "a\" } delete ltm virtual all {",
        "`id`",
        "$(id)",
        "$HOME",
        "a;b",
        "!",
        "\\",
        "a\\",
        "?",
        "-",
        "#",
        "# x",
        "{",
        "}",
        "[exec id]",
        "m\u{fc}nchen",
        "\u{202e}evil",
        "\u{2028}save",
        "{{ 7 * 7 }}",
        "",
        " ",
        "=1+1",
    ];
    texts.into_iter().map(str::to_owned).chain(["x".repeat(300), "\u{e9}".repeat(300)]).collect()
}

fn holds(words: &str) -> Result<(), TestCaseError> {
    let plan = with_text(words);
    for (dialect, file) in written(&plan) {
        if dialect == "csv" {
            prop_assert_eq!(table::rows(&file).len(), plan.listeners.len());
            continue;
        }
        if !dialect.ends_with("-remove") {
            prop_assert_eq!(read(&dialect, &file), model(&plan, &dialect), "{}: {:?}", dialect, words);
        }
        if dialect == "f5" {
            // To tmsh a semicolon ends a command, in a comment too.
            prop_assert!(!file.contains(';'), "{:?}", words);
        }
        prop_assert!(file.chars().all(|c| c == '\n' || (' '..='~').contains(&c)), "{}: {:?}", dialect, words);
    }
    Ok(())
}

#[test]
fn hostile_text_changes_no_listener() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in hostile() {
        holds(&words).unwrap_or_else(|error| panic!("{error}"));
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, &written(&with_text(&words))["haproxy"]).expect("written");
        succeed("haproxy", &["-c", "-q", "-f", text(&file)]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_changes_no_listener(words in any::<String>()) {
        holds(&words)?;
    }
}
