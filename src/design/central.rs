//! The data center with its pools, and the sites whose users have their accounts there.

use super::addresses::AddressPlan;
use super::directors::Directors;
use super::edge::{self, Edge};
use super::names::Names;
use super::page::Page;
use super::question::Question;
use super::shapes::Shapes;
use super::site::{self, Pool};
use super::telephony::{self, Line};

/// Everything with its names and addresses.
pub(super) struct Central<'q> {
    question: &'q Question,
    shapes: &'q Shapes,
    plan: AddressPlan,
    controllers: String,
    pools: Vec<Pool>,
    directors: Option<Directors>,
    edge: Option<Edge>,
    lines: Vec<Line>,
}

impl<'q> Central<'q> {
    pub(super) fn new(question: &'q Question, shapes: &'q Shapes, mut plan: AddressPlan) -> Result<Self, String> {
        let mut names = Names::new(question);
        let controllers = plan.servers.range(2)?;
        let directors = Directors::new(question, &shapes.pool, &mut plan.servers, &mut names)?;
        let mut pools = Vec::new();
        let count = shapes.pool.pools;
        for place in 1..=count {
            if count > 1 {
                plan.servers.skip();
            }
            pools.push(Pool::new(question, shapes, &mut plan.servers, &mut names, place)?);
        }
        let edge = match shapes.edge {
            Some(shape) => Some(Edge::new(question, shape, shapes.edge_snat, &mut plan, &mut names)?),
            None => None,
        };
        let lines = match shapes.gateways {
            Some(gateways) => telephony::lines(gateways, &mut plan, &mut names)?,
            None => Vec::new(),
        };
        Ok(Self { question, shapes, plan, controllers, pools, directors, edge, lines })
    }

    pub(super) fn write(&self, page: &mut Page) {
        let question = self.question;
        page.gap();
        page.note("The data center: all servers are here.");
        page.line(format!("site {} {{", question.center()));
        site::users(page, question, 0);
        site::networks(page, question, &self.plan, !self.lines.is_empty());
        page.gap();
        page.note("Controllers that are there already.");
        page.line(format!("domain_controller dc[01..02] {{ address ?= {} }}", self.controllers));
        for pool in &self.pools {
            pool.write(page, question, &self.shapes.pool);
        }
        let names: Vec<&str> = self.pools.iter().map(|pool| pool.name.as_str()).collect();
        if let Some(directors) = &self.directors {
            directors.write(page, question);
        }
        if let Some(first) = names.first() {
            if let Some(edge) = &self.edge {
                let next_hop = self.directors.as_ref().map_or(*first, |directors| directors.name.as_str());
                edge::write(page, question, edge, &names, next_hop);
            }
            telephony::servers(page, question, &self.lines, first);
        }
        page.line("}");
        for (at, name) in question.sites.iter().enumerate().skip(1) {
            page.gap();
            page.line(format!("site {name} {{"));
            site::users(page, question, at);
            if let Some(clients) = self.plan.clients.get(at) {
                page.gap();
                page.line(format!(
                    "network clients {{ zone = internal  range {} {clients}  clients = true }}",
                    question.internal.sign()
                ));
            }
            page.line("}");
            page.gap();
            page.note("State its `bandwidth`, and `ocstopo size` compares it with the load.");
            let center = question.center();
            // Whether the lines of today are pairs is not known.
            let redundant = if question.availability { "  redundant ?= true" } else { "" };
            page.line(format!("wan_link {center}_{name} {{ joins = [{center}.servers, {name}.clients]{redundant} }}"));
        }
        telephony::plan(page, question, &self.lines);
    }
}
