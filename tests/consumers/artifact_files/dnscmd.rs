//! `records.cmd` run against a DNS Server of its own: it adds what is missing, nothing beside a record that says something else,
//! and never takes anything away.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::support::Example;
use crate::support::batch::Batch;
use crate::support::zone::records;

/// Errors of the DNS Server: `DNS_ERROR_…`.
const NAME_DOES_NOT_EXIST: i64 = 9714;
const ZONE_DOES_NOT_EXIST: i64 = 9601;
const RECORD_ALREADY_EXISTS: i64 = 9711;

/// Node, type, data.
type Zone = BTreeSet<(String, String, String)>;

/// A DNS Server with its zones.
#[derive(Debug, Clone, Default, PartialEq)]
struct Server(BTreeMap<String, Zone>);

impl Server {
    fn answer(&mut self, words: &[String]) -> (String, i64) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["dnscmd.exe", ".", "/ZoneInfo", zone] => {
                (String::new(), if self.0.contains_key(*zone) { 0 } else { ZONE_DOES_NOT_EXIST })
            }
            ["dnscmd.exe", ".", "/ZoneAdd", zone, "/DsPrimary"] => {
                self.0.insert((*zone).to_owned(), Zone::new());
                (String::new(), 0)
            }
            ["dnscmd.exe", ".", "/EnumRecords", zone, node, "/Type", kind, "/Node"] => {
                let Some(zone) = self.0.get(*zone) else { return (String::new(), ZONE_DOES_NOT_EXIST) };
                if !zone.iter().any(|(owner, ..)| owner == node) {
                    return ("DNS Server failed to enumerate records.\r\n".to_owned(), NAME_DOES_NOT_EXIST);
                }
                let found = zone.iter().filter(|(owner, found, _)| owner == node && found == kind);
                // The node is on the first line only, and records that registered themselves have an age.
                let line = |(at, (_, kind, data)): (usize, &(String, String, String))| {
                    let (owner, age) =
                        (if at == 0 { "@" } else { "\t\t" }, if data.ends_with('7') { " [Aging:3538293]" } else { "" });
                    format!("{owner}{age} 3600 {kind}\t{data}\r\n")
                };
                let lines: String = found.enumerate().map(line).collect();
                (format!("Returned records:\r\n{lines}\r\nCommand completed successfully.\r\n"), 0)
            }
            ["dnscmd.exe", ".", "/RecordAdd", zone, node, ttl, kind, data @ ..] => {
                assert!(ttl.parse::<u32>().is_ok(), "{words:?}");
                let Some(zone) = self.0.get_mut(*zone) else { return (String::new(), ZONE_DOES_NOT_EXIST) };
                let new = zone.insert(((*node).to_owned(), (*kind).to_owned(), data.join(" ")));
                (String::new(), if new { 0 } else { RECORD_ALREADY_EXISTS })
            }
            _ => panic!("nothing but dnscmd is called: {words:?}"),
        }
    }
}

fn run(script: &str, server: &mut Server) -> (i64, String) {
    let server = RefCell::new(server);
    let mut batch = Batch::new(script, "records.cmd", |words: &[String]| server.borrow_mut().answer(words));
    let code = batch.run(&[]);
    assert!(batch.files.borrow().is_empty(), "left behind: {:?}", batch.files);
    (code, batch.said)
}

/// A server with the zones of a script, empty.
fn empty(script: &str) -> Server {
    let zones = script.lines().filter_map(|line| line.strip_prefix("call :zone "));
    Server(zones.map(|zone| (zone.to_owned(), Zone::new())).collect())
}

fn records_of(server: &Server) -> BTreeSet<(String, String, String)> {
    let name = |zone: &str, node: &str| if node == "@" { zone.to_owned() } else { format!("{node}.{zone}") };
    let zones = server.0.iter();
    let all = zones.flat_map(|(zone, records)| records.iter().map(move |(node, kind, data)| (name(zone, node), kind, data)));
    all.map(|(name, kind, data)| (name, kind.clone(), data.trim_end_matches('.').to_owned())).collect()
}

#[test]
fn it_makes_the_records_of_the_zone_files_and_can_be_run_again() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let records = records(example);
        for &view in example.views() {
            let script = example.text(&format!("dns/{view}/records.cmd"));
            let mut server = empty(script);
            let (code, said) = run(script, &mut server);
            assert_eq!((code, said.ends_with("All records are there.\n")), (0, true), "{}: {said}", example.name);
            let wanted = records.iter().filter(|r| r.view == view && r.kind != "NS" && r.kind != "SOA");
            let wanted: BTreeSet<_> = wanted.map(|r| (r.name.clone(), r.kind.clone(), r.data.join(" "))).collect();
            assert!(!wanted.is_empty() && records_of(&server).is_subset(&wanted), "{}", example.name);
            // Glue of zones below is in the zone file too.
            assert!(wanted.iter().all(|record| records_of(&server).contains(record)), "{}", example.name);
            let before = server.clone();
            assert_eq!(run(script, &mut server).0, 0, "{}", example.name);
            assert_eq!(server, before, "{}", example.name);
        }
    }
}

