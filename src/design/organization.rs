//! The block `organization`.

use super::page::{Page, quoted};
use super::question::{Conferencing, Question, sign};
use super::shapes::Shapes;
use crate::text::count;

/// What follows `own.` in names of the organization: the first label of its domain.
pub(super) fn word(question: &Question) -> String {
    let label = question.domain.value.split('.').next().unwrap_or_default();
    let word: String = label.chars().map(|c| if c == '-' { '_' } else { c }).collect();
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) { word } else { format!("org_{word}") }
}

pub(super) fn write(page: &mut Page, question: &Question, shapes: &Shapes) {
    let users = count(question.users.value, "user");
    let sites = match question.sites.len() {
        0 | 1 => "one site".to_owned(),
        several => format!("{several} sites"),
    };
    let availability = if question.availability { ", with no single computer whose failure stops the service" } else { "" };
    page.note(format!("A first topology, written by `ocstopo design`: {users} at {sites}{availability}."));
    page.note("What is written with `?=` is proposed and not decided: write the right value, and `=` in place of `?=`.");
    page.note("`ocstopo check` lists these places, and `ocstopo build` writes nothing before all are decided.");
    page.gap();
    page.line(format!("organization {} {{", word(question)));
    page.line(format!("product = {}", question.product.word()));
    page.line(format!("sip_domains {} [{}]", question.domain.sign(), quoted(&question.domain.value)));
    page.line(format!("features = [{}]", features(question).join(", ")));
    if question.availability {
        page.line("availability = high");
    }
    waivers(page, question, shapes);
    access(page, question);
    directory(page, question);
    authorities(page, question);
    page.gap();
    page.line("dns {");
    page.line(format!("internal_name_servers ?= [{}]", quoted(&format!("dc01.{}", question.ad_domain.value))));
    if question.is_open() {
        page.note("In another domain than the zone, such as those of the provider.");
        page.line("external_name_servers ?= [\"ns1.example.net\", \"ns2.example.net\"]");
        page.line(format!("hostmaster {} {}", question.domain.sign(), quoted(&format!("hostmaster.{}", question.domain.value))));
    }
    page.line("}");
    page.line("}");
}

fn features(question: &Question) -> Vec<&'static str> {
    let mut features = Vec::new();
    if question.conferencing != Conferencing::None {
        features.push("web_conferencing");
    }
    if question.has_media() {
        features.push("av_conferencing");
    }
    if question.voice.is_some() {
        features.push("enterprise_voice");
    }
    if question.archiving {
        features.push("im_archiving");
    }
    features
}

/// What such a deployment does without, for reasons that the author has to confirm.
fn waivers(page: &mut Page, question: &Question, shapes: &Shapes) {
    let mut waive = |rule: &str, reason: &str| {
        page.gap();
        page.line(format!("waive {rule} {{ reason ?= {} }}", quoted(reason)));
    };
    if question.is_open() && shapes.pool.is_standard() {
        waive("missing-recommended-role", "One server has all users: a Director in front of it would serve no other pool");
    }
    if question.voice.is_some() {
        waive("flow-withheld", "Phones take the time from the routers of their own networks");
    }
}

fn access(page: &mut Page, question: &Question) {
    if let Some(share) = question.outside {
        page.gap();
        page.line("external_access {");
        let (whole, rest) = (share / 100, share % 100);
        let fraction = if rest == 0 { String::new() } else { format!(".{rest:02}").trim_end_matches('0').to_owned() };
        page.line(format!("share = {whole}{fraction}%  # of all users, at the same time"));
        page.line("remote_users = true");
        page.line(format!("anonymous_meetings = {}", question.guests));
        page.line(format!("federation = {}", question.federation));
        if question.federation == "allowed_partners" {
            page.gap();
            page.line("partner partner01 { sip_domain ?= \"partner.example.com\"  access_edge ?= \"sip.partner.example.com\" }");
        }
        page.line("}");
    }
    if question.archiving {
        page.gap();
        page.note("Which messages, and for how long, is a decision of the auditors.");
        page.line("compliance { archive ?= external }");
    }
}

fn directory(page: &mut Page, question: &Question) {
    page.gap();
    page.note("The state of the forest today.");
    page.line("active_directory {");
    page.line("topology ?= single_forest_single_domain");
    page.line("global_settings ?= configuration_container");
    page.line("forest_functional_level ?= windows_2003");
    page.line("domain corp {");
    page.line(format!("fqdn {} {}", question.ad_domain.sign(), quoted(&question.ad_domain.value)));
    page.line("functional_level ?= windows_2003");
    page.line("domain_controllers ?= windows_2003_sp2");
    page.line("}");
    page.line("}");
}

fn authorities(page: &mut Page, question: &Question) {
    page.gap();
    let config = format!("'ca01.{}\\Issuing CA'", question.ad_domain.value);
    page.line(format!("certification_authority own_ca {{ kind = enterprise  config ?= {config} }}"));
    if question.is_open() {
        page.line("certification_authority public_ca { kind = public }");
    }
    page.gap();
    page.line("certificate_subject {");
    page.line(format!("organization {} {}", sign(question.domain.decided), quoted(&question.title)));
    page.line("locality ?= \"Town\"");
    page.line("state ?= \"State\"");
    page.line("country ?= \"US\"");
    page.line("}");
}
