//! Communicator Web Access: one server or an array, with its virtual server for inside users and that for outside users.

use super::build::Builder;
use super::{Detail, GroupId, Member, Site, Vip};
use crate::lower::Decl;
use crate::product::{GroupKind, Role, Side};

/// What gives the virtual server for outside users an address or a port of its own, in the block itself.
const OWN_LISTENER: [&str; 3] = ["external_address", "external_vip", "external_port"];

/// A `web_access` block: one server.
pub(super) fn single<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let group = builder.group(site, decl, GroupKind::WebAccess, path.clone(), detail(decl));
    let own = builder.name_in_domain(site, decl);
    let fqdn = decl.fqdn("internal_fqdn").or_else(|| own.clone());
    builder.group_mut(group).fqdn = fqdn.clone();
    let server = builder.server(site, group, decl, path, own.map(|own| own.value));
    let members: Vec<Member> = builder.address(server, decl, "address").into_iter().collect();
    builder.endpoint(group, Role::WebAccess, Side::Inside, fqdn, None, members.clone());
    let external = builder.address(server, decl, "external_address");
    outside(builder, group, decl, None, external.map_or(members, |external| vec![external]));
}

/// A `web_access_array` block: several servers under one name.
pub(super) fn array<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let group = builder.group(site, decl, GroupKind::WebAccess, path.clone(), detail(decl));
    let fqdn = decl.fqdn("fqdn");
    builder.group_mut(group).fqdn = fqdn.clone();
    let members = builder.members(site, group, decl, "server");
    let vip = builder.vip(site, decl, None, ["vip", "load_balancer"], &path);
    builder.endpoint(group, Role::WebAccess, Side::Inside, fqdn, vip.clone(), members.clone());
    let external_vip = decl
        .is_written("external_vip")
        .then(|| builder.vip(site, decl, None, ["external_vip", "load_balancer"], &format!("{path}, external")))
        .flatten();
    let servers = builder.group_mut(group).servers.clone();
    let mut external = Vec::new();
    for (server, block) in servers.into_iter().zip(decl.blocks("server")) {
        let inner = members.iter().find(|member| member.server == server).cloned();
        external.extend(builder.address(server, block, "external_address").or(inner));
    }
    outside(builder, group, decl, external_vip.or(vip), external);
}

fn detail(decl: &Decl) -> Detail {
    Detail::WebAccess {
        external_fqdn: decl.fqdn("external_fqdn"),
        external_port: decl.port("external_port").map(|port| port.value),
    }
}

/// The virtual server for outside users, where it has an address or a port of its own; else the one for inside users serves both.
fn outside(builder: &mut Builder<'_, '_>, group: GroupId, decl: &Decl, vip: Option<Vip>, members: Vec<Member>) {
    let own_addresses = decl.blocks("server").any(|server| server.is_written("external_address"));
    if own_addresses || OWN_LISTENER.iter().any(|attr| decl.is_written(attr)) {
        builder.endpoint(group, Role::WebAccess, Side::Outside, decl.fqdn("external_fqdn"), vip, members);
    }
}
