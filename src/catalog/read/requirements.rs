//! What flow, listener and feature rows must fulfil beside the checks of every row, each by itself and against each other.

use std::collections::BTreeMap;

use crate::catalog::check::Checks;
use crate::catalog::{CombinationRow, FeatureRow, FlowRow, ListenerRow, Target, Tls};
use crate::product::{Feature, PortRange, Role, Side, Transport};

/// A row that is wrong by itself.
pub(super) fn flow(checks: &mut Checks<'_>, row: &FlowRow) {
    let id = &row.id;
    checks.id(id);
    checks.provenance(id, &row.provenance);
    checks.conflict(id, row.conflict.as_ref());
    for (field, text) in [("application", &row.application), ("purpose", &row.purpose), ("breaks", &row.breaks)] {
        checks.text(id, field, text);
    }
    distinct(checks, id, "from", &row.from);
    services(checks, id, &row.transport, &row.ports);
    conditions(checks, id, &row.when);
    if row.two_way && row.transport != [Transport::Udp] {
        checks.refuse(id, "`two_way` is for UDP alone: who opens a TCP connection is known");
    }
    if row.two_way && row.source_ports.is_none() {
        checks.refuse(id, "`two_way` without `source_ports` opens every port on the way back");
    }
}

/// A listener that is wrong by itself.
pub(super) fn listener(checks: &mut Checks<'_>, row: &ListenerRow) {
    checks.id(&row.id);
    checks.provenance(&row.id, &row.provenance);
    checks.conflict(&row.id, row.conflict.as_ref());
    checks.text(&row.id, "application", &row.application);
    services(checks, &row.id, &row.transport, &row.ports);
    conditions(checks, &row.id, &row.when);
}

/// A feature that is wrong by itself.
pub(super) fn feature(checks: &mut Checks<'_>, row: &FeatureRow) {
    let id = row.feature.word();
    checks.provenance(id, &row.provenance);
    checks.text(id, "why", &row.why);
    distinct(checks, id, "requires", &row.requires);
    recommended(checks, id, &row.requires, &row.recommends);
}

/// A combination of features that is wrong by itself.
pub(super) fn combination(checks: &mut Checks<'_>, row: &CombinationRow) {
    checks.id(&row.id);
    checks.provenance(&row.id, &row.provenance);
    checks.text(&row.id, "why", &row.why);
    if row.when.is_empty() {
        checks.refuse(&row.id, "a combination needs features");
    }
    conditions(checks, &row.id, &row.when);
    if row.requires.is_empty() && row.recommends.is_empty() {
        checks.refuse(&row.id, "it requires and recommends nothing");
    }
    recommended(checks, &row.id, &row.requires, &row.recommends);
}

fn recommended(checks: &mut Checks<'_>, row: &str, requires: &[Role], recommends: &[Role]) {
    if let Some(role) = recommends.iter().find(|role| requires.contains(role)) {
        checks.refuse(row, format!("`{}` is required and recommended", role.word()));
    }
}

fn distinct<T: PartialEq>(checks: &mut Checks<'_>, row: &str, field: &str, values: &[T]) {
    if values.is_empty() {
        checks.refuse(row, format!("`{field}` is empty"));
    }
    if values.iter().enumerate().any(|(at, value)| values.iter().take(at).any(|earlier| earlier == value)) {
        checks.refuse(row, format!("`{field}` names the same twice"));
    }
}

fn services(checks: &mut Checks<'_>, row: &str, transport: &[Transport], ports: &[PortRange]) {
    distinct(checks, row, "transport", transport);
    if ports.is_empty() {
        checks.refuse(row, "`ports` is empty");
    }
    if let Some([a, b]) = ports.array_windows().find(|[a, b]| a.last >= b.first) {
        checks.refuse(row, format!("ports are ascending and apart, {a} before {b} is not"));
    }
}

fn conditions(checks: &mut Checks<'_>, row: &str, when: &[Vec<Feature>]) {
    for all in when {
        distinct(checks, row, "when", all);
    }
}

/// The listeners of each role and side.
pub(super) struct Listening<'l>(BTreeMap<(Role, Side), Vec<&'l ListenerRow>>);

impl<'l> Listening<'l> {
    pub(super) fn new(listeners: &'l [ListenerRow]) -> Self {
        let mut map: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for listener in listeners {
            map.entry((listener.role, listener.side)).or_default().push(listener);
        }
        Self(map)
    }

    /// A flow ends at listeners that are there whenever the flow is, present the same certificate, and are on the destination
    /// address.
    pub(super) fn answer(&self, checks: &mut Checks<'_>, flow: &FlowRow) {
        for transport in &flow.transport {
            for ports in &flow.ports {
                let on = (flow.to, flow.to_side);
                let Some(listener) = self.find(checks, flow, on, *transport, *ports) else { continue };
                if flow.target != Target::Real && !listener.vip {
                    let problem = format!("goes to the virtual address, where `{}` never listens", listener.id);
                    checks.refuse(&flow.id, problem);
                }
                if !presents(listener.tls, flow.tls) {
                    checks.refuse(&flow.id, format!("expects other TLS than `{}` presents", listener.id));
                }
            }
        }
        if let Some(back) = flow.source_ports.filter(|_| flow.two_way) {
            for role in &flow.from {
                self.find(checks, flow, (*role, flow.from_side), Transport::Udp, back);
            }
        }
    }

    fn find(
        &self,
        checks: &mut Checks<'_>,
        flow: &FlowRow,
        (role, side): (Role, Side),
        transport: Transport,
        ports: PortRange,
    ) -> Option<&'l ListenerRow> {
        let fits = |l: &&&ListenerRow| {
            l.transport.contains(&transport)
                && l.ports.iter().any(|open| open.contains(ports.first) && open.contains(ports.last))
                && implies(&flow.when, &l.when)
        };
        let found = self.0.get(&(role, side)).and_then(|listeners| listeners.iter().find(fits)).copied();
        if found.is_none() {
            let (role, side, transport) = (role.word(), side.word(), transport.word());
            checks.refuse(&flow.id, format!("`{role}` has no listener on {transport}/{ports} ({side}) whenever the flow is on"));
        }
        found
    }
}

/// A listener of servers asks them for a certificate and clients on the same port for none.
fn presents(listener: Tls, expected: Tls) -> bool {
    listener == expected || (listener == Tls::Mutual && expected == Tls::Server)
}

/// Whether the second condition holds wherever the first does.
fn implies(first: &[Vec<Feature>], second: &[Vec<Feature>]) -> bool {
    let held = |all: &Vec<Feature>| second.iter().any(|less| less.iter().all(|feature| all.contains(feature)));
    second.is_empty() || (!first.is_empty() && first.iter().all(held))
}
