//! What groups depend on: as written, or derived where only one answer is possible.

use rustc_hash::FxHashMap;

use super::scope::{Scope, Symbol};
use super::{Detail, Endpoint, Group, GroupId, Named, Server, Site, SiteId};
use crate::diag::Diag;
use crate::lower::Decl;
use crate::product::{GroupKind, Relation, Role, Side};
use crate::text::Spanned;

/// Those that an attribute of the same name may write.
const WRITTEN: [Relation; 8] = [
    Relation::NextHop,
    Relation::AccessEdge,
    Relation::AvEdge,
    Relation::Gateway,
    Relation::Archiving,
    Relation::Monitoring,
    Relation::ExchangeUm,
    Relation::Director,
];

/// Gives a server that runs on another's computer the name of that computer, unless it states one.
pub(super) fn name_guests(groups: &mut [Group], servers: &mut [Server], endpoints: &mut [Endpoint], decls: &[&Decl]) {
    for at in 0..groups.len() {
        let host = groups[at].related(Relation::Host).next().filter(|host| host.index() != at);
        let Some(host) = host.filter(|_| !decls[at].is_written("fqdn")) else { continue };
        // What users open may have another name than the computer.
        let computer = groups[host.index()].servers.first().map(|server| &servers[server.index()]);
        let own = computer.and_then(|server| server.fqdn.clone().map(|name| Spanned::new(name, server.span)));
        let is_address = groups[host.index()].kind == GroupKind::WebAccess;
        let Some(name) = own.filter(|_| is_address).or_else(|| groups[host.index()].fqdn.clone()) else { continue };
        for server in &groups[at].servers {
            servers[server.index()].fqdn = Some(name.value.clone());
        }
        if decls[at].is_written("internal_fqdn") {
            continue;
        }
        for endpoint in groups[at].endpoints.iter().map(|id| id.index()) {
            let endpoint = &mut endpoints[endpoint];
            if endpoint.fqdn.is_some() && endpoint.side != Side::Outside {
                endpoint.fqdn = Some(name.clone());
            }
        }
        groups[at].fqdn = Some(name);
    }
}

/// Fills in the relations of all groups.
pub(super) fn resolve(
    groups: &mut [Group],
    endpoints: &[Endpoint],
    decls: &[&Decl],
    sites: &[Site],
    scope: &Scope,
    diags: &mut Vec<Diag>,
) {
    let candidates = Candidates::new(groups, endpoints);
    for (group, decl) in groups.iter_mut().zip(decls) {
        let site = sites[group.site.index()].name.as_str();
        for relation in WRITTEN.into_iter().chain([Relation::Pool, Relation::Host]) {
            let attr = relation.word();
            if decl.schema.attr(attr).is_none_or(|attr| attr.ty.reference_kinds().is_empty()) {
                continue;
            }
            let single = scope.attribute(decl, attr, Some(site), diags);
            for symbol in single.into_iter().chain(scope.list(decl, attr, Some(site), diags)) {
                if let Symbol::Named(Named::Group(other)) = symbol.value {
                    group.relations.push((relation, other, symbol.span));
                }
            }
        }
        if group.kind == GroupKind::ReverseProxy {
            for symbol in scope.list(decl, "publishes", Some(site), diags) {
                if let Symbol::Named(Named::Group(other)) = symbol.value {
                    group.relations.push((Relation::Publishes, other, symbol.span));
                }
            }
        }
        if group.kind == GroupKind::ArchivingServer
            && let Some(database) = scope.attribute(decl, "database", Some(site), diags)
            && let Symbol::Named(Named::Group(other)) = database.value
        {
            group.relations.push((Relation::BackEnd, other, database.span));
        }
        derive(group, decl, &candidates);
        group.relations.sort();
        group.relations.dedup_by_key(|(relation, other, _)| (*relation, *other));
    }
}

/// For each relation, the groups that can be its other end.
struct Candidates {
    by_relation: FxHashMap<Relation, Vec<(SiteId, GroupId)>>,
    access_edge: Option<GroupId>,
}

impl Candidates {
    fn new(groups: &[Group], endpoints: &[Endpoint]) -> Self {
        let mut by_relation: FxHashMap<Relation, Vec<(SiteId, GroupId)>> = FxHashMap::default();
        for group in groups {
            let relation = match group.kind {
                GroupKind::Director | GroupKind::DirectorArray => Relation::Director,
                GroupKind::ArchivingServer => Relation::Archiving,
                GroupKind::MonitoringServer => Relation::Monitoring,
                GroupKind::ExchangeUm => Relation::ExchangeUm,
                _ => continue,
            };
            by_relation.entry(relation).or_default().push((group.site, group.id));
        }
        for endpoint in endpoints.iter().filter(|endpoint| endpoint.side == Side::Inside) {
            let relation = match endpoint.role {
                Role::AccessEdge => Relation::AccessEdge,
                Role::AvEdge => Relation::AvEdge,
                _ => continue,
            };
            let site = groups[endpoint.group.index()].site;
            by_relation.entry(relation).or_default().push((site, endpoint.group));
        }
        let access_edge = by_relation.get(&Relation::AccessEdge).and_then(|edges| edges.first()).map(|(_, edge)| *edge);
        Self { by_relation, access_edge }
    }

    /// The only one in the own site, else the only one anywhere, else for edges the one where the Access Edge is.
    fn only(&self, relation: Relation, site: SiteId) -> Option<GroupId> {
        let all = self.by_relation.get(&relation)?;
        // The list is in the order of sites.
        let first = all.partition_point(|(other, _)| *other < site);
        let own: Vec<GroupId> = all[first..].iter().take_while(|(other, _)| *other == site).take(2).map(|(_, id)| *id).collect();
        match (own.as_slice(), all.as_slice()) {
            ([only], _) | ([], [(_, only)]) => Some(*only),
            _ if relation == Relation::AvEdge => self.access_edge.filter(|edge| all.iter().any(|(_, id)| id == edge)),
            _ => None,
        }
    }
}

/// Partners that need not be written because there is only one answer.
fn derive(group: &mut Group, decl: &Decl, candidates: &Candidates) {
    let is_pool = matches!(group.detail, Detail::Pool { .. });
    let wanted: &[Relation] = match group.kind {
        _ if is_pool => &[
            Relation::Director,
            Relation::AccessEdge,
            Relation::AvEdge,
            Relation::Archiving,
            Relation::Monitoring,
            Relation::ExchangeUm,
        ],
        GroupKind::Director | GroupKind::DirectorArray => &[Relation::AccessEdge, Relation::AvEdge],
        GroupKind::MediationServer => &[Relation::AccessEdge, Relation::AvEdge, Relation::Monitoring],
        GroupKind::ExchangeUm => &[Relation::AvEdge],
        _ => &[],
    };
    for &relation in wanted {
        let written = WRITTEN.contains(&relation) && decl.is_written(relation.word());
        if !written && let Some(other) = candidates.only(relation, group.site) {
            group.relations.push((relation, other, group.span));
        }
    }
}
