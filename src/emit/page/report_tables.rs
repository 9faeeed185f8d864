//! The tables of the report: a list of columns for each, over the rows of its plan.

use std::borrow::Cow;

use super::columns::{Reasoned, origin, purpose};
use super::data::{Cell, Column, Dictionary, Head, Kind, Table};
use crate::catalog::{Affinity, Confidence, Method};
use crate::emit::firewall::plain_address;
use crate::plan::Reason;
use crate::plan::balancer::{BalancerPlan, Listener, NatMode};
use crate::plan::bill::BillRow;
use crate::plan::certificate::Certificate;
use crate::plan::firewall::{FirewallPlan, FirewallRule, Party};
use crate::plan::report::{Finding, FlowRow, ReportPlan, ServerRow, WaiverRow};
use crate::plan::sizing::{SheetInput, SheetRow};
use crate::product::{PortRange, Transport};
use crate::text::thousands;

use super::name_rows::{NameRow, name_rows};

/// All tables, in the order of the page.
pub(super) fn tables(plan: &ReportPlan<'_>, dictionary: &mut Dictionary) -> Vec<Table> {
    let firewalls = plan.firewalls.iter();
    let rules: Vec<Rule<'_>> =
        firewalls.flat_map(|firewall| firewall.rules.iter().map(move |rule| Rule { firewall, rule })).collect();
    let balancers = plan.balancers.iter();
    let listeners: Vec<Opened<'_>> =
        balancers.flat_map(|balancer| balancer.listeners.iter().map(move |listener| Opened { balancer, listener })).collect();
    vec![
        dictionary.table(FINDINGS, &finding_columns(), &plan.findings),
        dictionary.table(WAIVERS, &waiver_columns(), &plan.waivers),
        dictionary.table(FLOWS, &flow_columns(), &plan.flows),
        dictionary.table(RULES, &rule_columns(), &rules),
        dictionary.table(NAMES, &name_columns(), &name_rows(plan.dns)),
        dictionary.table(CERTIFICATES, &certificate_columns(), &plan.certificates.certificates),
        dictionary.table(LISTENERS, &listener_columns(), &listeners),
        dictionary.table(SERVERS, &server_columns(), &plan.servers),
        dictionary.table(FIGURES, &figure_columns(), &plan.sizing.figures),
        dictionary.table(BILL, &bill_columns(), &plan.bill.rows),
    ]
}

const FINDINGS: Head = Head {
    id: "findings",
    title: "Findings",
    about: "What the rules say of the topology, the worst first. A topology with errors is not built, so none of these is one.",
    key: &["code", "place"],
};
const WAIVERS: Head = Head {
    id: "waivers",
    title: "Waivers",
    about: "Findings that are accepted, with the reason and the last day of each.",
    key: &["rule", "within"],
};
const FLOWS: Head = Head {
    id: "flows",
    title: "Flows",
    about: "All traffic: who opens a connection to whom, what for, and through which firewalls.",
    key: &["id"],
};
const RULES: Head = Head {
    id: "rules",
    title: "Firewall rules",
    about: "What each firewall permits; everything else is dropped.",
    key: &["firewall", "id"],
};
const NAMES: Head = Head {
    id: "names",
    title: "Names in DNS",
    about: "The records of every zone, for clients inside and outside.",
    key: &["view", "zone", "name", "type", "data"],
};
const CERTIFICATES: Head = Head {
    id: "certificates",
    title: "Certificates",
    about: "Each certificate with its names, who issues it and where it is installed.",
    key: &["certificate"],
};
const LISTENERS: Head = Head {
    id: "listeners",
    title: "Listeners",
    about: "Each port on a virtual address of a load balancer, and the servers behind it.",
    key: &["balancer", "id"],
};
const SERVERS: Head =
    Head { id: "servers", title: "Servers", about: "Each server with its roles and addresses.", key: &["path"] };
