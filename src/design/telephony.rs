//! Gateways with their Mediation Servers, and a dial plan that is complete and waits for the country's numbers.

use super::addresses::AddressPlan;
use super::names::Names;
use super::page::{Page, digits};
use super::question::Question;
use super::shapes::Gateways;

/// A Mediation Server and its gateway.
#[derive(Debug)]
pub(super) struct Line {
    mediation: String,
    address: String,
    gateway_address: String,
    gateway: String,
    gateway_at: String,
    ports: u64,
}

pub(super) fn lines(gateways: Gateways, plan: &mut AddressPlan, names: &mut Names) -> Result<Vec<Line>, String> {
    let line = |_| {
        Ok(Line {
            mediation: names.next("med", 1),
            address: plan.servers.one()?,
            gateway_address: plan.gateways.one()?,
            gateway: names.next("gw", 1),
            gateway_at: plan.gateways.one()?,
            ports: gateways.ports,
        })
    };
    (0..gateways.count).map(line).collect()
}

pub(super) fn servers(page: &mut Page, question: &Question, lines: &[Line], pool: &str) {
    let internal = question.internal.sign();
    for (at, line) in lines.iter().enumerate() {
        page.gap();
        if at == 0 {
            page.note("One Mediation Server is in front of each gateway.");
        }
        page.line(format!("mediation_server {} {{", line.mediation));
        page.line(format!("address {internal} {}", line.address));
        page.line(format!("gateway_address {internal} {}", line.gateway_address));
        page.line(format!("next_hop = {pool}"));
        page.line(format!("gateway = {}", line.gateway));
        if question.is_open() {
            page.line("av_edge = edge");
        }
        page.line(format!("location_profile = {}", question.center()));
        page.line("}");
    }
    page.gap();
    for line in lines {
        let (name, address, ports) = (&line.gateway, &line.gateway_at, digits(line.ports));
        page.line(format!("media_gateway {name} {{ address {internal} {address}  transport = tls  ports ?= {ports} }}"));
    }
}

pub(super) fn plan(page: &mut Page, question: &Question, lines: &[Line]) {
    let Some(users) = question.voice.filter(|_| !lines.is_empty()) else { return };
    let center = question.center();
    let gateways: Vec<String> = lines.iter().map(|line| format!("{center}.{}", line.mediation)).collect();
    let gateways = gateways.join(", ");
    page.gap();
    page.note("How people dial. Add rules for local and internal numbers; `ocstopo dial` shows what becomes of one.");
    page.line("voice {");
    page.line(format!("users = {}", digits(users)));
    page.line(format!("call_volume = {}", question.call_volume));
    page.gap();
    page.line(format!("location_profile {center} {{"));
    page.line("emergency_numbers ?= [\"112\"]");
    page.gap();
    page.line("rule emergency { match ?= '^112$'  translate ?= '+112'  order = 10 }");
    page.line("rule abroad { match ?= '^00(\\d+)$'  translate = '+$1'  order = 20 }");
    page.line("}");
    page.gap();
    page.line("phone_usage calls { description = \"All calls\" }");
    page.line("policy everyone { usages = [calls] }");
    page.gap();
    page.line(format!("route emergency {{\nmatch ?= '^\\+112$'\ngateways = [{gateways}]\nusages = [calls]\n}}"));
    page.line(format!("route abroad {{\nmatch ?= '^\\+(\\d{{4,}})$'\ngateways = [{gateways}]\nusages = [calls]\n}}"));
    page.line("}");
}
