//! Step 11, database storage.

mod content_share_size;
mod data_and_log_together;
mod database_port;
mod share_on_front_end;
mod volume_protection;

use std::collections::BTreeMap;

use crate::lint::{Rule, RuleContext};
use crate::model::Server;
use crate::product::GroupKind;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &data_and_log_together::RULE,
    &share_on_front_end::RULE,
    &content_share_size::RULE,
    &volume_protection::RULE,
    &database_port::RULE,
];

/// The servers of the product by the names that a UNC path may call them.
pub(in crate::lint) struct Hosts<'a> {
    servers: BTreeMap<String, &'a Server>,
}

impl<'a> Hosts<'a> {
    pub(in crate::lint) fn new(view: &RuleContext<'a>) -> Self {
        let mut servers = BTreeMap::new();
        for server in &view.topology.servers {
            // A file server may be anybody's computer; that of a share is the share's own.
            if view.topology.group(server.group).kind == GroupKind::FileShare {
                continue;
            }
            if let Some(name) = &server.fqdn {
                servers.entry(name.as_str().to_owned()).or_insert(server);
            }
        }
        Self { servers }
    }

    /// The server that holds a share.
    pub(in crate::lint) fn of(&self, path: &str) -> Option<&'a Server> {
        let host = path.trim_start_matches('\\').split('\\').next()?.to_ascii_lowercase();
        self.servers.get(&host).copied()
    }
}
