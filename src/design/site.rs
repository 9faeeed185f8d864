//! Networks and pools of the data center.

use super::addresses::{AddressPlan, Supply};
use super::names::Names;
use super::page::{Page, digits, quoted};
use super::question::Question;
use super::shapes::{PoolShape, Shapes};
use crate::product::Product;
use crate::text::thousands;

/// Who works at a site.
pub(super) fn users(page: &mut Page, question: &Question, site: usize) {
    page.line(format!("users {} {}", question.users.sign(), digits(question.users_at(site))));
    page.line("domain = corp");
}

/// The networks and the firewalls between them.
pub(super) fn networks(page: &mut Page, question: &Question, plan: &AddressPlan, telephony: bool) {
    let internal = question.internal.sign();
    page.gap();
    page.line(format!("network servers {{ zone = internal  range {internal} {} }}", plan.servers.network));
    if telephony {
        page.line(format!("network gateways {{ zone = internal  range {internal} {} }}", plan.gateways.network));
    }
    page.line(format!("network admins {{ zone = internal  range {internal} {}  administrators = true }}", plan.admins));
    if let Some(clients) = plan.clients.first() {
        page.line(format!("network clients {{ zone = internal  range {internal} {clients}  clients = true }}"));
    }
    let gateways = if telephony { ", gateways" } else { "" };
    let inner = format!("servers{gateways}, admins, clients");
    let redundant = if question.availability { "redundant = true  " } else { "" };
    let dialect = format!("{redundant}dialect {} {}", question.firewall.sign(), question.firewall.value.word());
    if question.is_open() {
        page.line(format!(
            "network edge_inside {{ zone = perimeter  range {} {} }}",
            question.perimeter.sign(),
            plan.inside.network
        ));
        page.line(format!(
            "network edge_outside {{ zone = perimeter  range {} {} }}",
            question.public.sign(),
            plan.outside.network
        ));
        page.gap();
        page.line(format!("firewall outer {{ joins = [internet, edge_outside]  {dialect} }}"));
        page.line(format!("firewall inner {{ joins = [edge_inside, {inner}]  {dialect} }}"));
    } else {
        page.gap();
        page.line(format!("firewall core {{ joins = [{inner}]  {dialect} }}"));
    }
}

/// A load balancer, directly below what the page has.
pub(super) fn balancer(page: &mut Page, question: &Question, name: &str, mode: &str, addresses: Option<&str>) {
    page.line(format!("load_balancer {name} {{"));
    page.line(format!("nat = {mode}"));
    if let Some(addresses) = addresses {
        page.line(format!("snat_addresses {} {addresses}", question.internal.sign()));
    }
    // The time of the release; `idle_timeout` of the language reference has both.
    let (minutes, arms) = if question.product >= Product::Ocs2007R2 { (30, "arms = one_armed\n") } else { (20, "") };
    page.line(format!("idle_timeout = {minutes}min"));
    if question.availability {
        page.line("redundant = true");
    }
    page.line(format!("{arms}dialect {} {}", question.balancer.sign(), question.balancer.value.word()));
    page.line("}");
}

/// Servers of one kind: their block, and their addresses.
#[derive(Debug)]
struct Row {
    kind: &'static str,
    names: String,
    addresses: String,
}

/// A pool with its names and addresses.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) name: String,
    place: u64,
    users: u64,
    snat: String,
    vip: String,
    web_vip: String,
    servers: Vec<Row>,
    database: String,
    database_at: String,
    nodes: String,
    share_at: String,
    archives: Vec<[String; 4]>,
}

impl Pool {
    pub(super) fn new(
        question: &Question,
        shapes: &Shapes,
        supply: &mut Supply,
        names: &mut Names,
        place: u64,
    ) -> Result<Self, String> {
        let shape = &shapes.pool;
        let before = shape.users * (place - 1);
        let users = shape.users.min(question.users.value.saturating_sub(before));
        let mut pool = Self {
            name: format!("pool{place:02}"),
            place,
            users,
            snat: String::new(),
            vip: String::new(),
            web_vip: String::new(),
            servers: Vec::new(),
            database: String::new(),
            database_at: String::new(),
            nodes: String::new(),
            share_at: String::new(),
            archives: Vec::new(),
        };
        if shape.is_standard() {
            pool.name = names.next("ocs", 1);
            pool.vip = supply.one()?;
        } else {
            pool.snat = supply.list(shape.snat_addresses)?;
            pool.vip = supply.one()?;
            let mut kinds = vec![("front_end", "fe", shape.front_ends)];
            if shape.is_expanded() {
                pool.web_vip = supply.one()?;
                kinds.push(("web_conferencing_server", "wc", shape.web_conferencing));
                kinds.push(("av_conferencing_server", "avc", shape.av_conferencing));
                kinds.push(("web_components_server", "web", shape.web_components));
            }
            for (kind, role, count) in kinds.into_iter().filter(|(_, _, count)| *count > 0) {
                pool.servers.push(Row { kind, names: names.next(role, count), addresses: supply.range(count)? });
            }
            pool.database = names.next("sql", 1);
            pool.database_at = supply.one()?;
            pool.nodes = supply.list(2)?;
            pool.share_at = supply.one()?;
        }
        for _ in 0..shapes.archiving {
            pool.archives.push([names.next("arch", 1), supply.one()?, names.next("adb", 1), supply.one()?]);
        }
        Ok(pool)
    }

