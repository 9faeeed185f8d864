//! Why something is as it is: why a packet passes or is stopped, what a rule is there for, why a name is in DNS, and who carries it on
//! a certificate.
//! Input: a question, the topology with its flows and plans. Output: an [`Answer`], plain data. Knows nothing of terminals.

mod certificate;
mod features;
mod name;
mod packet;
mod question;

pub use certificate::Carrier;
pub use features::Opener;
pub use name::{NameAnswer, NameQuestion, PlannedRecord};
pub use packet::{Passage, Verdict};
pub use question::{PacketQuestion, Question};

use crate::catalog::Catalog;
use crate::flow::Flows;
use crate::model::Topology;
use crate::plan::Lines;
use crate::plan::certificate::CertificatePlan;
use crate::plan::dns::DnsPlan;
use crate::plan::firewall::{FirewallPlan, FirewallRule};

/// What an answer is made from.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The topology.
    pub topology: &'a Topology,
    /// Its traffic.
    pub flows: &'a Flows<'a>,
    /// The facts of its product.
    pub catalog: &'a Catalog,
    /// What its firewalls let pass.
    pub firewalls: &'a [FirewallPlan],
    /// Its names.
    pub dns: &'a DnsPlan,
    /// Its certificates.
    pub certificates: &'a CertificatePlan,
    /// How places are told.
    pub lines: Lines<'a>,
}

/// A rule on its firewall.
#[derive(Debug, Clone, Copy)]
pub struct Ruled<'a> {
    /// The firewall.
    pub plan: &'a FirewallPlan,
    /// The rule.
    pub rule: &'a FirewallRule,
}

/// The answer to a question.
#[derive(Debug)]
pub enum Answer<'a> {
    /// Whether packets pass, and by what.
    Packet(Verdict<'a>),
    /// The rules of an id, or of the flow of an id, by firewall.
    Rules(Vec<Ruled<'a>>),
    /// The certificates that carry a name, by slug.
    Certificates(Vec<Carrier<'a>>),
    /// The records of a name.
    Name(NameAnswer<'a>),
}

/// Answers a question; what cannot be answered is told in words.
pub fn answer<'a>(question: &Question, known: Known<'a>) -> Result<Answer<'a>, String> {
    match question {
        Question::Packet(packet) => Ok(Answer::Packet(packet::verdict(packet, known))),
        Question::Rule(id) => rules(id, known).map(Answer::Rules),
        Question::Certificate(name) => certificate::carriers(name, known).map(Answer::Certificates),
        Question::Name(name) => name::answer(name, known).map(Answer::Name),
    }
}

fn rules<'a>(id: &str, known: Known<'a>) -> Result<Vec<Ruled<'a>>, String> {
    let all = || known.firewalls.iter().flat_map(|plan| plan.rules.iter().map(move |rule| Ruled { plan, rule }));
    // The id of a flow stands for the rules of all its ways.
    for is_meant in [|rule: &FirewallRule, id: &str| rule.id == id, |rule: &FirewallRule, id: &str| rule.flow == id] {
        let found: Vec<Ruled<'a>> = all().filter(|ruled| is_meant(ruled.rule, id)).collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(match crate::diag::nearest(id, all().map(|ruled| ruled.rule.id.as_str())) {
        Some(near) => format!("no firewall has a rule `{id}`: did you mean `{near}`?"),
        None => format!(
            "no firewall has a rule `{id}`: write an id of rules.csv, or a packet such as \"tcp 10.0.0.1 -> 10.0.0.2:5061\""
        ),
    })
}

#[cfg(test)]
mod tests;
