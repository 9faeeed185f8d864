//! Rows of the catalogue over the topology: who gets which name, and the address that it leads to.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use rustc_hash::FxHashMap;

use super::super::naming::{Filled, Names, needed};
use super::super::{Lines, Reason, SourceRef};
use super::{Claim, DnsProblem, RecordData};
use crate::catalog::{DnsView, Hole, NameRow, RecordType, Subject};
use crate::lower::Fqdn;
use crate::model::{Detail, Endpoint, Group, GroupId, Network, Topology};
use crate::product::EdgeShape;
use crate::text::{Span, Spanned};

/// A record before its zone is known.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) reasons: Vec<Reason>,
    /// The first declaration that required it.
    pub(super) claim: Claim,
}

/// Records of one view by name and data.
pub(super) type Drafts = BTreeMap<DnsView, BTreeMap<Fqdn, BTreeMap<RecordData, Draft>>>;

pub(super) fn collect(topology: &Topology, rows: &[NameRow], lines: &Lines<'_>) -> (Drafts, Vec<DnsProblem>) {
    let mut collector = Collector {
        names: Names::new(topology),
        lines,
        timed: timed(topology),
        public: FxHashMap::default(),
        drafts: Drafts::new(),
        problems: Vec::new(),
    };
    collector.translations();
    for row in rows {
        if let Some(features) = needed(&row.when, &topology.organization) {
            collector.row(row, &features);
        }
    }
    collector.contradictions();
    (collector.drafts, collector.problems)
}

fn timed(topology: &Topology) -> FxHashMap<GroupId, Vec<(&Network, Span)>> {
    let mut timed: FxHashMap<GroupId, Vec<(&Network, Span)>> = FxHashMap::default();
    for network in topology.networks.iter().filter(|network| network.clients) {
        if let Some(server) = &network.time_server {
            timed.entry(server.value).or_default().push((network, server.span));
        }
    }
    timed
}

struct Collector<'t> {
    names: Names<'t>,
    lines: &'t Lines<'t>,
    /// The networks of clients that name a group as their time server, and where.
    timed: FxHashMap<GroupId, Vec<(&'t Network, Span)>>,
    /// The address of a server to its public address.
    public: FxHashMap<Ipv4Addr, Ipv4Addr>,
    drafts: Drafts,
    problems: Vec<DnsProblem>,
}

/// One record that a row requires.
struct RecordRequest<'t> {
    /// The name that fills the owner's hole.
    filled: Filled<'t>,
    /// Where an A record leads to; `None` where several servers have no address in common.
    address: Option<Spanned<Ipv4Addr>>,
    /// The endpoint that it leads to.
    endpoint: &'t Endpoint,
    /// The path of what it leads to.
    path: &'t str,
    declared: Vec<SourceRef>,
}

impl<'t> Collector<'t> {
    fn translations(&mut self) {
        for nat in self.names.topology.firewalls.iter().flat_map(|firewall| &firewall.nats) {
            // A second translation of the same address is an error of its own.
            self.public.entry(nat.inside.value).or_insert(nat.public.value);
        }
    }

    fn row(&mut self, row: &NameRow, features: &[&'static str]) {
        match row.subject {
            Subject::Endpoint => self.for_endpoints(row, features),
            Subject::Server => self.for_servers(row, features),
            Subject::SignIn => {
                let group = self.names.sign_in.filter(|group| row.kinds.contains(&group.kind));
                let endpoint = group.and_then(|group| self.endpoint_of(group, row));
                self.for_sip_domains(row, features, endpoint);
            }
            Subject::SipDomain => {
                // One group holds a service for the whole organization; a second one is an error of its own.
                let endpoint = self.matching(row).first().copied();
                self.for_sip_domains(row, features, endpoint);
            }
            Subject::ClientDomain => {
                if let Some(endpoint) = self.matching(row).first().copied() {
                    self.for_client_domains(row, features, endpoint);
                }
            }
            Subject::TimeServer => {
                for endpoint in self.matching(row) {
                    self.for_time_server(row, features, endpoint);
                }
            }
            Subject::OwnName => self.for_own_names(row, features),
            Subject::PublishedName => self.for_published_names(row, features),
        }
    }

    fn matching(&self, row: &NameRow) -> Vec<&'t Endpoint> {
        let endpoints = row.roles.iter().flat_map(|role| self.names.endpoints(*role, row.side));
        endpoints.copied().filter(|e| row.kinds.contains(&self.names.topology.group(e.group).kind)).collect()
    }

