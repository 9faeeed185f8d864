//! `rules.iptables`: for iptables-restore, which fills chains of its own; FORWARD and, for translations, PREROUTING and
//! POSTROUTING of the table nat lead to them by one rule each, which is made by hand once. What others wrote into those stays.
//! `rules.ip6tables` beside it drops what is forwarded of IPv6.
//!
//! iptables has no lists, and `-s a,b` is a line for each pair. So a list is a chain of its own: a line for each network that
//! leads on to the other end.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::language::{language, without_quotes};
use super::super::names;
use super::super::{EmitContext, EmitError, Language};
use super::change;
use super::draft::{Draft, DraftRule, Place, plain, reason_lines, remark};
use super::head::{Head, NatView, nats};
use super::{Dialect, Written};
use crate::plan::digest;
use crate::plan::firewall::MatchedAddress;
use crate::product::{FirewallDialect, PortRange};

/// iptables-restore has escapes, and without quotes and backslashes there is nothing to escape.
static LANGUAGE: Language = language!("iptables", without_quotes).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: FirewallDialect::Iptables.word(),
    reader: "iptables-restore",
    language: &LANGUAGE,
    file: "rules.iptables",
    remove: None,
    stateful: true,
    matched: MatchedAddress::Real,
    own: |_| vec![("own", FORWARD.to_owned()), ("twin", IPV6.to_owned())],
    emit,
    ways: false,
    change: change::linux,
};

/// The chain of the rules, in either file.
pub(super) const FORWARD: &str = "ocs_forward";

/// The file for IPv6.
pub(super) const IPV6: &str = "rules.ip6tables";

/// The longest comment, in bytes.
const MAX_COMMENT: usize = 255;

/// How wide a comment line is.
const WIDTH: usize = 120;

/// The longest name of a chain.
const MAX_CHAIN: usize = 28;

/// What the internet is called in names of chains. Lists have a `_` in theirs.
const INTERNET: &str = "internet";

/// How many ports one `multiport` takes; a range counts twice.
const MAX_PORTS: usize = 15;

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    forward: &'static str,
    log_prefix: String,
    chains: Vec<Chain>,
    rules: Vec<RuleView>,
    inside: Vec<String>,
    nats: Vec<NatView>,
}

#[derive(Clone, Serialize)]
struct Chain {
    name: String,
    about: Vec<String>,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct RuleView {
    /// In lines: iptables-restore reads ten thousand characters at once, and takes what follows for a line of its own.
    reason: Vec<String>,
    /// One, or one for each fifteen ports and for each range of source ports.
    matches: Vec<String>,
    comment: String,
    target: String,
}

/// The rule set of a firewall.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let mut chains = Chains { draft, chains: BTreeMap::new() };
    let rules = draft.rules.iter().map(|rule| chains.rule(rule)).collect();
    let plan = draft.plan;
    let view = View {
        head: Head::new(draft, cx, "iptables", str::to_owned),
        forward: FORWARD,
        log_prefix: "ocstopo drop: ".to_owned(),
        chains: chains.chains.into_values().collect(),
        rules,
        inside: plan.inside.iter().copied().map(plain).collect(),
        nats: nats(draft, MAX_COMMENT, escape),
    };
    let rules = cx.templates.render(&LANGUAGE, "ruleset", &view)?;
    let ipv6 = cx.templates.render(&LANGUAGE, "ipv6", &view)?;
    Ok(Written { rules, beside: vec![(IPV6, ipv6)], ..Written::default() })
}

fn escape(text: &str) -> String {
    LANGUAGE.escape(text)
}

struct Chains<'d, 'p> {
    draft: &'d Draft<'p>,
    chains: BTreeMap<String, Chain>,
}

