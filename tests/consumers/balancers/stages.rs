//! From one version to the next by the files of a change, on a device that others use too: every line does something, afterwards the
//! device has exactly what the new version's own file puts there, no listener that stays is ever missing, and the files that undo
//! lead back, stage by stage.

use std::collections::BTreeSet;
use std::net::SocketAddrV4;

use ocstopo::catalog::Affinity;
use ocstopo::emit::EmitContext;
use ocstopo::emit::balancer::{self, BalancerChangeFiles, BalancerStage};
use ocstopo::plan::balancer::BalancerPlan;
use ocstopo::plan::device::{Operation, operations};
use ocstopo::product::{BalancerDialect, NatMode};

use crate::balancers::agree::{bases, compiled, plans, written};
use crate::balancers::change::Device;
use crate::balancers::f5::BigIp;
use crate::balancers::netscaler::NetScaler;
use crate::balancers::read::Listening;
use crate::support::commits::commits;
use crate::support::topologies;

fn change(old: &BalancerPlan, new: &BalancerPlan, dialect: BalancerDialect) -> BalancerChangeFiles {
    let [old, new] = [old, new].map(|plan| BalancerPlan { dialect: dialect.word(), ..plan.clone() });
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "contoso" };
    balancer::change(&old, &new, &cx).expect("it renders")
}

/// The plans of a topology as a build writes them, without places.
fn planned(files: topologies::Files) -> Vec<BalancerPlan> {
    topologies::compiled(files).plans().expect("plans").balancers().to_vec()
}

/// The file of a version, or nothing for one without a virtual address.
fn whole<D: Device>(plan: &BalancerPlan) -> String {
    written(plan).remove(D::DIALECT).unwrap_or_default()
}

/// Where something listens, and the servers behind it.
fn ends(listening: &BTreeSet<Listening>) -> BTreeSet<(bool, SocketAddrV4, SocketAddrV4)> {
    listening.iter().flat_map(|own| own.servers.iter().map(|server| (own.udp, own.at, *server))).collect()
}

fn leads<D: Device>(old: &BalancerPlan, new: &BalancerPlan, dialect: BalancerDialect) -> BTreeSet<BalancerStage> {
    let files = change(old, new, dialect);
    let mut bare = D::default();
    bare.load(D::OTHERS);
    let with = |plan: &BalancerPlan| {
        let mut device = bare.clone();
        device.load(&whole::<D>(plan));
        device
    };
    let (before, after) = (with(old), with(new));
    let mut device = before.clone();
    let mut states = Vec::new();
    for stage in &files.stages {
        let [forward, back] = stage.artifacts.as_slice() else { panic!("two files") };
        assert_eq!([&stage.forward, &stage.back], [&vec![forward.path.clone()], &vec![back.path.clone()]]);
        states.push(device.clone());
        device.load_exactly(&forward.content);
        let now = ends(&device.listening());
        match stage.stage {
            BalancerStage::Open => {
                let expected: BTreeSet<_> = ends(&before.listening()).union(&ends(&after.listening())).copied().collect();
                assert_eq!(now, expected);
                assert_eq!(device.drained(), BTreeSet::new());
            }
            BalancerStage::Drain => {
                let gone = |(_, at, server): &(bool, SocketAddrV4, SocketAddrV4)| (*at, *server);
                let leaving: BTreeSet<_> = ends(&before.listening()).difference(&ends(&after.listening())).map(gone).collect();
                assert_eq!(device.drained(), leaving);
            }
            BalancerStage::Close => {}
        }
    }
    assert_eq!(device.clone().without_shared(), after.without_shared());
    for (stage, state) in files.stages.iter().zip(states).rev() {
        device.load_exactly(&stage.artifacts[1].content);
        assert_eq!(device.clone().without_shared(), state.without_shared(), "{:?}", stage.stage);
    }
    assert_eq!(device.without_shared(), before.without_shared());
    files.stages.iter().map(|stage| stage.stage).collect()
}

/// Both devices, both ways; the stages that did something.
fn both_ways(old: &BalancerPlan, new: &BalancerPlan) -> BTreeSet<BalancerStage> {
    let mut stages = BTreeSet::new();
    for (old, new) in [(old, new), (new, old)] {
        let f5 = leads::<BigIp>(old, new, BalancerDialect::F5);
        let netscaler = leads::<NetScaler>(old, new, BalancerDialect::Netscaler);
        stages.extend(f5.into_iter().chain(netscaler));
    }
    stages
}

#[test]
fn ten_commits_on_each_device() {
    let mut seen = BTreeSet::new();
    for commit in commits() {
        let [old, new] = [commit.before, commit.after].map(planned);
        for new in &new {
            let Some(old) = old.iter().find(|old| old.path == new.path) else { continue };
            let stages = both_ways(old, new);
            assert!(stages.is_empty() || !["formatting only", "file split", "waiver prolonged"].contains(&commit.name));
            seen.extend(stages);
        }
    }
    assert_eq!(seen, BTreeSet::from(BalancerStage::ALL));
}

