//! `nginx.conf`: a whole configuration for a machine that is a reverse proxy and nothing else.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::language::NGINX;
use super::super::{EmitContext, EmitError};
use crate::plan::Reason;
use crate::plan::publishing::{CONNECT_SECONDS, IDLE_SECONDS, Proxy, PublishedPath, Site};
use crate::text::one_line;

/// Where certificates and keys are expected; nothing else of this program's is there.
const FOLDER: &str = "/etc/nginx/ocstopo";

/// The placeholder for an authority that the topology does not name.
const UNDECLARED: &str = "undeclared";

/// The template, as errors call it.
const TEMPLATE: &str = "nginx/publishing";

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    declared: String,
    public: Option<String>,
    folder: &'static str,
    certificates: BTreeSet<&'a str>,
    first_certificate: &'a str,
    authorities: BTreeSet<&'a str>,
    undeclared: &'static str,
    connect: u32,
    idle: u32,
    hash_size: usize,
    sockets: Vec<String>,
    sites: Vec<SiteView<'a>>,
}

#[derive(Serialize)]
struct SiteView<'a> {
    path: &'a str,
    label: &'a str,
    reason: String,
    servers: Vec<String>,
    names: Vec<NameView<'a>>,
    certificate: &'a str,
    tls: bool,
    inside_name: &'a str,
    authority: &'a str,
    whole: bool,
    locations: Vec<LocationView>,
}

#[derive(Serialize)]
struct NameView<'a> {
    name: &'a str,
    reason: String,
}

#[derive(Serialize)]
struct LocationView {
    pattern: String,
    below: bool,
    reason: String,
    megabytes: Option<u64>,
    size_reason: String,
}

/// The configuration of a proxy.
pub(super) fn emit(proxy: &Proxy, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let sites: Vec<SiteView<'_>> = proxy.sites.iter().map(site_view).collect::<Result<_, _>>()?;
    let names: usize = proxy.sites.iter().map(|site| site.names.len()).sum();
    let view = View {
        note: cx.note(),
        organization: cx.organization,
        path: &proxy.path,
        declared: proxy.declared.to_string(),
        public: proxy.public.map(|address| address.to_string()),
        folder: FOLDER,
        certificates: sites.iter().map(|site| site.certificate).collect(),
        // A proxy without sites is not planned.
        first_certificate: sites.first().map(|site| site.certificate).unwrap_or_default(),
        authorities: sites.iter().filter(|site| site.tls).map(|site| site.authority).collect(),
        undeclared: UNDECLARED,
        connect: CONNECT_SECONDS,
        idle: IDLE_SECONDS,
        hash_size: names.saturating_mul(4).next_power_of_two().max(512),
        sockets: proxy.sockets.iter().map(ToString::to_string).collect(),
        sites,
    };
    cx.templates.render(&NGINX, "publishing", &view)
}

fn site_view(site: &Site) -> Result<SiteView<'_>, EmitError> {
    let upstream = &site.upstream;
    Ok(SiteView {
        path: &site.path,
        label: &site.label,
        reason: full(&site.reason),
        servers: upstream.addresses.iter().map(|address| format!("{address}:{}", upstream.port)).collect(),
        names: site.names.iter().map(|name| NameView { name: name.name.as_str(), reason: full(&name.reason) }).collect(),
        certificate: &super::certificate(site, TEMPLATE)?.slug,
        tls: upstream.tls,
        inside_name: super::inside_name(site, TEMPLATE)?,
        authority: upstream.authority.as_deref().unwrap_or(UNDECLARED),
        whole: site.paths.iter().any(|path| path.below && path.path == "/"),
        locations: site.paths.iter().map(location).collect(),
    })
}

fn location(path: &PublishedPath) -> LocationView {
    // Paths below `/abs` begin with `/abs/`, those below `/` with `/`.
    let below = path.path.strip_suffix('/').filter(|_| path.below).unwrap_or(&path.path);
    LocationView {
        pattern: literal(below),
        below: path.below,
        reason: full(&path.reason),
        megabytes: path.largest.as_ref().map(|largest| largest.megabytes),
        size_reason: path.largest.as_ref().map(|largest| format!("the limit {}", largest.row)).unwrap_or_default(),
    }
}

/// A regular expression that matches this text only.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for c in one_line(text).chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '/' | '_' | '-') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn full(reason: &Reason) -> String {
    format!("{}; {}; {}; confidence {}", reason.short(), reason.purpose, reason.source.join(", "), reason.confidence.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_matched_as_it_is() {
        assert_eq!(literal("/a-b_c/service.asmx"), "/a-b_c/service\\.asmx");
        assert_eq!(literal(".*(a|b)[c]+?{1}^$\\ \n"), "\\.\\*\\(a\\|b\\)\\[c\\]\\+\\?\\{1\\}\\^\\$\\\\\\ \\ ");
    }
}
