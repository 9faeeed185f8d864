//! Requests to a proxy that runs: what is published is answered from inside, and nothing else is.

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use ocstopo::plan::publishing::{Proxy, Site};

use crate::publishing::World;
use crate::publishing::lab::{Lab, PATIENCE};
use crate::support::{both, text};

/// How long the whole may take; the machine may be busy.
const BOUND: Duration = Duration::from_secs(180);

/// What became of a request: the status and the text, or none where the connection ended without an answer.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    body: String,
}

fn ask(lab: &Lab, proxy: &Proxy, name: &str, path: &str, more: &[&str]) -> Option<Answer> {
    let socket = proxy.sockets[0];
    let resolve = format!("{name}:{}:{}", socket.port(), socket.ip());
    let (patience, url, roots) = (PATIENCE.as_secs().to_string(), format!("https://{name}{path}"), lab.path("public.pem"));
    let fixed =
        ["-sS", "--path-as-is", "--max-time", &patience, "--resolve", &resolve, "--cacert", text(&roots), "-w", "\n%{http_code}"];
    let said = lab.command("curl").args(fixed).args(more).arg(&url).output().expect("curl runs: tests/run installs it");
    match said.status.code() {
        Some(0) => {
            let words = String::from_utf8(said.stdout).unwrap();
            let (body, status) = words.rsplit_once('\n').unwrap();
            Some(Answer { status: status.parse().unwrap(), body: body.to_owned() })
        }
        // 52 is an end without an answer; whatever else curl ends with is a fault of the test or of the proxy.
        Some(52) => None,
        _ => panic!("{url}: {}", both(&said)),
    }
}

fn status(lab: &Lab, proxy: &Proxy, name: &str, path: &str) -> u16 {
    ask(lab, proxy, name, path, &[]).unwrap_or_else(|| panic!("{name}{path} is not answered")).status
}

