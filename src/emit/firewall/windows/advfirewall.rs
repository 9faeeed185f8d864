//! `netsh advfirewall`, for Windows Server 2008 and 2008 R2: rules of addresses and ports, each under a name of its own.

use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::super::language::BATCH;
use super::super::super::{EmitContext, EmitError};
use super::{Head, LeftOut, MAX_LIST, PREFIX, Script, about, port_list, ports, version};
use crate::packet::Ranges;
use crate::plan::host::{HostPlan, HostsPlan};

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Rule {
    /// Its number within the file; the name is made of the prefix, the version and this.
    number: String,
    protocol: &'static str,
    ports: String,
    source_ports: String,
    local: String,
    sources: String,
    about: String,
}

pub(super) fn script(plan: &HostsPlan, host: &HostPlan, cx: &EmitContext<'_>) -> Result<Script, EmitError> {
    let ranges = host.firewall.ranges;
    let (mut rules, mut left_out) = (Vec::new(), Vec::new());
    for (at, local) in &host.rules {
        let Some(opening) = plan.openings.get(*at) else { continue };
        let from = opening.source_ports.as_deref().map(|items| ports(items, ranges));
        let (Some(to), Some(from)) = (ports(&opening.ports, ranges), from.unwrap_or_else(|| Some(vec!["any".to_owned()]))) else {
            let why = "a range of ports, which the firewall of this system does not support: the exceptions that Setup writes for the programs allow it";
            left_out.push(LeftOut { at: *at, id: opening.id.clone(), ports: port_list(&opening.ports), why });
            continue;
        };
        for sources in lists(&opening.sources) {
            rules.push(Rule {
                number: format!("{:04}", rules.len() + 1),
                protocol: if opening.transport.word() == "tcp" { "TCP" } else { "UDP" },
                ports: to.join(","),
                source_ports: from.join(","),
                local: local.iter().map(Ipv4Addr::to_string).collect::<Vec<_>>().join(","),
                sources,
                about: about(opening),
            });
        }
    }
    let lines: Vec<String> = rules.iter().map(Rule::line).collect();
    let head = Head::new(plan, host, cx, version(&lines), &left_out);
    debug_assert!(!PREFIX.contains('-'), "names are taken apart at `-`");
    let content = cx.templates.render(&BATCH, "advfirewall", &View { head, rules })?;
    Ok(Script { content, left_out })
}

impl Rule {
    /// What it says, without what is for people.
    fn line(&self) -> String {
        [self.protocol, &self.ports, &self.source_ports, &self.local, &self.sources].join(" ")
    }
}

/// Addresses as the firewall takes them, `10.0.0.1` and `10.0.0.1-10.0.0.9`, in lists that a command holds.
fn lists(ranges: &Ranges) -> Vec<String> {
    if *ranges == Ranges::addresses() {
        return vec!["any".to_owned()];
    }
    let mut lists: Vec<String> = Vec::new();
    for (first, last) in ranges.iter() {
        let (first, last) = (Ipv4Addr::from_bits(first), Ipv4Addr::from_bits(last));
        let item = if first == last { first.to_string() } else { format!("{first}-{last}") };
        match lists.last_mut().filter(|list| list.len() + item.len() < MAX_LIST) {
            Some(list) => {
                list.push(',');
                list.push_str(&item);
            }
            None => lists.push(item),
        }
    }
    lists
}
