//! Every file of a build: its place, who takes it and what it holds. The only list of them; `README.md` of a build and
//! `docs/artifacts.md` are made from it.

use std::sync::LazyLock;

use super::Team;
use crate::artifact::manifest;

/// A kind of file.
#[derive(Debug, Clone, Copy)]
pub struct FileKind {
    /// Its paths below the output folder; `<name>` is any text without `/`.
    pub paths: &'static [&'static str],
    /// Who takes it.
    pub team: Team,
    /// What it holds, as Markdown.
    pub content: &'static str,
}

/// All kinds of files, by team. Where several fit a path, the first is meant.
pub const FILES: &[FileKind] = &[
    FileKind {
        paths: &["network/firewall/hosts/<server>.cmd", "network/firewall/hosts/rules.csv"],
        team: Team::Network,
        content: "with `dialect = windows_firewall`: Windows Firewall on each server in the commands of its operating system, and what that firewall cannot express",
    },
    FileKind {
        paths: &["network/firewall/<firewall>/rules.csv"],
        team: Team::Network,
        content: "each rule with its reason, and what stops working without it",
    },
    FileKind {
        paths: &["network/firewall/<firewall>/inside_networks.csv"],
        team: Team::Network,
        content: "the networks that `any except inside_networks` excludes, for each firewall that faces the internet",
    },
    FileKind {
        paths: &["network/firewall/<firewall>/rules.<dialect>"],
        team: Team::Network,
        content: "the same in the firewall's own language (for iptables with `rules.ip6tables`, which closes IPv6). The head describes prerequisites, and how to back up, load, replace, save and undo. `--dialect` writes more dialects",
    },
    FileKind {
        paths: &["network/firewall/<firewall>/remove.<dialect>", "network/firewall/<firewall>/remove-nat.asa"],
        team: Team::Network,
        content: "removes exactly these rules (and translations), and nothing else. Keep it with the build in use: it is needed when a later build replaces it",
    },
    FileKind {
        paths: &["change/network/firewall/<firewall>/<stage>.<dialect>"],
        team: Team::Network,
        content: "with `--since`: what leads this firewall from the rules of that version to those of this one, and the way back from each stage",
    },
    FileKind {
        paths: &["network/firewall/aerleon/def/ocstopo.yaml", "network/firewall/aerleon/policies/pol/<firewall>.yaml"],
        team: Team::Network,
        content: "the same rules as policies of Aerleon (https://github.com/aerleon/aerleon), for other platforms",
    },
    FileKind {
        paths: &["network/publishing/<proxy>/nginx.conf"],
        team: Team::Network,
        content: "a reverse proxy for nginx: the published names and paths, and nothing else",
    },
    FileKind {
        paths: &["network/publishing/<proxy>/isa-rules.md", "network/publishing/<proxy>/isa-rules.csv"],
        team: Team::Network,
        content: "the same as web publishing rules of ISA Server 2006: a sheet to work from, and a table",
    },
    FileKind {
        paths: &["network/load-balancer/<balancer>/listeners.csv"],
        team: Team::Balancers,
        content: "each port of a virtual address, the servers behind it, their health checks, and why",
    },
    FileKind {
        paths: &[
            "network/load-balancer/<balancer>/haproxy.cfg",
            "network/load-balancer/<balancer>/f5.tmsh",
            "network/load-balancer/<balancer>/netscaler.conf",
        ],
        team: Team::Balancers,
        content: "the same for the load balancer itself, in its `dialect`; `--dialect` writes more",
    },
    FileKind {
        paths: &["network/load-balancer/<balancer>/f5-remove.tmsh", "network/load-balancer/<balancer>/netscaler-remove.conf"],
        team: Team::Balancers,
        content: "removes exactly that configuration",
    },
    FileKind {
        paths: &["change/network/load-balancer/<balancer>/<stage>.tmsh", "change/network/load-balancer/<balancer>/<stage>.conf"],
        team: Team::Balancers,
        content: "with `--since`: what changes on a load balancer, in the stages `open`, `drain` and `close`; `-back` undoes a stage. HAProxy takes its new file as a whole",
    },
    FileKind {
        paths: &["dns/<view>/<zone>.zone", "dns/<view>/<zone>.records", "dns/records.csv"],
        team: Team::Dns,
        content: "zones inside and outside in BIND's form; `.records` files to include where another team keeps the zone; reverse zones on request",
    },
    FileKind {
        paths: &["dns/perimeter/<server>.hosts"],
        team: Team::Dns,
        content: "the hosts file of each Edge Server and reverse proxy: the internal names that it must resolve",
    },
    FileKind {
        paths: &[
            "dns/<view>/records.cmd",
            "dns/<view>/records.ps1",
            "dns/<view>/nsupdate/<zone>.nsupdate",
            "dns/<view>/octodns/<file>.yaml",
            "dns/<view>/dnsconfig.js",
        ],
        team: Team::Dns,
        content: "the same records for the DNS Server of Windows, dynamic updates, octoDNS and DNSControl; other records are kept",
    },
    FileKind {
        paths: &["change/dns/<view>/nsupdate/<zone>-<stage>.nsupdate", "change/dns/<view>/<stage>.cmd"],
        team: Team::Dns,
        content: "with `--since`: the records that change, in the stages `lower`, `add`, `switch`, `remove` and `restore`, as dynamic updates and for the DNS Server of Windows; `-back` undoes a stage",
    },
    FileKind {
        paths: &[
            "pki/<certificate>/<certificate>.cnf",
            "pki/<certificate>/<certificate>-2003.inf",
            "pki/<certificate>/<certificate>-2008.inf",
            "pki/<certificate>/<certificate>-lcscmd.cmd",
            "pki/<certificate>/<certificate>-cfssl.json",
        ],
        team: Team::Pki,
        content: "requests for openssl, certreq (of Windows Server 2003, and of later releases), LcsCmd and cfssl; ocstopo never makes or sees a private key",
    },
    FileKind {
        paths: &["pki/certificates.csv"],
        team: Team::Pki,
        content: "subject, names, usage and issuer, the computer that makes the request, the computers that each certificate is installed on, and its services",
    },
    FileKind {
        paths: &["pki/requests.cmd", "pki/requests.txt"],
        team: Team::Pki,
        content: "run as an administrator on a server, it makes the requests of all certificates whose keys are created there, with certreq. It finds the server by its host name, or by the path that is its argument, in the table `requests.txt` beside it. It can be run again: existing requests are not changed",
    },
    FileKind {
        paths: &["pki/requests.sh"],
        team: Team::Pki,
        content: "makes keys and requests with openssl, for all certificates or for those that are its arguments, where the key is not made on the server; it overwrites nothing",
    },
    FileKind {
        paths: &["pki/renewal.csv", "pki/renewal.ics"],
        team: Team::Pki,
        content: "with `--issued` or `--certificates`: when each certificate ends, who renews it, the services that use it and what stops when it ends; as a table, and as a calendar (RFC 5545) that reminds 60 and 14 days before",
    },
    FileKind {
        paths: &["voice/address-book/<pool>/Company_Phone_Number_Normalization_Rules.txt"],
        team: Team::Voice,
        content: "with Enterprise Voice: the rules of the pool's location profile as company rules of its Address Book Server, which make tel URIs of the directory's numbers; `ocstopo dial --address-book` tries them",
    },
    FileKind {
        paths: &["runbook/runbook.md", "runbook/sites/<site>.md"],
        team: Team::Deployment,
        content: "steps in order, each with an id that later runbooks keep, with permissions, commands, expected output and rollback; with more than 1,000 steps a book, with the steps of each site on a page of its own",
    },
    FileKind {
        paths: &["runbook/runbook.html"],
        team: Team::Deployment,
        content: "the same as a page for the browser: filter by team, site, phase and machine, progress and initials, a button that copies each command; without a network",
    },
    FileKind {
        paths: &["runbook/runbook.json", "runbook/sites/<site>.json", "runbook/tasks.csv"],
        team: Team::Deployment,
        content: "the same steps as a table for ticket systems, and for programs; with more than 1,000 steps each site has a file of its own for them",
    },
    FileKind {
        paths: &["runbook/teams/<team>.md"],
        team: Team::Deployment,
        content: "one page for each team: its steps in order, its files, the teams that it waits for and those that wait for it",
    },
    FileKind {
        paths: &["runbook/teams/<team>/runbook.md", "runbook/teams/<team>/sites/<site>.md", "runbook/teams/<team>/tasks.csv"],
        team: Team::Deployment,
        content: "with `--team`: the steps of this team in full, and as a table",
    },
    FileKind {
        paths: &["runbook/compliance.md", "runbook/compliance.json"],
        team: Team::Deployment,
        content: "for the auditor: what is archived and recorded, of whom, where it flows, who can reach it, how long it is kept, and what stops when archiving fails; where nothing is kept it says so",
    },
    FileKind {
        paths: &["report/report.html"],
        team: Team::Deployment,
        content: "one page for the review: findings, waivers, traffic, firewall rules, names, certificates, listeners and servers, each row with its reason; to search, sort, filter and link to, without a network",
    },
    FileKind {
        paths: &["sizing/sizing.md", "sizing/sizing.csv", "sizing/sizing.json"],
        team: Team::Deployment,
        content: "figures of capacity: servers, connections, ports, bandwidth and storage, each with its formula, constants and sources, beside what is declared",
    },
    FileKind {
        paths: &["sizing/bill.md", "sizing/bill.csv"],
        team: Team::Deployment,
        content: "the bill of materials: servers with their minimum hardware and software, SQL Servers, appliances, addresses, certificates and licences, apart and summed; `sizing.json` has it too",
    },
    FileKind {
        paths: &["federation/<partner>.md"],
        team: Team::Deployment,
        content: "with federation: a page for each partner, with names, ports, certificates and tests of both sides; `any-partner.md` is for those that the topology does not list",
    },
    FileKind {
        paths: &["diagrams/overview.svg", "diagrams/site-<site>.svg"],
        team: Team::Deployment,
        content: "a picture of the deployment, and one of each site, to which it leads: firewalls, networks, pools, edges, gateways and WAN links. At most 60 boxes: larger things are counted",
    },
    FileKind {
        paths: &["diagrams/perimeter.svg", "diagrams/voice.svg", "diagrams/names.svg"],
        team: Team::Deployment,
        content: "pictures for single teams: what is reachable from outside and where it leads, telephony, names in DNS. `ocstopo graph` draws the connections of a feature, and one path hop by hop",
    },
    FileKind {
        paths: &["change/runbook.md"],
        team: Team::Deployment,
        content: "with `--since`: the work since that version, in an order that keeps what runs working, with the way back from each step",
    },
    FileKind { paths: &["README.md"], team: Team::Deployment, content: "the files for each team" },
    FileKind {
        paths: &[manifest::PATH],
        team: Team::Deployment,
        content: "every file with its SHA-256 and the declarations that it was made from, every declaration with its file and line",
    },
];