#[test]
fn edits_of_members_ports_and_settings() {
    let plan = || plans(&compiled(bases::POOL)).remove(0);
    assert_eq!(both_ways(&plan(), &plan()), BTreeSet::new());
    type Edit = fn(&mut BalancerPlan);
    let edits: [Edit; 15] = [
        |plan| plan.listeners.iter_mut().for_each(|listener| drop(listener.servers.pop())),
        |plan| plan.listeners[0].servers[0].address = [10, 10, 0, 77].into(),
        |plan| plan.listeners[0].servers[0].path += "_new",
        |plan| drop(plan.listeners.remove(1)),
        |plan| plan.listeners.clear(),
        |plan| plan.listeners[0].port = 5999,
        |plan| plan.listeners.iter_mut().for_each(|listener| listener.address = [10, 10, 0, 99].into()),
        |plan| plan.listeners[0].affinity = Affinity::Client,
        |plan| plan.listeners.iter_mut().for_each(|listener| listener.check.seconds += 7),
        |plan| plan.listeners[0].check.port += 1,
        |plan| plan.listeners.iter_mut().for_each(|listener| listener.nagle = !listener.nagle),
        |plan| plan.idle_seconds = 4000,
        |plan| {
            plan.path += "_new";
            plan.listeners.iter_mut().for_each(|listener| listener.id = format!("new.{}", listener.id));
        },
        |plan| plan.snat_addresses = vec![[10, 10, 0, 8].into(), [10, 10, 0, 7].into()],
        |plan| {
            plan.nat = NatMode::Dnat;
            plan.snat_addresses.clear();
        },
    ];
    for edit in edits {
        let mut new = plan();
        edit(&mut new);
        assert!(!both_ways(&plan(), &new).is_empty());
        // And others on top of it.
        let mut more = new.clone();
        if !more.listeners.is_empty() {
            [edits[5], edits[7], edits[11]].iter().for_each(|edit| edit(&mut more));
        }
        both_ways(&new, &more);
    }
}

/// A file that is not for the state of the device is refused: in one transaction by a BIG-IP, with a line that fails by a NetScaler.
#[test]
fn a_stage_is_done_once_and_in_order() {
    let old = plans(&compiled(bases::POOL)).remove(0);
    let mut new = old.clone();
    new.listeners.iter_mut().for_each(|listener| drop(listener.servers.pop()));
    let refuses = |device: &BigIp, text: &str| {
        let mut device = device.clone();
        std::panic::catch_unwind(move || device.load_exactly(text)).is_err()
    };
    let files = change(&old, &new, BalancerDialect::F5);
    let text = |stage: BalancerStage, at: usize| {
        files.stages.iter().find(|files| files.stage == stage).expect("the stage").artifacts[at].content.clone()
    };
    let mut device = BigIp::default();
    device.load(&whole::<BigIp>(&old));
    assert!(refuses(&device, &text(BalancerStage::Close, 1)));
    device.load_exactly(&text(BalancerStage::Drain, 0));
    device.load_exactly(&text(BalancerStage::Close, 0));
    for (stage, at) in [(BalancerStage::Drain, 0), (BalancerStage::Drain, 1), (BalancerStage::Close, 0)] {
        assert!(refuses(&device, &text(stage, at)), "{stage:?} {at}");
    }
}

#[test]
fn haproxy_is_replaced_as_a_whole() {
    let old = plans(&compiled(bases::POOL)).remove(0);
    let mut new = old.clone();
    assert_eq!(change(&old, &new, BalancerDialect::Haproxy), BalancerChangeFiles::default());
    new.idle_seconds += 60;
    let files = change(&old, &new, BalancerDialect::Haproxy);
    assert_eq!((files.stages.len(), files.whole), (0, Some(format!("network/load-balancer/{}/haproxy.cfg", new.label))));
}

#[test]
fn the_operations_of_a_change_name_its_files() {
    let old = plans(&compiled(bases::POOL)).remove(0);
    let mut new = old.clone();
    new.listeners.iter_mut().for_each(|listener| drop(listener.servers.pop()));
    for (dialect, ending) in [(BalancerDialect::F5, "tmsh"), (BalancerDialect::Netscaler, "conf")] {
        for stage in change(&old, &new, dialect).stages {
            let said = |operation: Operation| {
                let text = operation.text.map(|line| line.plain()).unwrap_or_default();
                format!("{text} {}", operation.command.unwrap_or_default())
            };
            let all: Vec<String> = operations(dialect.word(), &stage.values).into_iter().map(said).collect();
            let said = all.join("\n");
            let word = stage.stage.word();
            assert!(said.contains(&format!("{word}.{ending}")) && said.contains(&format!("{word}-back.{ending}")), "{said}");
            assert!(!said.contains("-remove") && !said.contains("earlier version"), "{said}");
            for artifact in &stage.artifacts {
                assert!(artifact.content.contains(&format!("{word}.{ending}")), "{}", artifact.content);
            }
        }
    }
}

#[test]
fn files_of_a_removed_front_end() {
    let commit = commits().into_iter().find(|commit| commit.name == "front end added").expect("it");
    let [old, new] = [commit.after, commit.before].map(planned);
    let differs = |(old, new): &(&BalancerPlan, &BalancerPlan)| !change(old, new, BalancerDialect::F5).stages.is_empty();
    let (old, new) = old.iter().zip(&new).find(differs).expect("a load balancer with that server");
    for dialect in [BalancerDialect::F5, BalancerDialect::Netscaler] {
        let files = change(old, new, dialect);
        let text: Vec<_> = files.stages.iter().map(|stage| stage.artifacts[0].content.as_str()).collect();
        insta::assert_snapshot!(format!("front_end_removed_{}", dialect.word()), text.join("\n-----\n"));
    }
}
