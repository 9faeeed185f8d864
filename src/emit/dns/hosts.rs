//! Hosts files: an address and a name on a line, for servers that ask no name server inside.

use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::language::HOSTS;
use super::super::{Artifact, EmitContext, EmitError, Team};
use super::{made_from, rows};
use crate::artifact::windows_lines;
use crate::plan::dns::HostsFile;

#[derive(Serialize)]
struct FileView<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    server: String,
    entries: Vec<EntryView<'a>>,
}

#[derive(Serialize)]
struct EntryView<'a> {
    comments: Vec<String>,
    address: Ipv4Addr,
    name: &'a str,
}

/// The path of the hosts file of a server.
pub fn hosts_path(file: &HostsFile) -> String {
    format!("dns/perimeter/{}.hosts", file.label)
}

/// The hosts files of all servers that have one.
pub fn emit_hosts(files: &[HostsFile], cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    files.iter().map(|file| artifact(file, cx)).collect()
}

fn artifact(file: &HostsFile, cx: &EmitContext<'_>) -> Result<Artifact, EmitError> {
    let entries = file.entries.iter().map(|entry| EntryView {
        comments: rows::comments(&entry.reasons),
        address: entry.address,
        name: entry.name.as_str(),
    });
    let view = FileView {
        note: cx.note(),
        organization: cx.organization,
        server: file.declared.to_string(),
        entries: entries.collect(),
    };
    let content = cx.templates.render(&HOSTS, "server", &view)?;
    let mut from = made_from(file.entries.iter().flat_map(|entry| &entry.reasons));
    from.push(file.path.clone());
    from.sort_unstable();
    Ok(Artifact { path: hosts_path(file), team: Team::Dns, made_from: from, content: windows_lines(&content) })
}
