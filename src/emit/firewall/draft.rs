//! What all dialects begin with: the rules of a plan, their addresses gathered into lists that are named by their content.
//! A list appears once, however many rules use it: a line for each pair of addresses would grow with the square of a topology.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::Ipv4Net;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::EmitError;
use super::super::names::{fit, lines};
use super::INSIDE;
use crate::packet::Ranges;
use crate::plan::firewall::{FirewallPlan, FirewallRule, JoinedNetwork, MatchedAddress, Nat, Party};
use crate::plan::{Reason, SourceRef, digest};
use crate::product::PortRange;

/// How many parties a line names; beyond, it counts them, and `rules.csv` names them all.
const MAX_NAMES: usize = 6;

/// The longest name of a list; kernels before 4.14 take no longer one.
const MAX_LIST: usize = 31;

/// A plan with its lists.
pub(super) struct Draft<'p> {
    pub(super) plan: &'p FirewallPlan,
    /// In the order of the plan.
    pub(super) rules: Vec<DraftRule<'p>>,
    /// Lists of two or more networks by their key.
    pub(super) lists: BTreeMap<String, List>,
    /// Every network that a rule names by itself or in a list, with the parties that it holds.
    pub(super) nets: BTreeMap<Ipv4Net, String>,
    /// Networks as zones or interfaces, in the order of the plan.
    pub(super) sides: Vec<Side<'p>>,
    by_path: BTreeMap<&'p str, usize>,
    /// Names of lists that are given.
    named: BTreeSet<String>,
}

/// A rule with its two ends.
pub(super) struct DraftRule<'p> {
    pub(super) rule: &'p FirewallRule,
    pub(super) sources: Place,
    pub(super) destinations: Place,
    /// The sources of answers as they arrive: the destinations by their own addresses.
    pub(super) routed: Place,
    /// The destinations of answers as they arrive: the sources, by their public addresses where packets are matched as they
    /// arrive.
    pub(super) answered: Place,
}

/// One end of a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Every address.
    Any,
    /// Every address but those of the networks inside.
    Internet,
    /// One network.
    Net(Ipv4Net),
    /// A list, by its key.
    List(String),
}

/// Two or more networks.
pub(super) struct List {
    pub(super) nets: Vec<Ipv4Net>,
    /// What they are, as a name that no other list of the draft has and that stays when a member comes or goes:
    /// `redmond_pool01_fe`, or of several groups the rule and its end, `P02_redmond_edge_from`. At most [`MAX_LIST`] characters.
    pub(super) name: String,
    /// Their groups and networks, for comments: with places if the build shows them.
    pub(super) names: String,
    /// The same without places, for text that a device stores: it does not change when a block moves.
    pub(super) stored: String,
}

/// A network that the firewall joins, as it is called there.
pub(super) struct Side<'p> {
    pub(super) path: &'p str,
    pub(super) name: String,
    pub(super) range: Ipv4Net,
    pub(super) internet: bool,
}

impl<'p> Draft<'p> {
    /// The draft of a plan, with the addresses that a dialect compares packets with. A rule that names nothing on one side, or
    /// the internet beside others, can be said in no dialect: what one leaves out of the internet must not be left out of others.
    pub(super) fn new(plan: &'p FirewallPlan, matched: MatchedAddress, template: &str) -> Result<Self, EmitError> {
        let sides = sides(plan);
        let by_path = sides.iter().enumerate().map(|(at, side)| (side.path, at)).collect();
        let mut draft = Self {
            plan,
            rules: Vec::new(),
            lists: BTreeMap::new(),
            nets: BTreeMap::new(),
            sides,
            by_path,
            named: BTreeSet::from([INSIDE.to_owned()]),
        };
        for rule in &plan.rules {
            if rule.sources.is_empty() || rule.destinations.is_empty() || rule.destination_ports.is_empty() {
                return Err(inexpressible(template, rule, "has no source, no destination or no port"));
            }
            if rule.source_ports.as_ref().is_some_and(Vec::is_empty) {
                return Err(inexpressible(template, rule, "has no source port"));
            }
            let sources = draft.place(rule, "from", &rule.sources, template)?;
            let answered = match matched == MatchedAddress::Mapped && rule.sources.iter().any(|party| party.public.is_some()) {
                true => draft.place(rule, "from", &arriving(&rule.sources), template)?,
                false => sources.clone(),
            };
            let routed = draft.place(rule, "to", &rule.destinations, template)?;
            let destinations =
                match matched == MatchedAddress::Mapped && rule.destinations.iter().any(|party| party.public.is_some()) {
                    true => draft.place(rule, "to", &arriving(&rule.destinations), template)?,
                    false => routed.clone(),
                };
            draft.rules.push(DraftRule { rule, sources, destinations, routed, answered });
        }
        Ok(draft)
    }

