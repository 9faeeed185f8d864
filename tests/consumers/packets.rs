//! Real packets through the emitted rules: for each firewall of examples/contoso a namespace runs its nftables file between
//! others that have the addresses of both sides. Sockets are opened, and each packet must arrive or be dropped as the plan says.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::kernel::Namespace;
use crate::support::running::Running;
use crate::support::{Example, need_root, succeed, text};
use ocstopo::packet::{Packet, Packets, Product, Ranges, TCP, UDP};
use ocstopo::plan::Lines;
use ocstopo::plan::firewall::{FirewallPlan, MatchedAddress, plan};

/// How many packets that pass, and how many that are dropped, are sent through each firewall.
const EACH: usize = 30;

/// How long the whole may take; the machine may be busy.
const BOUND: Duration = Duration::from_secs(120);

/// A packet on the way between two networks of a firewall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Probe<'p> {
    from: &'p str,
    to: &'p str,
    packet: Packet,
}

/// An address of the internet: no declared network holds it.
const OUTSIDER: Ipv4Addr = Ipv4Addr::new(9, 9, 9, 9);

/// The first source port of probes, for rules that permit any source port; where a rule names some, the ports are this
/// far behind its first one.
const SOURCE_PORT: u16 = 41_000;
const BEHIND: u16 = 100;

/// A packet of a product: the first of each range, but usual ports. Each probe has a source port of its own, without a listener.
fn packet_of(product: &Product, number: u16) -> Packet {
    let address = |ranges: &Ranges| {
        let number = if ranges.contains(OUTSIDER.to_bits()) { OUTSIDER.to_bits() } else { ranges.first().expect("not empty") };
        // The address of a network itself belongs to no host.
        Ipv4Addr::from_bits(if ranges.contains(number + 1) && number != OUTSIDER.to_bits() { number + 1 } else { number })
    };
    let port = |ranges: &Ranges| u16::try_from(ranges.first().expect("not empty")).expect("a port");
    let source_port = match product.source_ports == Ranges::ports() {
        true => SOURCE_PORT + number,
        false => port(&product.source_ports) + BEHIND + number,
    };
    assert!(product.source_ports.contains(source_port.into()), "the rule names too few ports: {product:?}");
    Packet {
        protocol: u8::try_from(product.protocols.first().expect("not empty")).expect("a protocol"),
        source: address(&product.sources),
        source_port,
        destination: address(&product.destinations),
        destination_port: port(&product.destination_ports),
    }
}

/// Packets that pass, one for each rule, and packets beside them that must not: a neighbour port, swapped sides, another host,
/// the other protocol.
fn probes<'p>(plan: &'p FirewallPlan, packets: &Packets) -> (Vec<Probe<'p>>, Vec<Probe<'p>>) {
    let (mut allowed, mut denied) = (BTreeSet::new(), BTreeSet::new());
    for (at, rule) in plan.rules.iter().enumerate() {
        let (from, to) = (rule.from_network.as_str(), rule.to_network.as_str());
        let number = |variant: usize| u16::try_from(at * 10 + variant).expect("few rules");
        let packet = packet_of(&plan.opening(rule, MatchedAddress::Real), number(0));
        assert!(packets.contains(&packet), "{packet}");
        allowed.insert(Probe { from, to, packet });
        let next = |address: Ipv4Addr| Ipv4Addr::from_bits(address.to_bits() ^ 0x40);
        let wrong = [
            Packet { destination_port: packet.destination_port.wrapping_add(1), ..packet },
            Packet { destination_port: packet.destination_port.wrapping_sub(1), ..packet },
            Packet { destination: next(packet.destination), ..packet },
            Packet { source: next(packet.source), ..packet },
            Packet { protocol: if packet.protocol == TCP { UDP } else { TCP }, ..packet },
        ];
        let own_port =
            |variant: usize, other: Packet| Packet { source_port: packet.source_port + number(variant) - number(0), ..other };
        denied.extend(wrong.into_iter().enumerate().map(|(at, wrong)| Probe { from, to, packet: own_port(at + 1, wrong) }));
        let swapped = own_port(6, Packet { source: packet.destination, destination: packet.source, ..packet });
        denied.insert(Probe { from: to, to: from, packet: swapped });
    }
    denied.retain(|probe| !packets.contains(&probe.packet));
    let spread = |probes: BTreeSet<Probe<'p>>| {
        let step = probes.len().div_ceil(EACH).max(1);
        probes.into_iter().step_by(step).collect::<Vec<_>>()
    };
    (spread(allowed), spread(denied))
}

