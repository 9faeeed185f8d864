//! The kinds of computers and devices, as rows of the catalogue call them.

use super::BillPart;
use crate::product::{GroupKind, Product, Role};

/// A kind of computer or device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Item {
    /// The part of the bill.
    pub(super) part: BillPart,
    /// Its word: the kind of its block, or `edge_server`.
    pub(super) word: &'static str,
    /// Its name for people.
    pub(super) title: &'static str,
}

/// The kind of a computer: that of its group, in a pool that of its first role.
pub(super) fn item(product: Product, kind: GroupKind, roles: &[Role]) -> Item {
    let item = |part, word, title| Item { part, word, title };
    match kind {
        GroupKind::StandardEdition => item(BillPart::Servers, kind.word(), "Standard Edition server"),
        GroupKind::EnterprisePool => {
            let role = roles.iter().min().copied().unwrap_or(Role::FrontEnd);
            let word = match role {
                Role::WebComponents => "web_components_server",
                Role::WebConferencing => "web_conferencing_server",
                Role::AvConferencing => "av_conferencing_server",
                _ => "front_end",
            };
            item(BillPart::Servers, word, role.title_in(product))
        }
        GroupKind::Director | GroupKind::DirectorArray => item(BillPart::Servers, "director", Role::Director.title()),
        GroupKind::EdgeArray => item(BillPart::Servers, "edge_server", "Edge Server"),
        GroupKind::MediationServer => item(BillPart::Servers, kind.word(), Role::Mediation.title()),
        GroupKind::ArchivingServer => item(BillPart::Servers, kind.word(), Role::Archiving.title()),
        GroupKind::MonitoringServer => item(BillPart::Servers, kind.word(), Role::Monitoring.title_in(product)),
        GroupKind::WebAccess => item(BillPart::Servers, kind.word(), Role::WebAccess.title()),
        GroupKind::GroupChat => item(BillPart::Servers, kind.word(), Role::GroupChat.title()),
        GroupKind::BackEnd => item(BillPart::Databases, kind.word(), Role::BackEnd.title()),
        GroupKind::FileShare => item(BillPart::OtherServers, kind.word(), "File server"),
        GroupKind::DomainController => item(BillPart::OtherServers, kind.word(), Role::DomainController.title()),
        GroupKind::ExchangeUm => item(BillPart::OtherServers, kind.word(), Role::ExchangeUm.title()),
        GroupKind::UpdateServer => item(BillPart::OtherServers, kind.word(), Role::UpdateServer.title()),
        GroupKind::ReverseProxy => item(BillPart::Appliances, kind.word(), Role::ReverseProxy.title()),
        GroupKind::MediaGateway => item(BillPart::Appliances, kind.word(), Role::MediaGateway.title()),
    }
}
