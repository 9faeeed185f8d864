//! Two roles on one computer that may not share it.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::catalog::{Collocation, Confidence, Instances, Verdict};
use crate::diag::{Fact, Severity};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Detail, Group};
use crate::product::{GroupKind, Relation};
use crate::schema::a;
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports roles that share a computer although the table of collocation does not allow it: a server whose `host` names
    /// another server, and two databases with the same `fqdn` or address.
    ///
    /// ## Why it matters
    /// Roles on one computer compete for its ports, its certificate store and its processors. Combinations that were not tested
    /// may fail, and Microsoft does not support them.
    ///
    /// ## Planning Guide
    /// Step 2: a Standard Edition server may also run the Archiving Server and, in 2007 R2, the Monitoring Server; other roles
    /// need their own computers. What the table of 2007 R2 does not list is not supported there. Each pool has a SQL Server
    /// computer of its own. Databases of archiving and monitoring may be there too, in 2007 only in another instance; in 2007 R2
    /// the database of Group Chat may also be there.
    "OCS0213" "shared-computer" {
        severity: Error,
        confidence: High,
        source: "Server role collocation (dd425201); Planning Guide step 2, capacity (bb870396); supported topologies of each role",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(
            "  standard_edition se01 {",
            "  web_access cwa01 {\n    address = 10.10.0.11\n    host    = se01\n    pool    = se01\n  }\n\n  standard_edition se01 {",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "  standard_edition se01 {",
            "  archiving_server arch01 {\n    address = 10.10.0.11\n    host    = se01\n  }\n\n  standard_edition se01 {",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    guests(view, sink);
    databases(view, sink);
}

fn guests(view: &RuleContext, sink: &mut Sink) {
    let rows = view.facts::<Collocation>();
    for group in &view.topology.groups {
        let hosts = group.relations.iter().filter(|(relation, host, _)| *relation == Relation::Host && *host != group.id);
        for (_, host, place) in hosts {
            let host = view.topology.group(*host);
            // What is said of the pair counts more than what is said of one of them and any other.
            let covers = |row: &&Collocation| row.covers(group.kind, host.kind);
            let row = rows.iter().filter(covers).max_by_key(|row| !row.with_blocks.is_empty());
            let Some(row) = row.or_else(|| view.fact("unlisted")) else { continue };
            let (verb, label) = match row.verdict {
                Verdict::Allowed => continue,
                Verdict::NotRecommended => ("should", "supported, but not recommended"),
                Verdict::Unsupported => ("may", "not supported on one computer"),
            };
            let finding = Finding::new(
                format!(
                    "{} and {} {verb} not share a computer, and `{}` runs on that of `{}`",
                    title(group, view),
                    title(host, view),
                    group.path,
                    host.path
                ),
                *place,
                row.note.as_ref().map_or_else(|| label.to_owned(), |note| format!("{label}: {note}")),
            )
            .related(host.span, "this server runs on the computer")
            .help(format!("give `{}` a separate computer with another `address`, and leave `host` out", group.name));
            sink.report(as_bad(finding, row));
        }
    }
}

fn as_bad(finding: Finding, row: &Collocation) -> Finding {
    match (row.verdict, row.provenance.confidence) {
        (_, Confidence::Low) => finding.milder(Severity::Note),
        (Verdict::Unsupported, Confidence::High) => finding,
        _ => finding.milder(Severity::Warning),
    }
}

/// A database with the group that keeps its data there.
type Database<'a> = (&'a Group, &'a Group);

/// The databases that are known to be on one computer: the first of each kind of owner, and the first of each in each instance.
#[derive(Default)]
struct Computer<'a> {
    first: BTreeMap<GroupKind, Database<'a>>,
    in_instance: BTreeMap<(GroupKind, String), Database<'a>>,
}

fn databases(view: &RuleContext, sink: &mut Sink) {
    let rows = view.facts::<Collocation>();
    let mut computers: BTreeMap<Ipv4Addr, Computer<'_>> = BTreeMap::new();
    for group in view.groups(GroupKind::BackEnd) {
        let (Detail::BackEnd { instance, .. }, Some((owner, _))) =
            (&group.detail, view.dependants(Relation::BackEnd, group.id).first())
        else {
            continue;
        };
        let (owner, instance) = (view.topology.group(*owner), instance.to_lowercase());
        let members = view.endpoints(group).flat_map(|endpoint| &endpoint.members);
        for address in members.map(|member| member.address.value) {
            let computer = computers.entry(address).or_default();
            let apart = computer.first.values().map(|other| (*other, Instances::Apart));
            let same = computer.first.keys().filter_map(|kind| computer.in_instance.get(&(*kind, instance.clone())));
            let same = same.map(|other| (*other, Instances::Same));
            let judged = same.chain(apart).find_map(|((database, other), instances)| {
                let row = rows.iter().find(|row| row.covers_databases(owner.kind, other.kind, instances))?;
                (row.verdict != Verdict::Allowed).then_some((database, other, instances, row))
            });
            if let Some((database, other, instances, row)) = judged {
                // Where the address is wrong, they are on no computer together.
                let finding = as_bad(on_one_computer((group, owner), (database, other), instances, row), row);
                let places = [group, database].into_iter().filter_map(|database| written(view, database, address));
                sink.report_once(places.fold(finding, |finding, place| finding.needs(Fact::Written(place))));
            }
            computer.first.entry(owner.kind).or_insert((group, owner));
            computer.in_instance.entry((owner.kind, instance.clone())).or_insert((group, owner));
        }
    }
}

fn on_one_computer(
    (group, owner): Database<'_>,
    (database, other): Database<'_>,
    instances: Instances,
    row: &Collocation,
) -> Finding {
    let what = if row.instance.is_some() && instances == Instances::Same { "an instance" } else { "a computer" };
    let help = match row.instance {
        Some(_) => {
            format!("write `instance = \"{}\"` in `{}`, or give it another `address`", own_instance(owner), group.path)
        }
        None => format!("give `{}` a separate computer with another `address`", group.path),
    };
    Finding::new(
        format!(
            "the databases of `{}` and `{}` may not share {what}, and `{}` is with `{}`",
            owner.path, other.path, group.path, database.path
        ),
        group.span,
        row.note.as_ref().map_or_else(|| "not supported together".to_owned(), |note| format!("not supported together: {note}")),
    )
    .related(database.span, "the other")
    .help(help)
}

/// Where a database has an address.
fn written<'a>(view: &RuleContext<'a>, database: &'a Group, address: Ipv4Addr) -> Option<Span> {
    let mut members = view.endpoints(database).flat_map(|endpoint| &endpoint.members);
    members.find(|member| member.address.value == address).map(|member| member.address.span)
}

/// A name for an instance: letters and digits of the owner's name, as many as SQL Server takes.
fn own_instance(owner: &Group) -> String {
    owner.name.chars().filter(char::is_ascii_alphanumeric).take(16).collect()
}

/// What people call a server, with its article.
fn title<'a>(group: &'a Group, view: &RuleContext<'a>) -> String {
    match (group.kind, view.endpoints(group).next()) {
        (GroupKind::StandardEdition, _) => "a Standard Edition server".to_owned(),
        (_, Some(endpoint)) => a(endpoint.role.noun_in(view.organization().product)),
        (kind, None) => a(kind.word()),
    }
}
