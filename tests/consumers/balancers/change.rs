//! From one version to the next on a device that others use too, in the way that the files describe: afterwards it does what the new
//! plan says, and all that others wrote is as it was.

use std::collections::BTreeSet;
use std::net::SocketAddrV4;
use std::process::Command;

use ocstopo::catalog::Affinity;
use ocstopo::plan::balancer::BalancerPlan;
use ocstopo::product::NatMode;

use crate::balancers::agree::{bases, compiled, plans, written};
use crate::balancers::f5::BigIp;
use crate::balancers::netscaler::NetScaler;
use crate::balancers::read::{Listening, model};
use crate::support::{succeed, text};

pub trait Device: Clone + PartialEq + std::fmt::Debug + Default {
    const DIALECT: &'static str;
    /// The files by the names that the heads give them.
    const FILES: [&'static str; 2];
    const OTHERS: &'static str;

    fn load(&mut self, text: &str);
    /// The same where each line has something to do.
    fn load_exactly(&mut self, text: &str);
    fn drained(&self) -> BTreeSet<(SocketAddrV4, SocketAddrV4)>;
    fn listening(&self) -> BTreeSet<Listening>;
    /// Without what a file of deletes leaves to people, because others may have made it.
    fn without_shared(self) -> Self {
        self
    }
}

impl Device for BigIp {
    const DIALECT: &'static str = "f5";
    const FILES: [&'static str; 2] = ["f5.tmsh", "f5-remove.tmsh"];
    const OTHERS: &'static str = "\
create ltm profile tcp theirs { defaults-from tcp idle-timeout 300 }
create ltm monitor tcp theirs { defaults-from tcp destination *:80 interval 5 timeout 16 }
create ltm pool theirs { load-balancing-mode least-connections-member monitor theirs members add { 192.0.2.5:80 { description \"x\" } } }
create ltm virtual theirs { destination 192.0.2.4:80 mask 255.255.255.255 ip-protocol tcp profiles add { theirs { } } pool theirs source-address-translation { type automap } description \"x\" }
";

    fn load(&mut self, text: &str) {
        BigIp::load(self, text);
    }

    fn load_exactly(&mut self, text: &str) {
        BigIp::load_exactly(self, text);
    }

    fn drained(&self) -> BTreeSet<(SocketAddrV4, SocketAddrV4)> {
        BigIp::drained(self)
    }

    fn listening(&self) -> BTreeSet<Listening> {
        BigIp::listening(self)
    }
}

impl Device for NetScaler {
    const DIALECT: &'static str = "netscaler";
    const FILES: [&'static str; 2] = ["netscaler.conf", "netscaler-remove.conf"];
    const OTHERS: &'static str = "\
add ns ip 10.10.0.8 255.255.255.255 -type SNIP
add ipset theirs
bind ipset theirs 10.10.0.8
add server theirs 192.0.2.5
add lb monitor ocs-tcp-5061-30s TCP -destPort 80 -interval 5
add serviceGroup theirs TCP
set serviceGroup theirs -usip NO -cltTimeout 300 -svrTimeout 300
bind serviceGroup theirs theirs 80
bind serviceGroup theirs -monitorName ocs-tcp-5061-30s
add lb vserver theirs TCP 192.0.2.4 80
set lb vserver theirs -lbMethod LEASTCONNECTION -persistenceType NONE -cltTimeout 300
bind lb vserver theirs theirs
";

    fn load(&mut self, text: &str) {
        NetScaler::load(self, text);
    }

    fn load_exactly(&mut self, text: &str) {
        NetScaler::load_exactly(self, text);
    }

    fn drained(&self) -> BTreeSet<(SocketAddrV4, SocketAddrV4)> {
        NetScaler::drained(self)
    }

    fn listening(&self) -> BTreeSet<Listening> {
        NetScaler::listening(self)
    }

    fn without_shared(self) -> Self {
        self.without_own()
    }
}

/// What the command in the head of a file of deletes prints, next to both files.
fn obsolete(names: [&str; 2], new: &str, remove: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in names.into_iter().zip([new, remove]) {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    // The first paragraph that is indented; a backslash joins its lines.
    let lines = remove.lines().map(|line| line.strip_prefix("#   "));
    let command: Vec<&str> = lines.skip_while(Option::is_none).map_while(|line| line).collect();
    let command = command.join("\n");
    assert!(!command.is_empty(), "the head has a command");
    let said = Command::new("sh").arg("-c").arg(command).current_dir(&folder).output().expect("a shell");
    assert!(said.stderr.is_empty(), "{said:?}");
    String::from_utf8(said.stdout).expect("text")
}

fn changes<D: Device>(old: &BalancerPlan, new: &BalancerPlan) {
    let (first, second) = (written(old), written(new));
    let remove = format!("{}-remove", D::DIALECT);
    let mut bare = D::default();
    bare.load(D::OTHERS);
    let expected = |plan: &BalancerPlan| model(plan, D::DIALECT).union(&bare.listening()).cloned().collect::<BTreeSet<_>>();
    let mut device = bare.clone();
    device.load(&first[D::DIALECT]);
    assert_eq!(device.listening(), expected(old), "the first load");
    device.load(&second[D::DIALECT]);
    device.load(&obsolete(D::FILES, &second[D::DIALECT], &first[&remove]));
    assert_eq!(device.listening(), expected(new), "the second load");
    let mut again = device.clone();
    again.load(&second[D::DIALECT]);
    assert_eq!(again, device, "the same again");
    device.load(&second[&remove]);
    assert_eq!(device.without_shared(), bare.without_shared(), "removed");
}

fn both_ways(old: &BalancerPlan, new: &BalancerPlan) {
    changes::<BigIp>(old, new);
    changes::<NetScaler>(old, new);
    changes::<BigIp>(new, old);
    changes::<NetScaler>(new, old);
}

#[test]
fn a_version_replaces_another_and_foreign_objects_stay() {
    let plan = || plans(&compiled(bases::POOL)).remove(0);
    let changed = |change: &dyn Fn(&mut BalancerPlan)| {
        let mut new = plan();
        change(&mut new);
        assert_ne!(new, plan());
        both_ways(&plan(), &new);
    };
    both_ways(&plan(), &plan());
    changed(&|plan| plan.listeners.iter_mut().for_each(|listener| drop(listener.servers.pop())));
    changed(&|plan| drop(plan.listeners.remove(1)));
    changed(&|plan| plan.listeners.iter_mut().for_each(|listener| listener.address = [10, 10, 0, 99].into()));
    changed(&|plan| plan.listeners[0].affinity = Affinity::Client);
    changed(&|plan| plan.listeners.iter_mut().for_each(|listener| listener.check.seconds += 7));
    changed(&|plan| plan.listeners.iter_mut().for_each(|listener| listener.nagle = !listener.nagle));
    changed(&|plan| plan.idle_seconds = 4000);
    // New names of the load balancer, the groups and the servers, and all else as it was.
    changed(&|plan| {
        plan.path += "_new";
        for listener in &mut plan.listeners {
            listener.id = format!("new.{}", listener.id);
            listener.servers.iter_mut().for_each(|behind| behind.path += "_new");
        }
    });
    changed(&|plan| plan.snat_addresses = vec![[10, 10, 0, 8].into(), [10, 10, 0, 7].into()]);
    changed(&|plan| {
        plan.nat = NatMode::Dnat;
        plan.snat_addresses.clear();
    });
}

/// Two load balancers of one device share no object: what takes one away leaves the other.
#[test]
fn load_balancers_of_one_device_are_separate() {
    let plans = plans(&compiled(bases::SCALED));
    let with: Vec<_> = plans.iter().filter(|plan| !plan.listeners.is_empty()).map(written).collect();
    assert!(with.len() > 1);
    let (mut f5, mut netscaler) = (BigIp::default(), NetScaler::default());
    f5.load(&with[0]["f5"]);
    netscaler.load(&with[0]["netscaler"]);
    let before = (f5.clone(), netscaler.clone());
    f5.load(&with[1]["f5"]);
    netscaler.load(&with[1]["netscaler"]);
    f5.load(&with[1]["f5-remove"]);
    netscaler.load(&with[1]["netscaler-remove"]);
    assert_eq!((f5, netscaler.without_own()), (before.0, before.1.without_own()));
}

/// A HAProxy that others use takes the file beside theirs, and their sections keep their own mode.
#[test]
fn haproxy_accepts_the_file_beside_foreign_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let (theirs, ours) = (folder.path().join("theirs.cfg"), folder.path().join("ours.cfg"));
    let others = "global\n    log /dev/log local0\ndefaults\n    mode http\n    timeout connect 5s\n    timeout client 5s\n    \
                  timeout server 5s\nlisten theirs\n    bind 127.0.0.1:8099\n    http-request set-header X-A b\n    \
                  server a 127.0.0.1:8098\n";
    std::fs::write(&theirs, others).expect("written");
    std::fs::write(&ours, &written(&plans(&compiled(bases::POOL))[0])["haproxy"]).expect("written");
    succeed("haproxy", &["-c", "-q", "-f", text(&theirs), "-f", text(&ours)]);
}
