//! The ports between both sides, from the traffic.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::{AccessEdge, Connection, Opener};
use crate::flow::{Flow, Parties, Peer};
use crate::plan::{Plans, Reason};
use crate::product::{Feature, Product, Role, Side};

/// All connections, a row of the catalogue and direction each, by row.
pub(super) fn connections<'a>(plans: Plans<'a>) -> Vec<Connection<'a>> {
    let mut connections: BTreeMap<(&str, Opener), Connection<'_>> = BTreeMap::new();
    for flow in &plans.flows.flows {
        let Some((opener, own)) = sides(flow) else { continue };
        let Some(first) = own.first() else { continue };
        let connection = connections.entry((&flow.row.id, opener)).or_insert_with(|| Connection {
            opener,
            role: first.role,
            addresses: BTreeSet::new(),
            transports: &flow.transports,
            source_ports: flow.source_ports.as_deref(),
            ports: &flow.ports,
            application: &flow.row.application,
            releases: releases(flow.features.iter().map(|(feature, _)| *feature)),
            breaks: &flow.row.breaks,
            reason: Reason::new(flow.row.id.as_str(), flow.row.purpose.as_str(), &flow.row.provenance),
        });
        connection.addresses.extend(own.iter().map(address));
    }
    let mut connections: Vec<Connection<'_>> = connections.into_values().collect();
    connections.sort_by_key(|connection| (connection.opener, connection.role != Role::AccessEdge));
    connections
}

/// Who opens a flow between a partner and this side, and the parties on this side.
fn sides<'f>(flow: &'f Flow<'_>) -> Option<(Opener, &'f Parties)> {
    let of = |peers: &Parties, role: Role| peers.iter().any(|peer| peer.role == role);
    let federated = || flow.features.iter().any(|(feature, _)| *feature == Feature::Federation);
    if of(&flow.from, Role::FederatedPartner) {
        Some((Opener::PartnerEdge, &flow.to))
    } else if of(&flow.to, Role::FederatedPartner) {
        Some((Opener::Own, &flow.from))
    } else if of(&flow.from, Role::RemoteClient) && federated() {
        Some((Opener::PartnerUsers, &flow.to))
    } else {
        None
    }
}

/// An address as the internet sees it.
fn address(peer: &Peer) -> Ipv4Addr {
    peer.public.unwrap_or_else(|| peer.net.addr())
}

/// The Access Edges that partners connect to.
pub(super) fn access_edges<'a>(plans: Plans<'a>, connections: &[Connection<'a>]) -> Vec<AccessEdge<'a>> {
    let topology = plans.topology;
    let ports: BTreeSet<u16> = connections
        .iter()
        .filter(|connection| connection.opener == Opener::PartnerEdge && connection.role == Role::AccessEdge)
        .flat_map(|connection| connection.ports.iter().map(|range| range.first))
        .collect();
    let edge = |endpoint: &'a crate::model::Endpoint| {
        let listens = plans.flows.flows.iter().filter(|flow| flow.from.iter().any(|peer| peer.role == Role::FederatedPartner));
        let own = listens.flat_map(|flow| &flow.to).filter(|peer| peer.endpoint == Some(endpoint.id));
        Some(AccessEdge {
            path: &topology.group(endpoint.group).path,
            name: &endpoint.fqdn.as_ref()?.value,
            addresses: own.map(address).collect(),
            ports: ports.clone(),
        })
    };
    let edges = topology.endpoints_of(Role::AccessEdge, Side::Outside).filter_map(edge);
    edges.filter(|edge| !edge.addresses.is_empty()).collect()
}

/// The releases of partners that features of audio and video are for, in words.
pub(super) fn releases(features: impl Iterator<Item = Feature> + Clone) -> Vec<&'static str> {
    let on = |product: &Product| features.clone().any(|feature| feature.word() == format!("federated_av_{}", product.word()));
    Product::ALL.into_iter().filter(on).map(Product::title).collect()
}
