//! The scripts of the stages, run against a DNS Server of their own that keeps times to live, and refuses as the real one does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use ocstopo::catalog::DnsView;
use ocstopo::emit::dns::DnsStageFiles;
use ocstopo::plan::dns::{DnsPlan, between};

use super::{artifact, changes, files};
use crate::support::batch::Batch;

/// Errors of the DNS Server: `DNS_ERROR_…`.
const ZONE_DOES_NOT_EXIST: i64 = 9601;
const RECORD_DOES_NOT_EXIST: i64 = 9701;
const NODE_IS_CNAME: i64 = 9708;
const CNAME_COLLISION: i64 = 9709;
const RECORD_ALREADY_EXISTS: i64 = 9711;
const NAME_DOES_NOT_EXIST: i64 = 9714;

/// Node, type and data to the time to live.
type Zone = BTreeMap<(String, String, String), u32>;

/// A DNS Server with its zones.
#[derive(Debug, Clone, Default, PartialEq)]
struct Server(BTreeMap<String, Zone>);

impl Server {
    fn answer(&mut self, words: &[String]) -> (String, i64) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ["dnscmd.exe", ".", command, zone, rest @ ..] = words.as_slice() else { panic!("{words:?}") };
        let Some(zone) = self.0.get_mut(*zone) else { return (String::new(), ZONE_DOES_NOT_EXIST) };
        match (*command, rest) {
            ("/ZoneInfo", []) => (String::new(), 0),
            ("/EnumRecords", [node, "/Type", kind, "/Node"]) => listed(zone, node, kind),
            ("/RecordAdd", [node, ttl, kind, data @ ..]) if !data.is_empty() => {
                let ttl: u32 = ttl.parse().expect("a time to live");
                let there: Vec<&str> =
                    zone.keys().filter(|(owner, ..)| owner == node).map(|(_, kind, _)| kind.as_str()).collect();
                let key = ((*node).to_owned(), (*kind).to_owned(), data.join(" "));
                let code = match (zone.contains_key(&key), *kind == "CNAME") {
                    (true, _) => RECORD_ALREADY_EXISTS,
                    (false, true) if !there.is_empty() => CNAME_COLLISION,
                    (false, false) if there.contains(&"CNAME") => NODE_IS_CNAME,
                    _ => {
                        zone.insert(key, ttl);
                        0
                    }
                };
                (String::new(), code)
            }
            ("/RecordDelete", [node, kind, data @ .., "/f"]) if !data.is_empty() => {
                let gone = zone.remove(&((*node).to_owned(), (*kind).to_owned(), data.join(" ")));
                (String::new(), if gone.is_some() { 0 } else { RECORD_DOES_NOT_EXIST })
            }
            _ => panic!("{words:?}"),
        }
    }
}

fn listed(zone: &Zone, node: &str, kind: &str) -> (String, i64) {
    if !zone.keys().any(|(owner, ..)| owner == node) {
        return ("DNS Server failed to enumerate records.\r\n".to_owned(), NAME_DOES_NOT_EXIST);
    }
    let found = zone.iter().filter(|((owner, found, _), _)| owner == node && found == kind);
    // The node is on the first line only, and records that registered themselves have an age.
    let line = |(at, ((_, kind, data), ttl)): (usize, (&(String, String, String), &u32))| {
        let (owner, age) = (if at == 0 { "@" } else { "\t\t" }, if data.ends_with('7') { " [Aging:3538293]" } else { "" });
        format!("{owner}{age} {ttl} {kind}\t{data}\r\n")
    };
    let lines: String = found.enumerate().map(line).collect();
    (format!("Returned records:\r\n{lines}\r\nCommand completed successfully.\r\n"), 0)
}

fn run(script: &str, server: &mut Server) -> (i64, String) {
    assert_eq!(script.matches('\n').count(), script.matches("\r\n").count());
    let server = RefCell::new(server);
    let mut batch = Batch::new(script, "change.cmd", |words: &[String]| server.borrow_mut().answer(words));
    let code = batch.run(&[]);
    assert!(batch.files.borrow().is_empty(), "left behind: {:?}", batch.files);
    (code, batch.said)
}

/// A server with the records of a view, and one of others in each zone; `more` are zones beside those.
fn server(plan: &DnsPlan, view: DnsView) -> Server {
    let mut server = Server::default();
    for zone in plan.views.iter().filter(|plan| plan.view == view).flat_map(|view| &view.zones) {
        let zone_of = server.0.entry(zone.name.to_string()).or_default();
        zone_of.insert(("mail".into(), "MX".into(), "10 mail.invalid.".into()), 60);
        for record in &zone.records {
            let node = record.owner.as_str().strip_suffix(zone.name.as_str()).expect("within").trim_end_matches('.');
            let node = if node.is_empty() { "@" } else { node };
            let key = (node.to_owned(), record.data.record_type().word().to_owned(), record.data.to_string());
            zone_of.insert(key, zone.ttl);
        }
    }
    server
}

/// The scripts of a view, each once, forwards and back.
fn scripts(stages: &[DnsStageFiles], view: DnsView) -> Vec<(String, String)> {
    let mut paths: Vec<_> = Vec::new();
    for stage in stages.iter().filter(|stage| stage.view == view) {
        let both = (stage.forward[1].clone(), stage.back[1].clone());
        if !paths.contains(&both) {
            paths.push(both);
        }
    }
    let text = |path: &String| artifact(stages, path).content.clone();
    paths.iter().map(|(forward, back)| (text(forward), text(back))).collect()
}

