//! The connections that go on beside a sign-in, or follow: address book, meetings, media, updates.

use std::collections::BTreeSet;

use super::answer::Beside;
use super::meet::Circumstances;
use crate::catalog::ConnectionStage;
use crate::flow::Peer;
use crate::model::{GroupId, NetworkId, SiteId};
use crate::product::{ClientPlace, GroupKind, Relation, Role};
use crate::query::trace::follow;

/// The ways of the client to what serves a user of the home pool.
pub(super) fn beside(circumstances: Circumstances<'_>) -> Vec<Beside> {
    let topology = circumstances.plans.topology;
    let rows: Vec<&str> = [ConnectionStage::Beside, ConnectionStage::Meeting]
        .into_iter()
        .flat_map(|stage| circumstances.rows(stage))
        .filter(|row| circumstances.is_on(row))
        .map(|row| row.id.as_str())
        .collect();
    let serving = serving(circumstances);
    let here: BTreeSet<NetworkId> = circumstances.setting.networks.iter().map(|network| network.id).collect();
    let serves = |peer: &Peer| match peer.group {
        Some(group) => serving.contains(&group),
        // Clients of other sites are many; those of the own networks stand for them.
        None => here.contains(&peer.network),
    };
    let (_, mut ways) =
        follow(circumstances.plans, &|flow| rows.contains(&flow.row.id.as_str()), &|near| circumstances.is_client(near), &serves);
    ways.sort_by_key(|way| rows.iter().position(|row| *row == way.grounds.row));
    let gone = |path: &str| {
        let server = topology.servers.iter().find(|server| server.path == path);
        let group = || topology.groups.iter().find(|group| group.path == path);
        server.map_or_else(
            || group().is_some_and(|group| circumstances.down.group(group)),
            |server| circumstances.down.server(server.id),
        )
    };
    let stopped = |way| {
        let on_the_way = circumstances.stopped(std::slice::from_ref(&way));
        let ends: Vec<&String> = way.to.iter().map(|party| &party.path).collect();
        let at_the_end = if ends.iter().all(|path| gone(path)) { ends } else { Vec::new() };
        let stopped_by = on_the_way.into_iter().chain(at_the_end.into_iter().cloned()).collect();
        Beside { stopped_by, way }
    };
    ways.into_iter().map(stopped).collect()
}

/// The groups that serve a user of the home pool, beside other clients.
fn serving(circumstances: Circumstances<'_>) -> BTreeSet<GroupId> {
    let topology = circumstances.plans.topology;
    let home = circumstances.setting.home;
    let mut serving = BTreeSet::from([home.id]);
    serving.extend(home.related(Relation::AvEdge));
    serving.extend(home.related(Relation::ExchangeUm));
    if circumstances.question.place == ClientPlace::Outside {
        let edges = topology.endpoints.iter().filter(|endpoint| endpoint.role == Role::WebConferencingEdge);
        let at = |site: SiteId| edges.clone().map(|endpoint| topology.group(endpoint.group)).find(|group| group.site == site);
        serving.extend(at(home.site).map(|group| group.id).or_else(|| edges.clone().next().map(|endpoint| endpoint.group)));
    }
    let published = |group: &&crate::model::Group| group.related(Relation::Publishes).any(|id| id == home.id);
    serving.extend(topology.groups.iter().filter(published).map(|group| group.id));
    let next_hop = |group: &&crate::model::Group| {
        group.kind == GroupKind::MediationServer && group.related(Relation::NextHop).any(|id| id == home.id)
    };
    serving.extend(topology.groups.iter().filter(next_hop).map(|group| group.id));
    let sites: BTreeSet<SiteId> = circumstances.setting.networks.iter().filter_map(|network| network.site).collect();
    let controllers = || topology.groups.iter().filter(|group| group.kind == GroupKind::DomainController);
    let here: Vec<GroupId> = controllers().filter(|group| sites.contains(&group.site)).map(|group| group.id).collect();
    match here.is_empty() {
        true => serving.extend(controllers().map(|group| group.id)),
        false => serving.extend(here),
    }
    serving
}
