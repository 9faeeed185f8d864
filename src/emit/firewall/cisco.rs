//! What the two Cisco dialects share: groups of addresses, and access lists by the interface that packets enter.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::Language;
use super::super::names::{fit, lines};
use super::draft::{Draft, DraftRule, Place, Side, fitting, full_reason, remark};
use crate::catalog::PortRange;

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
            first: Ipv4Addr::from_bits(first).to_string(),
            last: Ipv4Addr::from_bits(last).to_string(),
        };
        groups.push(Group {
            name: INTERNET.to_owned(),
            about: "every address but those of the networks inside".to_owned(),
            members: internet.iter().map(range).collect(),
        });
    }
    for (key, list) in &draft.lists {
        groups.push(Group {
            name: group_name(key),
            about: about(&list.names),
            members: list.nets.iter().copied().map(member).collect(),
        });
    }
    groups
}

fn member(net: Ipv4Net) -> Member {
    let host = net.prefix_len() == net.max_prefix_len();
    Member { kind: if host { "host" } else { "net" }, first: net.addr().to_string(), last: net.netmask().to_string() }
}

/// A description that fits; `rules.csv` has the names that do not.
fn about(names: &str) -> String {
    fitting([names.to_owned()], names, MAX_DESCRIPTION, |text| Language::Cisco.escape(text))
}

fn group_name(key: &str) -> String {
    format!("net_{key}")
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
            name: format!("from_{interface}"),
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
pub(super) fn entry(drafted: &DraftRule<'_>, prefix: &str, said: Vec<String>) -> Entry {
    let escape = |text: &str| Language::Cisco.escape(&format!("{prefix}{text}"));
    Entry {
        reason: lines(&format!("{prefix}{}", full_reason(drafted.rule)), WIDTH),
        remark: format!("{prefix}{}", remark(drafted.rule, MAX_REMARK, escape)),
        lines: said,
    }
}

/// How an access list names a place.
pub(super) fn place(place: &Place, mask: fn(Ipv4Net) -> String) -> String {
    match place {
        Place::Any => format!("0.0.0.0 {}", mask(Ipv4Net::default())),
        Place::Internet => format!("object-group {INTERNET}"),
        Place::Net(net) if net.prefix_len() == net.max_prefix_len() => format!("host {}", net.addr()),
        Place::Net(net) => format!("{} {}", net.network(), mask(*net)),
        Place::List(key) => format!("object-group {}", group_name(key)),
    }
}

/// How an access list names one range of ports.
pub(super) fn port(range: &PortRange) -> String {
    if range.first == range.last { format!("eq {}", range.first) } else { format!("range {} {}", range.first, range.last) }
}