/// A firewall with a namespace for each network that it joins.
struct Lab<'p> {
    firewall: Namespace,
    sides: BTreeMap<&'p str, Namespace>,
}

impl<'p> Lab<'p> {
    /// Joins the namespaces by pairs of veth, gives them the addresses of the probes and loads the rules.
    fn new(plan: &'p FirewallPlan, rules: &std::path::Path, probes: &[Probe<'p>]) -> Self {
        let lab = Self {
            firewall: Namespace::new(),
            sides: plan.networks.iter().map(|network| (network.path.as_str(), Namespace::new())).collect(),
        };
        for setting in ["ip_forward=1", "conf/all/rp_filter=0", "conf/default/rp_filter=0"] {
            let (name, value) = setting.split_once('=').expect("a setting");
            let write = format!("echo {value} > /proc/sys/net/ipv4/{name}");
            assert!(lab.firewall.command("sh").args(["-c", &write]).status().expect("sh runs").success(), "{setting}");
        }
        for (at, (path, side)) in lab.sides.iter().enumerate() {
            let (near, far) = (format!("f{at}"), format!("s{at}"));
            let (gateway, own) = (format!("169.254.{at}.1"), format!("169.254.{at}.2"));
            let names =
                ["link", "add", &near, "netns", lab.firewall.name(), "type", "veth", "peer", "name", &far, "netns", side.name()];
            succeed("ip", &names);
            run(&lab.firewall, &format!("ip addr add {gateway}/30 dev {near}"));
            run(&lab.firewall, &format!("ip link set {near} up"));
            run(side, "ip link set lo up");
            run(side, &format!("ip addr add {own}/30 dev {far}"));
            run(side, &format!("ip link set {far} up"));
            run(side, &format!("ip route add default via {gateway}"));
            let mut addresses = BTreeSet::new();
            for probe in probes {
                addresses.extend((probe.from == *path).then_some(probe.packet.source));
                addresses.extend((probe.to == *path).then_some(probe.packet.destination));
            }
            for address in addresses {
                run(side, &format!("ip addr add {address}/32 dev lo"));
                run(&lab.firewall, &format!("ip route add {address}/32 via {own}"));
            }
        }
        lab.firewall.load(rules);
        lab
    }

    /// Listens at the destination of every probe.
    fn listen(&self, probes: &[Probe<'p>], folder: &std::path::Path) -> Vec<Listener> {
        self.sides
            .iter()
            .enumerate()
            .filter_map(|(at, (path, side))| {
                let here = probes.iter().filter(|probe| probe.to == *path).map(|probe| probe.packet);
                let ends: BTreeSet<String> = here
                    .map(|packet| format!("{} {} {}", packet.protocol, packet.destination, packet.destination_port))
                    .collect();
                (!ends.is_empty()).then(|| Listener::start(side, &ends, &folder.join(format!("ready{at}"))))
            })
            .collect()
    }

    /// Which of the probes from each side are answered.
    fn send(&self, probes: &[Probe<'p>]) -> Vec<bool> {
        let mut answered = vec![None; probes.len()];
        for (path, side) in &self.sides {
            let here: Vec<usize> = (0..probes.len()).filter(|at| probes[*at].from == *path).collect();
            let lines: Vec<String> = here
                .iter()
                .map(|at| {
                    let packet = probes[*at].packet;
                    format!(
                        "{} {} {} {} {}",
                        packet.protocol, packet.source, packet.source_port, packet.destination, packet.destination_port
                    )
                })
                .collect();
            if here.is_empty() {
                continue;
            }
            let said = side.command("python3").args(["-c", CONNECT]).arg(lines.join(";")).output().expect("python3 runs");
            assert!(said.status.success(), "{}", crate::support::both(&said));
            let words = String::from_utf8(said.stdout).expect("text");
            let words: Vec<&str> = words.split_whitespace().collect();
            assert_eq!(words.len(), here.len(), "{words:?}");
            for (at, word) in here.into_iter().zip(words) {
                answered[at] = Some(match word {
                    "answered" => true,
                    "silent" => false,
                    other => panic!("{:?}: {other}", probes[at]),
                });
            }
        }
        answered.into_iter().map(|answer| answer.expect("every probe is sent from somewhere")).collect()
    }
}

fn run(namespace: &Namespace, command: &str) {
    let mut words = command.split(' ');
    let said = namespace.command(words.next().expect("a program")).args(words).output().expect("ip runs");
    assert!(said.status.success(), "{command}: {}", crate::support::both(&said));
}

/// A program that answers on many ports; it ends with the value.
struct Listener {
    program: Running,
}

impl Listener {
    fn start(side: &Namespace, ends: &BTreeSet<String>, ready: &std::path::Path) -> Self {
        let ends = ends.iter().cloned().collect::<Vec<_>>().join(";");
        let mut command: Command = side.command("python3");
        let child = command.args(["-c", LISTEN, &ends, text(ready)]).stdin(Stdio::null()).spawn().expect("python3 runs");
        let mut listener = Self { program: Running::new(child) };
        let begun = Instant::now();
        while !ready.exists() {
            assert!(!listener.program.has_ended() && begun.elapsed() < Duration::from_secs(30), "the listeners do not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        listener
    }
}

/// Answers whatever comes, on every `protocol address port` of its first argument; then makes the file of its second.
const LISTEN: &str = r#"
import selectors, socket, sys
chosen = selectors.DefaultSelector()
for end in sys.argv[1].split(";"):
    protocol, address, port = end.split()
    kind = socket.SOCK_STREAM if protocol == "6" else socket.SOCK_DGRAM
    listener = socket.socket(socket.AF_INET, kind)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, int(port)))
    if kind == socket.SOCK_STREAM:
        listener.listen(64)
    chosen.register(listener, selectors.EVENT_READ, kind)
open(sys.argv[2], "w").close()
while True:
    for key, _ in chosen.select():
        if key.data == socket.SOCK_STREAM:
            key.fileobj.accept()[0].close()
        else:
            data, peer = key.fileobj.recvfrom(64)
            key.fileobj.sendto(data, peer)
"#;

/// Sends each `protocol source port destination port` of its argument, all at once; says for each whether it was answered in
/// time.
const CONNECT: &str = r#"
import socket, sys, threading
def tried(line):
    protocol, source, source_port, destination, port = line.split()
    stream = protocol == "6"
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM if stream else socket.SOCK_DGRAM)
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.settimeout(1.5)
    try:
        probe.bind((source, int(source_port)))
        probe.connect((destination, int(port)))
        if not stream:
            probe.send(b"?")
            probe.recv(64)
        return "answered"
    except (socket.timeout, TimeoutError):
        return "silent"
    except OSError as error:
        return "failed:" + type(error).__name__ + ":" + str(error.errno)
    finally:
        probe.close()
