//! A real name server holds the zones, and a client finds its way: the sign-in sequence of Communicator, from inside and outside.
//! The same server takes the dynamic updates.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use ocstopo::emit::EmitContext;
use ocstopo::lower::Fqdn;
use ocstopo::model::{Endpoint, Topology};
use ocstopo::plan::dns::RecordData;
use ocstopo::product::{Client, ClientPlace, Role, Side};
use ocstopo::query::signin::{Outcome, Question, SignIn, SignInAddress, signin};

use crate::support::named::Named;
use crate::support::zone::{records, view_and_zone};
use crate::support::{Example, both};

/// What a client queries, first to last: notes on names, A1. The first SRV record that is there wins; hosts are queried only
/// where there is none.
const SERVICES: [&str; 4] = ["_sipinternaltls._tcp", "_sipinternal._tcp", "_sip._tls", "_sip._tcp"];
const HOSTS: [&str; 3] = ["sipinternal", "sip", "sipexternal"];

fn server(example: &Example, view: &str) -> Named {
    let zones = example.ending(".zone").into_iter().filter_map(|path| {
        let (of, zone) = view_and_zone(path);
        (of == view).then(|| (zone, example.text(path).to_owned()))
    });
    Named::start(zones)
}

/// Where a client of a SIP domain ends: the record that led it, the port, and the address.
fn sign_in(named: &Named, domain: &str) -> Option<(String, Option<u16>, String)> {
    let address = |name: &str| named.ask(name, "A").into_iter().next();
    for service in SERVICES {
        let name = format!("{service}.{domain}");
        if let Some(answer) = named.ask(&name, "SRV").into_iter().next() {
            let words: Vec<&str> = answer.split(' ').collect();
            let [_, _, port, target] = words.as_slice() else { panic!("{name}: {answer}") };
            let port = port.parse().expect("a port");
            return Some((name, Some(port), address(target)?));
        }
    }
    HOSTS.iter().find_map(|host| {
        let name = format!("{host}.{domain}");
        Some((name.clone(), None, address(&name)?))
    })
}

/// What `ocstopo signin` finds in an example.
fn told(example: &Example, domain: &str, client: Client, place: ClientPlace) -> SignIn {
    let address = SignInAddress::read(&format!("anna@{domain}")).expect("an address");
    let question = Question { address, client, place, site: None, pool: None, down: Vec::new() };
    signin(example.compiled.plans().expect("a topology"), &question).expect("an answer")
}

/// Every name of a story has the answers that the name servers give, and the story of Communicator ends where the sequence does.
fn assert_told_truly(example: &Example, domain: &str, inside: &Named, outside: Option<&Named>) {
    let asked = ClientPlace::ALL.into_iter().flat_map(|place| Client::ALL.map(|client| (client, place)));
    let stories: Vec<_> = asked.map(|(client, place)| (client, place, told(example, domain, client, place))).collect();
    for (view, named) in [("internal", Some(inside)), ("external", outside)] {
        let lookups = stories.iter().flat_map(|(.., story)| &story.lookups).filter(|lookup| lookup.view == view);
        let questions: BTreeSet<_> = lookups.clone().map(|lookup| (lookup.name.clone(), lookup.record_type)).collect();
        let answered = named.filter(|_| !questions.is_empty()).map(|named| named.ask_all(&questions)).unwrap_or_default();
        for lookup in lookups {
            let mut answers = lookup.answers.clone();
            answers.sort();
            let question = (lookup.name.clone(), lookup.record_type.to_owned());
            let expected = answered.get(&question).cloned().unwrap_or_default();
            assert_eq!(answers, expected, "{}: {question:?} in the {view} view", example.name);
            assert!(lookup.outcome != Outcome::NoRecord || answers.is_empty(), "{}: {question:?}", example.name);
        }
    }
    for (_, place, story) in stories.iter().filter(|(client, ..)| *client == Client::Communicator) {
        let named = if *place == ClientPlace::Inside { Some(inside) } else { outside };
        let met = story.contacts.iter().find(|contact| contact.stage == "sign_in");
        match named.and_then(|named| sign_in(named, domain)) {
            Some((name, port, address)) => {
                let met = met.expect("a server");
                assert_eq!(met.address.map(|address| address.to_string()), Some(address), "{}: {name}", example.name);
                assert!(port.is_none() || met.port == port, "{}: {name}", example.name);
                assert!(story.works, "{}: {}", example.name, story.verdict);
            }
            None => assert!(met.is_none() && !story.works, "{}: {domain} {place:?}", example.name),
        }
    }
}

