//! What the two Cisco dialects share: groups of addresses, access lists by the interface that packets enter, and the version that
//! all names end in.
//!
//! A group that exists is added to and never replaced, and an access list that is bound cannot be rewritten without a moment in
//! which it says something else. So each name ends in a digest of everything that the file puts on the device: versions exist
//! side by side, an interface goes from one to the other in one step, and what takes a version away can never meet another.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::Language;
use super::super::language::{device, language};
use super::super::names::fit;
use super::draft::{Draft, DraftRule, Place, Side, fitting, reason_lines, remark};
use crate::plan::digest;
use crate::product::PortRange;

/// Configurations of Cisco ASA and IOS.
pub(super) static LANGUAGE: Language = language!("cisco", |text| device(text, "?\"!")).comments("!");

/// The longest remark and the longest description, in characters.
const MAX_REMARK: usize = 100;
const MAX_DESCRIPTION: usize = 200;

/// How wide a comment is. A terminal line longer than the platform reads would be cut, and its tail be read as a command.
const WIDTH: usize = 120;

/// The longest name of a list or an interface; both platforms take more.
const MAX_NAME: usize = 40;

/// A group of addresses. Never empty: the platforms refuse that.
#[derive(Serialize)]
pub(super) struct Group {
    name: String,
    about: String,
    members: Vec<Member>,
}

#[derive(Serialize)]
struct Member {
    /// `host`, `net` or `range`.
    kind: &'static str,
    /// The object of a range, on platforms on which a group holds no ranges.
    object: String,
    first: String,
    /// The mask of a net, the last address of a range.
    last: String,
}

/// An access list and the interface that it is bound to.
#[derive(Serialize)]
pub(super) struct AccessList {
    pub(super) name: String,
    pub(super) interface: String,
    path: String,
    range: String,
    pub(super) entries: Vec<Entry>,
}

/// The lines of one rule.
#[derive(Serialize)]
pub(super) struct Entry {
    reason: Vec<String>,
    remark: String,
    lines: Vec<String>,
}

/// The group of the internet, as ranges, where a rule names it.
const INTERNET: &str = "internet";

/// All groups that rules name.
pub(super) fn groups(draft: &Draft<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    if let Some(internet) = draft.internet() {
        let range = |(first, last): (u32, u32)| Member {
            kind: "range",
            object: versioned(&format!("{INTERNET}_{}", Ipv4Addr::from_bits(first))),
            first: Ipv4Addr::from_bits(first).to_string(),
            last: Ipv4Addr::from_bits(last).to_string(),
        };
        groups.push(Group {
            name: versioned(INTERNET),
            about: "every address but those of the networks inside".to_owned(),
            members: internet.iter().map(range).collect(),
        });
    }
    for (key, list) in &draft.lists {
        groups.push(Group {
            name: group_name(key),
            about: about(&list.stored),
            members: list.nets.iter().copied().map(member).collect(),
        });
    }
    groups
}

fn member(net: Ipv4Net) -> Member {
    let host = net.prefix_len() == net.max_prefix_len();
    let kind = if host { "host" } else { "net" };
    Member { kind, object: String::new(), first: net.addr().to_string(), last: net.netmask().to_string() }
}

/// A description that fits; `rules.csv` has the names that do not.
fn about(names: &str) -> String {
    fitting([names.to_owned()], names, MAX_DESCRIPTION, |text| LANGUAGE.escape(text))
}

fn group_name(key: &str) -> String {
    versioned(&format!("net_{key}"))
}

/// The placeholder for the version until the whole text is known. No name can contain it, because `@` is not allowed in names.
pub(super) const VERSION: &str = "@VERSION@";

/// How long a version is.
pub(super) const VERSION_LENGTH: usize = 8;

/// A name with the version at its end.
pub(super) fn versioned(name: &str) -> String {
    format!("{name}_{VERSION}")
}

/// Puts the version into what was rendered: a digest of all lines of `rules` that are no comments.
pub(super) fn stamp(rules: &str, remove: &str) -> [String; 2] {
    let acted: Vec<&str> = rules.lines().filter(|line| !line.starts_with('!')).collect();
    let version = digest(acted.join("\n"), VERSION_LENGTH);
    [rules, remove].map(|text| text.replace(VERSION, &version))
}

/// What an interface is called.
pub(super) fn interface(name: &str) -> String {
    fit(name, MAX_NAME)
}

/// An access list for each network that the firewall joins, with nothing in it yet; by the path of the network.
pub(super) fn access_lists<'p>(draft: &Draft<'p>) -> BTreeMap<&'p str, AccessList> {
    let list = |side: &Side<'p>| {
        let interface = interface(&side.name);
        let list = AccessList {
            name: versioned(&format!("from_{interface}")),
            interface,
            path: side.path.to_owned(),
            range: side.range.to_string(),
            entries: Vec::new(),
        };
        (side.path, list)
    };
    draft.sides.iter().map(list).collect()
}

/// An entry of an access list.
pub(super) fn entry(drafted: &DraftRule<'_>, prefix: &str, own_lines: Vec<String>) -> Entry {
    let escape = |text: &str| LANGUAGE.escape(&format!("{prefix}{text}"));
    Entry {
        reason: reason_lines(prefix, drafted.rule, WIDTH),
        remark: format!("{prefix}{}", remark(drafted.rule, MAX_REMARK, escape)),
        lines: own_lines,
    }
}

/// The access lists in the order in which the networks are written, each line once: a list that holds a line twice is refused, or
/// differs from what the device then shows.
pub(super) fn in_order(draft: &Draft<'_>, mut lists: BTreeMap<&str, AccessList>) -> Vec<AccessList> {
    let mut ordered: Vec<AccessList> = draft.sides.iter().filter_map(|side| lists.remove(side.path)).collect();
    for list in &mut ordered {
        let mut written: BTreeSet<String> = BTreeSet::new();
        for entry in &mut list.entries {
            entry.lines.retain(|line| written.insert(line.clone()));
            if entry.lines.is_empty() {
                entry.reason.push("All of it passes by lines above.".to_owned());
            }
        }
    }
    ordered
}

/// How an access list names a place.
pub(super) fn place(place: &Place, mask: fn(Ipv4Net) -> String) -> String {
    match place {
        Place::Any => format!("0.0.0.0 {}", mask(Ipv4Net::default())),
        Place::Internet => format!("object-group {}", versioned(INTERNET)),
        Place::Net(net) if net.prefix_len() == net.max_prefix_len() => format!("host {}", net.addr()),
        Place::Net(net) => format!("{} {}", net.network(), mask(*net)),
        Place::List(key) => format!("object-group {}", group_name(key)),
    }
}

/// How an access list names one range of ports.
pub(super) fn port(range: &PortRange) -> String {
    if range.first == range.last { format!("eq {}", range.first) } else { format!("range {} {}", range.first, range.last) }
}
