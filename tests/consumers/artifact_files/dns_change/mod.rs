//! From one version of the records to the next, a stage at a time: a real name server has afterwards what the new version's own
//! files give, the files that undo lead back, and what is not as expected is refused whole. The scripts for the DNS Server of Windows
//! do the same on a server of their own.

mod dnscmd;

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::catalog::DnsView;
use ocstopo::emit::dns::{self, DnsStageFiles};
use ocstopo::emit::{Artifact, EmitContext};
use ocstopo::lower::Fqdn;
use ocstopo::plan::dns::{DnsPlan, DnsStage, RecordData, Zone, between};

use super::resolution::apply;
use crate::support::named::Named;
use crate::support::topologies::{Files, compiled};
use crate::support::{Example, commits::commits};

fn files(old: &DnsPlan, new: &DnsPlan) -> Vec<DnsStageFiles> {
    let templates = crate::support::templates();
    dns::change(old, new, &EmitContext { templates, sample: true, organization: "contoso" }).expect("it renders")
}

fn written(plan: &DnsPlan) -> BTreeMap<String, String> {
    let templates = crate::support::templates();
    let files = dns::emit(plan, &EmitContext { templates, sample: true, organization: "contoso" });
    files.expect("it renders").into_iter().map(|file| (file.path, file.content)).collect()
}

fn plan_of(files: &Files) -> DnsPlan {
    compiled(files.clone()).plans().expect("plans").dns().clone()
}

/// All changes to try: the ten commits, and edits of records that no commit makes; each in both directions.
fn changes() -> Vec<(String, DnsPlan, DnsPlan)> {
    let commits = commits();
    let mut all: Vec<_> =
        commits.iter().map(|commit| (commit.name.to_owned(), plan_of(&commit.before), plan_of(&commit.after))).collect();
    let base = all[0].1.clone();
    for (name, edit) in EDITS {
        let mut edited = base.clone();
        edit(&mut edited);
        all.push(((*name).to_owned(), edited.clone(), base.clone()));
        all.push((format!("{name}, the other way"), base.clone(), edited));
    }
    all
}

type Edit = fn(&mut DnsPlan);

const EDITS: &[(&str, Edit)] = &[
    ("every record leads elsewhere", |plan| {
        for record in zones(plan).flat_map(|zone| &mut zone.records) {
            match &mut record.data {
                RecordData::A(address) => *address = (u32::from(*address) ^ 0x80).into(),
                RecordData::Srv { port, .. } => *port += 1,
                RecordData::Cname(name) | RecordData::Ptr(name) => *name = name.child("new").expect("a name"),
            }
        }
    }),
    ("a longer time to live", |plan| zones(plan).for_each(|zone| zone.ttl = 86_400)),
    ("a time to live below the lowered one", |plan| zones(plan).for_each(|zone| zone.ttl = 60)),
    ("half of the records", |plan| {
        for zone in zones(plan) {
            let mut at = 0;
            zone.records.retain(|_| {
                at += 1;
                at % 2 == 0
            });
        }
    }),
    ("an address becomes an alias", |plan| {
        let to = Fqdn::parse("elsewhere.contoso.com").expect("a name");
        for zone in zones(plan) {
            let of = |owner: &Fqdn| zone.records.iter().filter(|record| record.owner == *owner).count();
            let Some(at) = zone.records.iter().position(|r| of(&r.owner) == 1 && r.owner != zone.name) else { continue };
            zone.records[at].data = RecordData::Cname(to.clone());
        }
    }),
    ("a service has two servers", |plan| {
        for zone in zones(plan) {
            let Some(at) = zone.records.iter().position(|record| matches!(record.data, RecordData::Srv { .. })) else { continue };
            let mut second = zone.records[at].clone();
            let RecordData::Srv { weight, .. } = &mut second.data else { unreachable!() };
            *weight = 7;
            zone.records.insert(at + 1, second);
        }
    }),
    ("no record of a zone", |plan| drop(zones(plan).next().expect("a zone").records.drain(..))),
    ("a zone less", |plan| drop(plan.views[0].zones.remove(0))),
    ("a view less", |plan| drop(plan.views.pop())),
    ("a record at the top of a zone", |plan| {
        let zone = zones(plan).next().expect("a zone");
        zone.records[0].owner = zone.name.clone();
        zone.records[0].data = RecordData::A([192, 0, 2, 1].into());
    }),
    ("a zone below that has some of the names", |plan| {
        let zones = &mut plan.views.last_mut().expect("a view").zones;
        let mut below = zones[0].clone();
        let first = below.records.iter().find(|r| matches!(r.data, RecordData::A(_))).expect("an address").owner.clone();
        below.records.retain(|record| record.owner == first);
        zones[0].records.retain(|record| record.owner != first);
        below.name = first;
        zones.push(below);
        zones.sort_by(|a, b| a.name.cmp(&b.name));
    }),
];

