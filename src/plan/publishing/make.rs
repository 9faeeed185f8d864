//! From flows, names and certificates to sites and paths.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddrV4};

use rustc_hash::FxHashMap;

use super::super::certificate::{Certificate, CertificatePlan};
use super::super::firewall::build::labels;
use super::super::naming::{Filled, Names, needed};
use super::super::{Lines, Reason};
use super::{ListenerCertificate, Proxy, PublicName, PublishedPath, Site, SizeLimit, Upstream};
use crate::catalog::{self, FlowRelation, Hole, Limit, NameRow, PublishedPath as PathRow, Subject, Tls, fact, facts};
use crate::flow::{Flow, Flows, Peer};
use crate::lower::Fqdn;
use crate::model::{Endpoint, EndpointId, Group, GroupId, ServerId, Topology};
use crate::product::{Relation, Role, Side};
use crate::text::Span;

pub(super) fn proxies(topology: &Topology, flows: &Flows<'_>, certificates: &CertificatePlan, lines: &Lines<'_>) -> Vec<Proxy> {
    let maker = Maker::new(topology, certificates, lines);
    let mut drafts: BTreeMap<(GroupId, Option<ServerId>), Draft<'_>> = BTreeMap::new();
    for flow in flows.flows.iter().filter(|flow| !flow.reversed) {
        if flow.row.to == Role::ReverseProxy && flow.row.to_side == Side::Outside {
            for peer in &flow.to {
                let Some(group) = peer.group else { continue };
                for (server, address) in listening(topology, peer) {
                    drafts.entry((group, server)).or_default().listens.push((flow, peer, address));
                }
            }
        } else if flow.row.relation == FlowRelation::To(Relation::Publishes) && flow.row.from.contains(&Role::ReverseProxy) {
            let Some((endpoint, addresses)) = target(topology, flow) else { continue };
            let opener = |peer: &Peer| {
                let group = peer.group?;
                let outside = topology.group_endpoint(group, Role::ReverseProxy, Side::Outside);
                Some((group, peer.server.filter(|_| outside.is_some_and(|outside| outside.vip.is_some()))))
            };
            let openers: BTreeSet<(GroupId, Option<ServerId>)> = flow.from.iter().filter_map(opener).collect();
            for opener in openers {
                drafts.entry(opener).or_default().opens.push((flow, endpoint, addresses.clone()));
            }
        }
    }
    let path = |(group, server): &(GroupId, Option<ServerId>)| match server {
        Some(server) => topology.server(*server).path.as_str(),
        None => topology.group(*group).path.as_str(),
    };
    let labels = labels(drafts.keys().map(path));
    drafts.into_iter().zip(labels).filter_map(|((holder, draft), label)| maker.proxy(holder, label, draft)).collect()
}

/// Where a destination of flows listens: behind a virtual address each server at its own, with rules of its own.
fn listening(topology: &Topology, peer: &Peer) -> Vec<(Option<ServerId>, Ipv4Addr)> {
    let balanced = peer.endpoint.map(|id| topology.endpoint(id)).filter(|endpoint| endpoint.vip.is_some());
    match (balanced, peer.server) {
        (Some(endpoint), None) => endpoint.members.iter().map(|member| (Some(member.server), member.address.value)).collect(),
        // The way from the load balancer to a server that has its rules already.
        (Some(_), Some(_)) => Vec::new(),
        (None, _) => vec![(None, peer.net.addr())],
    }
}

/// What flows say of a proxy.
#[derive(Default)]
struct Draft<'f> {
    /// Flows to its outer side, with the place that they go to and the address that listens.
    listens: Vec<(&'f Flow<'f>, &'f Peer, Ipv4Addr)>,
    /// Flows from it to what it publishes, with the endpoint and its addresses.
    opens: Vec<(&'f Flow<'f>, &'f Endpoint, Vec<Ipv4Addr>)>,
}

/// The destination endpoint of a flow, with the addresses that a proxy connects to; `None` for the way behind a load balancer,
/// which is the balancer's own.
fn target<'t>(topology: &'t Topology, flow: &Flow<'_>) -> Option<(&'t Endpoint, Vec<Ipv4Addr>)> {
    let endpoint = topology.endpoint(flow.to.iter().find_map(|peer| peer.endpoint)?);
    let asked = flow.to.iter().filter(|peer| endpoint.vip.is_none() || peer.server.is_none());
    let addresses: Vec<Ipv4Addr> = asked.map(|peer| peer.net.addr()).collect();
    (!addresses.is_empty()).then_some((endpoint, addresses))
}

