//! `netsh firewall`, for Windows Server 2003: one list of senders for each port. Rules that share a port are merged where that
//! admits no packet that none of them does.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::super::language::BATCH;
use super::super::super::{EmitContext, EmitError};
use super::{Head, LeftOut, MAX_LIST, MAX_PORTS, Script, about, port_list, version};
use crate::packet::Ranges;
use crate::plan::host::{HostPlan, HostsPlan, Opening};

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    ports: Vec<Port>,
}

/// A port with all who may open to it.
#[derive(Serialize)]
struct Port {
    protocol: &'static str,
    port: u16,
    /// `CUSTOM`, or `ALL` for any sender.
    scope: &'static str,
    sources: String,
    about: Vec<String>,
}

/// What opens a port: the opening's position and the addresses of the server that it is for.
type Openers<'p> = Vec<(usize, &'p Opening, &'p [Ipv4Addr])>;

pub(super) fn script(plan: &HostsPlan, host: &HostPlan, cx: &EmitContext<'_>) -> Result<Script, EmitError> {
    let mut left_out = Vec::new();
    let mut by_port: BTreeMap<(&'static str, u16), Openers<'_>> = BTreeMap::new();
    for (at, local) in &host.rules {
        let Some(opening) = plan.openings.get(*at) else { continue };
        let many: usize = opening.ports.iter().map(|range| usize::from(range.last - range.first) + 1).sum();
        let why = if opening.source_ports.is_some() {
            "by the port of the sender, which this system's firewall does not know"
        } else if many > MAX_PORTS {
            "a range of ports, which the firewall of this system does not support: the exceptions that Setup writes for the programs allow it"
        } else {
            let protocol = if opening.transport.word() == "tcp" { "TCP" } else { "UDP" };
            for port in opening.ports.iter().flat_map(|range| range.first..=range.last) {
                by_port.entry((protocol, port)).or_default().push((*at, opening, local));
            }
            continue;
        };
        left_out.push(LeftOut { at: *at, id: opening.id.clone(), ports: port_list(&opening.ports), why });
    }
    let mut ports = Vec::new();
    for ((protocol, port), openers) in by_port {
        match senders(host, &openers).map(|sources| (scope(&sources), list(&sources))) {
            Some((scope, sources)) if sources.len() < MAX_LIST => {
                let about = openers.iter().map(|(_, opening, _)| about(opening)).collect();
                ports.push(Port { protocol, port, scope, sources, about });
            }
            other => {
                let why = match other {
                    None => "other senders at each address of the server, which this system's firewall does not tell apart",
                    Some(_) => "more senders than a command holds",
                };
                let out = |(at, opening, _): (usize, &Opening, _)| LeftOut {
                    at,
                    id: opening.id.clone(),
                    ports: format!("{protocol} {port}"),
                    why,
                };
                left_out.extend(openers.into_iter().map(out));
            }
        }
    }
    let lines: Vec<String> = ports.iter().map(|port| format!("{} {} {}", port.protocol, port.port, port.sources)).collect();
    let head = Head::new(plan, host, cx, version(&lines), &left_out);
    let content = cx.templates.render(&BATCH, "portopening", &View { head, ports })?;
    Ok(Script { content, left_out })
}

/// All who may open to a port; `None` where they differ by the address of the server that they open to.
fn senders(host: &HostPlan, openers: &Openers<'_>) -> Option<Ranges> {
    let at = |address: &Ipv4Addr| {
        let own = openers.iter().filter(|(.., local)| local.contains(address));
        own.fold(Ranges::default(), |all, (_, opening, _)| all.union(&opening.sources))
    };
    let mut each = host.addresses.iter().map(at);
    let first = each.next()?;
    each.all(|other| other == first).then_some(first)
}

fn scope(sources: &Ranges) -> &'static str {
    if *sources == Ranges::addresses() { "ALL" } else { "CUSTOM" }
}

/// Addresses and networks as the firewall takes them; nothing for all.
fn list(sources: &Ranges) -> String {
    if *sources == Ranges::addresses() {
        return String::new();
    }
    let plain = |net: &Ipv4Net| super::super::draft::plain(*net);
    sources.networks().iter().map(plain).collect::<Vec<_>>().join(",")
}