fn zones(plan: &mut DnsPlan) -> impl Iterator<Item = &mut Zone> {
    plan.views.iter_mut().flat_map(|view| &mut view.zones)
}

/// The records of each zone of a server: owner, time to live, type, data.
type Served = BTreeMap<String, Vec<(String, u32, String, String)>>;

fn served(named: &Named, zones: &BTreeSet<String>) -> Served {
    zones.iter().map(|zone| (zone.clone(), named.records(zone))).collect()
}

/// A server with the zones of both versions, in which others have a record, and the records of one version.
fn server(zones: &BTreeSet<String>, plan: &DnsPlan, view: DnsView) -> Named {
    let head = |zone: &str| {
        format!(
            "$TTL 60\n{zone}. IN SOA ns.invalid. h.invalid. ( 1 60 60 60 60 )\n{zone}. IN NS ns.invalid.\n{zone}. IN TXT \"theirs\"\n"
        )
    };
    let named = Named::start(zones.iter().map(|zone| (zone.as_str(), head(zone))));
    load(&named, plan, view, |_| true);
    named
}

/// Loads the version's own files.
fn load(named: &Named, plan: &DnsPlan, view: DnsView, which: impl Fn(&str) -> bool) {
    let files = written(plan);
    for zone in plan.views.iter().filter(|plan| plan.view == view).flat_map(|view| &view.zones) {
        if which(zone.name.as_str()) {
            let script = &files[&format!("dns/{}/nsupdate/{}.nsupdate", view.word(), zone.name)];
            assert_eq!(apply(named, script), "", "{}", zone.name);
        }
    }
}

fn artifact<'f>(files: impl IntoIterator<Item = &'f DnsStageFiles>, path: &str) -> &'f Artifact {
    let mut found = files.into_iter().flat_map(|stage| &stage.artifacts).filter(|artifact| artifact.path == path);
    let artifact = found.next().unwrap_or_else(|| panic!("no {path}"));
    assert!(found.next().is_none(), "{path} twice");
    artifact
}

