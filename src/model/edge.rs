//! The perimeter: edge arrays and reverse proxies.

use super::build::Builder;
use super::{Detail, Member, Site};
use crate::diag::Diag;
use crate::diag::codes::model::ROLE_WITHOUT_BLOCK;
use crate::lower::{Decl, Fqdn};
use crate::product::{EdgeShape, GroupKind, Role, Side};
use crate::text::Spanned;

/// The roles of an edge, each with the block and the server attribute of the same name.
const EDGE_ROLES: [(Role, &str); 3] =
    [(Role::AccessEdge, "access_edge"), (Role::WebConferencingEdge, "web_conferencing_edge"), (Role::AvEdge, "av_edge")];

/// An `edge_array` block: a server runs the roles that it has an outside address for.
pub(super) fn edge_array<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let shape = decl.word("shape").unwrap_or(Spanned::new(EdgeShape::Consolidated, decl.name_span));
    let group = builder.group(site, decl, GroupKind::EdgeArray, path.clone(), Detail::Edge { shape });
    let inside = decl.block("inside");
    let inside_fqdn = inside.and_then(|inside| inside.fqdn("fqdn"));
    builder.group_mut(group).fqdn = inside_fqdn.clone();
    let inside_vip =
        inside.and_then(|inside| builder.vip(site, inside, Some(decl), ["vip", "load_balancer"], &format!("{path}.inside")));
    // A/V Edges on computers of their own are reached inside by a name and a virtual address of their own.
    let media = decl.block("av_edge").and_then(|block| block.block("inside"));
    let media_fqdn = media.and_then(|media| media.fqdn("fqdn"));
    let media_vip =
        media.and_then(|media| builder.vip(site, media, Some(decl), ["vip", "load_balancer"], &format!("{path}.av_edge.inside")));

    let mut inner: [Vec<Member>; 3] = Default::default();
    let mut outer: [Vec<Member>; 3] = Default::default();
    for block in decl.blocks("server") {
        let server = builder.server(site, group, block, format!("{path}.{}", block.name), None);
        let member = builder.address(server, block, "inside");
        for (index, (_, word)) in EDGE_ROLES.iter().enumerate() {
            if block.is_written(word) {
                inner[index].extend(member.clone());
                outer[index].extend(builder.address(server, block, word));
            }
        }
        if let Some(fqdn) = server_name(builder, block, inside_fqdn.as_ref()) {
            builder.set_server_fqdn(server, fqdn);
        }
    }
    // Without a virtual address the array's name is the name of one computer: the one that runs the Access Edge,
    // or at a remote site the A/V Edge, unless A/V Edges have a name of their own.
    let media_edge = inner[2].first().filter(|_| media_fqdn.is_none());
    if inside_vip.is_none()
        && let (Some(name), Some(member)) = (&inside_fqdn, inner[0].first().or(media_edge).or(inner[1].first()))
    {
        builder.set_server_fqdn(member.server, name.value.clone());
    }
    if let (Some(name), None, [only]) = (&media_fqdn, &media_vip, inner[2].as_slice())
        && !inner[..2].iter().flatten().any(|other| other.server == only.server)
    {
        builder.set_server_fqdn(only.server, name.value.clone());
    }

    roles_without_server(builder, decl);
    for (index, (role, word)) in EDGE_ROLES.into_iter().enumerate() {
        let block = decl.block(word);
        role_matches(builder, decl, block, word, &outer[index]);
        let outside_fqdn = block.and_then(|block| block.fqdn("fqdn"));
        let outside_vip =
            block.and_then(|block| builder.vip(site, block, Some(decl), ["vip", "load_balancer"], &format!("{path}.{word}")));
        let members = std::mem::take(&mut inner[index]);
        let (array_fqdn, array_vip) = match role {
            Role::AvEdge if media_fqdn.is_some() => (&media_fqdn, &media_vip),
            _ => (&inside_fqdn, &inside_vip),
        };
        // Web Conferencing Servers find each Web Conferencing Edge by its own name and address, never through a balancer.
        let (name, vip) = match (role, array_vip, members.as_slice()) {
            (Role::WebConferencingEdge, _, [only]) => (own_name(builder, only), None),
            (Role::WebConferencingEdge, _, _) => (None, None),
            (_, Some(vip), _) => (array_fqdn.clone(), Some(vip.clone())),
            (Role::AvEdge, None, _) if media_fqdn.is_some() => (media_fqdn.clone(), None),
            (_, None, [only]) => (own_name(builder, only), None),
            (_, None, _) => (array_fqdn.clone(), None),
        };
        builder.endpoint(group, role, Side::Inside, name, vip, members);
        builder.endpoint(group, role, Side::Outside, outside_fqdn, outside_vip, std::mem::take(&mut outer[index]));
    }
}