#[test]
fn no_record_is_added_beside_a_different_one() {
    let example = Example::build("contoso");
    let script = example.text("dns/internal/records.cmd");
    let mut full = empty(script);
    run(script, &mut full);
    let zones: Vec<_> = full.0.iter().flat_map(|(zone, records)| records.iter().map(move |record| (zone, record))).collect();
    for (zone, (node, kind, data)) in zones {
        let others = match kind.as_str() {
            "A" => ["192.0.2.7", "192.0.2.8"],
            "SRV" => ["0 0 5061 old.contoso.com.", "10 0 5061 other.contoso.com."],
            "CNAME" => ["old.contoso.com.", "other.contoso.com."],
            other => panic!("{other}"),
        };
        for kept in [&others[..1], &others[..], &[others[0], data.as_str()]] {
            let mut server = full.clone();
            let records = server.0.get_mut(zone).expect("the zone");
            records.remove(&(node.clone(), kind.clone(), data.clone()));
            records.extend(kept.iter().map(|data| (node.clone(), kind.clone(), (*data).to_owned())));
            // What others have in the zone is no matter of the script.
            records.insert(("@".to_owned(), "MX".to_owned(), "10 mail.contoso.com.".to_owned()));
            let before = server.clone();
            let (code, said) = run(script, &mut server);
            assert_eq!(server, before, "{node}.{zone} {kind}: {said}");
            assert!(code == 1 && said.contains(&format!("DIFFERENT: nothing is added to {node}.{zone} {kind}")), "{said}");
            assert!(said.contains(kept[0]), "{said}");
        }
    }
}

#[test]
fn a_missing_zone_is_reported_and_not_created() {
    let example = Example::build("contoso");
    let script = example.text("dns/internal/records.cmd");
    let mut server = Server::default();
    let (code, said) = run(script, &mut server);
    assert!(code == 1 && said.contains("MISSING: the zone corp.contoso.com"), "{said}");
    assert!(!server.0.contains_key("corp.contoso.com"));
}

#[test]
fn server_output_is_not_executed() {
    let example = Example::build("fabrikam");
    let script = example.text("dns/internal/records.cmd");
    let mut server = empty(script);
    run(script, &mut server);
    let (zone, records) = server.0.iter_mut().next_back().expect("a zone");
    let (node, ..) = records.iter().find(|(_, kind, _)| kind == "SRV").cloned().expect("a service");
    records.retain(|(owner, ..)| *owner != node);
    for hostile in ["0 0 5061 a\"&calc&\".x.", "0 0 5061 %PATH%^&calc.", "0 0 5061 %%c)else(calc"] {
        records.insert((node.clone(), "SRV".to_owned(), hostile.to_owned()));
    }
    let zone = zone.clone();
    let before = server.clone();
    // The server panics at any other program.
    let (code, said) = run(script, &mut server);
    assert!(code == 1 && said.contains(&format!("DIFFERENT: nothing is added to {node}.{zone}")), "{said}");
    assert_eq!(server, before);
}

#[test]
fn a_script_without_a_check_is_detected() {
    let example = Example::build("fabrikam");
    let script = example.text("dns/internal/records.cmd");
    let mut server = empty(script);
    run(script, &mut server);
    let (zone, records) = server.0.iter().next_back().expect("a zone");
    let (node, _, data) = records.iter().find(|(_, kind, _)| kind == "A").cloned().expect("an address");
    let zone = zone.clone();
    let doubled = |script: &str| {
        let mut server = server.clone();
        let records = server.0.get_mut(&zone).expect("the zone");
        records.remove(&(node.clone(), "A".to_owned(), data.clone()));
        records.insert((node.clone(), "A".to_owned(), "192.0.2.9".to_owned()));
        run(script, &mut server);
        server.0[&zone].iter().filter(|(owner, kind, _)| *owner == node && kind == "A").count() > 1
    };
    assert!(!doubled(script));
    for (right, wrong) in [
        ("if defined OTHER goto :other\r\n", ""),
        ("/EnumRecords %1 %2 /Type %4 /Node", "/EnumRecords %1 %2 /Type SRV /Node"),
        ("if not \"%CODE%\"==\"0\" goto :failed", "if \"%CODE%\"==\"0\" goto :add"),
    ] {
        assert!(script.contains(right), "{right}");
        assert!(doubled(&script.replace(right, wrong)), "{wrong}");
    }
}