    /// The name of its web components outside.
    fn web_farm(&self, question: &Question) -> String {
        let number = if self.place == 1 { String::new() } else { self.place.to_string() };
        format!("ocsweb{number}.{}", question.domain.value)
    }

    pub(super) fn write(&self, page: &mut Page, question: &Question, shape: &PoolShape) {
        if !shape.is_standard() {
            page.gap();
            balancer(page, question, &format!("lb_{}", self.name), "snat", Some(&self.snat));
        }
        page.gap();
        let users = thousands(self.users);
        let internal = question.internal.sign();
        if shape.is_standard() {
            page.note(format!("All users ({users}) on one computer, with its own database."));
            page.line(format!("standard_edition {} {{", self.name));
            page.line(format!("address {internal} {}", self.vip));
        } else {
            let row = shape.row.replace('_', " ").replace('.', ", ");
            page.note(format!("{users} users: the tested topology \"{row}\"; front ends: {}.", shape.worked));
            page.line(format!("enterprise_pool {} {{", self.name));
            page.line(format!("configuration = {}", if shape.is_expanded() { "expanded" } else { "consolidated" }));
            page.line(format!(
                "fqdn {} {}",
                question.ad_domain.sign(),
                quoted(&format!("{}.{}", self.name, question.ad_domain.value))
            ));
        }
        page.line(format!("users {} {}", question.users.sign(), digits(self.users)));
        if self.place == 1 {
            page.line("automatic_sign_in = true");
        }
        if !shape.is_standard() {
            page.line(format!("load_balancer = lb_{}", self.name));
            page.line(format!("vip {internal} {}", self.vip));
        }
        if shape.is_expanded() {
            let farm = format!("poolweb{:02}.{}", self.place, question.ad_domain.value);
            page.line(format!("internal_web_farm {} {}", question.ad_domain.sign(), quoted(&farm)));
            page.line(format!("web_components_vip {internal} {}", self.web_vip));
        }
        if question.is_open() {
            page.line(format!("external_web_farm {} {}", question.domain.sign(), quoted(&self.web_farm(question))));
        }
        if !self.archives.is_empty() {
            let archives: Vec<&str> = self.archives.iter().map(|[name, ..]| name.as_str()).collect();
            // A Standard Edition server has one.
            let archives = if let [one] = archives[..] { one.to_owned() } else { format!("[{}]", archives.join(", ")) };
            page.line(format!("archiving = {archives}"));
            page.gap();
            page.line("software { message_queuing = active_directory }");
        }
        if !shape.is_standard() {
            self.write_servers(page, question, shape);
        }
        page.line("}");
        for [name, address, database, database_at] in &self.archives {
            page.gap();
            page.line(format!("archiving_server {name} {{"));
            page.line(format!("address {internal} {address}"));
            page.gap();
            page.line("software { message_queuing = active_directory }");
            page.line(format!(
                "back_end {database} {{ address {internal} {database_at}  version = {}  edition = standard }}",
                sql(question)
            ));
            page.line("}");
        }
    }

    fn write_servers(&self, page: &mut Page, question: &Question, shape: &PoolShape) {
        let internal = question.internal.sign();
        page.gap();
        for Row { kind, names, addresses } in &self.servers {
            page.line(format!("{kind} {names} {{ address {internal} {addresses} }}"));
        }
        page.gap();
        page.line(format!("back_end {} {{", self.database));
        page.line(format!("address {internal} {}", self.database_at));
        if question.availability {
            page.line(format!("nodes {internal} {}", self.nodes));
        }
        page.line(format!("version = {}", sql(question)));
        page.line("edition = enterprise");
        if shape.row == "expanded" {
            page.line("class = high_performance");
        }
        page.line("}");
        page.gap();
        let number = self.place;
        let path = format!("'\\\\fs{number:02}.{}\\ocs'", question.ad_domain.value);
        page.line(format!("file_share content {{ path ?= {path}  address {internal} {} }}", self.share_at));
    }
}

/// The release of SQL Server of the time.
pub(super) fn sql(question: &Question) -> &'static str {
    if question.product >= Product::Ocs2007R2 { "sql_2008" } else { "sql_2005_sp2" }
}