    fn place(&mut self, rule: &FirewallRule, end: &str, parties: &[Party], template: &str) -> Result<Place, EmitError> {
        let inside = !self.plan.inside.is_empty();
        if parties.len() > 1 && parties.iter().any(Party::is_any) && inside {
            return Err(inexpressible(template, rule, "names the internet together with other parties"));
        }
        let nets = distinct(parties);
        if let [net] = nets.as_slice()
            && net.prefix_len() == 0
        {
            return Ok(if inside { Place::Internet } else { Place::Any });
        }
        self.describe(&nets, parties);
        Ok(match nets.as_slice() {
            [net] => Place::Net(*net),
            _ => {
                let key = list_key(&nets);
                if !self.lists.contains_key(&key) {
                    let name = self.list_name(rule, end, parties, &key);
                    let of = |shown: fn(&SourceRef) -> String| shortened(&declared(parties, &rule.reason, shown));
                    let (names, stored) = (of(SourceRef::to_string), of(|declared| declared.path.clone()));
                    self.lists.insert(key.clone(), List { nets, name, names, stored });
                }
                Place::List(key)
            }
        })
    }

    /// A name for a list that no other has: what its parties are, else the end of the rule, else its content.
    fn list_name(&mut self, rule: &FirewallRule, end: &str, parties: &[Party], key: &str) -> String {
        let forms = [of_one_group(parties), Some(format!("{}_{end}", rule.id)), Some(format!("net_{key}"))];
        let forms = forms.into_iter().flatten().map(|form| {
            let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
            let name: String = fit(&form.replace(['.', '/', '~'], "_"), MAX_LIST).chars().map(plain).collect();
            name
        });
        let free = forms.filter(|name| !self.named.contains(name)).take(1).collect::<Vec<_>>().pop();
        let name = free.unwrap_or_else(|| format!("net_{key}"));
        self.named.insert(name.clone());
        name
    }

    /// Notes whose addresses the networks hold. Both are sorted by address when they are compared, so that each is looked at once.
    fn describe(&mut self, nets: &[Ipv4Net], parties: &[Party]) {
        if nets.iter().all(|net| self.nets.contains_key(net)) {
            return;
        }
        let mut parties: Vec<&Party> = parties.iter().collect();
        parties.sort_by_key(|party| party.net);
        let mut parties = parties.into_iter().peekable();
        for net in nets {
            let mut held = Vec::new();
            while let Some(party) = parties.next_if(|party| net.contains(&party.net)) {
                held.push(party.path.clone());
            }
            held.dedup();
            self.nets.entry(*net).or_insert_with(|| shortened(&held));
        }
    }

    /// The name of a list that is there.
    pub(super) fn list_named(&self, key: &str) -> &str {
        self.lists.get(key).map_or("", |list| list.name.as_str())
    }

