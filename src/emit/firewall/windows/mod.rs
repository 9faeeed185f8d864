//! `network/firewall/hosts/`: a batch file for the firewall on each server of the product, in the commands of its operating
//! system, and a table of all that the servers admit. What the firewall of a system cannot express exactly is left out of the
//! file, and both list it: a rule is never widened.

mod advfirewall;
mod portopening;
mod table;

use serde::Serialize;

use super::super::{Artifact, EmitContext, EmitError, Team};
use crate::artifact::windows_lines;
use crate::catalog::HostTool;
use crate::plan::digest;
use crate::plan::host::{HostPlan, HostsPlan, Opening};
use crate::product::PortRange;

/// What `dialect =` calls it.
pub const WORD: &str = "windows_firewall";

/// The folder of the scripts; no firewall's label is without a `-`.
const FOLDER: &str = "network/firewall/hosts";

/// The table of what all of them admit.
pub const TABLE: &str = "network/firewall/hosts/rules.csv";

/// What the names of all rules begin with, so that no others are touched.
const PREFIX: &str = "ocstopo";

/// The longest description that the console shows.
const MAX_DESCRIPTION: usize = 255;

/// The most single ports of a split range: more would make unreadable lists and endless commands.
const MAX_PORTS: usize = 64;

/// Characters of a list of addresses: a command has 8,191, and the rest of it takes less than 1,000.
const MAX_LIST: usize = 6_500;

/// The head of a script.
#[derive(Serialize)]
struct Head<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    declared: String,
    system: &'a str,
    system_stated: bool,
    administrators: bool,
    unseen_balancers: String,
    /// Changes with every rule.
    version: String,
    prefix: &'static str,
    /// What the file leaves out, one line each.
    left_out: Vec<String>,
}

impl<'a> Head<'a> {
    fn new(plan: &HostsPlan, host: &'a HostPlan, cx: &EmitContext<'a>, version: String, left_out: &[LeftOut]) -> Self {
        Self {
            note: cx.note(),
            organization: cx.organization,
            path: &host.path,
            declared: host.declared.to_string(),
            system: host.system,
            system_stated: host.system_stated,
            administrators: plan.administrators,
            unseen_balancers: host.unseen_balancers.join(", "),
            version,
            prefix: PREFIX,
            left_out: left_out.iter().map(|out| format!("{} {}: {}", out.id, out.ports, out.why)).collect(),
        }
    }
}

/// A rule, or ports of one, that the firewall cannot say.
struct LeftOut {
    /// The opening's position in the plan.
    at: usize,
    id: String,
    ports: String,
    why: &'static str,
}

/// The script of a server, and what it leaves out.
struct Script {
    content: String,
    left_out: Vec<LeftOut>,
}

/// The path of the script of a server.
pub fn path(host: &HostPlan) -> String {
    format!("{FOLDER}/{}.cmd", host.label)
}

/// All scripts and the table; none where no server of the product is there.
pub fn emit(plan: &HostsPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = Vec::with_capacity(plan.hosts.len() + 1);
    let mut rows = Vec::new();
    for host in &plan.hosts {
        let script = match host.firewall.tool {
            HostTool::Firewall => portopening::script(plan, host, cx)?,
            HostTool::Advfirewall => advfirewall::script(plan, host, cx)?,
        };
        rows.extend(table::rows(plan, host, &script.left_out));
        artifacts.push(artifact(path(host), vec![host.path.clone()], windows_lines(&script.content)));
    }
    if !artifacts.is_empty() {
        let made_from = plan.hosts.iter().map(|host| host.path.clone()).collect();
        artifacts.push(artifact(TABLE.to_owned(), made_from, table::write(rows, cx)));
    }
    Ok(artifacts)
}

fn artifact(path: String, made_from: Vec<String>, content: String) -> Artifact {
    Artifact { path, team: Team::Network, made_from, content }
}

/// A digest of all that a script puts on the server.
fn version(lines: &[String]) -> String {
    digest(lines.join("\n"), 8)
}

/// Ports as a firewall takes them; `None` where it takes single ones only and they are too many.
fn ports(items: &[PortRange], ranges: bool) -> Option<Vec<String>> {
    if ranges {
        return Some(items.iter().map(ToString::to_string).collect());
    }
    let all: usize = items.iter().map(|range| usize::from(range.last - range.first) + 1).sum();
    (all <= MAX_PORTS).then(|| items.iter().flat_map(|range| range.first..=range.last).map(|port| port.to_string()).collect())
}

fn port_list(items: &[PortRange]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Why an opening is there, as one line of at most [`MAX_DESCRIPTION`] characters.
fn about(opening: &Opening) -> String {
    let whole = format!("{} {}: {}", opening.id, opening.reason.short(), opening.reason.purpose);
    let short = format!("{} {}", opening.id, opening.reason.short());
    super::draft::fitting([whole, short], &opening.id, MAX_DESCRIPTION, |text| text.to_owned())
}
