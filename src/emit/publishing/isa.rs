//! Rules for ISA Server 2006 in its own words, before any form: one web publishing rule for each site.

use std::collections::{BTreeMap, BTreeSet};

use super::super::EmitError;
use crate::catalog::{Confidence, ProxySetting};
use crate::plan::publishing::{IDLE_SECONDS, Proxy, PublishedPath, PublishingPlan, Shown, Site};

/// The sheet, as errors call it.
const TEMPLATE: &str = "markdown/isa_rules";

/// One web publishing rule.
pub(super) struct Rule<'p> {
    /// Its place in the list of rules, from 1.
    pub(super) order: usize,
    pub(super) name: String,
    pub(super) listener: Listener<'p>,
    pub(super) site: &'p Site,
    pub(super) public_names: Vec<&'p str>,
    /// Paths as the tab Paths takes them: `/*` at the end for paths below.
    pub(super) paths: Vec<String>,
    pub(super) inside_name: &'p str,
    pub(super) addresses: Vec<String>,
    pub(super) port: u16,
    /// What is sent to each path at most, where the guide says so.
    pub(super) largest: Vec<String>,
    pub(super) settings: Settings<'p>,
}

/// The listener of a rule.
#[derive(Clone)]
pub(super) struct Listener<'p> {
    pub(super) name: String,
    pub(super) addresses: Vec<String>,
    pub(super) ports: Vec<String>,
    pub(super) certificate: &'p Shown,
}

/// What rules and listeners are set to.
#[derive(Clone, Copy)]
pub(super) struct Settings<'p> {
    pub(super) action: &'p ProxySetting,
    pub(super) publishing_type: &'p ProxySetting,
    pub(super) bridging: &'p ProxySetting,
    pub(super) host_header: &'p ProxySetting,
    pub(super) requests_from: &'p ProxySetting,
    pub(super) delegation: &'p ProxySetting,
    pub(super) users: &'p ProxySetting,
    pub(super) listener_security: &'p ProxySetting,
    pub(super) listener_authentication: &'p ProxySetting,
}

/// The rules of a proxy, in the order of their sites.
pub(super) fn rules<'p>(plan: &'p PublishingPlan, proxy: &'p Proxy) -> Result<Vec<Rule<'p>>, EmitError> {
    let settings = settings(plan)?;
    let listener = listener(proxy)?;
    let rule = |(at, site): (usize, &'p Site)| {
        Ok(Rule {
            order: at + 1,
            name: format!("OCS {}", site.path),
            listener: listener.clone(),
            site,
            public_names: site.names.iter().map(|name| name.name.as_str()).collect(),
            paths: site.paths.iter().flat_map(forms).collect(),
            inside_name: super::inside_name(site, TEMPLATE)?,
            addresses: site.upstream.addresses.iter().map(ToString::to_string).collect(),
            port: site.upstream.port,
            largest: site.paths.iter().filter_map(largest).collect(),
            settings,
        })
    };
    proxy.sites.iter().enumerate().map(rule).collect()
}

/// One listener for all rules: ISA Server shows one certificate for an address.
fn listener(proxy: &Proxy) -> Result<Listener<'_>, EmitError> {
    let shown: BTreeMap<&str, &Shown> = proxy
        .sites
        .iter()
        .map(|site| super::certificate(site, TEMPLATE).map(|shown| (shown.slug.as_str(), shown)))
        .collect::<Result<_, _>>()?;
    let (Some((_, certificate)), 1) = (shown.first_key_value(), shown.len()) else {
        let message = format!("the listener of `{}` has {} certificates, and ISA Server shows one", proxy.path, shown.len());
        return Err(EmitError { template: TEMPLATE.to_owned(), message });
    };
    Ok(Listener {
        name: format!("OCS {} HTTPS", proxy.path),
        addresses: distinct(proxy.sockets.iter().map(|socket| socket.ip().to_string())),
        ports: distinct(proxy.sockets.iter().map(|socket| socket.port().to_string())),
        certificate,
    })
}

/// A folder is two entries: itself, and the paths below it.
fn forms(path: &PublishedPath) -> Vec<String> {
    match (path.below, path.path.trim_end_matches('/')) {
        (true, "") => vec!["/*".to_owned()],
        (true, folder) => vec![folder.to_owned(), format!("{folder}/*")],
        (false, _) => vec![path.path.clone()],
    }
}

fn largest(path: &PublishedPath) -> Option<String> {
    path.largest.as_ref().map(|largest| format!("{}: {} MB ({})", path.path, largest.megabytes, largest.row))
}

fn distinct(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

fn settings(plan: &PublishingPlan) -> Result<Settings<'_>, EmitError> {
    let of = |id: &str| {
        let message = || format!("the catalogue has no proxy setting `{id}`");
        plan.setting(id).ok_or_else(|| EmitError { template: TEMPLATE.to_owned(), message: message() })
    };
    Ok(Settings {
        action: of("action")?,
        publishing_type: of("publishing_type")?,
        bridging: of("bridging")?,
        host_header: of("host_header")?,
        requests_from: of("requests_from")?,
        delegation: of("delegation")?,
        users: of("users")?,
        listener_security: of("listener_security")?,
        listener_authentication: of("listener_authentication")?,
    })
}

impl<'p> Settings<'p> {
    /// What those of them are called that are only recalled.
    pub(super) fn unsure(&self) -> Vec<&'p str> {
        let Self { action, publishing_type, bridging, host_header, requests_from, delegation, users, .. } = *self;
        let all = [action, publishing_type, bridging, host_header, requests_from, delegation, users];
        let all = all.into_iter().chain([self.listener_security, self.listener_authentication]);
        all.filter(|row| row.provenance.confidence == Confidence::Low).map(|row| row.name.as_str()).collect()
    }
}

/// The timeout of the listener in seconds, which is this program's: the guide has none.
pub(super) fn timeout() -> String {
    IDLE_SECONDS.to_string()
}
