//! What `ocstopo why` finds.

use super::lines::{Lines, joined, parties, placed, way};
use crate::query::answer::HopKind;
use crate::query::why::{Answer, Carrier, ExplainedRule, MissingFeature, NameAnswer, PacketAnswer, PlannedRecord, Why};

/// The answer, folded to a width.
pub fn human(why: &Why, width: usize) -> String {
    match &why.answer {
        Answer::Packet(packet) => self::packet(&why.question, packet, width),
        Answer::Rules { rules } => apart(rules, |found| rule(found, width)),
        Answer::Certificates { certificates } => apart(certificates, |found| carrier(found, width)),
        Answer::Name(name) => self::name(name, width),
    }
}

/// Parts with an empty line between them.
fn apart<T>(parts: &[T], one: impl Fn(&T) -> String) -> String {
    parts.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn packet(question: &str, packet: &PacketAnswer, width: usize) -> String {
    let mut lines = Lines::new(question, width);
    let Some(hops) = &packet.way else {
        lines.title(&format!("blocked: there is no route from {} to {}", packet.from_network, packet.to_network));
        return hints(packet, lines);
    };
    lines.line("way", &way(hops));
    if let Some(firewall) = &packet.stopped_by {
        lines.title(&format!("blocked by {}: no rule allows it", firewall.placed()));
        return hints(packet, lines);
    }
    if hops.iter().any(|hop| hop.kind == HopKind::Firewall) {
        lines.title("passes");
        return packet.rules.iter().fold(lines.text(), |text, found| text + "\n" + &rule(found, width));
    }
    lines.title("passes: there is no firewall in between");
    if packet.flows.is_empty() {
        lines.title("no flow of the topology needs it");
    }
    for flow in &packet.flows {
        lines.title(&format!("\n{}  {}", flow.flow, flow.application));
        lines.line("why", &flow.purpose);
        lines.line("without", &flow.breaks);
    }
    lines.text()
}

/// What would permit a stopped packet.
fn hints(packet: &PacketAnswer, mut lines: Lines) -> String {
    for row in &packet.unsupported {
        lines.line("never", &format!("{} does not support {}", row.product, row.what));
        lines.row(&row.row);
    }
    for MissingFeature { row, purpose, features } in &packet.missing_features {
        match features.is_empty() {
            true => lines.line("unsure", &format!("{row} would open it, but its confidence is too low: {purpose}")),
            false => lines.line("feature", &format!("{} would open it ({row}): {purpose}", features.join(" and "))),
        }
    }
    for instead in &packet.instead {
        let addresses = format!("{} -> {}", instead.from, instead.to);
        lines.line("instead", &format!("{addresses} passes: the same servers by other addresses"));
    }
    if packet.unsupported.is_empty() && packet.missing_features.is_empty() && packet.instead.is_empty() {
        lines.line("feature", "none of the product's features needs it");
    }
    lines.text()
}

fn rule(rule: &ExplainedRule, width: usize) -> String {
    let mut ports: Vec<String> = rule.ports.iter().map(ToString::to_string).collect();
    if let Some(source_ports) = &rule.source_ports {
        ports.push(format!("from {}", joined(source_ports, ", ")));
    }
    let title = format!("{}  {} {}  {}", rule.id, rule.transport.word(), ports.join(", "), rule.application);
    let mut lines = Lines::new(&title, width);
    lines.line("on", &rule.firewalls.join(", "));
    lines.line("from", &parties(&rule.from));
    lines.line("to", &parties(&rule.to));
    lines.line("flow", &rule.flow);
    lines.line("feature", &rule.features.join(" "));
    lines.line("declared", &placed(&rule.declared));
    lines.line("why", &rule.purpose);
    lines.line("without", &rule.breaks);
    lines.row(&rule.grounds.row);
    lines.source(&rule.grounds);
    lines.text()
}

fn carrier(carrier: &Carrier, width: usize) -> String {
    let kind = if carrier.common_name { "common name" } else { "alternative name" };
    let mut lines = Lines::new(&format!("{}  {kind} `{}`", carrier.certificate, carrier.name), width);
    let ends: Vec<String> = carrier.serves.iter().map(|end| format!("{} {} {}", end.path, end.role, end.side)).collect();
    let installs = carrier.installs.iter().map(|install| match &install.fqdn {
        Some(name) => format!("{} ({name})", install.path),
        None => install.path.clone(),
    });
    let mut conditions = vec![format!("{} of {}", carrier.pattern, carrier.grounds.row)];
    conditions.extend(carrier.written.as_ref().map(|place| format!("written in {place}")));
    conditions.extend(carrier.sign_in.then(|| "because clients sign in there by DNS".to_owned()));
    conditions.extend(carrier.serving.map(|role| format!("because {role} runs there too")));
    lines.line_if("serves", &ends.join(", "));
    lines.line_if("on", &installs.collect::<Vec<_>>().join(", "));
    lines.line_if("issuer", carrier.issuer.as_deref().unwrap_or_default());
    lines.line_if("name", &conditions.join(", "));
    lines.line_if("why", &carrier.purpose);
    lines.line_if("feature", &carrier.features.join(" "));
    lines.line_if("declared", &placed(&carrier.declared));
    for row in &carrier.meets {
        lines.line("without", &format!("{} {}: {}", row.row, row.application, row.breaks));
    }
    lines.row(&carrier.grounds.row);
    lines.source(&carrier.grounds);
    lines.text()
}

/// The records of a name, or what would make some.
fn name(name: &NameAnswer, width: usize) -> String {
    if !name.records.is_empty() {
        return apart(&name.records, |found| record(found, width));
    }
    let mut lines = Lines::new(&name.name, width);
    lines.title("no record of the topology");
    for found in &name.missing_features {
        let MissingFeature { row, purpose, features } = &found.missing;
        let features = features.join(" and ");
        lines.line("feature", &format!("{features} would make it in the {} view ({row}): {purpose}", found.view));
    }
    lines.text()
}

fn record(record: &PlannedRecord, width: usize) -> String {
    let mut lines = Lines::new(&format!("{}  {} {}", record.owner, record.record_type, record.data), width);
    lines.line("view", record.view);
    let zone = record.kept_by.as_ref().map(|owner| format!("{}, which {owner} keeps", record.zone));
    lines.line("zone", zone.as_deref().unwrap_or(&record.zone));
    for reason in &record.reasons {
        lines.row(&reason.grounds.row);
        lines.line("feature", &reason.features.join(" "));
        lines.line("declared", &placed(&reason.declared));
        lines.line("why", &reason.purpose);
        if let Some(breaks) = &reason.breaks {
            lines.line("without", breaks);
        }
        lines.source(&reason.grounds);
    }
    lines.text()
}