    /// The side that a network of the plan is met on; a network that the firewall does not join has none.
    pub(super) fn side(&self, path: &str) -> Option<&Side<'p>> {
        self.by_path.get(path).and_then(|at| self.sides.get(*at))
    }

    /// The sides of a rule, by which a device distinguishes interfaces or zones.
    pub(super) fn between(&self, rule: &FirewallRule, template: &str) -> Result<(&Side<'p>, &Side<'p>), EmitError> {
        match (self.side(&rule.from_network), self.side(&rule.to_network)) {
            (Some(from), Some(to)) => Ok((from, to)),
            _ => Err(inexpressible(template, rule, "passes between networks that the firewall does not join")),
        }
    }

    /// The addresses of the internet as ranges, for devices that can only say what is in a list.
    pub(super) fn internet(&self) -> Option<Ranges> {
        let used = |rule: &DraftRule<'_>| rule.sources == Place::Internet || rule.destinations == Place::Internet;
        self.rules.iter().any(used).then(|| self.plan.internet())
    }

    /// The sides on which the internet is met by a translated server: those of its rules, else the internet itself, else all
    /// others.
    pub(super) fn translated_on(&self, nat: &Nat) -> Vec<&Side<'p>> {
        let own = |parties: &[Party]| parties.iter().any(|party| party.public == Some(nat.public));
        let used: BTreeSet<&str> = self
            .plan
            .rules
            .iter()
            .filter_map(|rule| {
                let other = if own(&rule.destinations) { Some(&rule.from_network) } else { None };
                other.or_else(|| own(&rule.sources).then_some(&rule.to_network)).map(String::as_str)
            })
            .collect();
        if !used.is_empty() {
            return used.into_iter().filter_map(|path| self.side(path)).collect();
        }
        let (internet, others): (Vec<_>, Vec<_>) = self.sides.iter().partition(|side| side.internet);
        if internet.is_empty() { others.into_iter().filter(|side| !side.range.contains(&nat.inside)).collect() } else { internet }
    }

    /// The side of a translated server.
    pub(super) fn home(&self, nat: &Nat) -> Option<&Side<'p>> {
        self.sides.iter().find(|side| !side.internet && side.range.contains(&nat.inside))
    }

    /// The combinations of transport, source ports and destination ports that rules use, each once.
    pub(super) fn services(&self) -> BTreeSet<Service<'p>> {
        self.rules.iter().map(|rule| Service::of(rule.rule)).collect()
    }
}

/// What a rule says of ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Service<'p> {
    pub(super) transport: &'static str,
    pub(super) source_ports: Option<&'p [PortRange]>,
    pub(super) ports: &'p [PortRange],
}

impl<'p> Service<'p> {
    pub(super) fn of(rule: &'p FirewallRule) -> Self {
        Self { transport: rule.transport.word(), source_ports: rule.source_ports.as_deref(), ports: &rule.destination_ports }
    }

    /// A name that says the ports: `tcp_443_5061`, `udp_50000-59999_to_1024-65535`; long ones end in a digest.
    pub(super) fn name(&self, limit: usize) -> String {
        let joined = |ports: &[PortRange]| ports.iter().map(ToString::to_string).collect::<Vec<_>>().join("_");
        let from = self.source_ports.map(|ports| format!("{}_to_", joined(ports))).unwrap_or_default();
        fit(&format!("{}_{from}{}", self.transport, joined(self.ports)), limit)
    }
}