struct Maker<'t> {
    topology: &'t Topology,
    names: Names<'t>,
    lines: &'t Lines<'t>,
    /// The rows of names that lead to a proxy, with the features that require each.
    name_rows: Vec<(&'static NameRow, Vec<&'static str>)>,
    /// The paths, with the features that require each.
    path_rows: Vec<(&'static PathRow, Vec<&'static str>)>,
    /// The certificate that an endpoint shows for a name.
    certificates: FxHashMap<(EndpointId, &'t Fqdn), &'t Certificate>,
    /// Names of files for authorities, by their own.
    authorities: BTreeMap<&'t str, String>,
    /// Names without dots of what is published.
    sites: FxHashMap<GroupId, String>,
}

impl<'t> Maker<'t> {
    fn new(topology: &'t Topology, certificates: &'t CertificatePlan, lines: &'t Lines<'t>) -> Self {
        let organization = &topology.organization;
        let rows = facts::<NameRow>(organization.product).iter();
        let rows = rows.filter(|row| row.view == catalog::DnsView::External && row.subject == Subject::PublishedName);
        let paths = facts::<PathRow>(organization.product).iter().filter(|row| row.is_published());
        let mut shown = FxHashMap::default();
        for certificate in &certificates.certificates {
            for served in &certificate.serves {
                for name in std::iter::once(&certificate.common_name).chain(&certificate.sans) {
                    shown.entry((served.endpoint, name)).or_insert(certificate);
                }
            }
        }
        let authorities: Vec<&str> = organization.authorities.iter().map(|authority| authority.name.as_str()).collect();
        let files = labels(authorities.iter().copied());
        let published: BTreeSet<GroupId> = topology.groups.iter().flat_map(|group| group.related(Relation::Publishes)).collect();
        let sites = labels(published.iter().map(|id| topology.group(*id).path.as_str()));
        Self {
            topology,
            names: Names::new(topology),
            lines,
            name_rows: rows.filter_map(|row| Some((row, needed(&row.when, organization)?))).collect(),
            path_rows: paths.filter_map(|row| Some((row, needed(&row.when, organization)?))).collect(),
            certificates: shown,
            authorities: authorities.into_iter().zip(files).collect(),
            sites: published.into_iter().zip(sites).collect(),
        }
    }

    /// A proxy; `None` where it is not open to the outside, or it has nothing to publish.
    fn proxy(&self, (id, server): (GroupId, Option<ServerId>), label: String, draft: Draft<'_>) -> Option<Proxy> {
        let group = self.topology.group(id);
        let outside = self.topology.group_endpoint(id, Role::ReverseProxy, Side::Outside)?;
        let mut sockets = BTreeSet::new();
        for (flow, _, address) in &draft.listens {
            let ports = flow.ports.iter().flat_map(|range| range.first..=range.last);
            sockets.extend(ports.map(|port| SocketAddrV4::new(*address, port)));
        }
        let mut sites: Vec<Site> = draft
            .opens
            .into_iter()
            .filter_map(|(flow, endpoint, addresses)| self.site(group, outside, flow, endpoint, addresses))
            .collect();
        sites.sort_by(|a, b| a.path.cmp(&b.path));
        if sockets.is_empty() || sites.is_empty() {
            return None;
        }
        let own = server.map(|server| self.topology.server(server));
        Some(Proxy {
            group: id,
            server,
            path: own.map_or(&group.path, |own| &own.path).clone(),
            label,
            sockets: sockets.into_iter().collect(),
            public: draft.listens.iter().find_map(|(_, peer, _)| peer.public),
            reasons: draft.listens.iter().map(|(flow, ..)| self.flow_reason(flow, &[(group, outside.span)])).collect(),
            sites,
            declared: match own {
                Some(own) => self.lines.source_ref(&own.path, Some(own.span)),
                None => self.lines.source_ref(&group.path, Some(group.span)),
            },
        })
    }