impl FileKind {
    /// The pattern that a path has the form of; `None` for a path that no build writes.
    pub fn pattern(path: &str) -> Option<&'static str> {
        PATTERNS.iter().find(|pattern| pattern.fits(path)).map(|pattern| pattern.whole)
    }
}

static PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| FILES.iter().flat_map(|kind| kind.paths).map(|pattern| Pattern::new(pattern)).collect());

/// The form of a path.
struct Pattern {
    whole: &'static str,
    /// What is before the first name.
    start: &'static str,
    /// What is after each name.
    rest: Vec<&'static str>,
}

impl Pattern {
    fn new(whole: &'static str) -> Self {
        let (start, names) = whole.split_once('<').unwrap_or((whole, ""));
        Self { whole, start, rest: names.split('<').filter_map(|name| name.split_once('>')).map(|(_, after)| after).collect() }
    }

    fn fits(&self, path: &str) -> bool {
        path.strip_prefix(self.start).is_some_and(|rest| named(&self.rest, rest.as_bytes()))
    }
}

/// Whether a path goes on with a name before each of these texts. A name has one byte or more and no `/`.
fn named(texts: &[&str], path: &[u8]) -> bool {
    let Some((after, others)) = texts.split_first() else { return path.is_empty() };
    let longest = path.iter().position(|byte| *byte == b'/').unwrap_or(path.len());
    // Each place where the text after the name occurs is tried.
    (1..=longest).any(|at| path[at..].strip_prefix(after.as_bytes()).is_some_and(|path| named(others, path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::Part;

    #[test]
    fn a_name_is_any_text_within_a_folder() {
        let fits = |pattern, path| Pattern::new(pattern).fits(path);
        assert!(fits("a/<x>/<x>-b.c", "a/n/m-b-b.c"));
        assert!(fits("a/<x>", "a/b.c") && fits("a/<x>", "a/é"));
        assert!(fits("a/<x>-<y>.c", "a/b-c-d.c") && !fits("a/<x>-<y>.c", "a/b.c"));
        for path in ["a/", "a/b/c", "b/a", "a"] {
            assert!(!fits("a/<x>", path), "{path}");
        }
        assert!(!fits("<x>.zone", ".zone") && !fits("a", "ab"));
    }

    #[test]
    fn the_list_is_sorted_by_team_and_every_file_is_in_the_folder_of_a_part() {
        assert!(FILES.is_sorted_by_key(|kind| kind.team));
        for path in FILES.iter().flat_map(|kind| kind.paths).filter(|path| path.contains('/')) {
            assert!(Part::ALL.iter().any(|part| path.starts_with(part.folder)), "{path}");
        }
        assert_eq!(FileKind::pattern("network/firewall/hosts/rules.csv"), Some("network/firewall/hosts/rules.csv"));
        assert_eq!(FileKind::pattern("notes.txt"), None);
    }
}