/// Others change one of the names: the stage is refused whole. Then the name is again as it was.
fn refused(named: &Named, stage: &DnsStageFiles, script: &str) {
    let Some(set) = stage.records.iter().find(|set| set.r#type != "CNAME") else { return };
    let before = named.records(&stage.zone);
    let same = |record: &&(String, u32, String, String)| record.0 == set.owner && record.2 == set.r#type;
    let ttl = before.iter().find(same).map_or(300, |record| record.1);
    let other = match set.r#type {
        "A" => "192.0.2.77",
        "SRV" => "0 0 9 other.invalid.",
        _ => "other.invalid.",
    };
    let change = |what: &str, ttl: &str| {
        let change = format!("zone {}.\nupdate {what} {}. {ttl} {} {other}\nsend\n", stage.zone, set.owner, set.r#type);
        assert_eq!(apply(named, &change), "");
    };
    // An alias in the way of the new name refuses it too.
    if before.iter().any(|record| record.0 == set.owner && record.2 == "CNAME") {
        return;
    }
    change("add", &ttl.to_string());
    let changed = named.records(&stage.zone);
    assert_ne!(changed, before);
    assert!(apply(named, script).contains("update failed"), "{script}");
    assert_eq!(named.records(&stage.zone), changed, "{script}");
    change("delete", "");
    assert_eq!(named.records(&stage.zone), before);
}

#[test]
fn the_stages_lead_a_name_server_to_the_new_version_and_back() {
    let mut seen = BTreeSet::new();
    // The scripts for Windows try both ways of each edit: a server of one's own is faster.
    for (name, old, new) in changes().into_iter().filter(|(name, ..)| !name.ends_with("the other way")) {
        let is_edit = EDITS.iter().any(|(edit, _)| *edit == name);
        let stages = files(&old, &new);
        let between = between(&old, &new);
        for view in DnsView::ALL {
            let of = |plan: &DnsPlan| -> BTreeSet<String> {
                let views = plan.views.iter().filter(|plan| plan.view == view);
                views.flat_map(|view| &view.zones).map(|zone| zone.name.to_string()).collect()
            };
            let stages: Vec<_> = stages.iter().filter(|stage| stage.view == view).collect();
            let came: BTreeSet<_> = between.came.iter().filter(|(of, _)| *of == view).map(|(_, zone)| zone.to_string()).collect();
            let zones: BTreeSet<_> = of(&old).union(&of(&new)).cloned().collect();
            if stages.is_empty() && came.is_empty() {
                assert_eq!(keyed(&old, view), keyed(&new, view), "{name}");
                continue;
            }
            seen.extend(stages.iter().map(|stage| stage.stage));
            let named = server(&zones, &old, view);
            let before = served(&named, &zones);
            load(&named, &new, view, |zone| came.contains(zone));
            for stage in &stages {
                let script = &artifact(stages.iter().copied(), &stage.forward[0]).content;
                if !is_edit || stage.stage == DnsStage::Remove {
                    refused(&named, stage, script);
                }
                assert_eq!(apply(&named, script), "", "{name}: {script}");
                if stage.stage == DnsStage::Lower {
                    let lowered: BTreeSet<_> = stage.records.iter().map(|set| (set.owner.as_str(), set.r#type)).collect();
                    let records = named.records(&stage.zone).into_iter();
                    let short = records.filter(|(owner, _, kind, _)| lowered.contains(&(owner.as_str(), kind.as_str())));
                    assert!(short.map(|record| record.1).all(|ttl| ttl == stage.ttl && ttl < stage.ttl_before), "{name}");
                }
            }
            let fresh = server(&zones, &new, view);
            assert_eq!(served(&named, &zones), served(&fresh, &zones), "{name}");
            for stage in stages.iter().rev() {
                let script = &artifact(stages.iter().copied(), &stage.back[0]).content;
                assert_eq!(apply(&named, script), "", "{name}: {script}");
            }
            let back = served(&named, &zones);
            assert!(
                before.iter().filter(|(zone, _)| !came.contains(*zone)).all(|(zone, records)| back[zone] == *records),
                "{name}"
            );
        }
    }
    assert_eq!(seen, BTreeSet::from(DnsStage::ALL));
}

fn keyed(plan: &DnsPlan, view: DnsView) -> Vec<String> {
    let records = plan.records().filter(|(of, ..)| *of == view);
    records.map(|(_, zone, record)| format!("{} {} {} {}", zone.name, record.owner, zone.ttl, record.data)).collect()
}

#[test]
fn a_change_of_nothing_has_no_files() {
    let plan = Example::build("contoso").compiled.plans().expect("plans").dns().clone();
    assert_eq!(files(&plan, &plan), []);
}

#[test]
fn files_of_a_moved_address() {
    let commit = commits().into_iter().find(|commit| commit.name == "edge address moved").expect("it");
    let stages = files(&plan_of(&commit.before), &plan_of(&commit.after));
    let text = |stage, which: fn(&DnsStageFiles) -> &str| {
        let of = stages.iter().find(|files| files.stage == stage && files.view == DnsView::External).expect("the stage");
        artifact(&stages, which(of)).content.replace("\r\n", "\n")
    };
    insta::assert_snapshot!("nsupdate_switch", text(DnsStage::Switch, |stage| &stage.forward[0]));
    insta::assert_snapshot!("dnscmd_switch", text(DnsStage::Switch, |stage| &stage.forward[1]));
}
