//! All dialects say what the plan says, and the plan what the catalogue says.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::catalog::{Affinity, Confidence};
use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::emit::{EmitContext, balancer};
use ocstopo::io::read_topology;
use ocstopo::model::EndpointId;
use ocstopo::plan::Lines;
use ocstopo::plan::balancer::{BalancerPlan, plan};
use ocstopo::product::Transport;
use ocstopo::text::SourceMap;

use crate::balancers::read::{model, read};
use crate::generator;
use crate::support::{EXAMPLES, Example, root, succeed, table, text};

/// The topologies of the rules that have load balancers.
pub mod bases {
    pub const POOL: &str = include_str!("../../../src/lint/bases/pool.ocstopo");
    pub const EXPANDED: &str = include_str!("../../../src/lint/bases/expanded.ocstopo");
    pub const ARCHIVING: &str = include_str!("../../../src/lint/bases/archiving.ocstopo");
    pub const SCALED: &str = include_str!("../../../src/lint/bases/scaled.ocstopo");
    pub const HIGH: &str = include_str!("../../../src/lint/bases/high.ocstopo");
}

/// A topology as text.
pub fn compiled(text: &str) -> Compiled {
    compile(SourceMap::new(vec![("topology.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

pub fn plans(compiled: &Compiled) -> Vec<BalancerPlan> {
    let lines = Lines { sources: &compiled.sources, show: true };
    let (topology, flows) = (compiled.plans().expect("a topology").topology, compiled.plans().expect("flows").flows);
    plan(topology, flows, compiled.plans().expect("a catalogue").catalog, &lines)
}

/// The files of one load balancer by dialect; the table is called `csv`, what takes a configuration away `<dialect>-remove`.
pub fn written(plan: &BalancerPlan) -> BTreeMap<String, String> {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "contoso" };
    let all: Vec<&str> = balancer::words().collect();
    let files = balancer::emit(std::slice::from_ref(plan), &all, &cx).expect("all dialects can say it");
    let word = |file: &str| match file {
        "listeners.csv" => "csv".to_owned(),
        file => file.split('.').next().expect("a name").to_owned(),
    };
    files.into_iter().map(|file| (word(file.path.rsplit('/').next().expect("a file")), file.content)).collect()
}

/// The second release, which has more on its virtual addresses.
fn second_release(text: &str) -> String {
    let text = text.replace("product     = ocs_2007\n", "product     = ocs_2007_r2\n");
    text.replace(
        "[web_conferencing, av_conferencing]",
        "[web_conferencing, av_conferencing, desktop_sharing, dial_in_conferencing, response_group]",
    )
}

/// The servers behind load balancers, in many shapes: all examples, the topologies of the rules, and a generated one.
fn topologies() -> Vec<(String, Compiled)> {
    let mut all: Vec<(String, Compiled)> = Vec::new();
    for name in EXAMPLES {
        let sources = read_topology(&root().join("examples").join(name), "stdin").expect("readable");
        all.push((name.to_owned(), compile(sources, &CompileOptions::default())));
    }
    for (name, text) in [
        ("pool", bases::POOL),
        ("expanded", bases::EXPANDED),
        ("archiving", bases::ARCHIVING),
        ("scaled", bases::SCALED),
        ("high", bases::HIGH),
    ] {
        all.push((name.to_owned(), compiled(text)));
        all.push((format!("{name} in the second release"), compiled(&second_release(text))));
    }
    let sources = bases::POOL.replace("[10.10.0.9]", "[10.10.0.8, 10.10.0.9]");
    assert_ne!(sources, bases::POOL);
    all.push(("two source addresses".to_owned(), compiled(&sources)));
    let generated = SourceMap::new(generator::files(4));
    all.push(("generated".to_owned(), compile(generated, &CompileOptions::default())));
    all
}

#[test]
fn every_dialect_equals_the_plan() {
    let mut compared = 0;
    for (name, compiled) in topologies() {
        for plan in plans(&compiled) {
            for (dialect, text) in
                written(&plan).iter().filter(|(dialect, _)| balancer::words().any(|word| word == dialect.as_str()))
            {
                assert_eq!(read(dialect, text), model(&plan, dialect), "{name}: {} in {dialect}", plan.path);
                compared += plan.listeners.len();
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Ports are on virtual addresses because of flows to them; together they are exactly those of the catalogue.
#[test]
fn virtual_addresses_have_the_ports_of_the_catalogue() {
    for (name, compiled) in topologies() {
        let (topology, catalog) =
            (compiled.plans().expect("a topology").topology, compiled.plans().expect("a catalogue").catalog);
        let mut wanted: BTreeSet<(String, String, Transport, u16)> = BTreeSet::new();
        for endpoint in &topology.endpoints {
            let Some(vip) = &endpoint.vip else { continue };
            for row in catalog.listeners_of(endpoint.role, endpoint.side) {
                let on = topology.organization.features_meeting(&row.when).is_some();
                if row.vip && on && row.provenance.confidence > Confidence::Low {
                    for transport in &row.transport {
                        for port in &row.ports {
                            assert_eq!(port.first, port.last, "{}: a port on a virtual address is one port", row.id);
                            let balancer = topology.load_balancer(vip.load_balancer).path.clone();
                            wanted.insert((balancer, vip.address.value.to_string(), *transport, port.first));
                        }
                    }
                }
            }
        }
        let mut found = BTreeSet::new();
        for plan in plans(&compiled) {
            assert!(plan.idle_seconds > 0, "{name}: the release has an idle timeout where the topology has none");
            for listener in &plan.listeners {
                let key = (plan.path.clone(), listener.address.to_string(), listener.transport, listener.port);
                assert!(found.insert(key.clone()), "{name}: {key:?} twice");
                assert!(!listener.servers.is_empty() && listener.port != 8057, "{name}: {listener:?}");
            }
        }
        for flow in &compiled.plans().expect("flows").flows.flows {
            for id in flow.to.iter().filter(|peer| peer.server.is_none()).filter_map(|peer| peer.endpoint) {
                let Some(vip) = &topology.endpoint(id).vip else { continue };
                let balancer = &topology.load_balancer(vip.load_balancer).path;
                for (transport, port) in flow.transports.iter().flat_map(|t| flow.ports.iter().map(|port| (*t, port.first))) {
                    let key = (balancer.clone(), vip.address.value.to_string(), transport, port);
                    assert!(found.contains(&key), "{name}: {} goes to {key:?}, where nothing listens", flow.id);
                }
            }
        }
        let missing: Vec<_> = wanted.difference(&found).collect();
        let more: Vec<_> = found.difference(&wanted).collect();
        assert!(missing.is_empty() && more.is_empty(), "{name}: missing {missing:?}, more {more:?}");
    }
}

/// The servers behind a virtual address are those of its endpoint: an expanded pool sends HTTPS to its Web Components only.
#[test]
fn ports_lead_to_listening_servers() {
    let compiled = compiled(bases::EXPANDED);
    let plans = plans(&compiled);
    let to = |port: u16| {
        let listener = plans[0].listeners.iter().find(|listener| listener.port == port).expect("the port");
        listener.servers.iter().map(|behind| behind.name.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(to(5061), "fe01 fe02");
    assert_eq!(to(443), "web01 web02");
    let topology = compiled.plans().expect("a topology").topology;
    let with_vip: BTreeSet<EndpointId> = topology.endpoints.iter().filter(|e| e.vip.is_some()).map(|e| e.id).collect();
    assert_eq!(with_vip.len(), 2, "conferencing servers are behind no virtual address");
}

#[test]
fn the_table_equals_the_plan() {
    for (name, compiled) in topologies() {
        for plan in plans(&compiled).iter().filter(|plan| !plan.listeners.is_empty()) {
            let written = written(plan);
            let rows = table::rows(&written["csv"]);
            assert_eq!(rows.len(), plan.listeners.len(), "{name}");
            for (row, listener) in rows.iter().zip(&plan.listeners) {
                let addresses: Vec<String> = listener.servers.iter().map(|behind| behind.address.to_string()).collect();
                assert_eq!(row["virtual address"], listener.address.to_string());
                assert_eq!(row["port"], listener.port.to_string());
                assert_eq!(table::items(&row["server addresses"]), addresses);
                assert_eq!(row["check"], format!("TCP connection to port {}", listener.check.port));
                assert!(["source", "reason", "breaks", "declared"].iter().all(|key| !row[*key].is_empty()), "{row:?}");
                assert_eq!(table::items(&row["flows"]), listener.flows, "{name}");
            }
        }
    }
}

/// Where all connections of a client stay together, every dialect says so.
#[test]
fn client_affinity_follows_the_plan() {
    let mut plan = plans(&compiled(bases::POOL)).remove(0);
    plan.listeners[1].affinity = Affinity::Client;
    for (dialect, text) in written(&plan).iter().filter(|(dialect, _)| balancer::words().any(|word| word == dialect.as_str())) {
        let read = read(dialect, text);
        assert_eq!(read, model(&plan, dialect), "{dialect}");
        assert_eq!(read.iter().filter(|listening| listening.by_client).count(), 1, "{dialect}");
    }
}

/// In the second release small packets of media do not wait.
#[test]
fn releases_differ_as_in_the_catalogue() {
    let plans = plans(&compiled(&second_release(bases::SCALED)));
    let outside = plans.iter().find(|plan| plan.path == "hq.lb_edge_outside").expect("it is there");
    let quick: Vec<String> =
        outside.listeners.iter().filter(|listener| !listener.nagle).map(|listener| listener.id.clone()).collect();
    assert_eq!(quick, ["hq.edge.av_edge.outside_tcp"]);
    let written = written(outside);
    assert!(written["f5"].contains("nagle disabled") && written["netscaler"].contains("-nagle DISABLED"));
}

#[test]
fn haproxy_accepts_every_file() {
    let mut checked = 0;
    for name in EXAMPLES {
        let example = Example::build(name);
        let files: Vec<&String> = example.files.keys().filter(|path| path.ends_with("haproxy.cfg")).collect();
        for file in files {
            succeed("haproxy", &["-c", "-q", "-f", text(&example.path(file))]);
            checked += 1;
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (name, compiled) in topologies() {
        for plan in plans(&compiled).iter().filter(|plan| !plan.listeners.is_empty()) {
            let file = folder.path().join("haproxy.cfg");
            std::fs::write(&file, &written(plan)["haproxy"]).expect("written");
            succeed("haproxy", &["-c", "-q", "-f", text(&file)]);
            checked += 1;
            assert!(!name.is_empty());
        }
    }
    assert!(checked > 10, "{checked}");
}

/// Listeners that HAProxy cannot carry are listed in its file, and the table has them.
#[test]
fn omissions_are_reported() {
    let plans = plans(&compiled(bases::SCALED));
    let inside = plans.iter().find(|plan| plan.path == "hq.lb_edge_inside").expect("it is there");
    let written = written(inside);
    let left_out: Vec<&str> = written["haproxy"].lines().filter(|line| line.contains("udp/3478 in front of")).collect();
    assert_eq!(left_out, ["#   172.25.33.10 udp/3478 in front of hq.edge.av1 172.25.33.21, hq.edge.av2 172.25.33.22"]);
    assert!(written["haproxy"].contains("# NOT BALANCED HERE: HAProxy carries TCP only."));
    assert!(table::rows(&written["csv"]).iter().any(|row| row["transport"] == "udp" && row["port"] == "3478"));
}

/// The comparison catches what an emitter could do wrong.
#[test]
fn mutations_are_caught() {
    let plans = plans(&compiled(bases::POOL));
    let plan = &plans[0];
    for (dialect, from, to) in [
        ("haproxy", "bind 10.10.0.10:444", "bind 10.10.0.10:445"),
        ("haproxy", "server fe02 10.10.0.12:5061", "server fe02 10.10.0.30:5061"),
        ("haproxy", "check port 5061", "check port 135"),
        ("haproxy", "source 10.10.0.9", "source 10.10.0.11"),
        ("haproxy", "timeout client 1800s\n    timeout server 1800s", "timeout client 90s\n    timeout server 90s"),
        ("f5", "destination 10.10.0.10:444", "destination 10.10.0.10:445"),
        ("f5", "10.10.0.12:5061", "10.10.0.30:5061"),
        ("f5", "destination *:5061", "destination *:135"),
        ("f5", "members add { 10.10.0.9 }", "members add { 10.10.0.11 }"),
        ("f5", "idle-timeout 1800", "idle-timeout 90"),
        ("netscaler", "TCP 10.10.0.10 444", "TCP 10.10.0.10 445"),
        ("netscaler", "ocs_10.10.0.12 10.10.0.12", "ocs_10.10.0.12 10.10.0.30"),
        ("netscaler", "-destPort 5061", "-destPort 135"),
        ("netscaler", "-usip NO", "-usip YES -useproxyport NO"),
        ("netscaler", "imeout 1800", "imeout 90"),
    ] {
        let text = &written(plan)[dialect];
        let changed = text.replace(from, to);
        assert_ne!(text, &changed, "{dialect} has no `{from}`");
        assert_ne!(read(dialect, &changed), model(plan, dialect), "{dialect}: `{to}`");
    }
}
