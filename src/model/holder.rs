//! The holder of an address, and what may have it too because it is on the same computer.

use crate::lower::{Decl, Fqdn};
use crate::product::GroupKind;
use crate::text::Span;

/// The holder of an address.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    /// What findings call it.
    pub(super) name: String,
    /// Where the address is written.
    pub(super) span: Span,
    /// The key of its computer: holders with the same one may share an address.
    key: String,
    /// The computer of the server that it belongs to.
    owner: Option<String>,
    server: Option<Tenant>,
}

/// What a server says of its computer.
#[derive(Debug, Clone)]
struct Tenant {
    kind: GroupKind,
    /// The word and the name of its block, and the site.
    block: (&'static str, String, String),
    /// The full name of the computer.
    fqdn: Option<Fqdn>,
    /// The instance of a database.
    instance: String,
    /// Whether it is a node of a cluster.
    is_node: bool,
    /// The blocks on whose computer it can run, where it does not say on which.
    hosts: &'static [&'static str],
}

impl Holder {
    /// A holder that shares with those of the same `key` only.
    pub(super) fn new(name: String, key: String, span: Span) -> Self {
        Self { name, span, key, owner: None, server: None }
    }

    /// The holder is a server of a block, on the computer of its key.
    pub(super) fn server(self, kind: GroupKind, decl: &Decl, site: &str, fqdn: Option<Fqdn>) -> Self {
        let host = decl.schema.attr("host").filter(|_| !decl.is_written("host"));
        let tenant = Tenant {
            kind,
            block: (decl.kind(), decl.name.clone(), site.to_owned()),
            fqdn,
            instance: decl.text("instance").map(|text| text.value.to_lowercase()).unwrap_or_default(),
            is_node: false,
            hosts: host.map_or(&[], |attr| attr.ty.reference_kinds()),
        };
        Self { server: Some(tenant), ..self }
    }

    /// The holder belongs to a server that has this computer.
    pub(super) fn of(self, owner: Option<String>) -> Self {
        Self { owner, ..self }
    }

    /// The holder is a node of a cluster, whose databases have addresses of their own.
    pub(super) fn node(mut self) -> Self {
        if let Some(server) = &mut self.server {
            server.is_node = true;
        }
        self
    }

    /// Whether one address can rightly be that of both.
    pub(super) fn may_share(&self, other: &Self) -> bool {
        let belongs = |one: &Self, other: &Self| one.owner.as_ref() == Some(&other.key);
        if self.key == other.key || belongs(self, other) || belongs(other, self) {
            return true;
        }
        let (Some(one), Some(two)) = (&self.server, &other.server) else { return false };
        let is_one_computer = one.fqdn.is_some() && one.fqdn == two.fqdn;
        match (one.kind, two.kind) {
            // A share is on the computer that its path names, whatever else runs there.
            (GroupKind::FileShare, _) | (_, GroupKind::FileShare) => is_one_computer,
            (GroupKind::BackEnd, GroupKind::BackEnd) if one.is_node || two.is_node => one.is_node && two.is_node,
            (GroupKind::BackEnd, GroupKind::BackEnd) => is_one_computer || one.instance != two.instance,
            _ => false,
        }
    }

    /// What to write where both are on one computer; none where that cannot be.
    pub(super) fn on_one_computer(&self, other: &Self) -> Option<String> {
        let (one, two) = (self.server.as_ref()?, other.server.as_ref()?);
        match (one.kind, two.kind) {
            (GroupKind::FileShare, _) | (_, GroupKind::FileShare) => {
                let (share, host) = if two.kind == GroupKind::FileShare { (two, one) } else { (one, two) };
                let name = host.fqdn.as_ref()?;
                Some(format!("where the share is on that computer, write `fqdn = \"{name}\"` in `file_share {}`", share.block.1))
            }
            (GroupKind::BackEnd, GroupKind::BackEnd) => {
                let name = one.fqdn.as_ref().filter(|_| !one.is_node && !two.is_node)?;
                Some(format!("where both are on one computer, write `fqdn = \"{name}\"` in `back_end {}`", two.block.1))
            }
            _ => {
                let runs_on = |guest: &Tenant, host: &Tenant| guest.hosts.contains(&host.block.0);
                let (guest, host) = if runs_on(two, one) { (two, one) } else { (one, two) };
                let (word, name, site) = &guest.block;
                let (_, computer, of) = &host.block;
                let computer = if site == of { computer.clone() } else { format!("{of}.{computer}") };
                runs_on(guest, host)
                    .then(|| format!("where it runs on that computer, write `host = {computer}` in `{word} {name}`"))
            }
        }
    }
}