impl Chains<'_, '_> {
    fn rule(&mut self, drafted: &DraftRule<'_>) -> RuleView {
        let rule = drafted.rule;
        let (sources, destinations) = (&drafted.sources, &drafted.destinations);
        let mut addresses = String::new();
        for (flag, place) in [("-s", sources), ("-d", destinations)] {
            if let Place::Net(net) = place {
                addresses += &format!("{flag} {} ", plain(*net));
            }
        }
        let target = match (self.length(sources), self.length(destinations)) {
            (0, 0) => "ACCEPT".to_owned(),
            (_, 0) => self.chain("from", "-s", sources, "ACCEPT"),
            (0, _) => self.chain("to", "-d", destinations, "ACCEPT"),
            // The longer list appears once for all that lead to it.
            (near, far) if near <= far => {
                let to = self.chain("to", "-d", destinations, "ACCEPT");
                self.chain("from", "-s", sources, &to)
            }
            _ => {
                let from = self.chain("from", "-s", sources, "ACCEPT");
                self.chain("to", "-d", destinations, &from)
            }
        };
        let transport = rule.transport.word();
        // One rule takes one `multiport` only, and behind it `--dport` is read as `--dports`: source ports have a line each, in
        // front.
        let sources = match rule.source_ports.as_deref() {
            None => vec![String::new()],
            Some(list) => list.iter().map(|range| format!(" --sport {}", port_text(range))).collect(),
        };
        let destinations = destination_ports(&rule.destination_ports);
        let both = |from: &String| -> Vec<String> {
            destinations.iter().map(|to| format!("{addresses}-p {transport}{from}{to}")).collect()
        };
        let matches = sources.iter().flat_map(both).collect();
        RuleView { reason: reason_lines("", rule, WIDTH), matches, comment: remark(rule, MAX_COMMENT, escape), target }
    }

    /// How many lines a place needs in a chain; none where it is said in the rule itself.
    fn length(&self, place: &Place) -> usize {
        match place {
            Place::Any | Place::Net(_) => 0,
            Place::Internet => self.draft.plan.inside.len() + 1,
            Place::List(key) => self.draft.lists.get(key).map_or(0, |list| list.nets.len()),
        }
    }

    /// A chain that goes on to `target` with the packets of a place; its name. A load empties every chain that it names before it
    /// fills it, so the name need not say the content.
    fn chain(&mut self, word: &str, flag: &str, place: &Place, target: &str) -> String {
        let list = match place {
            Place::List(key) => self.draft.lists.get(key),
            _ => None,
        };
        let (named, about) = match list {
            Some(list) => (list.name.as_str(), format!("{word} {}", list.names)),
            None => (INTERNET, format!("{word} the internet: all but the networks inside")),
        };
        let name = match target {
            "ACCEPT" => names::fit(&format!("ocs_{word}_{named}"), MAX_CHAIN),
            _ => format!("ocs_{word}_{}", digest(format!("{named} {target}"), 16)),
        };
        if !self.chains.contains_key(&name) {
            let mut lines: Vec<String> = Vec::new();
            match list {
                Some(list) => lines.extend(list.nets.iter().map(|net| format!("{flag} {} -j {target}", plain(*net)))),
                None => {
                    lines.extend(self.draft.plan.inside.iter().map(|net| format!("{flag} {} -j RETURN", plain(*net))));
                    lines.push(format!("-j {target}"));
                }
            }
            self.chains.insert(name.clone(), Chain { name: name.clone(), about: names::lines(&about, WIDTH), lines });
        }
        name
    }
}

fn port_text(range: &PortRange) -> String {
    if range.first == range.last { range.first.to_string() } else { format!("{}:{}", range.first, range.last) }
}

/// Matches for destination ports, as many as one line each can hold.
fn destination_ports(list: &[PortRange]) -> Vec<String> {
    if let [only] = list {
        return vec![format!(" --dport {}", port_text(only))];
    }
    let mut matches = Vec::new();
    let mut line: Vec<String> = Vec::new();
    let mut used = 0;
    for range in list {
        let cost = if range.first == range.last { 1 } else { 2 };
        if used + cost > MAX_PORTS {
            matches.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push(port_text(range));
        used += cost;
    }
    matches.push(line);
    matches.into_iter().map(|line| format!(" -m multiport --dports {}", line.join(","))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_never_fill_more_than_a_match_holds() {
        let list = |text: &str| text.split(' ').map(|port| port.parse().expect("a port")).collect::<Vec<PortRange>>();
        assert_eq!(destination_ports(&list("443")), [" --dport 443"]);
        assert_eq!(destination_ports(&list("443 5061-5062")), [" -m multiport --dports 443,5061:5062"]);
        let many = list("1 3 5 7 9 11 13 15 17 19 21 23 25 27 30-40 50");
        assert_eq!(
            destination_ports(&many),
            [" -m multiport --dports 1,3,5,7,9,11,13,15,17,19,21,23,25,27", " -m multiport --dports 30:40,50"]
        );
    }
}