/// What parties of one group are called: its path and their names without numbers, so that one more changes nothing. `None` where
/// they are of several groups.
fn of_one_group(parties: &[Party]) -> Option<String> {
    let parent = |path: &'_ str| path.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
    let group = parties.iter().map(|party| parent(&party.path)).max_by_key(|parent| parent.matches('.').count())?;
    let mut words: Vec<&str> = Vec::new();
    for party in parties {
        let word = match party.path.strip_prefix(group.as_str()) {
            Some("") => "itself",
            Some(own) => own.strip_prefix('.').filter(|own| !own.contains('.'))?.trim_end_matches(|c: char| c.is_ascii_digit()),
            None => return None,
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.sort_unstable();
    Some(format!("{group}_{}", words.join("_")))
}

/// The networks of parties in order, without those that others hold. Neighbours stay apart: made one, a server more would change their
/// line too.
fn distinct(parties: &[Party]) -> Vec<Ipv4Net> {
    let mut nets: Vec<Ipv4Net> = parties.iter().map(|party| party.net).collect();
    nets.sort_by_key(|net| (net.network(), net.prefix_len()));
    let mut out: Vec<Ipv4Net> = Vec::with_capacity(nets.len());
    for net in nets {
        if !out.last().is_some_and(|last| last.contains(&net)) {
            out.push(net);
        }
    }
    out
}

/// Parties by the addresses by which callers from outside know them.
fn arriving(parties: &[Party]) -> Vec<Party> {
    let public = |party: &Party| Party { net: party.public.map_or(party.net, Into::into), ..party.clone() };
    parties.iter().map(public).collect()
}

/// The key of a list: a digest of its content, so that it changes with its own networks only.
pub(super) fn list_key(nets: &[Ipv4Net]) -> String {
    digest(nets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "), 12)
}

/// An error about a rule that a dialect cannot say.
pub(super) fn inexpressible(template: &str, rule: &FirewallRule, what: &str) -> EmitError {
    EmitError {
        template: template.to_owned(),
        message: format!("rule `{}` {what}; a rule is never widened or left out, so nothing is written", rule.id),
    }
}

fn sides(plan: &FirewallPlan) -> Vec<Side<'_>> {
    let last = |path: &'_ str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for network in &plan.networks {
        *uses.entry(last(&network.path).to_lowercase()).or_default() += 1;
    }
    let side = |network: &JoinedNetwork| {
        let short = last(&network.path);
        // The name that people say where it is the only one, else the whole path.
        if uses.get(&short.to_lowercase()) == Some(&1) { short } else { network.path.clone() }
    };
    plan.networks
        .iter()
        .map(|network| Side {
            path: &network.path,
            name: side(network),
            range: network.range,
            internet: network.range.prefix_len() == 0,
        })
        .collect()
}

/// The first few names, and how many more there are.
fn shortened(names: &[String]) -> String {
    match names.len() {
        0..=MAX_NAMES => names.join(", "),
        more => format!("{} and {} others", names[..MAX_NAMES].join(", "), more - MAX_NAMES),
    }
}

/// The parties by the groups and networks that they are declared with, each once: a server more changes no comment.
fn declared(parties: &[Party], reason: &Reason, shown: fn(&SourceRef) -> String) -> Vec<String> {
    let declared = Declared::new(reason);
    let mut seen: FxHashSet<String> = FxHashSet::default();
    parties.iter().map(|party| declared.name(party, shown)).filter(|name| seen.insert(name.clone())).collect()
}

/// The declarations of a reason by path, each with its position. A rule between thousands of groups has as many.
struct Declared<'r>(FxHashMap<&'r str, (usize, &'r SourceRef)>);

impl<'r> Declared<'r> {
    fn new(reason: &'r Reason) -> Self {
        let all = reason.declared.iter().enumerate().rev();
        Self(all.map(|(at, declared)| (declared.path.as_str(), (at, declared))).collect())
    }

    /// The first of them that a party belongs to, else the party itself.
    fn name(&self, party: &Party, shown: fn(&SourceRef) -> String) -> String {
        let path = party.path.as_str();
        let above = path.match_indices('.').map(|(at, _)| &path[..at]).chain([path]);
        let group = above.filter_map(|path| self.0.get(path)).min_by_key(|(at, _)| *at);
        group.map_or_else(|| party.path.clone(), |(_, declared)| shown(declared))
    }
}

/// Who opens and who listens, as a reason names them. A list has a name and says whose addresses it holds: said here too, a group more
/// would change every rule that shares the list.
fn ends(rule: &FirewallRule, shown: fn(&SourceRef) -> String) -> [String; 2] {
    let declared = Declared::new(&rule.reason);
    [&rule.sources, &rule.destinations].map(|parties| {
        let mut names = parties.iter().map(|party| declared.name(party, shown));
        let one = names.next().filter(|one| names.all(|name| name == *one));
        one.unwrap_or_else(|| "several".to_owned())
    })
}

/// Everything that is known of a rule, in lines of a comment. The places of `--lines` have lines of their own: where a block moves, no
/// other line changes.
pub(super) fn reason_lines(prefix: &str, rule: &FirewallRule, width: usize) -> Vec<String> {
    let mut out = lines(&format!("{prefix}{}", reason_with(rule, |source| source.path.clone())), width);
    let named = ends(rule, |source| source.path.clone());
    for source in rule.reason.declared.iter().filter(|source| source.shown && named.contains(&source.path)) {
        out.extend(source.place.iter().flat_map(|place| lines(&format!("{prefix}{}: {place}", source.path), width)));
    }
    out
}

/// Everything that is known of a rule, as one line.
pub(super) fn full_reason(rule: &FirewallRule) -> String {
    reason_with(rule, SourceRef::to_string)
}

fn reason_with(rule: &FirewallRule, shown: fn(&SourceRef) -> String) -> String {
    let reason = &rule.reason;
    let [from, to] = ends(rule, shown);
    let mut text = format!("{}: {} from {from} to {to}: {}", rule.id, rule.application, reason.purpose);
    text += &format!("; step {}; {}; confidence {}", reason.step, reason.source.join(", "), reason.confidence.word());
    text + &format!("; without it: {}", rule.breaks)
}

/// The key of the rule's counterpart in `rules.csv`, with as much of the reason as fits in `limit` bytes once it is escaped.
/// It names no file and line: a device then holds the same rules wherever a block is, and no length of a place decides what fits.
/// A name is never cut: where none fits, a digest replaces it.
pub(super) fn remark(rule: &FirewallRule, limit: usize, escape: impl Fn(&str) -> String) -> String {
    let reason = &rule.reason;
    let step = format!("{} step {}", rule.id, reason.step);
    let marked = format!("{} step {} #{}", reason.row, reason.step, digest(&rule.id, 12));
    fitting([format!("{step}: {}", reason.purpose), step, marked], &rule.id, limit, escape)
}

/// The first form that fits in `limit` bytes once it is escaped; where none does, a digest of `key`.
pub(super) fn fitting(
    forms: impl IntoIterator<Item = String>,
    key: &str,
    limit: usize,
    escape: impl Fn(&str) -> String,
) -> String {
    let mut forms = forms.into_iter();
    forms.find(|form| escape(form).len() <= limit).unwrap_or_else(|| format!("#{}", digest(key, 12)))
}

/// A single address without `/32`.
pub(in crate::emit) fn plain(net: Ipv4Net) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Confidence, Provenance};
    use crate::product::Transport;

    fn rule(place: &str) -> FirewallRule {
        let party = |path: &str| Party { path: path.to_owned(), net: Ipv4Net::default(), public: None };
        let provenance = Provenance { step: 6, source: vec!["S5".into()], confidence: Confidence::High };
        let mut reason =
            Reason::new("P01", "signs users in who are outside, over a name that is as long as it takes", &provenance);
        reason.declared = vec![SourceRef { path: "redmond.edge".into(), place: Some(place.to_owned()), shown: true }];
        FirewallRule {
            id: "P01/redmond.edge".to_owned(),
            flow: "P01".to_owned(),
            sources: vec![party("internet")],
            source_ports: None,
            destinations: vec![party("redmond.edge")],
            destination_ports: Vec::new(),
            transport: Transport::Tcp,
            application: "SIP/MTLS".to_owned(),
            reason,
            breaks: "users outside cannot sign in".to_owned(),
            from_network: "internet".to_owned(),
            to_network: "redmond.outside".to_owned(),
        }
    }

    /// Where a block moves, the line of its place changes and no other.
    #[test]
    fn a_place_has_a_line_of_its_own() {
        let lines = |place: &str| reason_lines("x: ", &rule(place), 60);
        let (near, far) = (lines("a.ocstopo:1"), lines("sites/a-long-name.ocstopo:1234"));
        assert_eq!(near.split_last().map(|(_, rest)| rest), far.split_last().map(|(_, rest)| rest));
        assert_eq!(near.last().map(String::as_str), Some("x: redmond.edge: a.ocstopo:1"));
    }
}
