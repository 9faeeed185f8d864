//! The blocks of a site, each made into its group.

use super::build::Builder;
use super::{Detail, Member, Site, edge, pool, web_access};
use crate::lower::Decl;
use crate::product::{GroupKind, PortRange, Role, Side};
use crate::text::Spanned;

/// All groups of one site.
pub(super) fn site<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    for block in &decl.children {
        match block.kind() {
            "standard_edition" => pool::standard_edition(builder, site, block),
            "enterprise_pool" => pool::enterprise_pool(builder, site, block),
            "director" => single(builder, site, block, GroupKind::Director, Role::Director, Detail::Plain),
            "director_array" => director_array(builder, site, block),
            "edge_array" => edge::edge_array(builder, site, block),
            "reverse_proxy" => edge::reverse_proxy(builder, site, block),
            "reverse_proxy_array" => edge::reverse_proxy_array(builder, site, block),
            "mediation_server" => mediation(builder, site, block),
            "media_gateway" => {
                let detail = Detail::Gateway {
                    transport: block.choice("transport").map_or("tls", |transport| transport.value),
                    ports: block.integer("ports").map(|ports| ports.value),
                };
                single(builder, site, block, GroupKind::MediaGateway, Role::MediaGateway, detail);
            }
            "exchange_um" => single(builder, site, block, GroupKind::ExchangeUm, Role::ExchangeUm, Detail::Plain),
            "archiving_server" => with_database(builder, site, block, GroupKind::ArchivingServer, Role::Archiving),
            "monitoring_server" | "qoe_monitoring_server" => {
                with_database(builder, site, block, GroupKind::MonitoringServer, Role::Monitoring);
            }
            "group_chat_server" => group_chat(builder, site, block),
            "update_server" => {
                let detail = Detail::UpdateServer { external_fqdn: block.fqdn("external_fqdn") };
                single(builder, site, block, GroupKind::UpdateServer, Role::UpdateServer, detail);
            }
            "web_access" => web_access::single(builder, site, block),
            "web_access_array" => web_access::array(builder, site, block),
            "domain_controller" => {
                single(builder, site, block, GroupKind::DomainController, Role::DomainController, Detail::Plain);
            }
            _ => {}
        }
    }
}

/// A group of one server with one role on its inside.
fn single<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl, kind: GroupKind, role: Role, detail: Detail) {
    builder.single_at(site, decl, kind, role, detail, format!("{}.{}", site.name, decl.name));
}

/// Archiving and Monitoring Servers with the database inside their block.
fn with_database<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl, kind: GroupKind, role: Role) {
    let path = format!("{}.{}", site.name, decl.name);
    let detail = Detail::Records {
        sql_version: decl.choice("sql_version").map(|version| version.value),
        purge_hour: decl.integer("purge_hour").map(|hour| hour.value),
        purges: decl.boolean("purges"),
    };
    let group = builder.single_at(site, decl, kind, role, detail, path);
    pool::stores(builder, site, group, decl);
}

fn group_chat<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let group = builder.single_at(site, decl, GroupKind::GroupChat, Role::GroupChat, Detail::Plain, path);
    pool::stores(builder, site, group, decl);
}

fn director_array<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let group = builder.group(site, decl, GroupKind::DirectorArray, path.clone(), Detail::Plain);
    let fqdn = decl.fqdn("fqdn");
    builder.group_mut(group).fqdn = fqdn.clone();
    let members = builder.members(site, group, decl, "server");
    let vip = builder.vip(site, decl, None, ["vip", "load_balancer"], &path);
    builder.endpoint(group, Role::Director, Side::Inside, fqdn, vip, members);
    pool::stores(builder, site, group, decl);
}

fn mediation<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let ports = decl.port("media_port_first").zip(decl.port("media_port_last"));
    let media_ports = ports.map(|(first, last)| Spanned::new(PortRange { first: first.value, last: last.value }, first.span));
    // What ends before it begins is no range; a rule reports it.
    let media_ports = media_ports.filter(|range| range.value.first <= range.value.last);
    let detail = Detail::Mediation { location_profile: builder.location_profile(site, decl), media_ports };
    let path = format!("{}.{}", site.name, decl.name);
    let group = builder.single_at(site, decl, GroupKind::MediationServer, Role::Mediation, detail, path);
    let server = builder.group_mut(group).servers[0];
    let members: Vec<Member> = builder.address(server, decl, "gateway_address").into_iter().collect();
    builder.endpoint(group, Role::Mediation, Side::Gateway, None, None, members);
}
