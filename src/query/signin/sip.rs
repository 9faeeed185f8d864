//! Clients that speak SIP: service records, then host names, the server that they lead to, and the way to the home pool.

use super::Story;
use super::answer::{Lookup, Outcome};
use super::meet::{Attempt, Met, Trouble};
use super::names::{About, Candidate, candidates};
use crate::catalog::{ClientLookup, ConnectionStage, DnsView, LookupStage, NameRow, RecordType, facts};
use crate::lower::Fqdn;
use crate::model::{Endpoint, Group};
use crate::product::{Client, ClientPlace, Relation, Role, Side};
use crate::query::why;

/// The server that was reached, and how its name was found.
struct Reached<'a> {
    endpoint: &'a Endpoint,
    /// The host name, where no service record led there.
    fall_back: Option<Fqdn>,
}

impl<'a> Story<'a> {
    /// Tells the story; what it ends with if nothing is broken.
    pub(super) fn sip(&mut self) -> String {
        if !self.name_servers() {
            return String::new();
        }
        let question = self.circumstances.question;
        let all = candidates(self.resolver, question.client, &question.address.domain, self.circumstances.setting, None);
        let reached = self.find(&all);
        let end = reached.map(|reached| self.go_home(&reached)).unwrap_or_default();
        self.others(&all);
        self.meetings();
        end
    }

