//! Files that other programs write, numbers that people type.

use ocstopo::catalog::DnsView;
use ocstopo::query::dial::{Mode, Question, dial};
use ocstopo::query::{cert_check, dns_check};
use ocstopo::text::FileId;

use super::{contoso, one_file};

/// Any text as a zone file, compared with a topology.
pub(super) fn zone(data: &[u8]) {
    let sources = one_file("a.zone", data);
    let files: Vec<FileId> = sources.files().map(|(id, _)| id).collect();
    if let Ok(zones) = dns_check::read(&sources, &files, None) {
        let plans = contoso().plans().expect("it has an organization");
        for view in [DnsView::Internal, DnsView::External] {
            dns_check::compare(plans, view, &zones);
        }
    }
}

/// Any bytes as a file of certificates, compared with a topology.
pub(super) fn certificate(data: &[u8]) {
    if let Ok(file) = cert_check::read("a.pem", data) {
        cert_check::check(&[(FileId(0), file)], contoso().plans().expect("it has an organization"), None);
    }
}

/// Any text as a dialled number.
pub(super) fn number(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let mode = [Mode::Dialled, Mode::HandedIn, Mode::Normalized, Mode::AddressBook][usize::from(first & 3)];
    let from = [None, Some("redmond"), Some("dublin"), Some("nowhere")][usize::from(first >> 2 & 3)];
    let typed = String::from_utf8_lossy(rest);
    let plans = contoso().plans().expect("it has an organization");
    let _ = dial(plans, Question { number: &typed, from, policy: None, mode, down: &[] });
}

/// Any text as `ocstopo.toml`.
pub(super) fn config(data: &[u8]) {
    let _ = ocstopo::config::read(&one_file("ocstopo.toml", data));
}