/// A server's name in the domain of the array's inside name, unless it states one: edge servers are in no site's domain.
fn server_name(builder: &mut Builder<'_, '_>, block: &Decl, inside: Option<&Spanned<Fqdn>>) -> Option<Fqdn> {
    if let Some(stated) = block.fqdn("fqdn") {
        return Some(stated.value);
    }
    let inside = inside?;
    let domain = Spanned::new(inside.value.parent()?, inside.span);
    builder.named_in(&domain, block).map(|fqdn| fqdn.value)
}

fn own_name(builder: &Builder<'_, '_>, member: &Member) -> Option<Spanned<Fqdn>> {
    builder.server_fqdn(member.server).map(|fqdn| Spanned::new(fqdn.clone(), member.address.span))
}

fn role_matches(builder: &mut Builder<'_, '_>, decl: &Decl, block: Option<&Decl>, word: &str, outer: &[Member]) {
    let inside = decl.block("inside").and_then(|inside| inside.fqdn("fqdn"));
    let parent =
        inside.and_then(|name| name.value.parent()).map_or_else(|| "example.com".to_owned(), |parent| parent.to_string());
    if let (None, Some(member)) = (block, outer.first()) {
        builder.diags.push(
            Diag::error(
                ROLE_WITHOUT_BLOCK,
                format!("edge_array `{}` has servers with the role `{word}`, but no `{word}` block", decl.name),
                member.address.span,
                "with this outside address the server runs the role",
            )
            .related(decl.name_span, "the array is declared here")
            .help(format!(
                "add `{word} {{ fqdn = \"{}.{parent}\" }}` to the array, with the name that outsiders use",
                word.replace('_', "-")
            )),
        );
    }
}

/// Roles that are named and that no server of the array runs; unreadable addresses are already reported. The missing server
/// may be one for all of them.
fn roles_without_server(builder: &mut Builder<'_, '_>, decl: &Decl) {
    let runs = |word: &str| decl.blocks("server").any(|server| server.is_written(word));
    let without: Vec<(&Decl, &str)> =
        EDGE_ROLES.iter().filter_map(|(_, word)| Some((decl.block(word)?, *word))).filter(|(_, word)| !runs(word)).collect();
    let Some(((first, word), others)) = without.split_first() else { return };
    let words: Vec<String> = without.iter().map(|(_, word)| format!("`{word}`")).collect();
    let (roles, addresses) = match words.split_last() {
        Some((last, init)) if !init.is_empty() => (
            format!("roles {} and {last}", init.join(", ")),
            without.iter().map(|(_, word)| format!("`{word} = <outside address>`")).collect::<Vec<_>>().join(", "),
        ),
        _ => (format!("role `{word}`"), format!("`{word} = <outside address>`")),
    };
    let mut diag = Diag::error(
        ROLE_WITHOUT_BLOCK,
        format!("no server of edge_array `{}` runs the {roles}", decl.name),
        first.name_span,
        "no server has an outside address for this role",
    )
    .help(format!("give a `server` of the array {addresses}, or remove the block"));
    for (block, _) in others {
        diag = diag.related(block.name_span, "nor for this one");
    }
    builder.diags.push(diag);
}

/// A `reverse_proxy` block.
pub(super) fn reverse_proxy<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let group = builder.group(site, decl, GroupKind::ReverseProxy, path.clone(), Detail::Plain);
    let fqdn = decl.fqdn("fqdn");
    builder.group_mut(group).fqdn = fqdn.clone();
    let server = builder.server(site, group, decl, path, fqdn.clone().map(|fqdn| fqdn.value));
    let outside: Vec<Member> = builder.address(server, decl, "outside").into_iter().collect();
    let inside: Vec<Member> = builder.address(server, decl, "inside").into_iter().collect();
    builder.endpoint(group, Role::ReverseProxy, Side::Outside, None, None, outside);
    builder.endpoint(group, Role::ReverseProxy, Side::Inside, fqdn, None, inside);
}

/// A `reverse_proxy_array` block: the servers are met at one virtual address outside, and each connects inside by itself.
pub(super) fn reverse_proxy_array<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let group = builder.group(site, decl, GroupKind::ReverseProxy, path.clone(), Detail::Plain);
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    for block in decl.blocks("server") {
        let fqdn = block.fqdn("fqdn").map(|fqdn| fqdn.value);
        let server = builder.server(site, group, block, format!("{path}.{}", block.name), fqdn);
        outside.extend(builder.address(server, block, "outside"));
        inside.extend(builder.address(server, block, "inside"));
    }
    let vip = builder.vip(site, decl, None, ["vip", "load_balancer"], &path);
    builder.endpoint(group, Role::ReverseProxy, Side::Outside, None, vip, outside);
    builder.endpoint(group, Role::ReverseProxy, Side::Inside, None, None, inside);
}
