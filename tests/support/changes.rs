//! What a change of a topology means: the rows of its plans that are others, without reasons.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::compile::{Compiled, runbook};
use ocstopo::plan::bill::bill;
use ocstopo::plan::dns::DnsPlan;
use ocstopo::plan::runbook::{Line, RunbookPlan, Step};
use ocstopo::plan::sizing::Places;
use ocstopo::plan::{Plans, certificate::Certificate};

/// Rows by what they are about.
type Rows = BTreeMap<String, Vec<String>>;

/// How many rows come, go or change from one topology to another. A row that says something else of the same thing counts once.
pub fn real_changes(old: &Compiled, new: &Compiled) -> usize {
    let (old, new) = (rows(old.plans().expect("plans")), rows(new.plans().expect("plans")));
    let things: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let none = Vec::new();
    let of = |rows: &'_ Rows, thing: &String| rows.get(thing).unwrap_or(&none).clone();
    things.into_iter().map(|thing| differing(of(&old, thing), of(&new, thing))).sum()
}

/// The rows of one thing that only one side has; what goes and what comes in its place count together.
fn differing(old: Vec<String>, mut new: Vec<String>) -> usize {
    let mut gone = 0;
    for row in old {
        match new.iter().position(|other| *other == row) {
            Some(at) => drop(new.swap_remove(at)),
            None => gone += 1,
        }
    }
    gone.max(new.len())
}

fn rows(plans: Plans<'_>) -> Rows {
    let mut rows = Rows::new();
    permits(plans, &mut rows);
    records(plans.dns(), &mut rows);
    hosts(plans, &mut rows);
    plans.certificates().certificates.iter().for_each(|certificate| request(certificate, &mut rows));
    listeners(plans, &mut rows);
    published(plans, &mut rows);
    work(&runbook(plans, &[]), &mut rows);
    figures(plans, &mut rows);
    bought(plans, &mut rows);
    rows
}

/// Each source and destination of each rule of each firewall is a permit, on all of the rule's ports.
fn permits(plans: Plans<'_>, rows: &mut Rows) {
    for plan in plans.firewalls() {
        for rule in &plan.rules {
            let ports =
                |ports: &[ocstopo::product::PortRange]| ports.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            let from = rule.source_ports.as_deref().map(ports).unwrap_or_default();
            let of = rows.entry(format!("{} {}", plan.path, rule.id)).or_default();
            for source in &rule.sources {
                for destination in &rule.destinations {
                    let ends = format!("{} {:?} -> {} {:?}", source.net, source.public, destination.net, destination.public);
                    of.push(format!("{ends} {} {from}>{}", rule.transport.word(), ports(&rule.destination_ports)));
                }
            }
        }
        let nats = plan.nats.iter().map(|nat| format!("{} {}", nat.public, nat.inside));
        rows.entry(format!("{} translations", plan.path)).or_default().extend(nats);
    }
}

fn records(plan: &DnsPlan, rows: &mut Rows) {
    for view in &plan.views {
        for zone in &view.zones {
            let of = |what: &str| format!("{} {} {what}", view.view.word(), zone.name);
            rows.insert(of("zone"), zone.name_servers.iter().map(ToString::to_string).collect());
            for record in &zone.records {
                let owner = of(&format!("{} {}", record.owner, record.data.record_type().word()));
                rows.entry(owner).or_default().push(format!("{} {}", record.data, zone.ttl));
            }
        }
    }
}

fn hosts(plans: Plans<'_>, rows: &mut Rows) {
    for file in plans.hosts() {
        let entries = file.entries.iter().map(|entry| format!("{} {}", entry.address, entry.name));
        rows.insert(format!("hosts {}", file.path), entries.collect());
    }
}

