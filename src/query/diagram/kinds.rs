//! What a deployed unit looks like in pictures.

use crate::diagram::{Family, Icon};
use crate::product::{GroupKind, Product, Role};

/// The look of a kind, and its name on a card.
pub(super) struct Look {
    pub(super) icon: Icon,
    pub(super) family: Family,
    pub(super) title: &'static str,
    /// Several of them: `Domain controllers`.
    pub(super) titles: &'static str,
    /// Its position among its neighbours.
    pub(super) order: u8,
}

/// The look of a kind in a release.
pub(super) fn look(kind: GroupKind, product: Product) -> Look {
    let (icon, family, title, titles, order) = match kind {
        GroupKind::EnterprisePool => (Icon::Pool, Family::Core, "Enterprise pool", "Enterprise pools", 0),
        GroupKind::StandardEdition => (Icon::Server, Family::Core, "Standard Edition", "Standard Editions", 1),
        GroupKind::Director => (Icon::Director, Family::Core, "Director", "Directors", 2),
        GroupKind::DirectorArray => (Icon::Director, Family::Core, "Director array", "Director arrays", 3),
        GroupKind::EdgeArray => (Icon::Edge, Family::Edge, "Edge servers", "Edge servers", 0),
        GroupKind::ReverseProxy => (Icon::Proxy, Family::Edge, "Reverse proxy", "Reverse proxies", 1),
        GroupKind::WebAccess => (Icon::Browser, Family::Core, "Web Access (CWA)", "Web Access (CWA)", 4),
        GroupKind::MediationServer => (Icon::Mediation, Family::Voice, "Mediation Server", "Mediation Servers", 5),
        GroupKind::MediaGateway => (Icon::Gateway, Family::Voice, "Media gateway", "Media gateways", 6),
        GroupKind::ExchangeUm => (Icon::Voicemail, Family::Voice, "Exchange UM", "Exchange UM", 7),
        GroupKind::ArchivingServer => (Icon::Archive, Family::Support, "Archiving Server", "Archiving Servers", 8),
        GroupKind::MonitoringServer => {
            (Icon::Monitor, Family::Support, Role::Monitoring.title_in(product), "Monitoring Servers", 9)
        }
        GroupKind::GroupChat => (Icon::Server, Family::Core, "Group Chat Server", "Group Chat Servers", 14),
        GroupKind::UpdateServer => (Icon::Server, Family::Support, "Update service", "Update services", 13),
        GroupKind::BackEnd => (Icon::Database, Family::Support, "SQL Server", "SQL Servers", 10),
        GroupKind::FileShare => (Icon::Folder, Family::Support, "File share", "File shares", 11),
        GroupKind::DomainController => (Icon::Directory, Family::Support, "Domain controller", "Domain controllers", 12),
    };
    Look { icon, family, title, titles, order }
}

/// The look of a party outside the servers, and its name.
pub(super) fn outsider(role: Role) -> (Icon, Family, &'static str) {
    match role {
        Role::RemoteClient => (Icon::People, Family::Outside, "Remote users"),
        Role::FederatedPartner => (Icon::Partner, Family::Outside, "Federated partners"),
        Role::PublicIm => (Icon::PublicIm, Family::Outside, "Public IM providers"),
        Role::Client => (Icon::People, Family::People, "Clients"),
        Role::Administrator => (Icon::Console, Family::People, "Administrators"),
        _ => (Icon::Service, Family::Outside, "Public DNS and CRL"),
    }
}