    fn endpoint_of(&self, group: &Group, row: &NameRow) -> Option<&'t Endpoint> {
        row.roles.iter().find_map(|role| self.names.topology.group_endpoint(group.id, *role, row.side))
    }

    fn for_endpoints(&mut self, row: &NameRow, features: &[&'static str]) {
        for endpoint in self.matching(row) {
            let group = self.names.topology.group(endpoint.group);
            let Some(filled) = self.names.endpoint_name(endpoint) else {
                if row.required {
                    self.no_name(row, &group.path, endpoint.span);
                }
                continue;
            };
            let declared = vec![self.lines.source_ref(&group.path, Some(endpoint.span))];
            self.add(
                row,
                features,
                RecordRequest { filled, address: address(self.names.topology, endpoint), endpoint, path: &group.path, declared },
            );
        }
    }

    fn for_servers(&mut self, row: &NameRow, features: &[&'static str]) {
        for endpoint in self.matching(row) {
            for member in &endpoint.members {
                let server = self.names.topology.server(member.server);
                let Some(filled) = self.names.server_name(member.server) else {
                    if row.required {
                        self.no_name(row, &server.path, server.span);
                    }
                    continue;
                };
                let declared = vec![self.lines.source_ref(&server.path, Some(server.span))];
                self.add(
                    row,
                    features,
                    RecordRequest { filled, address: Some(member.address), endpoint, path: &server.path, declared },
                );
            }
        }
    }

    fn for_sip_domains(&mut self, row: &NameRow, features: &[&'static str], endpoint: Option<&'t Endpoint>) {
        let Some(endpoint) = endpoint else { return };
        let topology = self.names.topology;
        let group = topology.group(endpoint.group);
        for domain in &topology.organization.sip_domains {
            let sign_in = group.automatic_sign_in.filter(|_| row.subject == Subject::SignIn);
            let domains = format!("{}.sip_domains", topology.organization.name);
            let declared = vec![
                self.lines.source_ref(&group.path, Some(sign_in.unwrap_or(endpoint.span))),
                self.lines.source_ref(domains, Some(domain.span)),
            ];
            let filled = (&domain.value, domain.span);
            self.add(
                row,
                features,
                RecordRequest { filled, address: address(self.names.topology, endpoint), endpoint, path: &group.path, declared },
            );
        }
    }

    /// The suffixes that networks of clients state.
    fn for_client_domains(&mut self, row: &NameRow, features: &[&'static str], endpoint: &'t Endpoint) {
        let topology = self.names.topology;
        let path = &topology.group(endpoint.group).path;
        let is_sip = |name: &Fqdn| topology.organization.sip_domains.iter().any(|domain| domain.value == *name);
        for network in topology.networks.iter().filter(|network| network.clients) {
            for suffix in network.dns_suffixes.iter().filter(|suffix| !is_sip(&suffix.value)) {
                let stated = format!("{}.dns_suffixes", network.path);
                let declared =
                    vec![self.lines.source_ref(path, Some(endpoint.span)), self.lines.source_ref(stated, Some(suffix.span))];
                let filled = (&suffix.value, suffix.span);
                let address = address(topology, endpoint);
                self.add(row, features, RecordRequest { filled, address, endpoint, path, declared });
            }
        }
    }

    /// The SIP domains, where a network of clients names the endpoint's group as its time server.
    fn for_time_server(&mut self, row: &NameRow, features: &[&'static str], endpoint: &'t Endpoint) {
        let topology = self.names.topology;
        let naming = self.timed.get(&endpoint.group).cloned().unwrap_or_default();
        let path = &topology.group(endpoint.group).path;
        for (network, time_server) in naming {
            for domain in &topology.organization.sip_domains {
                let declared = vec![
                    self.lines.source_ref(path, Some(endpoint.span)),
                    self.lines.source_ref(format!("{}.time_server", network.path), Some(time_server)),
                ];
                let (filled, address) = ((&domain.value, domain.span), address(topology, endpoint));
                self.add(row, features, RecordRequest { filled, address, endpoint, path, declared });
            }
        }
    }

    fn for_own_names(&mut self, row: &NameRow, features: &[&'static str]) {
        for endpoint in self.matching(row) {
            let group = self.names.topology.group(endpoint.group);
            for filled in self.names.group_names(row.owner.hole, group) {
                let declared = vec![self.lines.source_ref(&group.path, Some(filled.1))];
                self.add(
                    row,
                    features,
                    RecordRequest {
                        filled,
                        address: address(self.names.topology, endpoint),
                        endpoint,
                        path: &group.path,
                        declared,
                    },
                );
            }
        }
    }

    fn for_published_names(&mut self, row: &NameRow, features: &[&'static str]) {
        let topology = self.names.topology;
        for group in topology.groups.iter().filter(|group| row.kinds.contains(&group.kind)) {
            for filled in self.names.group_names(row.owner.hole, group) {
                // Unpublished services have no record outside; a rule reports them.
                let publishers: Vec<&Group> = self.names.publishers(group.id).collect();
                for publisher in publishers {
                    let Some(endpoint) = self.endpoint_of(publisher, row) else { continue };
                    let declared = vec![
                        self.lines.source_ref(&group.path, Some(filled.1)),
                        self.lines.source_ref(&publisher.path, Some(endpoint.span)),
                    ];
                    self.add(
                        row,
                        features,
                        RecordRequest {
                            filled,
                            address: address(self.names.topology, endpoint),
                            endpoint,
                            path: &publisher.path,
                            declared,
                        },
                    );
                }
            }
        }
    }

    fn add(&mut self, row: &NameRow, features: &[&'static str], request: RecordRequest<'t>) {
        let Some(owner) = self.name(row, &row.owner.fill(request.filled.0.as_str()), request.filled.1) else { return };
        let Some(data) = self.data(row, &owner, &request) else { return };
        let mut reason = Reason::new(&row.id, &row.purpose, &row.provenance);
        reason.features = if features.is_empty() { vec!["im_presence"] } else { features.to_vec() };
        reason.declared = request.declared;
        let answer = request.address.map_or(request.endpoint.span, |address| address.span);
        let (path, name) = (request.path, request.filled.1);
        let names = self.drafts.entry(row.view).or_default();
        let draft = names.entry(owner).or_default().entry(data.clone()).or_insert_with(|| Draft {
            reasons: Vec::new(),
            claim: Claim { data: format!("{} {data}", data.record_type().word()), path: path.to_owned(), name, answer },
        });
        if !draft.reasons.contains(&reason) {
            draft.reasons.push(reason);
        }
    }

    fn data(&mut self, row: &NameRow, owner: &Fqdn, request: &RecordRequest<'t>) -> Option<RecordData> {
        if row.record == RecordType::A {
            let Some(address) = request.address else {
                self.problems.push(DnsProblem::NoAddress {
                    row: row.id.clone(),
                    name: owner.clone(),
                    group: request.endpoint.group,
                    span: request.endpoint.span,
                });
                return None;
            };
            return Some(RecordData::A(self.address_in_view(row.view, address)));
        }
        let target = self.target(row, request)?;
        Some(match row.port {
            Some(port) => RecordData::Srv { priority: row.priority, weight: row.weight, port, target },
            None => RecordData::Cname(target),
        })
    }

    /// The address in a view.
    fn address_in_view(&self, view: DnsView, address: Spanned<Ipv4Addr>) -> Ipv4Addr {
        match view {
            DnsView::Internal => address.value,
            DnsView::External => self.public.get(&address.value).copied().unwrap_or(address.value),
        }
    }

    fn target(&mut self, row: &NameRow, request: &RecordRequest<'t>) -> Option<Fqdn> {
        let fill = |this: &mut Self, pattern: &crate::catalog::Pattern| {
            let (value, span) = match pattern.hole {
                hole if hole == row.owner.hole || hole == Hole::SipDomain => request.filled,
                _ => this.names.endpoint_name(request.endpoint).or_else(|| {
                    let group = this.names.topology.group(request.endpoint.group);
                    this.no_name(row, &group.path, request.endpoint.span);
                    None
                })?,
            };
            this.name(row, &pattern.fill(value.as_str()), span)
        };
        let target = fill(self, row.target.as_ref()?)?;
        match &row.target_outside_domain {
            // Strict clients take an answer only from directly within the domain of the user's name.
            Some(safe) if target.parent().as_ref() != Some(request.filled.0) => fill(self, safe),
            _ => Some(target),
        }
    }

    fn name(&mut self, row: &NameRow, text: &str, span: Span) -> Option<Fqdn> {
        Fqdn::parse(text)
            .map_err(|why| self.problems.push(DnsProblem::BadName { row: row.id.clone(), name: text.to_owned(), why, span }))
            .ok()
    }

    fn no_name(&mut self, row: &NameRow, path: &str, span: Span) {
        let problem = DnsProblem::NoName { row: row.id.clone(), path: path.to_owned(), span };
        if self.problems.last() != Some(&problem) {
            self.problems.push(problem);
        }
    }

    /// Leaves one address for a name, and no CNAME record beside others, so that what is planned can be served.
    fn contradictions(&mut self) {
        for (view, names) in &mut self.drafts {
            for (name, records) in names {
                let addresses = claims(records, |data| matches!(data, RecordData::A(_)));
                let cnames = claims(records, |data| matches!(data, RecordData::Cname(_)));
                let others = claims(records, |data| !matches!(data, RecordData::Cname(_)));
                let two = match (addresses.as_slice(), cnames.as_slice(), others.as_slice()) {
                    ([kept, left_out, ..], ..) => Some((kept.clone(), left_out.clone())),
                    (_, [left_out, ..], [kept, ..]) | (_, [kept, left_out, ..], []) => Some((kept.clone(), left_out.clone())),
                    _ => None,
                };
                let Some((kept, left_out)) = two else { continue };
                records.retain(|data, draft| match data {
                    RecordData::A(_) => addresses.first() == Some(&draft.claim),
                    RecordData::Cname(_) => others.is_empty() && cnames.first() == Some(&draft.claim),
                    RecordData::Ptr(_) | RecordData::Srv { .. } => true,
                });
                self.problems.push(DnsProblem::Contradiction { view: *view, name: name.clone(), kept, left_out });
            }
        }
    }
}

fn claims(records: &BTreeMap<RecordData, Draft>, which: impl Fn(&RecordData) -> bool) -> Vec<Claim> {
    records.iter().filter(|(data, _)| which(data)).map(|(_, draft)| draft.claim.clone()).collect()
}

/// The address that others know an endpoint by. Several edge servers without a load balancer are known by the first of them,
/// where the shape has several: `edge-array-without-load-balancer` says what that means.
pub(super) fn address(topology: &Topology, endpoint: &Endpoint) -> Option<Spanned<Ipv4Addr>> {
    let scaled = || match &topology.group(endpoint.group).detail {
        Detail::Edge { shape } => !matches!(shape.value, EdgeShape::Consolidated | EdgeShape::SingleSite),
        _ => false,
    };
    match (&endpoint.vip, endpoint.members.as_slice()) {
        (Some(vip), _) => Some(vip.address),
        (None, [only]) => Some(only.address),
        (None, [first, ..]) if scaled() => Some(first.address),
        _ => None,
    }
}
