//! HAProxy runs the file of an example as it is, in a namespace that has all its addresses; servers that answer with their own
//! address are behind it. One is stopped, and connections continue.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::SocketAddrV4;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::balancers::read::{Listening, read};
use crate::support::kernel::Namespace;
use crate::support::running::Running;
use crate::support::{Example, both, need_root, text};

/// Answers each connection to `address:port` with its own address and the client's; makes the file of its second argument when it
/// listens.
const SERVE: &str = r#"
import selectors, socket, sys
chosen = selectors.DefaultSelector()
for end in sys.argv[1].split(" "):
    address, port = end.split(":")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, int(port)))
    listener.listen(64)
    chosen.register(listener, selectors.EVENT_READ, address)
open(sys.argv[2], "w").close()
while True:
    for key, _ in chosen.select():
        connection, peer = key.fileobj.accept()
        try:
            connection.sendall((key.data + " " + peer[0]).encode())
        except OSError:
            pass
        connection.close()
"#;

/// Connects some times to `address:port`; prints what was answered, a line for each time.
const ASK: &str = r#"
import socket, sys
address, port = sys.argv[1].split(":")
for _ in range(int(sys.argv[2])):
    try:
        with socket.create_connection((address, int(port)), timeout=3) as connection:
            connection.settimeout(3)
            said = b""
            while True:
                part = connection.recv(64)
                if not part:
                    break
                said += part
        print(said.decode() or "silent")
    except OSError as error:
        print("failed", error)
"#;

fn serve(space: &Namespace, ends: &BTreeSet<SocketAddrV4>, ready: &Path) -> Running {
    let ends: Vec<String> = ends.iter().map(ToString::to_string).collect();
    let mut command = space.command("python3");
    let child = command.args(["-c", SERVE, &ends.join(" "), text(ready)]).stdin(Stdio::null()).spawn().expect("python3 runs");
    let mut running = Running::new(child);
    wait("the servers listen", || {
        assert!(!running.has_ended(), "the servers do not start");
        ready.exists()
    });
    running
}

fn wait(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(60), "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Which servers answered, and the source addresses that they saw.
fn ask(space: &Namespace, at: SocketAddrV4, times: usize) -> Vec<(String, String)> {
    let said = space.command("python3").args(["-c", ASK, &at.to_string(), &times.to_string()]).output().expect("python3 runs");
    assert!(said.status.success(), "{}", both(&said));
    let lines = String::from_utf8(said.stdout).expect("text");
    lines.lines().map(|line| line.split_once(' ').unwrap_or((line, ""))).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

fn answering(space: &Namespace, listening: &Listening, times: usize) -> BTreeSet<String> {
    let answers = ask(space, listening.at, times);
    let sources = listening.sources.as_ref().expect("it translates");
    let seen: BTreeSet<String> = sources.iter().map(ToString::to_string).collect();
    for (server, source) in &answers {
        assert!(server != "failed" && server != "silent", "{}: {answers:?}", listening.at);
        assert!(seen.contains(source), "{server} saw {source}, not {seen:?}");
    }
    answers.into_iter().map(|(server, _)| server).collect()
}

/// Sends what the runbook has typed to the socket of HAProxy, which must know every name in it. How many commands there are.
fn turned(runbook: &str) -> usize {
    let mut count = 0;
    for line in runbook.lines().filter_map(|line| line.trim().strip_prefix("echo 'set server redmond")) {
        let command = line.strip_suffix("' | socat stdio /run/haproxy/admin.sock").expect("the whole command");
        let mut socket = UnixStream::connect("/run/haproxy/admin.sock").expect("the socket");
        socket.write_all(format!("set server redmond{command}\n").as_bytes()).expect("it takes it");
        let mut answer = String::new();
        socket.read_to_string(&mut answer).expect("it answers");
        assert_eq!(answer.trim(), "", "{command}");
        count += 1;
    }
    count
}

#[test]
fn connections_go_on_when_a_server_stops() {
    need_root();
    let contoso = Example::build("contoso");
    let file = "network/load-balancer/redmond-lb_servers/haproxy.cfg";
    let listeners = read("haproxy", contoso.text(file));
    let space = Namespace::new();
    let run = |command: &str| {
        let mut words = command.split(' ');
        let said = space.command(words.next().expect("a program")).args(words).output().expect("ip runs");
        assert!(said.status.success(), "{command}: {}", both(&said));
    };
    run("ip link set lo up");
    let addresses: BTreeSet<_> = listeners
        .iter()
        .flat_map(|listening| {
            let servers = listening.servers.iter().map(|end| *end.ip());
            servers.chain([*listening.at.ip()]).chain(listening.sources.iter().flatten().copied())
        })
        .collect();
    for address in addresses {
        run(&format!("ip addr add {address}/32 dev lo"));
    }
    // The one that will stop, and all the others.
    let all: BTreeSet<SocketAddrV4> = listeners.iter().flat_map(|listening| listening.servers.iter().copied()).collect();
    let first = *all.first().expect("servers").ip();
    let (stops, stays): (BTreeSet<SocketAddrV4>, BTreeSet<SocketAddrV4>) = all.into_iter().partition(|end| *end.ip() == first);
    let folder = tempfile::tempdir().expect("a folder");
    let _stays = serve(&space, &stays, &folder.path().join("stays"));
    let stopping = serve(&space, &stops, &folder.path().join("stops"));
    // The package makes it when the service starts.
    std::fs::create_dir_all("/run/haproxy").expect("the folder of the socket");
    let mut command = space.command("haproxy");
    command.args(["-db", "-f", text(&contoso.path(file))]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut haproxy = Running::new(command.spawn().expect("haproxy runs"));
    for listening in &listeners {
        wait("HAProxy listens", || {
            assert!(!haproxy.has_ended(), "HAProxy does not start");
            ask(&space, listening.at, 1).iter().all(|(server, _)| server != "failed")
        });
    }
    for listening in &listeners {
        let expected: BTreeSet<String> = listening.servers.iter().map(|end| end.ip().to_string()).collect();
        wait("every server is given a connection", || answering(&space, listening, 24) == expected);
    }
    assert!(turned(contoso.text("runbook/runbook.md")) > 20, "servers are taken out of rotation and put in again");
    drop(stopping);
    for listening in &listeners {
        let left: BTreeSet<String> =
            listening.servers.iter().filter(|end| *end.ip() != first).map(|end| end.ip().to_string()).collect();
        // The health checks find the server down within three intervals; from then on no client reaches it.
        wait("the server that stopped is left out", || {
            let answers = ask(&space, listening.at, 12);
            answers.iter().map(|(server, _)| server.clone()).collect::<BTreeSet<_>>() == left
        });
        assert_eq!(answering(&space, listening, 24), left);
    }
    assert!(!haproxy.has_ended(), "HAProxy runs on");
}