#[test]
fn the_scripts_lead_to_the_new_version_and_back() {
    for (name, old, new) in changes() {
        let (stages, between) = (files(&old, &new), between(&old, &new));
        for view in DnsView::ALL {
            let went: BTreeSet<_> = between.went.iter().filter(|(of, _)| *of == view).map(|(_, zone)| zone.to_string()).collect();
            let came: BTreeSet<_> = between.came.iter().filter(|(of, _)| *of == view).map(|(_, zone)| zone.to_string()).collect();
            let before = server(&old, view);
            let mut now = before.clone();
            let scripts = scripts(&stages, view);
            for (forward, _) in &scripts {
                let mut changed = now.clone();
                assert_eq!(run(forward, &mut changed).0, 0, "{name}: {}", run(forward, &mut now.clone()).1);
                assert_ne!(changed, now, "{name}");
                now = changed;
                // A second run has nothing to do.
                let mut again = now.clone();
                assert_eq!((run(forward, &mut again).0, &again), (0, &now), "{name}");
            }
            let mut expected = server(&new, view);
            expected.0.retain(|zone, _| !came.contains(zone));
            let mut kept = now.clone();
            kept.0.retain(|zone, records| {
                let ours = records.keys().any(|(_, kind, _)| kind != "MX");
                assert!(!went.contains(zone) || !ours, "{name}: {zone}");
                !went.contains(zone)
            });
            assert_eq!(kept, expected, "{name}");
            for (_, back) in scripts.iter().rev() {
                assert_eq!(run(back, &mut now).0, 0, "{name}: {back}");
            }
            assert_eq!(now, before, "{name}");
        }
    }
}

#[test]
fn what_others_changed_is_left_alone() {
    let (_, old, new) = changes().into_iter().find(|(name, ..)| name == "edge address moved").expect("it");
    let stages = files(&old, &new);
    let scripts = scripts(&stages, DnsView::External);
    assert_eq!(scripts.len(), 3, "lower, switch, restore");
    let mut now = server(&old, DnsView::External);
    for (forward, _) in &scripts {
        let mut after = now.clone();
        run(forward, &mut after);
        let zone_of = |server: &Server| {
            server.0.iter().flat_map(|(zone, r)| r.keys().map(move |k| (zone.clone(), k.clone()))).collect::<BTreeSet<_>>()
        };
        let looked = forward.lines().find_map(|line| line.strip_prefix("call :look ")).expect("a name");
        let [zone, node, kind] = looked.split(' ').collect::<Vec<_>>()[..] else { panic!("{looked}") };
        for (theirs, instead) in [("192.0.2.7", true), ("192.0.2.8", false), ("192.0.2.7", false)] {
            let mut server = now.clone();
            let records = server.0.get_mut(zone).expect("the zone");
            if instead {
                records.retain(|(owner, found, _), _| owner != node || found != kind);
            }
            records.insert((node.to_owned(), kind.to_owned(), theirs.to_owned()), 60);
            let before = zone_of(&server);
            let (code, said) = run(forward, &mut server);
            assert!(code == 1 && said.contains(&format!("DIFFERENT: nothing is changed at {node}.{zone} {kind}")), "{said}");
            let of = |all: &BTreeSet<(String, (String, String, String))>| -> BTreeSet<_> {
                all.iter().filter(|(in_zone, (owner, ..))| in_zone == zone && owner == node).cloned().collect()
            };
            assert_eq!(of(&zone_of(&server)), of(&before), "{said}");
        }
        // A record that is not there at all is not added.
        let mut server = now.clone();
        server.0.get_mut(zone).expect("the zone").retain(|(owner, ..), _| owner != node);
        let (code, said) = run(forward, &mut server);
        assert!(code == 1 && said.contains("DIFFERENT"), "{said}");
        assert!(!server.0[zone].keys().any(|(owner, ..)| owner == node));
        now = after;
    }
    let mut none = Server::default();
    let (code, said) = run(&scripts[0].0, &mut none);
    assert!(code == 1 && said.contains("MISSING: the zone contoso.com") && none == Server::default(), "{said}");
}

/// Faults in a script that lose or double a record are seen by these tests.
#[test]
fn a_script_without_a_check_is_detected() {
    let (_, old, new) = changes().into_iter().find(|(name, ..)| name == "edge address moved").expect("it");
    let stages = files(&old, &new);
    let switch = scripts(&stages, DnsView::External).remove(1).0;
    let lowered = server(&old, DnsView::External);
    let looked = switch.lines().find_map(|line| line.strip_prefix("call :look ")).expect("a name");
    let [zone, node, kind] = looked.split(' ').collect::<Vec<_>>()[..] else { panic!("{looked}") };
    let changes = |script: &str| {
        let mut server = lowered.clone();
        server.0.get_mut(zone).expect("the zone").insert((node.to_owned(), kind.to_owned(), "192.0.2.9".to_owned()), 60);
        let before = server.clone();
        run(script, &mut server);
        server.0[zone].keys().filter(|key| key.0 == node).ne(before.0[zone].keys().filter(|key| key.0 == node))
    };
    assert!(!changes(&switch));
    for (right, wrong) in [
        ("if not \"%HAS%\"==\"%OLD%%KEPT%%NEW%\" goto :different\r\n", ""),
        (&*format!("call :judge {looked}\r\nif errorlevel 1 goto"), &*format!("call :judge {looked}\r\nif errorlevel 2 goto")),
    ] {
        assert!(switch.contains(right), "{right}");
        assert!(changes(&switch.replace(right, wrong)), "{wrong}");
    }
}