    /// Whether any name server is left: those that the topology knows are domain controllers.
    pub(super) fn name_servers(&mut self) -> bool {
        let (topology, down) = (self.circumstances.plans.topology, self.circumstances.down);
        let mut servers = topology
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.role == Role::DomainController)
            .flat_map(|endpoint| &endpoint.members)
            .peekable();
        let known = servers.peek().is_some() && self.resolver.place == ClientPlace::Inside;
        let gone = known && servers.all(|member| down.server(member.server));
        if gone {
            let what = "no name server answers: all domain controllers are down";
            self.fails(Some(Trouble::new(what, "bring a domain controller with DNS back")));
        }
        !gone
    }

    /// Service records at once, then host names one after the other.
    fn find(&mut self, all: &[Candidate<'a>]) -> Option<Reached<'a>> {
        let services = all.iter().filter(|candidate| candidate.row.stage == LookupStage::Service);
        let chosen = services.clone().position(|candidate| candidate.asked && !candidate.found.is_empty());
        let mut met = None;
        for (at, candidate) in services.enumerate() {
            if chosen != Some(at) {
                self.lookups.push(candidate.lookup(candidate.unused(), self.circumstances.plans));
                continue;
            }
            self.rule("client.one_service");
            let found = self.service(candidate);
            met = found;
        }
        let hosts: Vec<&Candidate<'_>> = all.iter().filter(|candidate| candidate.row.stage == LookupStage::Host).collect();
        if chosen.is_some() {
            let plans = self.circumstances.plans;
            self.lookups.extend(hosts.iter().map(|candidate| candidate.lookup(Outcome::NotNeeded, plans)));
            return met.map(|endpoint| Reached { endpoint, fall_back: None });
        }
        self.rule("client.hosts_last");
        self.hosts(&hosts)
    }

    /// Follows the service record that counts.
    fn service(&mut self, candidate: &Candidate<'a>) -> Option<&'a Endpoint> {
        let plans = self.circumstances.plans;
        let (target, port) = candidate.found.service()?;
        let found = self.resolver.ask(target, RecordType::A);
        let Some(address) = found.address() else {
            self.lookups.push(candidate.lookup(Outcome::Failed, plans));
            self.lookups.push(found.lookup(
                target,
                RecordType::A,
                "target",
                Outcome::NoRecord,
                About::target(candidate.row, plans),
            ));
            let what = format!("`{}` names `{target}`, which has no address in DNS", candidate.name);
            self.fails(Some(Trouble::new(what, format!("add the A record of `{target}`: `ocstopo why \"dns {target}\"`"))));
            return None;
        };
        let strict_for = Some(&self.circumstances.question.address.domain);
        let met = self.circumstances.connect(&Attempt { stage: "sign_in", name: target, address, port, strict_for });
        let outcome = if met.trouble.is_none() { Outcome::Used } else { Outcome::Failed };
        self.lookups.push(candidate.lookup(outcome, plans));
        self.lookups.push(found.lookup(target, RecordType::A, "target", Outcome::Used, About::target(candidate.row, plans)));
        if met.contact.certificate.as_ref().is_some_and(|presented| presented.strict == Some(false)) {
            self.rule("client.strict_names");
        }
        let endpoint = self.keep(met);
        if endpoint.is_none() {
            self.by_hand();
        }
        endpoint
    }

    /// Where the home pool itself answers, a client that is set to it by hand signs in.
    fn by_hand(&mut self) {
        let circumstances = self.circumstances;
        let topology = circumstances.plans.topology;
        let home = circumstances.setting.home;
        let endpoint = topology.group_endpoint(home.id, Role::FrontEnd, Side::Inside);
        let name = endpoint.and_then(|endpoint| circumstances.name(endpoint));
        let port = self.contacts.last().and_then(|contact| contact.port);
        let (Some(name), Some(port), Some(trouble), ClientPlace::Inside) =
            (name, port, &mut self.trouble, circumstances.question.place)
        else {
            return;
        };
        let Some(address) = self.resolver.ask(name, RecordType::A).address() else { return };
        let met = circumstances.connect(&Attempt { stage: "redirected", name, address, port, strict_for: None });
        if met.trouble.is_none() && circumstances.serves(home) {
            trouble.fix += &format!("; until then a client that is set to `{name}` by hand signs in");
        }
    }

    /// Tries host names until one leads to a server.
    fn hosts(&mut self, hosts: &[&Candidate<'a>]) -> Option<Reached<'a>> {
        let plans = self.circumstances.plans;
        let mut first_trouble = None;
        let mut reached = None;
        for candidate in hosts {
            let Some(address) = candidate.found.address().filter(|_| candidate.asked && reached.is_none()) else {
                let outcome = if reached.is_some() { Outcome::NotNeeded } else { candidate.unused() };
                self.lookups.push(candidate.lookup(outcome, plans));
                continue;
            };
            let attempt = |port| {
                let (stage, name) = ("sign_in", &candidate.name);
                self.circumstances.connect(&Attempt { stage, name, address, port, strict_for: None })
            };
            let attempts: Vec<Met<'_>> = candidate.row.ports.iter().map(|port| attempt(*port)).collect();
            // The port that is open tells more than one that is not.
            let best = |met: &Met<'_>| (met.trouble.is_some(), met.contact.ways.is_empty());
            let Some(met) = attempts.into_iter().min_by_key(best) else { continue };
            let outcome = if met.trouble.is_none() { Outcome::Used } else { Outcome::Failed };
            self.lookups.push(candidate.lookup(outcome, plans));
            if met.trouble.is_none() {
                reached = met.endpoint.map(|endpoint| Reached { endpoint, fall_back: Some(candidate.name.clone()) });
            } else {
                first_trouble.get_or_insert(met.trouble.clone());
            }
            self.contacts.push(met.contact);
        }
        if reached.is_none() {
            let trouble = first_trouble.flatten().unwrap_or_else(|| self.no_name());
            self.fails(Some(trouble));
        }
        reached
    }

    /// No name has an answer: what would make some.
    fn no_name(&self) -> Trouble {
        let question = self.circumstances.question;
        let domain = &question.address.domain;
        let taken: Vec<String> =
            self.lookups.iter().filter(|lookup| lookup.taken_away).map(|lookup| format!("`{}`", lookup.name)).collect();
        let view = match question.place {
            ClientPlace::Inside => DnsView::Internal,
            ClientPlace::Outside => DnsView::External,
        };
        let what = format!("no name of `{domain}` that the client looks up is in the {} view of DNS", view.word());
        if !taken.is_empty() {
            return Trouble::new(what, format!("put {} back", taken.join(" and ")));
        }
        Trouble::new(what, self.would_answer(domain, view))
    }

    /// What would put a service record into a view.
    fn would_answer(&self, domain: &Fqdn, view: DnsView) -> String {
        let plans = self.circumstances.plans;
        let product = plans.topology.organization.product;
        let rows = facts::<NameRow>(product).iter();
        let asked: Vec<&ClientLookup> = facts::<ClientLookup>(product)
            .iter()
            .filter(|row| row.stage == LookupStage::Service && row.clients.contains(&self.circumstances.question.client))
            .collect();
        let made = |row: &&NameRow| row.view == view && asked.iter().any(|asked| asked.name.as_ref() == Some(&row.owner));
        for row in rows.filter(made) {
            let Ok(name) = Fqdn::parse(&row.owner.fill(domain.as_str())) else { continue };
            let asked = why::Question::Name(why::NameQuestion { name, record: Some(row.record) });
            let Ok(why::Why { answer: why::Answer::Name(found), .. }) = why::answer(&asked, plans) else { continue };
            if let Some(missing) = found.missing_features.first() {
                return format!("switch on `{}`: {}", missing.missing.features.join("` and `"), missing.missing.purpose);
            }
        }
        match view {
            DnsView::Internal => "let a pool or a Director say `automatic_sign_in = true`".to_owned(),
            DnsView::External => {
                "add an `edge_array` with an `access_edge`, and `remote_users = true` in `external_access`".to_owned()
            }
        }
    }

    /// From the server that was reached to the home pool.
    fn go_home(&mut self, reached: &Reached<'a>) -> String {
        let topology = self.circumstances.plans.topology;
        let (home, first) = (self.circumstances.setting.home, topology.group(reached.endpoint.group));
        let by = reached.fall_back.as_ref().map(|name| format!(", by the fall-back `{name}`")).unwrap_or_default();
        let end = match self.circumstances.question.place {
            ClientPlace::Inside if first.id == home.id => format!("signs in at `{}`, the home pool{by}", home.path),
            ClientPlace::Inside => {
                self.redirected(home);
                format!("signs in: `{}` answers{by}, and sends the client to `{}`, the home pool", first.path, home.path)
            }
            ClientPlace::Outside => {
                let through = self.passed_on(first, home);
                format!("signs in through `{}`{through} at `{}`, the home pool{by}", first.path, home.path)
            }
        };
        self.database(home);
        end
    }

    /// Inside, the client goes on to its home itself.
    fn redirected(&mut self, home: &'a Group) {
        self.rule("client.redirected");
        let topology = self.circumstances.plans.topology;
        let endpoint = topology.group_endpoint(home.id, Role::FrontEnd, Side::Inside);
        let Some(name) = endpoint.and_then(|endpoint| self.circumstances.name(endpoint)) else { return };
        let found = self.resolver.ask(name, RecordType::A);
        let (plans, path) = (self.circumstances.plans, &home.path);
        let Some((row, service)) = self.last_service() else { return };
        let about = About { purpose: "the address of the home pool".to_owned(), ..About::row(row, plans) };
        let outcome = if found.is_empty() { Outcome::NoRecord } else { Outcome::Used };
        self.lookups.push(found.lookup(name, RecordType::A, "home", outcome, about));
        let Some(address) = found.address() else {
            let what = format!("`{name}`, the name of the home pool `{path}`, has no address in DNS");
            self.fails(Some(Trouble::new(what, format!("add the A record of `{name}`"))));
            return;
        };
        let met = self.circumstances.connect(&Attempt { stage: "redirected", name, address, port: service, strict_for: None });
        self.keep(met);
    }

    /// The look-up and the port that led to a server.
    fn last_service(&self) -> Option<(&'static ClientLookup, u16)> {
        let port = self.contacts.iter().rev().find(|contact| contact.works).and_then(|contact| contact.port)?;
        let led = self.lookups.iter().find(|lookup: &&Lookup| lookup.outcome == Outcome::Used)?;
        let product = self.circumstances.plans.topology.organization.product;
        facts::<ClientLookup>(product).iter().find(|row| row.id == led.grounds.row).map(|row| (row, port))
    }

    /// Outside, the Access Edge passes everything on: whom the next hop is, where it is not the home pool.
    fn passed_on(&mut self, edge: &'a Group, home: &'a Group) -> String {
        self.rule("client.proxied");
        let topology = self.circumstances.plans.topology;
        let Some(next) = edge.related(Relation::NextHop).next().map(|id| topology.group(id)) else {
            let what = format!("`{}` has no next hop inside", edge.path);
            self.fails(Some(Trouble::new(what, "write `next_hop` in its `edge_array`".to_owned())));
            return String::new();
        };
        let met = self.circumstances.pass(edge, next);
        if self.keep(met).is_none() || next.id == home.id {
            return String::new();
        }
        let met = self.circumstances.pass(next, home);
        self.keep(met);
        format!(" and `{}`", next.path)
    }

    /// A pool serves users as long as its database does.
    pub(super) fn database(&mut self, home: &Group) {
        let plans = self.circumstances.plans;
        let Some(database) = self.circumstances.lost_database(home) else { return };
        let to_it = plans.flows.flows.iter().find(|flow| {
            flow.to.iter().any(|peer| peer.group == Some(database.id)) && flow.from.iter().any(|peer| peer.group == Some(home.id))
        });
        let breaks = to_it.map(|flow| flow.row.breaks.as_str()).unwrap_or("the pool stops");
        let what = format!("`{}`, the database of `{}`, is down: {breaks}", database.path, home.path);
        self.fails(Some(Trouble::new(what, format!("bring `{}` back", database.path))));
    }

    /// Updates and time of phones: what is missing there stops no sign-in.
    fn others(&mut self, all: &[Candidate<'a>]) {
        let plans = self.circumstances.plans;
        for candidate in all.iter().filter(|candidate| matches!(candidate.row.stage, LookupStage::Update | LookupStage::Time)) {
            let outcome = match candidate.unused() {
                Outcome::Unused => Outcome::Used,
                other => other,
            };
            self.lookups.push(candidate.lookup(outcome, plans));
        }
    }

    /// A client for meetings needs some.
    fn meetings(&mut self) {
        let plans = self.circumstances.plans;
        if self.circumstances.question.client != Client::LiveMeeting {
            return;
        }
        let mut rows = self.circumstances.rows(ConnectionStage::Meeting).peekable();
        let flow = |id: &str| plans.catalog.flows.iter().find(|row| row.id == id);
        let on = |id: &str| flow(id).is_some_and(|row| plans.topology.organization.features_meeting(&row.when).is_some());
        let first = rows.peek().and_then(|row| flow(&row.id));
        let needs: Vec<String> = first
            .map(|row| {
                row.when
                    .iter()
                    .map(|all| all.iter().map(|feature| format!("`{}`", feature.word())).collect::<Vec<_>>().join(" and "))
                    .collect()
            })
            .unwrap_or_default();
        if !rows.any(|row| on(&row.id)) {
            let what = "there are no meetings to join: no feature for them is on";
            self.fails(Some(Trouble::new(what, format!("add {} to `features`", needs.join(" or ")))));
        }
    }

    /// Keeps a contact and its trouble; the endpoint, if it answers.
    pub(super) fn keep(&mut self, met: Met<'a>) -> Option<&'a Endpoint> {
        let Met { contact, endpoint, trouble } = met;
        self.contacts.push(contact);
        if self.fails(trouble) { None } else { endpoint }
    }
}