/// A request by hand, from a client that names no host when it opens TLS.
fn by_hand(lab: &Lab, proxy: &Proxy, request: &str) -> String {
    let socket = proxy.sockets[0].to_string();
    let mut command = lab.command("timeout");
    command.args([&PATIENCE.as_secs().to_string(), "openssl", "s_client", "-quiet", "-noservername", "-connect", &socket]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(request.as_bytes()).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

/// Paths of a web farm that must not go through.
const CLOSED: &[&str] = &[
    "/",
    "/abs",
    "/abs/int",
    "/abs/int/F-0a10.lsabs",
    "/abs/extra",
    "/x/abs/ext/handler",
    "/certsrv/",
    "/GroupExpansion/ext/service.asmx/",
    "/GroupExpansion/ext/service.asmx/x",
    "/GroupExpansion/ext/serviceXasmx",
    "/GroupExpansion/int/service.asmx",
    "/etc/place/nullx",
    "/etc/place",
    "/conf/ext/tshoot.html",
    // Ways out of a published folder, as nginx reads them and as IIS does.
    "/etc/place/null/../../../certsrv/",
    "/etc/place/null/..%2f..%2f..%2fcertsrv/",
    "/etc/place/null/%2e%2e/%2e%2e/%2e%2e/certsrv/",
    "/etc/place/null/..\\..\\..\\certsrv/",
    "/etc/place/null/..%5c..%5c..%5ccertsrv/",
    "/etc/place/null/..%255c..%255ccertsrv/",
    // What nginx takes for the end of a path, and letters that are longer than they need be.
    "/abs/ext/%23/../../int/",
    "/abs/ext/%c0%ae%c0%ae/int/",
    "/x/../abs/ext/handler",
];

fn published(lab: &Lab, proxy: &Proxy, site: &Site) {
    for name in &site.names {
        let name = name.name.as_str();
        for path in &site.paths {
            let written = path.path.as_str();
            let mut asked =
                vec![written.to_owned(), written.to_ascii_lowercase(), written.to_ascii_uppercase(), format!("{written}?WSDL")];
            if path.below {
                asked.extend(["/", "/F-0a10.lsabs", "/a%20b/c"].map(|below| format!("{}{below}", written.trim_end_matches('/'))));
            }
            for asked in asked {
                let answer = ask(lab, proxy, name, &asked, &[]);
                let body = format!("{} {name} {asked}", site.path);
                assert_eq!(answer, Some(Answer { status: 200, body }), "{name}{asked}");
            }
            let hand = by_hand(lab, proxy, &format!("GET {written} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"));
            assert!(
                hand.starts_with("HTTP/1.1 200 OK\r\n") && hand.ends_with(&format!("{} {name} {written}", site.path)),
                "{hand}"
            );
        }
    }
}

fn refused(lab: &Lab, proxy: &Proxy, site: &Site) {
    let name = site.names[0].name.as_str();
    if !site.paths.iter().any(|path| path.path == "/") {
        for path in CLOSED {
            assert_eq!(status(lab, proxy, name, path), 404, "{name}{path}");
        }
    }
    let open = site.paths[0].path.as_str();
    if open != "/" {
        for sent in [format!("{open}/#/../../int/"), format!("{open}#/../x")] {
            let answer = by_hand(lab, proxy, &format!("GET {sent} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"));
            assert!(answer.starts_with("HTTP/1.1 404 "), "{sent}: {answer}");
        }
    }
    // Another name, in TLS and in the request, or in the request only.
    assert_eq!(ask(lab, proxy, "evil.example", open, &["-k"]), None);
    assert_eq!(ask(lab, proxy, name, open, &["-H", "Host: evil.example"]), None);
    assert_eq!(ask(lab, proxy, name, open, &["-H", "Host: "]).map_or(400, |answer| answer.status), 400);
    let inside = site.upstream.addresses[0];
    for line in [format!("GET http://{inside}{open} HTTP/1.1"), format!("GET {open} HTTP/1.0")] {
        let host = if line.ends_with("1.1") { format!("Host: {name}\r\n") } else { String::new() };
        let answer = by_hand(lab, proxy, &format!("{line}\r\n{host}Connection: close\r\n\r\n"));
        assert_eq!(answer, "", "{line}");
    }
    // Nothing else listens.
    let url = format!("http://{}/", proxy.sockets[0].ip());
    let said = lab.command("curl").args(["-sS", "--max-time", "5", &url]).output().unwrap();
    assert_eq!(said.status.code(), Some(7), "{}", both(&said));
}

/// A request that is larger than a megabyte passes where the guide says that it may be.
fn sized(lab: &Lab, proxy: &Proxy, site: &Site) {
    let body = lab.path("body");
    std::fs::write(&body, vec![b'x'; 2_000_000]).unwrap();
    let data = format!("@{}", text(&body));
    for path in &site.paths {
        let answer =
            ask(lab, proxy, site.names[0].name.as_str(), &path.path, &["--data-binary", &data, "-H", "Expect:"]).unwrap();
        assert_eq!(answer.status, if path.largest.is_some() { 200 } else { 413 }, "{}", path.path);
    }
}

#[test]
fn published_paths_are_answered_and_nothing_else_is() {
    let begun = Instant::now();
    for world in ["contoso", "portal"].map(World::named) {
        for proxy in &world.plan.proxies {
            let lab = Lab::new(proxy, Some(world));
            let conf = world.file(&format!("network/publishing/{}/nginx.conf", proxy.label));
            let _proxy = lab.start(conf);
            {
                let _inside = lab.web_servers(&proxy.sites, "inside");
                for site in &proxy.sites {
                    published(&lab, proxy, site);
                    refused(&lab, proxy, site);
                    sized(&lab, proxy, site);
                }
            }
            // A web server with a certificate of another authority is refused.
            std::fs::remove_file(lab.path("run/inside.pid")).unwrap_or_default();
            let _outsider = lab.web_servers(&proxy.sites, "stranger");
            for site in &proxy.sites {
                assert_eq!(status(&lab, proxy, site.names[0].name.as_str(), &site.paths[0].path), 502);
            }
        }
    }
    assert!(begun.elapsed() < BOUND, "it took {:?}", begun.elapsed());
}

#[test]
fn nginx_accepts_every_configuration() {
    for world in World::all() {
        for proxy in &world.plan.proxies {
            Lab::new(proxy, Some(world)).accepts(world.file(&format!("network/publishing/{}/nginx.conf", proxy.label)));
        }
    }
}
