//! A client, or a server for it, meets a server: whether something answers there, by which way, and with which certificate.

use std::net::Ipv4Addr;

use super::Question;
use super::answer::{Contact, Presented};
use super::down::Down;
use super::setting::Setting;
use crate::catalog::{ClientConnection, Confidence, ConnectionStage, Tls, Wildcard, facts, wildcard};
use crate::flow::{Flow, Peer};
use crate::lower::Fqdn;
use crate::model::{Endpoint, Group, NetworkId, Topology};
use crate::plan::Plans;
use crate::plan::certificate::Certificate;
use crate::product::Relation;
use crate::query::answer::HopKind;
use crate::query::trace::{Way, follow};

/// What is wrong, and what to do.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) what: String,
    pub(super) fix: String,
}

impl Trouble {
    pub(super) fn new(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { what: what.into(), fix: fix.into() }
    }
}

/// A server that was met, and what is wrong with it.
pub(super) struct Met<'a> {
    pub(super) contact: Contact,
    pub(super) endpoint: Option<&'a Endpoint>,
    pub(super) trouble: Option<Trouble>,
}

/// A connection to be opened.
pub(super) struct Attempt<'q> {
    pub(super) stage: &'static str,
    pub(super) name: &'q Fqdn,
    pub(super) address: Ipv4Addr,
    pub(super) port: u16,
    /// The SIP domain, where the name is the target of a service record.
    pub(super) strict_for: Option<&'q Fqdn>,
}

/// What connections depend on.
#[derive(Clone, Copy)]
pub(super) struct Circumstances<'a> {
    pub(super) plans: Plans<'a>,
    pub(super) question: &'a Question,
    pub(super) setting: &'a Setting<'a>,
    pub(super) down: &'a Down,
}