fn reached(endpoint: &Endpoint) -> String {
    let only = || endpoint.members.first().expect("a server").address;
    endpoint.vip.as_ref().map_or_else(only, |vip| vip.address).value.to_string()
}

fn access_edge(topology: &Topology) -> &Endpoint {
    topology.endpoints_of(Role::AccessEdge, Side::Outside).next().expect("an Access Edge")
}

#[test]
fn clients_find_their_server_from_inside_and_outside() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let topology = example.topology();
        let home = topology.groups.iter().find(|group| group.automatic_sign_in.is_some()).expect("a sign-in server");
        let home = topology
            .group_endpoint(home.id, Role::FrontEnd, Side::Inside)
            .or_else(|| topology.group_endpoint(home.id, Role::Director, Side::Inside));
        let inside = server(example, "internal");
        let outside = example.has_outside().then(|| server(example, "external"));
        for domain in &topology.organization.sip_domains {
            let domain = domain.value.as_str();
            let expected = (format!("_sipinternaltls._tcp.{domain}"), Some(5061), reached(home.expect("an endpoint")));
            assert_eq!(sign_in(&inside, domain), Some(expected), "{}: inside", example.name);
            // A client that finds no service queries hosts, and must reach the same place.
            assert_eq!(inside.ask(&format!("sip.{domain}"), "A"), [reached(home.expect("an endpoint"))]);
            assert_told_truly(example, domain, &inside, outside.as_ref());
            let Some(outside) = &outside else { continue };
            let expected = (format!("_sip._tls.{domain}"), Some(443), reached(access_edge(topology)));
            assert_eq!(sign_in(outside, domain), Some(expected), "{}: outside", example.name);
            assert_eq!(outside.ask(&format!("sip.{domain}"), "A"), [reached(access_edge(topology))]);
            // No answer meant for inside is given outside.
            assert_eq!(outside.ask(&format!("_sipinternaltls._tcp.{domain}"), "SRV"), [""; 0]);
        }
    }
}

#[test]
fn dynamic_updates_of_an_empty_zone_give_the_same_records() {
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let wanted = records(example);
        for &view in example.views() {
            let of_view: Vec<&str> =
                example.ending(".nsupdate").into_iter().filter(|path| path.starts_with(&format!("dns/{view}/"))).collect();
            let zone_of =
                |path: &str| path.rsplit('/').next().and_then(|file| file.strip_suffix(".nsupdate")).expect("a zone").to_owned();
            let empty = |zone: &str| {
                format!("$TTL 60\n{zone}. IN SOA ns.invalid. h.invalid. ( 1 60 60 60 60 )\n{zone}. IN NS ns.invalid.\n")
            };
            let zones: Vec<(String, String)> =
                of_view.iter().map(|path| zone_of(path)).map(|zone| (zone.clone(), empty(&zone))).collect();
            let named = Named::start(zones.iter().map(|(zone, content)| (zone.as_str(), content.clone())));
            for path in &of_view {
                let zone = zone_of(path);
                let mut expected: Vec<_> = wanted
                    .iter()
                    .filter(|record| record.view == view && record.zone == zone && record.kind != "NS" && record.kind != "SOA")
                    .filter(|record| !below(&zones, &zone, &record.name))
                    .map(|record| (record.name.clone(), record.kind.clone(), record.data.join(" ")))
                    .collect();
                expected.sort();
                assert_eq!(apply(&named, example.text(path)), "", "{path}");
                let there: Vec<_> =
                    named.transfer(&zone).into_iter().map(|(name, kind, data)| (name, kind, dotless(&data))).collect();
                assert_eq!(there, expected, "{path}");
                // A second run finds the names taken, says so, and changes nothing.
                assert!(apply(&named, example.text(path)).contains("YXRRSET"), "{path}");
                let again: Vec<_> =
                    named.transfer(&zone).into_iter().map(|(name, kind, data)| (name, kind, dotless(&data))).collect();
                assert_eq!(again, expected, "{path}");
            }
        }
    }
}