    fn site(
        &self,
        proxy: &Group,
        outside: &Endpoint,
        flow: &Flow<'_>,
        endpoint: &'t Endpoint,
        addresses: Vec<Ipv4Addr>,
    ) -> Option<Site> {
        let group = self.topology.group(endpoint.group);
        let names = self.public_names(proxy, group);
        let paths: Vec<PublishedPath> = self
            .path_rows
            .iter()
            .filter(|(row, _)| row.role == flow.row.to)
            .map(|row| self.path(proxy, group, flow, row))
            .collect();
        // What has no name outside is an error of its own, and so is a name that nothing can be made of.
        let first = names.first().filter(|_| !paths.is_empty())?;
        let certificate = self.certificates.get(&(outside.id, &first.name)).filter(|certificate| {
            names.iter().all(|name| self.certificates.get(&(outside.id, &name.name)).is_some_and(|c| c.slug == certificate.slug))
        });
        // A listener of its own for outside users is known by the public name.
        let inner = self.names.group_names(Hole::WebFarm, group).into_iter().next().filter(|_| endpoint.side == Side::Inside);
        let name = inner.or_else(|| self.names.endpoint_name(endpoint)).map(|(name, _)| name);
        let shown = name.and_then(|name| self.certificates.get(&(endpoint.id, name)));
        let issuer = shown.and_then(|certificate| certificate.issuer.as_ref());
        Some(Site {
            path: group.path.clone(),
            label: self.sites.get(&group.id)?.clone(),
            certificate: certificate.map(|c| ListenerCertificate { slug: c.slug.clone(), common_name: c.common_name.clone() }),
            paths,
            upstream: Upstream {
                name: name.cloned(),
                addresses,
                port: flow.ports.first()?.first,
                tls: flow.row.tls != Tls::None,
                authority: issuer.and_then(|issuer| self.authorities.get(issuer.name.as_str()).cloned()),
            },
            reason: self.flow_reason(flow, &[(group, endpoint.span), (proxy, proxy.span)]),
            names,
        })
    }

    /// The names that rows of names make of a group's own.
    fn public_names(&self, proxy: &Group, group: &'t Group) -> Vec<PublicName> {
        let mut names: Vec<PublicName> = Vec::new();
        for (row, features) in self.name_rows.iter().filter(|(row, _)| row.kinds.contains(&group.kind)) {
            for (own, span) in self.names.group_names(row.owner.hole, group) {
                let Ok(name) = Fqdn::parse(&row.owner.fill(own.as_str())) else { continue };
                if names.iter().any(|known| known.name == name) {
                    continue;
                }
                let mut reason = Reason::new(&row.id, &row.purpose, &row.provenance);
                reason.features.clone_from(features);
                reason.declared = self.declared(&[(group, span), (proxy, proxy.span)]);
                names.push(PublicName { name, reason });
            }
        }
        names
    }

    fn path(
        &self,
        proxy: &Group,
        group: &'t Group,
        flow: &Flow<'_>,
        (row, features): &(&'static PathRow, Vec<&'static str>),
    ) -> PublishedPath {
        let product = self.topology.organization.product;
        let mut reason = Reason::new(&row.id, &row.content, &row.provenance);
        // A path that is always published is so for what opens the way to it.
        reason.features = if features.is_empty() { features_of(flow) } else { features.clone() };
        reason.declared = self.declared(&[(group, name_span(&self.names, group)), (proxy, proxy.span)]);
        let largest = row.largest.as_deref().and_then(|id| fact::<Limit>(product, id));
        PublishedPath {
            path: row.path.clone(),
            below: row.below,
            largest: largest.map(|limit| SizeLimit { megabytes: limit.value, row: limit.id.clone() }),
            reason,
        }
    }

    fn flow_reason(&self, flow: &Flow<'_>, declared: &[(&Group, Span)]) -> Reason {
        let mut reason = Reason::new(&flow.row.id, &flow.row.purpose, &flow.row.provenance);
        reason.features = features_of(flow);
        reason.declared = self.declared(declared);
        reason
    }

    fn declared(&self, groups: &[(&Group, Span)]) -> Vec<super::SourceRef> {
        groups.iter().map(|(group, span)| self.lines.source_ref(&group.path, Some(*span))).collect()
    }
}

/// Where a group says what it is called outside.
fn name_span(names: &Names<'_>, group: &Group) -> Span {
    let own = |hole| names.group_names(hole, group).first().map(|(_, span): &Filled<'_>| *span);
    own(Hole::ExternalWebFarm).or_else(|| own(Hole::ExternalFqdn)).unwrap_or(group.span)
}

fn features_of(flow: &Flow<'_>) -> Vec<&'static str> {
    flow.features.iter().map(|(feature, _)| feature.word()).collect()
}