lines = sys.argv[1].split(";")
results = [None] * len(lines)
def worker(at):
    results[at] = tried(lines[at])
threads = [threading.Thread(target=worker, args=(at,)) for at in range(len(lines))]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(" ".join(results))
"#;

#[test]
fn packets_pass_and_are_dropped_as_planned() {
    need_root();
    let begun = Instant::now();
    let contoso = Example::build("contoso");
    let lines = Lines { sources: &contoso.compiled.sources, show: true };
    let plans = plan(contoso.topology(), contoso.compiled.plans().expect("flows").flows, &lines);
    let (mut passed, mut dropped) = (0, 0);
    for plan in &plans {
        let packets = plan.packets(MatchedAddress::Real);
        let (allowed, denied) = probes(plan, &packets);
        let all: Vec<Probe<'_>> = allowed.iter().chain(&denied).copied().collect();
        let lab = Lab::new(plan, &contoso.path(&format!("network/firewall/{}/rules.nft", plan.label)), &all);
        let folder = tempfile::tempdir().expect("a folder");
        let _listeners = lab.listen(&all, folder.path());
        for (probe, answered) in all.iter().zip(lab.send(&all)) {
            let planned = packets.contains(&probe.packet);
            let word = if planned { "must pass and is dropped" } else { "must be dropped and passes" };
            assert_eq!(answered, planned, "{}: {} {word}, from {} to {}", plan.path, probe.packet, probe.from, probe.to);
        }
        passed += allowed.len();
        dropped += denied.len();
    }
    assert!(passed >= 40 && dropped >= 40, "{passed} passed, {dropped} were dropped");
    assert!(begun.elapsed() < BOUND, "it took {:?}", begun.elapsed());
}