#[test]
fn dynamic_updates_take_nothing_from_others_and_hide_no_failure() {
    let example = Example::build("contoso");
    let script = example.text("dns/external/nsupdate/contoso.com.nsupdate");
    let head = "$TTL 60\n@ IN SOA ns.invalid. h.invalid. ( 1 60 60 60 60 )\n@ IN NS ns.invalid.\n";
    let others = "@ MX 10 mail\nwww A 192.0.2.80\nmail A 192.0.2.25\nsip TXT \"theirs\"\n";
    let first = |kind: &str| {
        let mut added =
            script.lines().filter_map(|line| line.strip_prefix("update add ")).map(|line| line.split(' ').collect::<Vec<_>>());
        added.find(|words| words[2] == kind).map(|words| words[0].to_owned())
    };
    let start = |more: &str| Named::start([("contoso.com", format!("{head}{others}{more}"))].into_iter());
    let named = start("");
    let before = named.transfer("contoso.com");
    assert_eq!(apply(&named, script), "");
    let after = named.transfer("contoso.com");
    assert!(before.iter().all(|record| after.contains(record)) && after.len() > before.len(), "{after:?}");
    // Another name in the way of an address, of a service: a server would answer the addition with success and leave it out.
    for kind in ["A", "SRV"] {
        let name = first(kind).expect("a record");
        let named = start(&format!("{name} CNAME www\n").replace("sip TXT", "other TXT"));
        if name.starts_with("sip.") {
            continue;
        }
        let before = named.transfer("contoso.com");
        assert!(apply(&named, script).contains("YXRRSET"), "{name}");
        assert_eq!(named.transfer("contoso.com"), before);
    }
}

#[test]
fn an_alias_is_not_added_beside_other_records() {
    let example = Example::build("fabrikam");
    let mut plan = example.compiled.plans().expect("a plan").dns().clone();
    let zone = &mut plan.views[1].zones.iter_mut().find(|zone| zone.name.as_str() == "fabrikam.com").expect("the zone");
    let mut alias = zone.records[0].clone();
    alias.owner = Fqdn::parse("as.cwa.fabrikam.com").expect("a name");
    alias.data = RecordData::Cname(Fqdn::parse("cwa.fabrikam.com").expect("a name"));
    zone.records.insert(0, alias);
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "fabrikam" };
    let files = ocstopo::emit::dns::emit(&plan, &cx).expect("it can be said");
    let script = files.iter().find(|file| file.path == "dns/external/nsupdate/fabrikam.com.nsupdate").expect("a script");
    let head = "$TTL 60\n@ IN SOA ns.invalid. h.invalid. ( 1 60 60 60 60 )\n@ IN NS ns.invalid.\n";
    let named = |more: &str| Named::start([("fabrikam.com", format!("{head}{more}"))].into_iter());
    let free = named("");
    assert_eq!(apply(&free, &script.content), "");
    assert_eq!(free.ask("as.cwa.fabrikam.com", "CNAME"), ["cwa.fabrikam.com."]);
    let taken = named("as.cwa TXT \"theirs\"\n");
    let before = taken.transfer("fabrikam.com");
    assert!(apply(&taken, &script.content).contains("YXDOMAIN"));
    assert_eq!(taken.transfer("fabrikam.com"), before);
}

/// Whether a name is in a zone delegated from this one: glue is in records.csv and not in an update.
fn below(zones: &[(String, String)], zone: &str, name: &str) -> bool {
    zones.iter().any(|(other, _)| other.len() > zone.len() && (name == other || name.ends_with(&format!(".{other}"))))
}

fn dotless(data: &str) -> String {
    data.trim_end_matches('.').to_owned()
}

/// Runs a script against the server; what it complains of.
pub(super) fn apply(named: &Named, script: &str) -> String {
    let mut child = Command::new("nsupdate")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("`nsupdate` is installed: see tests/run");
    let mut input = child.stdin.take().expect("an input");
    write!(input, "server 127.0.0.1 {}\n{script}", named.port).expect("it reads");
    drop(input);
    both(&child.wait_with_output().expect("it ends"))
}
