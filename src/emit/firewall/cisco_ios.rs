//! `rules.ios`: extended access lists with object groups, IOS 12.4(20)T and later. A router keeps no connections: what comes back
//! has lines of its own. `remove.ios` takes its lists and groups away.

use serde::Serialize;

use super::super::{EmitContext, EmitError};
use super::change;
use super::cisco::{self, AccessList, Group, LANGUAGE};
use super::draft::{Draft, DraftRule, Place};
use super::head::Head;
use super::{Dialect, Written};
use crate::plan::device::Values;
use crate::plan::firewall::MatchedAddress;
use crate::product::{FirewallDialect, PortRange, Transport};

pub(super) static DIALECT: Dialect = Dialect {
    word: FirewallDialect::CiscoIos.word(),
    reader: "Cisco IOS",
    language: &LANGUAGE,
    file: "rules.ios",
    remove: Some("remove.ios"),
    stateful: false,
    matched: MatchedAddress::Mapped,
    own: |_| Values::new(),
    emit,
    ways: true,
    change: change::ios,
};

const TEMPLATE: &str = "cisco/ios";

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    groups: Vec<Group>,
    lists: Vec<AccessList>,
    version: &'static str,
}

/// The access lists of a router.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let mut lists = cisco::access_lists(draft);
    for drafted in &draft.rules {
        let (from, to) = draft.between(drafted.rule, TEMPLATE)?;
        if let Some(list) = lists.get_mut(from.path) {
            list.entries.push(cisco::entry(drafted, "", opening(drafted)));
        }
        if let Some(list) = lists.get_mut(to.path) {
            list.entries.push(cisco::entry(drafted, "answers to ", answering(drafted)));
        }
    }
    let view = View {
        head: Head::new(draft, cx, "cisco_ios", cisco::interface),
        groups: cisco::groups(draft),
        lists: cisco::in_order(draft, lists),
        version: cisco::VERSION,
    };
    let render = |template: &str| cx.templates.render(&LANGUAGE, template, &view);
    let [rules, remove] = cisco::stamp(&render("ios")?, &render("ios_remove")?);
    Ok(Written { rules, remove: Some(remove), ..Written::default() })
}

/// The lines that open connections: one for each range of ports on either side.
fn opening(drafted: &DraftRule<'_>) -> Vec<String> {
    let rule = drafted.rule;
    let (sources, destinations) = (place(&drafted.sources), place(&drafted.destinations));
    let head = format!("permit {} {sources}", rule.transport.word());
    crossed(rule.source_ports.as_deref(), &rule.destination_ports, |from, to| format!("{head}{from} {destinations}{to}"))
}

/// The lines that permit answers. For TCP their flags identify them; for UDP only the ports are known.
fn answering(drafted: &DraftRule<'_>) -> Vec<String> {
    let rule = drafted.rule;
    let (near, far) = (place(&drafted.answered), place(&drafted.routed));
    let head = format!("permit {} {far}", rule.transport.word());
    let flags = if rule.transport == Transport::Tcp { " established" } else { "" };
    crossed(rule.source_ports.as_deref(), &rule.destination_ports, |from, to| format!("{head}{to} {near}{from}{flags}"))
}

fn crossed(from: Option<&[PortRange]>, to: &[PortRange], line: impl Fn(&str, &str) -> String) -> Vec<String> {
    let words = |ports: &[PortRange]| ports.iter().map(|range| format!(" {}", cisco::port(range))).collect::<Vec<_>>();
    let from = from.map_or_else(|| vec![String::new()], words);
    let to = words(to);
    from.iter().flat_map(|from| to.iter().map(|to| line(from, to))).collect()
}

fn place(place: &Place) -> String {
    cisco::place(place, |net| net.hostmask().to_string())
}