impl<'a> Circumstances<'a> {
    fn topology(self) -> &'a Topology {
        self.plans.topology
    }

    /// The rows of a part of the sign-in, for this client at this place.
    pub(super) fn rows(self, stage: ConnectionStage) -> impl Iterator<Item = &'static ClientConnection> {
        let Question { client, place, .. } = *self.question;
        let rows = facts::<ClientConnection>(self.topology().organization.product).iter();
        rows.filter(move |row| row.stage == stage && row.clients.contains(&client) && row.place.is_none_or(|own| own == place))
    }

    /// Whether such a client may use a row: some flows are there for others too.
    pub(super) fn is_on(self, row: &ClientConnection) -> bool {
        self.topology().organization.features_meeting(&row.when).is_some()
    }

    /// Whether a party is the client.
    pub(super) fn is_client(self, peer: &Peer) -> bool {
        peer.group.is_none() && self.setting.networks.iter().any(|network| network.id == peer.network)
    }

    /// Who opens the client's connections.
    pub(super) fn client(self) -> String {
        self.setting.networks.iter().map(|network| network.path.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The client connects to a port of an address.
    pub(super) fn connect(self, attempt: &Attempt<'_>) -> Met<'a> {
        let endpoints = self.endpoints(attempt.address);
        let listens = |flow: &Flow<'_>| flow.ports.iter().any(|range| range.contains(attempt.port));
        let mut found: Option<(&Endpoint, Vec<Way>)> = None;
        for endpoint in &endpoints {
            let rows: Vec<&str> =
                self.rows(ConnectionStage::SignIn).filter(|row| self.is_on(row)).map(|row| row.id.as_str()).collect();
            let (_, ways) = follow(
                self.plans,
                &|flow| listens(flow) && rows.contains(&flow.row.id.as_str()),
                &|near| self.is_client(near),
                &|far| far.endpoint == Some(endpoint.id) && self.is_at(far, attempt.address),
            );
            if !ways.is_empty() {
                found = Some((endpoint, ways));
                break;
            }
        }
        let endpoint = found.as_ref().map(|(endpoint, _)| *endpoint).or(endpoints.first().copied());
        let ways = found.map(|(_, ways)| ways).unwrap_or_default();
        let certificate = endpoint.and_then(|endpoint| self.presented(endpoint, attempt.name, attempt.strict_for, &ways));
        let to = endpoint.map(|endpoint| self.topology().group(endpoint.group));
        let trouble = self.trouble(attempt, endpoint, &ways, certificate.as_ref());
        let contact = Contact {
            stage: attempt.stage,
            from: self.client(),
            name: Some(attempt.name.to_string()),
            address: Some(attempt.address),
            port: Some(attempt.port),
            to: to.map(|group| group.path.clone()),
            servers: endpoint.map(|endpoint| endpoint.members.len()).unwrap_or_default(),
            servers_down: endpoint.map(|endpoint| self.down.servers_of(endpoint)).unwrap_or_default(),
            works: trouble.is_none(),
            problem: trouble.as_ref().map(|trouble| trouble.what.clone()),
            ways,
            certificate,
        };
        Met { contact, endpoint, trouble }
    }

    /// A server passes what the client says on to another.
    pub(super) fn pass(self, from: &Group, to: &Group) -> Met<'a> {
        let rows: Vec<&str> =
            self.rows(ConnectionStage::Proxied).filter(|row| self.is_on(row)).map(|row| row.id.as_str()).collect();
        let (_, ways) =
            follow(self.plans, &|flow| rows.contains(&flow.row.id.as_str()), &|near| near.group == Some(from.id), &|far| {
                far.group == Some(to.id)
            });
        let first = ways.first();
        let address = first.and_then(|way| way.to.first()).map(|party| party.address.addr());
        let port = first.and_then(|way| way.ports.first()).map(|range| range.first);
        let endpoint = address.and_then(|address| {
            let roles = |endpoint: &&&Endpoint| endpoint.group == to.id && self.listens(endpoint, &ways);
            self.endpoints(address).iter().find(roles).copied()
        });
        let name = endpoint.and_then(|endpoint| self.name(endpoint));
        let certificate = endpoint.zip(name).and_then(|(endpoint, name)| self.presented(endpoint, name, None, &ways));
        let gone = || (self.down.group(to)).then(|| ("it is down".to_owned(), to.path.clone()));
        let down = || endpoint.and_then(|endpoint| self.down.endpoint(self.topology(), endpoint)).or_else(gone);
        let trouble = if ways.is_empty() {
            let what = format!("no flow leads from `{}` to `{}`", from.path, to.path);
            Some(Trouble::new(what, format!("look at `ocstopo trace {} {}`", from.path, to.path)))
        } else if let Some((why, gone)) = down() {
            let what = format!("`{}` passes the client on to `{}`, and {why}", from.path, to.path);
            Some(Trouble::new(what, format!("bring `{gone}` back: nothing takes its place")))
        } else {
            self.on_the_way(&ways)
        };
        let contact = Contact {
            stage: "proxied",
            from: from.path.clone(),
            name: name.map(ToString::to_string),
            address,
            port,
            to: Some(to.path.clone()),
            servers: endpoint.map(|endpoint| endpoint.members.len()).unwrap_or_default(),
            servers_down: endpoint.map(|endpoint| self.down.servers_of(endpoint)).unwrap_or_default(),
            works: trouble.is_none(),
            problem: trouble.as_ref().map(|trouble| trouble.what.clone()),
            ways,
            certificate,
        };
        Met { contact, endpoint, trouble }
    }

    /// The name of an endpoint.
    pub(super) fn name(self, endpoint: &'a Endpoint) -> Option<&'a Fqdn> {
        endpoint.fqdn.as_ref().or(self.topology().group(endpoint.group).fqdn.as_ref()).map(|name| &name.value)
    }

    /// The database of a pool, if it is down.
    pub(super) fn lost_database(self, pool: &Group) -> Option<&'a Group> {
        pool.related(Relation::BackEnd).map(|id| self.topology().group(id)).find(|group| self.down.group(group))
    }

    /// Whether a pool has what it needs.
    pub(super) fn serves(self, pool: &Group) -> bool {
        self.lost_database(pool).is_none()
    }

    /// The first thing on all ways that is down.
    pub(super) fn stopped(self, ways: &[Way]) -> Option<String> {
        let (first, others) = ways.split_first()?;
        let down = first.hops.iter().filter(|hop| hop.kind != HopKind::Network && self.down.takes_hop(&hop.path));
        let everywhere = |path: &str| others.iter().all(|way| way.hops.iter().any(|hop| hop.path == path));
        down.map(|hop| hop.path.clone()).find(|path| everywhere(path))
    }

    fn on_the_way(self, ways: &[Way]) -> Option<Trouble> {
        let path = self.stopped(ways)?;
        Some(Trouble::new(format!("the way passes `{path}`, which is down"), format!("bring `{path}` back")))
    }

    /// The endpoints with an address: their own or, outside, the one that a firewall translates.
    fn endpoints(self, address: Ipv4Addr) -> Vec<&'a Endpoint> {
        let topology = self.topology();
        let nats = topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
        let inner = nats.filter(|nat| nat.public.value == address).map(|nat| nat.inside.value).next().unwrap_or(address);
        let has = |endpoint: &&Endpoint| match &endpoint.vip {
            Some(vip) => vip.address.value == inner,
            None => endpoint.members.iter().any(|member| member.address.value == inner),
        };
        topology.endpoints.iter().filter(has).collect()
    }

    fn is_at(self, peer: &Peer, address: Ipv4Addr) -> bool {
        peer.public == Some(address) || (peer.net.prefix_len() == 32 && peer.net.addr() == address)
    }

    /// Whether an endpoint has the role and side that the ways lead to.
    fn listens(self, endpoint: &Endpoint, ways: &[Way]) -> bool {
        let rows = ways.iter().filter_map(|way| self.plans.catalog.flows.iter().find(|row| row.id == way.grounds.row));
        rows.into_iter().any(|row| self.topology().is_met(endpoint, row.to, row.to_side))
    }

    /// What is wrong with a server that a client connects to.
    fn trouble(
        self,
        attempt: &Attempt<'_>,
        endpoint: Option<&Endpoint>,
        ways: &[Way],
        certificate: Option<&Presented>,
    ) -> Option<Trouble> {
        let topology = self.topology();
        let Attempt { name, address, port, .. } = attempt;
        let Some(endpoint) = endpoint else {
            let what = format!("`{name}` leads to {address}, which nothing in the topology has");
            return Some(Trouble::new(what, format!("look at `ocstopo why \"dns {name}\"`")));
        };
        let path = &topology.group(endpoint.group).path;
        if let Some(row) = self.rows(ConnectionStage::SignIn).find(|row| !self.is_on(row) && self.leads_to(row, endpoint)) {
            let off: Vec<&str> = row.when.iter().flatten().map(|feature| feature.word()).collect();
            let what = format!("`{path}` takes no users from outside: `{}` is off", off.join("` and `"));
            return Some(Trouble::new(what, format!("write `{} = true` in `external_access`", off.join(" = true` and `"))));
        }
        if ways.is_empty() {
            let what = format!("TCP port {port} of `{path}` ({address}) is not open to {}", self.client());
            let source = self.setting.networks.first().and_then(|network| match network.id {
                NetworkId::INTERNET => None,
                id => topology.free_addresses(id).next(),
            });
            let fix = match source {
                Some(source) => format!("`ocstopo why \"tcp {source} -> {address}:{port}\"` says what stops it"),
                None => format!("`ocstopo trace internet {path}` shows what is open"),
            };
            return Some(Trouble::new(what, fix));
        }
        if let Some((why, gone)) = self.down.endpoint(topology, endpoint) {
            return Some(Trouble::new(format!("`{name}` leads to `{path}`, and {why}"), format!("bring `{gone}` back")));
        }
        if let Some(trouble) = self.on_the_way(ways) {
            return Some(trouble);
        }
        match certificate {
            Some(presented) if presented.carries_as.is_none() => {
                let what = format!("the certificate of `{path}`, `{}`, does not have the name `{name}`", presented.certificate);
                Some(Trouble::new(what, format!("lead clients to `{path}` by a name that it has: {}", few(&presented.names))))
            }
            Some(Presented { strict: Some(false), .. }) => {
                let domain = attempt.strict_for.map(ToString::to_string).unwrap_or_default();
                let what = format!("`{name}` does not lie directly in `{domain}`: clients refuse it as forged");
                Some(Trouble::new(what, format!("let the service record name `sip.{domain}`")))
            }
            _ => None,
        }
    }

    fn leads_to(self, row: &ClientConnection, endpoint: &Endpoint) -> bool {
        let flow = self.plans.catalog.flows.iter().find(|flow| flow.id == row.id);
        flow.is_some_and(|flow| self.topology().is_met(endpoint, flow.to, flow.to_side))
    }

    /// The certificate that an endpoint presents on ways over TLS.
    fn presented(self, endpoint: &Endpoint, name: &Fqdn, strict_for: Option<&Fqdn>, ways: &[Way]) -> Option<Presented> {
        let row = |way: &Way| self.plans.catalog.flows.iter().find(|row| row.id == way.grounds.row);
        ways.iter().filter_map(row).find(|row| row.tls != Tls::None)?;
        let plan = self.plans.certificates();
        let serves = |certificate: &&Certificate| certificate.serves.iter().any(|served| served.endpoint == endpoint.id);
        // Certificates towards browsers and towards servers are two where one endpoint has both: the one with the name is presented.
        let own = || plan.certificates.iter().filter(serves);
        let has = |certificate: &&Certificate| certificate.common_name == *name || certificate.sans.contains(name);
        let certificate = own().find(has).or_else(|| own().next())?;
        let carries_as = if certificate.common_name == *name {
            Some("common_name")
        } else {
            certificate.sans.contains(name).then_some("alternative_name")
        };
        let names =
            if certificate.sans.is_empty() { std::slice::from_ref(&certificate.common_name) } else { &certificate.sans[..] };
        let wildcards = facts::<Wildcard>(self.topology().organization.product);
        let judged = wildcard(wildcards, &certificate.reason.row);
        Some(Presented {
            certificate: certificate.slug.clone(),
            issuer: certificate.issuer.as_ref().map(|issuer| issuer.name.clone()),
            issuer_kind: certificate.issuer.as_ref().map(|issuer| issuer.kind.word()),
            carries_as,
            names: names.iter().map(ToString::to_string).collect(),
            strict: strict_for.map(|domain| name.parent().as_ref() == Some(domain)),
            wildcard: judged.filter(|row| row.provenance.confidence > Confidence::Low).map(|row| row.taken),
            wildcard_row: judged.map(|row| row.id.clone()),
        })
    }
}

/// The first few names.
fn few(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(4).map(|name| format!("`{name}`")).collect();
    if names.len() > shown.len() {
        shown.push(format!("{} more", names.len() - shown.len()));
    }
    shown.join(", ")
}
