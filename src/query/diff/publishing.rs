//! Reverse proxies: sites with their names outside, paths, and where they lead.

use serde::Serialize;

use super::cause::{Cause, Causes};
use super::moved::Moves;
use super::pairs::{apart, pairs, settings};
use super::{Setting, State};
use crate::plan::Plans;
use crate::plan::publishing::{Proxy, Site};

/// A reverse proxy that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProxyChange {
    /// Its path; that of a removed one is the old one.
    pub proxy: String,
    /// Whether it came or went.
    pub state: State,
    /// Its own settings that differ.
    pub settings: Vec<Setting>,
    /// What it publishes that differs, by path.
    pub sites: Vec<SiteChange>,
}

/// A published site that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteChange {
    /// The path of the group behind it.
    pub site: String,
    /// Whether it came or went.
    pub state: State,
    /// External names that are new.
    pub names_added: Vec<String>,
    /// External names that are removed.
    pub names_removed: Vec<String>,
    /// Newly published paths.
    pub paths_added: Vec<String>,
    /// Paths that are no longer published.
    pub paths_removed: Vec<String>,
    /// What else differs.
    pub settings: Vec<Setting>,
    /// What it follows from.
    pub causes: Vec<Cause>,
}

pub(super) fn compare(old: Plans<'_>, new: Plans<'_>, moved: &Moves, causes: &Causes<'_>) -> Vec<ProxyChange> {
    let before = old.publishing().proxies.iter().map(|proxy| (moved.path(&proxy.path).into_owned(), proxy));
    let after = new.publishing().proxies.iter().map(|proxy| (proxy.path.clone(), proxy));
    pairs(before, after).into_values().filter_map(|(old, new)| proxy(old, new, moved, causes)).collect()
}

fn proxy(old: Option<&Proxy>, new: Option<&Proxy>, moved: &Moves, causes: &Causes<'_>) -> Option<ProxyChange> {
    let before = old.into_iter().flat_map(|proxy| &proxy.sites).map(|site| (moved.path(&site.path).into_owned(), site));
    let after = new.into_iter().flat_map(|proxy| &proxy.sites).map(|site| (site.path.clone(), site));
    let sites: Vec<_> = pairs(before, after).into_values().filter_map(|(old, new)| site(old, new, causes)).collect();
    let settings = match (old, new) {
        (Some(old), Some(new)) => {
            let sockets = |proxy: &Proxy| Some(proxy.sockets.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
            let public = |proxy: &Proxy| proxy.public.map(|address| address.to_string());
            settings([("listens on", sockets(old), sockets(new)), ("public address", public(old), public(new))])
        }
        _ => Vec::new(),
    };
    let state = State::of(&old, &new);
    let path = new.or(old)?.path.clone();
    let same = state == State::Changed && settings.is_empty() && sites.is_empty();
    (!same).then_some(ProxyChange { proxy: path, state, settings, sites })
}

fn site(old: Option<&Site>, new: Option<&Site>, causes: &Causes<'_>) -> Option<SiteChange> {
    let names = |site: Option<&Site>| -> Vec<String> {
        site.into_iter().flat_map(|site| &site.names).map(|name| name.name.to_string()).collect()
    };
    let paths = |site: Option<&Site>| -> Vec<String> {
        let paths = site.into_iter().flat_map(|site| &site.paths);
        paths
            .map(|path| {
                let below = if path.below { "/*" } else { "" };
                let largest = path.largest.as_ref().map(|largest| format!(" up to {} MB", largest.megabytes)).unwrap_or_default();
                format!("{}{below}{largest}", path.path.trim_end_matches('/'))
            })
            .collect()
    };
    let (names_removed, names_added) = apart(&names(old), &names(new));
    let (paths_removed, paths_added) = apart(&paths(old), &paths(new));
    let settings = match (old, new) {
        (Some(old), Some(new)) => {
            let leads = |site: &Site| {
                let addresses = site.upstream.addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let name = site.upstream.name.as_ref().map(|name| format!("{name} at ")).unwrap_or_default();
                let tls = if site.upstream.tls { "TLS" } else { "no TLS" };
                Some(format!("{name}{addresses}, port {}, {tls}", site.upstream.port))
            };
            let shown = |site: &Site| site.certificate.as_ref().map(|shown| shown.slug.clone());
            settings([("leads to", leads(old), leads(new)), ("certificate", shown(old), shown(new))])
        }
        _ => Vec::new(),
    };
    let state = State::of(&old, &new);
    let lists = [&names_added, &names_removed, &paths_added, &paths_removed];
    if state == State::Changed && settings.is_empty() && lists.iter().all(|list| list.is_empty()) {
        return None;
    }
    let sides = [old, new];
    let reasons = sides.iter().flatten().flat_map(|site| site.names.iter().map(|name| &name.reason).chain([&site.reason]));
    let causes = causes.of_reasons(reasons, sides.iter().flatten().map(|site| site.path.as_str()));
    Some(SiteChange {
        site: new.or(old)?.path.clone(),
        state,
        names_added,
        names_removed,
        paths_added,
        paths_removed,
        settings,
        causes,
    })
}
