//! The comparison catches what an emitter could do wrong: in the output of every dialect a port match is dropped, source and
//! destination change places, a mask is widened.

use ocstopo::plan::firewall::FirewallPlan;
use ocstopo::product::Transport;

use crate::dialects::agree::written;
use crate::dialects::plans::{party, rule, sample};
use crate::dialects::read::{JUDGES, difference, model, read};

/// One rule with a network and a host, so that the text is short.
fn plan() -> FirewallPlan {
    let mut plan = sample();
    let mut only = rule(
        "P01/redmond.pool01",
        vec![party("redmond.dmz", "172.16.1.0/24")],
        vec![party("redmond.pool01", "10.10.0.10")],
        Transport::Tcp,
        "5061",
    );
    "redmond.dmz".clone_into(&mut only.from_network);
    "redmond.servers".clone_into(&mut only.to_network);
    plan.rules = vec![only];
    plan.nats.clear();
    plan
}

#[test]
fn every_mutation_of_every_dialect_is_caught() {
    let plan = plan();
    let texts = written(&plan).expect("it can be said");
    for judge in JUDGES {
        let dialect = judge.word;
        let (text, model) = (&texts[dialect], model(dialect, &plan));
        assert_eq!(difference(&read(dialect, text), &model), None, "{dialect}");
        for (what, written, wrong) in judge.mutations {
            let mutated = text.replacen(written, wrong, 1);
            assert_ne!(mutated, *text, "{dialect}: `{written}` is not there:\n{text}");
            let found = difference(&read(dialect, &mutated), &model);
            assert!(found.is_some(), "{dialect}: {what}, and no judge sees it");
        }
    }
}

#[test]
fn an_opening_answer_rule_is_caught() {
    let plan = plan();
    let text = &written(&plan).expect("it can be said")["cisco_ios"];
    let model = model("cisco_ios", &plan);
    for (written, wrong) in
        [(" established", ""), ("host 10.10.0.10 eq 5061 172.16.1.0 0.0.0.255 est", "host 10.10.0.10 172.16.1.0 0.0.0.255 est")]
    {
        let mutated = text.replacen(written, wrong, 1);
        assert_ne!(mutated, *text, "`{written}` is not there:\n{text}");
        assert!(difference(&read("cisco_ios", &mutated), &model).is_some(), "{written}");
    }
}