/// A certificate, its names, its usages and the computers that have it.
fn request(certificate: &Certificate, rows: &mut Rows) {
    let mut of = |what: &str, values: Vec<String>| rows.insert(format!("certificate {} {what}", certificate.slug), values);
    of("itself", vec![format!("{} {:?} {:?}", certificate.common_name, certificate.template, certificate.issuer)]);
    of("names", certificate.sans.iter().map(ToString::to_string).collect());
    of("usages", certificate.ekus.iter().map(|eku| eku.word().to_owned()).collect());
    of("computers", certificate.installs.iter().map(|install| format!("{} {:?}", install.path, install.fqdn)).collect());
}

/// A listener and its members.
fn listeners(plans: Plans<'_>, rows: &mut Rows) {
    for plan in plans.balancers() {
        for listener in &plan.listeners {
            let of = format!("{} {} {}", plan.path, listener.id, listener.group);
            let itself = format!("{} {} {} {}", listener.address, listener.transport.word(), listener.port, plan.idle_seconds);
            rows.entry(of.clone()).or_default().push(itself);
            let members = listener.servers.iter().map(|behind| format!("{} {}", behind.name, behind.address));
            rows.entry(format!("{of} members")).or_default().extend(members);
        }
    }
}

/// Names and paths that a proxy publishes.
fn published(plans: Plans<'_>, rows: &mut Rows) {
    for proxy in &plans.publishing().proxies {
        for site in &proxy.sites {
            let of = rows.entry(format!("{} {}", proxy.path, site.path)).or_default();
            of.push(format!("{:?}", site.upstream));
            of.extend(site.names.iter().map(|name| name.name.to_string()));
            of.extend(site.paths.iter().map(|path| path.path.clone()));
        }
    }
}

/// A figure is its value and what is beside it.
fn figures(plans: Plans<'_>, rows: &mut Rows) {
    for figure in &plans.sizing().figures {
        let declared = figure.declared.as_ref().map(|declared| declared.value);
        let said = format!("{} {declared:?} {}", figure.value, figure.worked());
        rows.entry(format!("figure {} {}", figure.row.id, figure.subject.path)).or_default().push(said);
    }
}

/// A thing of the bill is how many there are, apart and in all.
fn bought(plans: Plans<'_>, rows: &mut Rows) {
    let bill = bill(plans, Places::AsBuilt);
    for row in &bill.rows {
        let said = format!("{:?} {:?} {:?}", row.count, row.detail, row.note);
        rows.entry(format!("bill {} {} {}", row.part.word(), row.of, row.title)).or_default().push(said);
    }
    for total in &bill.totals {
        rows.entry(format!("bill {} {}", total.part.word(), total.title)).or_default().push(format!("{:?}", total.shown()));
    }
}

/// A step is its head, and each thing that it says to do, to type or to look at; and what will exist at the end.
fn work(plan: &RunbookPlan, rows: &mut Rows) {
    for step in plan.steps() {
        rows.insert(format!("step {}", step.id), said(step));
    }
    rows.insert("servers".into(), plan.servers.iter().map(|row| format!("{row:?}")).collect());
    rows.insert("services".into(), plan.services.iter().map(|row| format!("{row:?}")).collect());
    rows.insert("networks".into(), plan.networks.iter().map(|row| format!("{row:?}")).collect());
    rows.insert("sources".into(), plan.sources.iter().map(|row| format!("{row:?}")).collect());
}

fn said(step: &Step) -> Vec<String> {
    let text = |line: &Line| line.0.iter().map(|run| run.text.as_ref()).collect::<String>();
    let mut rows = vec![text(&step.title), text(&step.place), text(&step.who)];
    rows.push(step.prerequisites.iter().map(|earlier| text(&earlier.steps)).collect::<Vec<_>>().join("; "));
    for point in step.instructions.iter().chain(&step.alternative).chain(&step.undo) {
        rows.push(text(&point.text));
        rows.extend(point.items.iter().map(|item| format!("{} {:?} {:?}", text(&item.text), item.commands, item.expect)));
        rows.extend(point.values.iter().chain(&point.commands).cloned());
    }
    rows.extend(step.checks.iter().map(|check| format!("{:?} {:?} {}", check.look, check.command, text(&check.expect))));
    rows
}
