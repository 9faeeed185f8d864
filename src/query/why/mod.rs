//! Why something is as it is: why a packet passes or is stopped, what a rule is there for, why a name is in DNS, and who carries
//! it on a certificate. Input: a question, the topology with its plans. Output: a [`Why`], plain values. Knows nothing of
//! terminals.

mod addresses;
mod answer;
mod certificate;
mod features;
mod name;
mod packet;
mod question;

pub use answer::{
    Answer, Carrier, ExplainedRule, FlowNote, InstalledOn, MetTraffic, MissingFeature, MissingRecord, NameAnswer, OtherAddresses,
    PacketAnswer, PlannedRecord, RecordReason, Unsupported, Why,
};
pub use question::{NameQuestion, PacketQuestion, Question};

use crate::plan::Plans;
use crate::plan::firewall::{FirewallPlan, FirewallRule};

/// Answers a question; the error is text for people.
pub fn answer(question: &Question, plans: Plans<'_>) -> Result<Why, String> {
    let answer = match question {
        Question::Packet(packet) => Answer::Packet(packet::verdict(packet, plans)),
        Question::Rule(id) => Answer::Rules { rules: rules(id, plans)? },
        Question::Certificate(name) => Answer::Certificates { certificates: certificate::carriers(name, plans)? },
        Question::Name(name) => Answer::Name(name::answer(name, plans)?),
    };
    Ok(Why { question: question.to_string(), answer })
}

fn rules(id: &str, plans: Plans<'_>) -> Result<Vec<ExplainedRule>, String> {
    let all = || plans.firewalls().iter().flat_map(|plan| plan.rules.iter().map(move |rule| (plan, rule)));
    // The id of a flow means the rules of all its ways.
    for is_meant in [|rule: &FirewallRule, id: &str| rule.id == id, |rule: &FirewallRule, id: &str| rule.flow == id] {
        let explained = |(plan, rule): (&FirewallPlan, &FirewallRule)| ExplainedRule::new(rule, &plan.path, plans.catalog);
        let found: Vec<ExplainedRule> = all().filter(|(_, rule)| is_meant(rule, id)).map(explained).collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    if plans.topology.by_path.contains_key(id) {
        return Err(format!("`{id}` is not a rule: `ocstopo trace FROM {id}` shows the rules for connections to it"));
    }
    Err(match crate::diag::nearest(id, all().map(|(_, rule)| rule.id.as_str())) {
        Some(near) => format!("no firewall has a rule `{id}`: did you mean `{near}`?"),
        None if id.contains('.') => {
            format!("no firewall has a rule `{id}`: to ask about a name, write `dns {id}` or `cert {id}`")
        }
        None => format!(
            "no firewall has a rule `{id}`: write an id of rules.csv, or a packet such as \"tcp 10.0.0.1 -> 10.0.0.2:5061\""
        ),
    })
}

#[cfg(test)]
mod tests;
