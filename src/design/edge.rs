//! What is between the firewalls: Edge Servers, their load balancers and the reverse proxy, and the Directors behind them.

use super::addresses::AddressPlan;
use super::names::Names;
use super::page::{Page, quoted};
use super::question::{Conferencing, Question};
use super::shapes::EdgeShape;
use super::site::balancer;
use crate::product::Product;

/// Servers that run the same roles: names, inner addresses, and the outer address of each role.
#[derive(Debug)]
struct Servers {
    names: String,
    inside: String,
    roles: Vec<(&'static str, String)>,
}

/// The perimeter with its names and addresses.
#[derive(Debug)]
pub(super) struct Edge {
    shape: EdgeShape,
    servers: Vec<Servers>,
    /// Inner address of the array, outer ones by role, and that of the A/V Edge inside; empty without load balancers.
    vips: Vec<String>,
    inner_vip: String,
    inner_av_vip: String,
    snat: String,
    proxy: [String; 3],
}

const ACCESS: &str = "access_edge";
const WEB: &str = "web_conferencing_edge";
const AV: &str = "av_edge";

fn roles(question: &Question) -> Vec<&'static str> {
    // Since R2 every Edge Server has all of them.
    if question.product >= Product::Ocs2007R2 {
        return vec![ACCESS, WEB, AV];
    }
    let mut roles = vec![ACCESS];
    if question.conferencing != Conferencing::None {
        roles.push(WEB);
    }
    if question.has_media() {
        roles.push(AV);
    }
    roles
}

impl Edge {
    pub(super) fn new(
        question: &Question,
        shape: EdgeShape,
        snat: u64,
        plan: &mut AddressPlan,
        names: &mut Names,
    ) -> Result<Self, String> {
        let all = roles(question);
        let apart = matches!(shape, EdgeShape::SingleSite | EdgeShape::Scaled { .. });
        let groups: Vec<(&'static str, u64, Vec<&'static str>)> = match shape {
            EdgeShape::Consolidated => vec![("edge", 1, all.clone())],
            EdgeShape::ScaledTogether { servers } => vec![("edge", servers, all.clone())],
            EdgeShape::SingleSite => groups(&all, 1, 1),
            EdgeShape::Scaled { access, av } => groups(&all, access, av),
        };
        let scaled = matches!(shape, EdgeShape::Scaled { .. } | EdgeShape::ScaledTogether { .. });
        let mut edge = Self {
            shape,
            servers: Vec::new(),
            vips: Vec::new(),
            inner_vip: String::new(),
            inner_av_vip: String::new(),
            snat: String::new(),
            proxy: [names.next("rp", 1), plan.outside.one()?, plan.inside.one()?],
        };
        if scaled {
            edge.snat = plan.inside.list(snat)?;
            edge.inner_vip = plan.inside.one()?;
            if apart && all.contains(&AV) {
                edge.inner_av_vip = plan.inside.one()?;
            }
            for _ in &all {
                edge.vips.push(plan.outside.one()?);
            }
        }
        for (role, count, runs) in groups {
            let names = names.next(role, count);
            let inside = plan.inside.range(count)?;
            let mut outer = Vec::new();
            for role in runs {
                outer.push((role, plan.outside.range(count)?));
            }
            edge.servers.push(Servers { names, inside, roles: outer });
        }
        Ok(edge)
    }

    fn is_scaled(&self) -> bool {
        matches!(self.shape, EdgeShape::Scaled { .. } | EdgeShape::ScaledTogether { .. })
    }

    fn word(&self) -> &'static str {
        match self.shape {
            EdgeShape::Consolidated => "consolidated",
            EdgeShape::SingleSite => "single_site",
            EdgeShape::Scaled { .. } | EdgeShape::ScaledTogether { .. } => "scaled_single_site",
        }
    }
}

/// Access and Web Conferencing Edge together, A/V Edge apart.
fn groups(all: &[&'static str], access: u64, av: u64) -> Vec<(&'static str, u64, Vec<&'static str>)> {
    let first = all.iter().copied().filter(|role| *role != AV).collect();
    let mut groups = vec![("acc", access, first)];
    if all.contains(&AV) {
        groups.push(("av", av, vec![AV]));
    }
    groups
}

pub(super) fn write(page: &mut Page, question: &Question, edge: &Edge, pools: &[&str], next_hop: &str) {
    let (domain, public, perimeter) = (&question.domain, question.public.sign(), question.perimeter.sign());
    let name = |host: &str| format!("fqdn {} {}", domain.sign(), quoted(&format!("{host}.{}", domain.value)));
    if edge.is_scaled() {
        page.gap();
        balancer(page, question, "lb_edge_inside", "snat", Some(&edge.snat));
        page.gap();
        if roles(question).contains(&AV) {
            page.note("Callers' addresses stay as they are on the way to the A/V Edge.");
        }
        balancer(page, question, "lb_edge_outside", "dnat", None);
    }
    page.gap();
    page.line("edge_array edge {");
    page.line(format!("shape = {}", edge.word()));
    page.line(format!("next_hop = {next_hop}"));
    page.gap();
    let inner = |vip: &str| match edge.is_scaled() {
        true => format!("  load_balancer = lb_edge_inside  vip {perimeter} {vip}"),
        false => String::new(),
    };
    page.line(format!("inside {{ {}{} }}", name("edge"), inner(&edge.inner_vip)));
    let mut vips = edge.vips.iter();
    for role in roles(question) {
        let host = match role {
            ACCESS => "sip",
            WEB => "webconf",
            _ => "av",
        };
        let outer = match vips.next() {
            Some(vip) => format!("  load_balancer = lb_edge_outside  vip {public} {vip}"),
            None => String::new(),
        };
        if role == AV && matches!(edge.shape, EdgeShape::SingleSite | EdgeShape::Scaled { .. }) {
            page.gap();
            page.line(format!(
                "av_edge {{\n{}{outer}\n\ninside {{ {}{} }}\n}}",
                name(host),
                name("avedge"),
                inner(&edge.inner_av_vip)
            ));
        } else {
            page.line(format!("{role} {{ {}{outer} }}", name(host)));
        }
    }
    for Servers { names, inside, roles } in &edge.servers {
        page.gap();
        page.line(format!("server {names} {{"));
        page.line(format!("inside {perimeter} {inside}"));
        for (role, addresses) in roles {
            page.line(format!("{role} {public} {addresses}"));
        }
        page.line("}");
    }
    page.line("}");
    let [proxy, outside, inside] = &edge.proxy;
    page.gap();
    page.line(format!("reverse_proxy {proxy} {{"));
    page.line(format!("outside {public} {outside}"));
    page.line(format!("inside {perimeter} {inside}"));
    page.line(name("rp"));
    page.line(format!("publishes = [{}]", pools.join(", ")));
    page.line("}");
}
