//! The servers as rows.

use super::ServerRow;
use crate::model::{NetworkId, Server};
use crate::plan::Plans;
use crate::plan::naming::Names;

pub(super) fn servers(plans: Plans<'_>) -> Vec<ServerRow<'_>> {
    let names = Names::new(plans.topology);
    let mut servers: Vec<&Server> = plans.topology.servers.iter().collect();
    servers.sort_by(|a, b| a.path.cmp(&b.path));
    servers.into_iter().map(|server| row(plans, &names, server)).collect()
}

fn row<'a>(plans: Plans<'a>, names: &Names<'a>, server: &'a Server) -> ServerRow<'a> {
    let topology = plans.topology;
    let group = topology.group(server.group);
    let held = group.endpoints.iter().map(|id| topology.endpoint(*id));
    let held = held.filter(|endpoint| endpoint.members.iter().any(|member| member.server == server.id));
    let mut roles: Vec<_> = held.map(|endpoint| endpoint.role).collect();
    roles.sort();
    roles.dedup();
    let mut networks: Vec<NetworkId> = server.addresses.iter().map(|(_, network)| *network).collect();
    networks.sort();
    networks.dedup();
    let mut zones: Vec<_> = networks.iter().map(|network| topology.network(*network).zone.word()).collect();
    zones.sort_unstable();
    zones.dedup();
    ServerRow {
        path: &server.path,
        site: &topology.site(server.site).name,
        name: names.server_name(server.id).map(|(name, _)| name.as_str()),
        group: &group.path,
        kind: group.kind.word(),
        roles: roles.into_iter().map(|role| role.title_in(topology.organization.product)).collect(),
        addresses: server.addresses.iter().map(|(address, _)| address.value).collect(),
        networks: networks.into_iter().map(|network| topology.network(network).path.as_str()).collect(),
        zones,
        operating_system: server.operating_system,
        declared: plans.lines.source_ref(server.path.clone(), Some(server.span)).to_string(),
    }
}