const FIGURES: Head = Head {
    id: "figures",
    title: "Figures of capacity",
    about: "What the deployment needs or carries, worked out by formulas of the catalogue, beside what is declared.",
    key: &["subject", "figure"],
};
const BILL: Head = Head {
    id: "bill",
    title: "Bill of materials",
    about: "What is bought, ordered and asked for, for each pool, device and site.",
    key: &["part", "of", "item", "title"],
};

/// A rule of a firewall.
struct Rule<'a> {
    firewall: &'a FirewallPlan,
    rule: &'a FirewallRule,
}

impl Reasoned for Rule<'_> {
    fn reasons(&self) -> &[Reason] {
        std::slice::from_ref(&self.rule.reason)
    }
}

/// A listener of a load balancer.
struct Opened<'a> {
    balancer: &'a BalancerPlan,
    listener: &'a Listener,
}

impl Reasoned for Opened<'_> {
    fn reasons(&self) -> &[Reason] {
        std::slice::from_ref(&self.listener.reason)
    }
}

impl Reasoned for Certificate {
    fn reasons(&self) -> &[Reason] {
        std::slice::from_ref(&self.reason)
    }
}

fn finding_columns<'a>() -> Vec<Column<Finding<'a>>> {
    vec![
        Column::new("severity", "Severity", Kind::Mark, |row: &Finding<'_>| Cell::text(row.severity)).wide(9).choice(),
        Column::new("code", "Rule", Kind::Code, |row: &Finding<'_>| Cell::text(row.code)).wide(9).choice(),
        Column::new("message", "What", Kind::Text, |row: &Finding<'_>| Cell::text(row.message)).wide(36),
        Column::new("place", "Place", Kind::Code, |row: &Finding<'_>| Cell::text(row.place.as_str())).wide(18),
        Column::new("help", "What to do", Kind::Text, |row: &Finding<'_>| Cell::opt(row.help)).wide(28),
        Column::new("label", "Why there", Kind::Text, |row: &Finding<'_>| Cell::text(row.label)),
        Column::new("source", "Source", Kind::Text, |row: &Finding<'_>| Cell::opt(row.source)),
    ]
}

fn waiver_columns<'a>() -> Vec<Column<WaiverRow<'a>>> {
    vec![
        Column::new("rule", "Rule", Kind::Code, |row: &WaiverRow<'_>| {
            Cell::text(row.rule.as_ref().map_or(row.written, |rule| rule.code))
        })
        .wide(10),
        Column::new("name", "Name of the rule", Kind::Code, |row: &WaiverRow<'_>| {
            Cell::opt(row.rule.as_ref().map(|rule| rule.name))
        })
        .wide(16),
        Column::new("within", "Where", Kind::Code, |row: &WaiverRow<'_>| Cell::opt(row.within.as_deref())).wide(18),
        Column::new("reason", "Reason", Kind::Text, |row: &WaiverRow<'_>| Cell::opt(row.reason)).wide(34),
        Column::new("ticket", "Ticket", Kind::Code, |row: &WaiverRow<'_>| Cell::opt(row.ticket)).wide(11),
        Column::new("until", "Until", Kind::Day, |row: &WaiverRow<'_>| Cell::opt(row.until.as_deref())).wide(11),
        Column::new("about", "What the rule checks", Kind::Text, |row: &WaiverRow<'_>| {
            Cell::opt(row.rule.as_ref().map(|rule| rule.summary.as_str()))
        }),
    ]
}

fn flow_columns<'a>() -> Vec<Column<FlowRow<'a>>> {
    vec![
        Column::new("from", "From", Kind::Codes, |row: &FlowRow<'_>| Cell::list(row.from.iter().copied())).wide(19),
        Column::new("to", "To", Kind::Codes, |row: &FlowRow<'_>| Cell::list(row.to.iter().copied())).wide(17),
        Column::new("ports", "Ports", Kind::Codes, |row: &FlowRow<'_>| ports(row.transports, row.ports)).wide(11),
        Column::new("application", "Protocol", Kind::Text, |row: &FlowRow<'_>| Cell::text(row.application)).wide(11).choice(),
        Column::new("firewalls", "Through", Kind::Codes, |row: &FlowRow<'_>| Cell::list(row.firewalls.iter().copied()))
            .wide(14)
            .choice(),
        Column::new("why", "Why", Kind::Text, |row: &FlowRow<'_>| Cell::text(row.purpose)).wide(28),
        Column::new("breaks", "Without it", Kind::Text, |row: &FlowRow<'_>| Cell::text(row.breaks)),
        Column::new("id", "Id", Kind::Code, |row: &FlowRow<'_>| Cell::text(row.id)),
        Column::new("sites", "Sites", Kind::Codes, |row: &FlowRow<'_>| Cell::list(row.sites.iter().copied())).choice(),
        Column::new("source_ports", "Source ports", Kind::Codes, |row: &FlowRow<'_>| source_ports(row.source_ports)),
        Column::new("features", "Features", Kind::Codes, |row: &FlowRow<'_>| Cell::list(row.features.iter().copied())).choice(),
        Column::new("row", "Catalogue row", Kind::Code, |row: &FlowRow<'_>| Cell::text(row.row)),
        Column::new("step", "Step of the Planning Guide", Kind::Number, |row: &FlowRow<'_>| Cell::Number(u64::from(row.step))),
        Column::new("source", "Source", Kind::Sources, |row: &FlowRow<'_>| Cell::list(row.source.iter().map(String::as_str))),
        Column::new("confidence", "Confidence", Kind::Mark, |row: &FlowRow<'_>| Cell::text(row.confidence.word())).choice(),
    ]
}

fn rule_columns<'a>() -> Vec<Column<Rule<'a>>> {
    let own = [
        Column::new("firewall", "Firewall", Kind::Code, |row: &Rule<'_>| Cell::text(row.firewall.path.as_str()))
            .wide(12)
            .choice(),
        Column::new("id", "Rule", Kind::Code, |row: &Rule<'_>| Cell::text(row.rule.id.as_str())).wide(12),
        Column::new("from", "From", Kind::Codes, |row: &Rule<'_>| Cell::list(row.rule.sources.iter().map(party))).wide(21),
        Column::new("to", "To", Kind::Codes, |row: &Rule<'_>| Cell::list(row.rule.destinations.iter().map(party))).wide(21),
        Column::new("ports", "Ports", Kind::Codes, |row: &Rule<'_>| ports(&[row.rule.transport], &row.rule.destination_ports))
            .wide(11),
    ];
    let more = [
        Column::new("application", "Protocol", Kind::Text, |row: &Rule<'_>| Cell::text(row.rule.application.as_str())).choice(),
        Column::new("breaks", "Without it", Kind::Text, |row: &Rule<'_>| Cell::text(row.rule.breaks.as_str())),
        Column::new("source_ports", "Source ports", Kind::Codes, |row: &Rule<'_>| source_ports(row.rule.source_ports.as_deref())),
        Column::new("enters", "Comes from", Kind::Code, |row: &Rule<'_>| Cell::text(row.rule.from_network.as_str())).choice(),
        Column::new("leaves", "Goes to", Kind::Code, |row: &Rule<'_>| Cell::text(row.rule.to_network.as_str())).choice(),
        Column::new("flow", "Flow", Kind::Code, |row: &Rule<'_>| Cell::text(row.rule.flow.as_str())),
    ];
    own.into_iter().chain([purpose(23)]).chain(more).chain(origin()).collect()
}

fn name_columns<'a>() -> Vec<Column<NameRow<'a>>> {
    let own = [
        Column::new("view", "View", Kind::Code, |row: &NameRow<'_>| Cell::text(row.view)).wide(9).choice(),
        Column::new("name", "Name", Kind::Code, |row: &NameRow<'_>| Cell::text(row.owner)).wide(27),
        Column::new("type", "Type", Kind::Code, |row: &NameRow<'_>| Cell::text(row.kind)).wide(7).choice(),
        Column::new("data", "Answer", Kind::Code, |row: &NameRow<'_>| Cell::text(row.data.as_str())).wide(27),
        Column::new("why", "Why", Kind::Texts, |row: &NameRow<'_>| Cell::list(row.why.iter().map(|why| Cow::Borrowed(&**why))))
            .wide(30),
        Column::new("zone", "Zone", Kind::Code, |row: &NameRow<'_>| Cell::text(row.zone.name.as_str())).choice(),
        Column::new("ttl", "Time to live in seconds", Kind::Number, |row: &NameRow<'_>| Cell::Number(u64::from(row.zone.ttl))),
    ];
    own.into_iter().chain(origin()).collect()
}

fn certificate_columns() -> Vec<Column<Certificate>> {
    let own = [
        Column::new("certificate", "Certificate", Kind::Code, |row: &Certificate| Cell::text(row.slug.as_str())).wide(19),
        Column::new("common_name", "Common name", Kind::Code, |row: &Certificate| Cell::text(row.common_name.as_str())).wide(17),
        Column::new("sans", "Alternative names", Kind::Codes, |row: &Certificate| {
            Cell::list(row.sans.iter().map(|name| name.as_str()))
        })
        .wide(19),
        Column::new("issuer", "Issued by", Kind::Code, |row: &Certificate| {
            Cell::opt(row.issuer.as_ref().map(|issuer| issuer.name.as_str()))
        })
        .wide(10)
        .choice(),
        Column::new("installs", "Installed on", Kind::Codes, |row: &Certificate| {
            Cell::list(row.installs.iter().map(|install| install.path.as_str()))
        })
        .wide(14),
    ];
    let more = [
        Column::new("usage", "Use", Kind::Code, |row: &Certificate| Cell::text(row.usage.as_str())).choice(),
        Column::new("serves", "Presented by", Kind::Codes, |row: &Certificate| {
            Cell::list(row.serves.iter().map(|served| format!("{} {} {}", served.path, served.role.word(), served.side.word())))
        }),
        Column::new("eku", "Extended key usage", Kind::Codes, |row: &Certificate| {
            Cell::list(row.ekus.iter().map(|eku| eku.word()))
        }),
        Column::new("exportable", "Key can be exported", Kind::Text, |row: &Certificate| {
            Cell::text(if row.exportable { "yes" } else { "no" })
        })
        .choice(),
        Column::new("template", "Template", Kind::Code, |row: &Certificate| Cell::opt(row.template.as_deref())),
        Column::new("notes", "Notes", Kind::Texts, |row: &Certificate| Cell::list(row.notes.iter().map(String::as_str))),
    ];
    own.into_iter().chain([purpose(21)]).chain(more).chain(origin()).collect()
}

fn figure_columns() -> Vec<Column<SheetRow>> {
    vec![
        Column::new("subject", "Of", Kind::Code, |row: &SheetRow| Cell::text(row.subject.as_str())).wide(18).choice(),
        Column::new("title", "Figure", Kind::Text, |row: &SheetRow| Cell::text(row.title)).wide(34),
        Column::new("value", "Value", Kind::Text, |row: &SheetRow| Cell::text(row.value_shown())).wide(14),
        Column::new("declared", "Declared", Kind::Text, |row: &SheetRow| {
            Cell::opt(row.declared_shown().map(|(declared, ..)| declared))
        })
        .wide(12),
        Column::new("left", "Left", Kind::Text, |row: &SheetRow| Cell::opt(row.declared_shown().map(|(_, left, _)| left)))
            .wide(14),
        Column::new("worked", "Worked out", Kind::Text, |row: &SheetRow| Cell::text(row.worked.as_str())).wide(26),
        Column::new("enough", "Enough", Kind::Text, |row: &SheetRow| {
            Cell::opt(row.declared.as_ref().map(|declared| if declared.enough { "yes" } else { "no" }))
        })
        .choice(),
        Column::new("of", "Kind", Kind::Code, |row: &SheetRow| Cell::text(row.of)).choice(),
        Column::new("inputs", "Values", Kind::Texts, |row: &SheetRow| Cell::list(row.inputs.iter().map(SheetInput::shown))),
        Column::new("note", "Note", Kind::Text, |row: &SheetRow| Cell::opt(row.note)),
        Column::new("formula", "Formula", Kind::Code, |row: &SheetRow| Cell::text(row.formula)),
        Column::new("figure", "Catalogue row", Kind::Code, |row: &SheetRow| Cell::text(row.figure)),
        Column::new("place", "Place", Kind::Code, |row: &SheetRow| Cell::opt(row.place.as_deref())),
        Column::new("step", "Step of the Planning Guide", Kind::Number, |row: &SheetRow| Cell::Number(u64::from(row.step))),
        Column::new("source", "Source", Kind::Sources, |row: &SheetRow| Cell::list(row.source.iter().map(String::as_str))),
        Column::new("confidence", "Confidence", Kind::Mark, |row: &SheetRow| Cell::text(row.confidence.word())).choice(),
    ]
}

fn bill_columns() -> Vec<Column<BillRow>> {
    vec![
        Column::new("part", "Part", Kind::Text, |row: &BillRow| Cell::text(row.part.title())).wide(13).choice(),
        Column::new("of", "For", Kind::Code, |row: &BillRow| Cell::text(row.of.as_str())).wide(18),
        Column::new("title", "What", Kind::Text, |row: &BillRow| Cell::text(row.title.as_str())).wide(30).choice(),
        Column::new("count", "Number", Kind::Text, |row: &BillRow| Cell::opt(row.count.map(thousands))).wide(9),
        Column::new("detail", "Stated", Kind::Text, |row: &BillRow| Cell::opt(row.detail.as_deref())).wide(22),
        Column::new("note", "Note", Kind::Text, |row: &BillRow| Cell::opt(row.note.as_deref())).wide(26),
        Column::new("site", "Site", Kind::Code, |row: &BillRow| Cell::opt(row.site.as_deref())).choice(),
        Column::new("item", "Item", Kind::Code, |row: &BillRow| Cell::text(row.item.as_str())),
        Column::new("rows", "Catalogue rows", Kind::Codes, |row: &BillRow| Cell::list(row.rows.iter().map(String::as_str))),
        Column::new("place", "Place", Kind::Code, |row: &BillRow| Cell::opt(row.place.as_deref())),
        Column::new("confidence", "Confidence", Kind::Mark, |row: &BillRow| Cell::opt(row.confidence.map(Confidence::word)))
            .choice(),
    ]
}

fn listener_columns<'a>() -> Vec<Column<Opened<'a>>> {
    let own = [
        Column::new("balancer", "Load balancer", Kind::Code, |row: &Opened<'_>| Cell::text(row.balancer.path.as_str()))
            .wide(12)
            .choice(),
        Column::new("address", "Address", Kind::Code, |row: &Opened<'_>| Cell::text(row.listener.address.to_string())).wide(11),
        Column::new("port", "Port", Kind::Code, |row: &Opened<'_>| {
            Cell::text(format!("{} {}", row.listener.transport.word(), row.listener.port))
        })
        .wide(9)
        .choice(),
        Column::new("application", "Protocol", Kind::Text, |row: &Opened<'_>| Cell::text(row.listener.application.as_str()))
            .wide(14)
            .choice(),
        Column::new("servers", "Servers", Kind::Codes, |row: &Opened<'_>| {
            Cell::list(row.listener.servers.iter().map(|member| format!("{} {}", member.path, member.address)))
        })
        .wide(26),
    ];
    let more = [
        Column::new("name", "Name", Kind::Code, |row: &Opened<'_>| Cell::opt(row.listener.name.as_deref())),
        Column::new("group", "Group", Kind::Code, |row: &Opened<'_>| Cell::text(row.listener.group.as_str())),
        Column::new("method", "Chooses by", Kind::Text, |row: &Opened<'_>| {
            Cell::text(match row.listener.method {
                Method::LeastConnections => "least connections",
                Method::RoundRobin => "round robin",
            })
        }),
        Column::new("affinity", "Stays with a server", Kind::Text, |row: &Opened<'_>| {
            Cell::text(match row.listener.affinity {
                Affinity::Connection => "each connection",
                Affinity::Client => "all connections of a client",
            })
        }),
        Column::new("idle", "Idle seconds", Kind::Number, |row: &Opened<'_>| Cell::Number(row.balancer.idle_seconds)),
        Column::new("translation", "Translation", Kind::Code, |row: &Opened<'_>| {
            Cell::text(match row.balancer.nat {
                NatMode::Snat => "snat",
                NatMode::Dnat => "dnat",
            })
        }),
        Column::new("check", "Checked by", Kind::Text, |row: &Opened<'_>| {
            let check = row.listener.check;
            Cell::text(format!("a TCP connection to port {} every {} seconds", check.port, check.seconds))
        }),
        Column::new("breaks", "Without it", Kind::Text, |row: &Opened<'_>| Cell::text(row.listener.breaks.as_str())),
        Column::new("flows", "Flows", Kind::Codes, |row: &Opened<'_>| Cell::list(row.listener.flows.iter().map(String::as_str))),
        Column::new("id", "Id", Kind::Code, |row: &Opened<'_>| Cell::text(row.listener.id.as_str())),
    ];
    own.into_iter().chain([purpose(28)]).chain(more).chain(origin()).collect()
}

fn server_columns<'a>() -> Vec<Column<ServerRow<'a>>> {
    vec![
        Column::new("path", "Server", Kind::Code, |row: &ServerRow<'_>| Cell::text(row.path)).wide(20),
        Column::new("name", "Name", Kind::Code, |row: &ServerRow<'_>| Cell::opt(row.name)).wide(22),
        Column::new("roles", "Roles", Kind::Texts, |row: &ServerRow<'_>| Cell::list(row.roles.iter().copied())).wide(20).choice(),
        Column::new("addresses", "Addresses", Kind::Codes, |row: &ServerRow<'_>| Cell::shown(&row.addresses)).wide(14),
        Column::new("networks", "Networks", Kind::Codes, |row: &ServerRow<'_>| Cell::list(row.networks.iter().copied())).wide(15),
        Column::new("zones", "Zone", Kind::Codes, |row: &ServerRow<'_>| Cell::list(row.zones.iter().copied())).wide(9).choice(),
        Column::new("site", "Site", Kind::Code, |row: &ServerRow<'_>| Cell::text(row.site)).choice(),
        Column::new("group", "Group", Kind::Code, |row: &ServerRow<'_>| Cell::text(row.group)),
        Column::new("kind", "Kind of group", Kind::Code, |row: &ServerRow<'_>| Cell::text(row.kind)).choice(),
        Column::new("system", "Operating system", Kind::Code, |row: &ServerRow<'_>| Cell::opt(row.operating_system)).choice(),
        Column::new("declared", "Declared by", Kind::Code, |row: &ServerRow<'_>| Cell::text(row.declared.as_str())),
    ]
}

/// `tcp 5061`, each transport with each range.
fn ports<'r>(transports: &[Transport], ports: &[PortRange]) -> Cell<'r> {
    let each = |transport: &Transport| ports.iter().map(|range| format!("{} {range}", transport.word())).collect::<Vec<_>>();
    Cell::list(transports.iter().flat_map(each).collect::<Vec<_>>())
}

fn source_ports<'r>(ports: Option<&[PortRange]>) -> Cell<'r> {
    ports.map_or_else(|| Cell::list(["any"]), Cell::shown)
}

/// `redmond.pool01.fe01 10.10.0.11`, with the public address where the firewall translates.
fn party(party: &Party) -> String {
    match party.public {
        _ if party.is_any() => party.path.clone(),
        Some(public) => format!("{} {} (public {public})", party.path, plain_address(party.net)),
        None => format!("{} {}", party.path, plain_address(party.net)),
    }
}
