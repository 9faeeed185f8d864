//! What a person means by a name: a path, the end of a path, an address, the name of a certificate or of an authority.

use std::net::Ipv4Addr;

use super::unit::{Kind, Unit};
use crate::diag::nearest;
use crate::model::{Named, Topology};
use crate::plan::Plans;
use crate::plan::outage::Part;
use crate::query::choice::{choice, write_one};

/// So many meanings are listed.
const SHOWN: usize = 5;

/// What `text` names; the error says what it could be.
pub(super) fn unit_named(plans: Plans<'_>, text: &str) -> Result<Unit, String> {
    let (kind, name) = match text.split_once(':') {
        Some((word, name)) => (Some(kind_named(word)?), name),
        None => (None, text),
    };
    if name.is_empty() {
        return Err(format!("`{text}` names nothing: write a path such as `redmond.pool01`"));
    }
    if let (None, Ok(address)) = (kind, name.parse()) {
        return at_address(plans.topology, address);
    }
    let all: Vec<(String, Unit)> = units(plans).filter(|(_, unit)| kind.is_none_or(|kind| unit.kind() == kind)).collect();
    let exact: Vec<&(String, Unit)> = all.iter().filter(|(path, _)| path == name).collect();
    let ending = format!(".{name}");
    let found = if exact.is_empty() { all.iter().filter(|(path, _)| path.ends_with(&ending)).collect() } else { exact };
    let mut meanings: Vec<(Kind, &str, Unit)> = found.iter().map(|(path, unit)| (unit.kind(), path.as_str(), *unit)).collect();
    // A short path and the full one are the same thing.
    meanings.sort_by_key(|(_, path, unit)| (*unit, std::cmp::Reverse(path.len())));
    meanings.dedup_by_key(|(.., unit)| *unit);
    match meanings.as_slice() {
        [(.., only)] => Ok(*only),
        [] => Err(unknown(name, kind, &all)),
        several => Err(ambiguous(text, several)),
    }
}

fn kind_named(word: &str) -> Result<Kind, String> {
    let words = || Kind::ALL.into_iter().map(Kind::word);
    Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| match nearest(word, words()) {
        Some(near) => format!("`{word}` is not a kind: did you mean `{near}:`?"),
        None => format!("`{word}` is not a kind: write {}, or a path alone", choice(words())),
    })
}

/// Everything that can be named, with its names.
fn units(plans: Plans<'_>) -> impl Iterator<Item = (String, Unit)> {
    let topology = plans.topology;
    let paths = topology.by_path.iter().map(|(path, named)| (path.clone(), Unit::named(topology, *named)));
    let links = topology.wan_links.iter().map(|link| (link.path.clone(), Unit::Part(Part::WanLink(link.id))));
    let certificates = plans.certificates().certificates.iter().enumerate();
    let certificates = certificates.map(|(at, one)| (one.slug.clone(), Unit::Part(Part::Certificate(at))));
    let authorities = topology.organization.authorities.iter().enumerate();
    let authorities = authorities.map(|(at, one)| (one.name.clone(), Unit::Authority(at)));
    paths.chain(links).chain(certificates).chain(authorities)
}

fn unknown(name: &str, kind: Option<Kind>, all: &[(String, Unit)]) -> String {
    let what = kind.map_or("nothing", Kind::title);
    let has = if kind.is_some() { format!("no {what} has") } else { "nothing has".to_owned() };
    // A person may leave out the first parts of a path, and misspell one of the others.
    let parts = name.split('.').count();
    let tail = |path: &str| {
        let cut = path.rmatch_indices('.').nth(parts - 1).map_or(0, |(at, _)| at + 1);
        path.get(cut..).unwrap_or(path).to_owned()
    };
    let tails: Vec<String> = all.iter().map(|(path, _)| tail(path)).collect();
    let near = nearest(name, all.iter().map(|(path, _)| path.as_str()).chain(tails.iter().map(String::as_str)));
    match (near, kind) {
        (Some(near), _) => format!("{has} the name `{name}`: did you mean `{near}`?"),
        (None, None) => format!(
            "nothing has the name `{name}`: write a path such as `redmond.pool01`, an address, `certificate:NAME` or \
             `certification_authority:NAME`; `ocstopo fail --all` lists what can fail"
        ),
        (None, Some(_)) => {
            // Those with the same beginning first.
            let alike = |path: &str| path.bytes().zip(name.bytes()).take_while(|(one, other)| one == other).count();
            let mut known: Vec<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
            known.sort_by_key(|path| (std::cmp::Reverse(alike(path)), *path));
            format!("{has} the name `{name}`: {}", write_one(known.into_iter()))
        }
    }
}

fn ambiguous(text: &str, meanings: &[(Kind, &str, Unit)]) -> String {
    let one_path = meanings.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let shown = |(kind, path, _): &(Kind, &str, Unit)| {
        if one_path { format!("`{}:{path}`", kind.word()) } else { format!("`{path}`") }
    };
    let mut all: Vec<String> = meanings.iter().map(shown).collect();
    all.sort();
    let more = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    let more = if more > 0 { format!(" or {more} more") } else { String::new() };
    format!("`{text}` may be {}{more}: write which one", all.join(" or "))
}

fn at_address(topology: &Topology, address: Ipv4Addr) -> Result<Unit, String> {
    let has = |own: &&crate::model::Server| own.addresses.iter().any(|(other, _)| other.value == address);
    if let Some(server) = topology.servers.iter().find(has) {
        return Ok(Unit::Part(Part::Computer(server.id)));
    }
    let vips = topology.endpoints.iter().filter_map(|endpoint| endpoint.vip.as_ref());
    let balancer = vips.filter(|vip| vip.address.value == address).map(|vip| vip.load_balancer).next().or_else(|| {
        let own = |balancer: &&crate::model::LoadBalancer| {
            balancer.snat_addresses.iter().chain(&balancer.self_addresses).any(|own| own.value == address)
        };
        topology.load_balancers.iter().find(own).map(|balancer| balancer.id)
    });
    if let Some(balancer) = balancer {
        return Ok(Unit::named(topology, Named::LoadBalancer(balancer)));
    }
    Err(match topology.network_around(address) {
        Some(network) => {
            format!("no server and no load balancer has the address {address}: name its network, `{}`", network.path)
        }
        None => format!("no server, no load balancer and no network of the topology has the address {address}"),
    })
}
