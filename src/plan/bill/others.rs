//! Devices, addresses and certificates.

use std::collections::{BTreeMap, BTreeSet};

use super::items::item;
use super::{BillPart, BillRow, Draft};
use crate::model::{Named, is_private};
use crate::plan::certificate::Certificate;
use crate::plan::sizing::{AddressUse, addresses};
use crate::product::{GroupKind, Role, Side};
use crate::text::counted;

impl Draft<'_> {
    /// Load balancers and firewalls. A redundant one is two devices.
    pub(super) fn devices(&self) -> Vec<BillRow> {
        let topology = self.plans.topology;
        let device = |redundant: bool| if redundant { 2 } else { 1 };
        let balancers = self.plans.balancers().iter().map(|plan| {
            let balancer = topology.load_balancer(plan.id);
            let mut row = self.row(BillPart::Appliances, &balancer.path, Some(balancer.span), "load_balancer", "Load balancer");
            let virtual_addresses: BTreeSet<_> = plan.listeners.iter().map(|listener| listener.address).collect();
            row.site = Some(topology.site(balancer.site).name.clone());
            row.count = Some(device(balancer.redundant));
            row.detail = Some(format!(
                "{}, {}, {}",
                plan.dialect,
                counted(virtual_addresses.len(), "virtual address", "virtual addresses"),
                counted(plan.listeners.len(), "listener", "listeners")
            ));
            row
        });
        let firewalls = topology.firewalls.iter().map(|firewall| {
            let mut row = self.row(BillPart::Appliances, &firewall.path, Some(firewall.span), "firewall", "Firewall");
            row.site = Some(topology.site(firewall.site).name.clone());
            row.count = Some(device(firewall.redundant));
            row.detail = Some(format!("{}, {}", firewall.dialect.word(), counted(firewall.joins.len(), "network", "networks")));
            row
        });
        balancers.chain(firewalls).collect()
    }

    /// The addresses of each site by what they are for.
    pub(super) fn addresses(&self) -> Vec<BillRow> {
        let topology = self.plans.topology;
        let mut rows = Vec::new();
        for (site, held) in topology.sites.iter().zip(addresses(topology)) {
            let mut counts: BTreeMap<(bool, AddressUse), u64> = BTreeMap::new();
            for (address, of) in held {
                *counts.entry((!is_private(address), of)).or_default() += 1;
            }
            let mut titles: BTreeMap<(bool, String), u64> = BTreeMap::new();
            for ((public, of), count) in counts {
                *titles.entry((public, self.purpose(of))).or_default() += count;
            }
            rows.extend(titles.into_iter().map(|((public, title), count)| {
                let item = if public { "public" } else { "private" };
                let title = format!("{title} ({item})");
                let mut row = self.row(BillPart::Addresses, &site.name, Some(site.span), item, &title);
                row.site = Some(site.name.clone());
                row.count = Some(count);
                row
            }));
        }
        // By purpose, as all other parts are.
        rows.sort_by(|a: &BillRow, b| (&a.item, &a.title).cmp(&(&b.item, &b.title)));
        rows
    }

    fn purpose(&self, of: AddressUse) -> String {
        let product = self.plans.topology.organization.product;
        let named = |kind: GroupKind, role: Option<(Role, Side)>| match (kind, role) {
            (GroupKind::EdgeArray, Some((role, Side::Outside))) => role.title_in(product).to_owned(),
            (GroupKind::EdgeArray | GroupKind::ReverseProxy | GroupKind::MediationServer, Some((role, side))) => {
                format!("{}, {}", item(product, kind, &[role]).title, side.word())
            }
            (kind, role) => item(product, kind, &role.map(|(role, _)| role).into_iter().collect::<Vec<_>>()).title.to_owned(),
        };
        match of {
            AddressUse::Server(GroupKind::BackEnd, None) => "node of a SQL Server cluster".to_owned(),
            AddressUse::Server(kind, role) => named(kind, role),
            AddressUse::Virtual(kind, role, side) => format!("virtual address: {}", named(kind, Some((role, side)))),
            AddressUse::BalancerSource => "load balancer, towards servers".to_owned(),
            AddressUse::BalancerOwn => "load balancer, health checks".to_owned(),
            AddressUse::Translated => "translated by a firewall".to_owned(),
        }
    }

    /// The certificates of each group by the class of who issues them.
    pub(super) fn certificates(&self) -> Vec<BillRow> {
        let topology = self.plans.topology;
        let mut classes: BTreeMap<(&str, &str), Vec<&Certificate>> = BTreeMap::new();
        for certificate in &self.plans.certificates().certificates {
            let class = certificate.issuer.as_ref().map_or("none", |issuer| issuer.kind.word());
            classes.entry((class, &certificate.group)).or_default().push(certificate);
        }
        let row = |((class, group), certificates): ((&str, &str), Vec<&Certificate>)| {
            let title = match class {
                "none" => "certificate whose issuer is not stated".to_owned(),
                class => format!("certificate of a certification authority, {class}"),
            };
            let span = match topology.by_path.get(group) {
                Some(Named::Group(id)) => Some(topology.group(*id).span),
                _ => None,
            };
            let mut row = self.row(BillPart::Certificates, group, span, class, &title);
            row.site = group.split_once('.').map(|(site, _)| site.to_owned());
            row.count = Some(certificates.len() as u64);
            let issuers: BTreeSet<&str> =
                certificates.iter().filter_map(|certificate| certificate.issuer.as_ref()).map(|issuer| &*issuer.name).collect();
            let names: usize = certificates.iter().map(|certificate| certificate.sans.len().max(1)).sum();
            row.detail = Some(
                issuers.into_iter().map(str::to_owned).chain([counted(names, "name", "names")]).collect::<Vec<_>>().join(", "),
            );
            let rows: BTreeSet<&String> = certificates.iter().map(|certificate| &certificate.reason.row).collect();
            row.rows = rows.into_iter().cloned().collect();
            row.confidence = certificates.iter().map(|certificate| certificate.reason.confidence).min();
            row
        };
        classes.into_iter().map(row).collect()
    }
}
