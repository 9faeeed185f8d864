//! Homes for users: Standard Edition servers and Enterprise pools, with their databases and file shares.

use super::build::Builder;
use super::{Detail, GroupId, Member, PoolConfiguration, Site, Vip};
use crate::lower::Decl;
use crate::product::{GroupKind, Relation, Role, Side};

/// The roles that a consolidated server runs.
const ALL_ROLES: [Role; 4] = [Role::FrontEnd, Role::WebComponents, Role::WebConferencing, Role::AvConferencing];

fn detail(builder: &mut Builder<'_, '_>, site: &Site, decl: &Decl, configuration: PoolConfiguration) -> Detail {
    Detail::Pool {
        configuration,
        users: decl.integer("users"),
        external_web_farm: decl.fqdn("external_web_farm"),
        internal_web_farm: decl.fqdn("internal_web_farm"),
        location_profile: builder.location_profile(site, decl),
    }
}

/// A `standard_edition` block: one server with all roles.
pub(super) fn standard_edition<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let path = format!("{}.{}", site.name, decl.name);
    let detail = detail(builder, site, decl, PoolConfiguration::Consolidated);
    let group = builder.group(site, decl, GroupKind::StandardEdition, path.clone(), detail);
    let fqdn = builder.name_in_domain(site, decl);
    builder.group_mut(group).fqdn = fqdn.clone();
    let server = builder.server(site, group, decl, path, fqdn.clone().map(|fqdn| fqdn.value));
    let members: Vec<Member> = builder.address(server, decl, "address").into_iter().collect();
    for role in ALL_ROLES {
        builder.endpoint(group, role, Side::Inside, fqdn.clone(), None, members.clone());
    }
}

/// An `enterprise_pool` block.
pub(super) fn enterprise_pool<'d>(builder: &mut Builder<'_, 'd>, site: &Site, decl: &'d Decl) {
    let expanded = decl.choice("configuration").is_some_and(|configuration| configuration.value == "expanded");
    let configuration = if expanded { PoolConfiguration::Expanded } else { PoolConfiguration::Consolidated };
    let path = format!("{}.{}", site.name, decl.name);
    let detail = detail(builder, site, decl, configuration);
    let group = builder.group(site, decl, GroupKind::EnterprisePool, path.clone(), detail);
    let fqdn = decl.fqdn("fqdn");
    builder.group_mut(group).fqdn = fqdn.clone();
    let vip = builder.vip(site, decl, None, ["vip", "load_balancer"], &path);
    let own_balancer = decl.is_written("web_components_load_balancer") || !decl.is_written("web_components_vip");
    let web_balancer = if own_balancer { "web_components_load_balancer" } else { "load_balancer" };
    let web_vip = builder.vip(site, decl, None, ["web_components_vip", web_balancer], &path).or_else(|| vip.clone());
    let web_farm = decl.fqdn("internal_web_farm").or_else(|| fqdn.clone());

    let front_ends = builder.members(site, group, decl, "front_end");
    let split = |kind| if expanded { Some(kind) } else { None };
    let mut role = |role: Role, block: Option<&'d str>, name, vip: Option<Vip>| {
        let members = match block {
            Some(block) => builder.members(site, group, decl, block),
            None => front_ends.clone(),
        };
        builder.endpoint(group, role, Side::Inside, name, vip, members);
    };
    role(Role::FrontEnd, None, fqdn, vip);
    role(Role::WebComponents, split("web_components_server"), web_farm, web_vip);
    // The Focus returns a conferencing server by its own name; there is no virtual address in front of them.
    role(Role::WebConferencing, split("web_conferencing_server"), None, None);
    role(Role::AvConferencing, split("av_conferencing_server"), None, None);
    stores(builder, site, group, decl);
}

/// The `back_end` and `file_share` blocks inside a group.
pub(super) fn stores<'d>(builder: &mut Builder<'_, 'd>, site: &Site, owner: GroupId, decl: &'d Decl) {
    let parent = builder.group_mut(owner).path.clone();
    for block in decl.blocks("back_end") {
        let detail = Detail::BackEnd {
            instance: block.text("instance").map(|text| text.value.to_owned()).unwrap_or_default(),
            port: block.port("port").map(|port| port.value),
            version: block.choice("version").map(|version| version.value),
            mid_range: block.choice("class").filter(|class| class.value == "mid_range").map(|class| class.span),
        };
        let path = format!("{parent}.{}", block.name);
        let store = builder.single_at(site, block, GroupKind::BackEnd, Role::BackEnd, detail, path);
        let server = builder.group_mut(store).servers[0];
        for node in block.addresses("nodes") {
            builder.node(server, block, node);
        }
        builder.group_mut(owner).relations.push((Relation::BackEnd, store, block.name_span));
    }
    for block in decl.blocks("file_share") {
        let detail = Detail::FileShare { path: block.text("path").map(|path| path.map(str::to_owned)) };
        let path = format!("{parent}.{}", block.name);
        let share = builder.single_at(site, block, GroupKind::FileShare, Role::FileShare, detail, path);
        builder.group_mut(owner).relations.push((Relation::FileShare, share, block.name_span));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lower::Fqdn;
    use crate::text::{FileId, SourceMap};

    fn resolved(text: &str) -> crate::model::Topology {
        let sources = SourceMap::new(vec![("a".into(), text.into())]);
        let tree = crate::syntax::parse(FileId(0), Arc::from(sources.file(FileId(0)).text())).tree;
        let (topology, diags) = crate::model::resolve(crate::lower::lower(&[tree]).0);
        assert!(diags.iter().all(|diag| diag.code.0 != "OCS0068"), "{diags:?}");
        topology.unwrap()
    }

    #[test]
    fn web_components_have_the_load_balancer_of_the_pool() {
        let text = r#"organization o { product = ocs_2007  sip_domains = ["contoso.com"] }
site s {
  network n { zone = internal  range = 10.10.0.0/24 }
  load_balancer lb { }
  enterprise_pool p {
    configuration = expanded  fqdn = "p.contoso.com"
    load_balancer = lb  vip = 10.10.0.10  web_components_vip = 10.10.0.20
    front_end fe { address = 10.10.0.11 }
    web_components_server iis { address = 10.10.0.21 }
  }
}"#;
        let topology = resolved(text);
        let web = topology.endpoints.iter().find(|endpoint| endpoint.role == Role::WebComponents).unwrap();
        assert_eq!(web.vip.as_ref().map(|vip| vip.address.value.to_string()).as_deref(), Some("10.10.0.20"));
    }

    #[test]
    fn a_file_server_has_the_name_in_the_path() {
        for (share, name) in [
            (r"path = '\\fs01.files.contoso.com\ocs'", "fs01.files.contoso.com"),
            (r"path = '\\fs01\ocs'", "fs01.contoso.com"),
            (r"path = '\\10.10.0.40\ocs'", "content.contoso.com"),
            (r#"path = '\\fs01\ocs'  fqdn = "nas.contoso.com""#, "nas.contoso.com"),
        ] {
            let text = format!(
                r#"organization o {{ product = ocs_2007  active_directory {{ domain d {{ fqdn = "contoso.com" }} }} }}
site s {{
  domain = d
  network n {{ zone = internal  range = 10.10.0.0/24 }}
  enterprise_pool p {{ fqdn = "p.contoso.com"  file_share content {{ {share}  address = 10.10.0.40 }} }}
}}"#
            );
            let topology = resolved(&text);
            let server = topology.servers.iter().find(|server| server.path == "s.p.content").unwrap();
            assert_eq!(server.fqdn.as_ref().map(Fqdn::as_str), Some(name), "{share}");
        }
    }

    #[test]
    fn shares_on_one_file_server_have_its_address() {
        let given_twice = |second: &str| {
            let text = format!(
                r#"organization o {{ product = ocs_2007  active_directory {{ domain d {{ fqdn = "contoso.com" }} }} }}
site s {{
  domain = d
  network n {{ zone = internal  range = 10.10.0.0/24 }}
  enterprise_pool p {{ fqdn = "p.contoso.com"  file_share content {{ path = '\\fs01.contoso.com\p'  address = 10.10.0.40 }} }}
  enterprise_pool q {{ fqdn = "q.contoso.com"  {second} }}
}}"#
            );
            let sources = SourceMap::new(vec![("a".into(), text)]);
            let tree = crate::syntax::parse(FileId(0), Arc::from(sources.file(FileId(0)).text())).tree;
            let (_, diags) = crate::model::resolve(crate::lower::lower(&[tree]).0);
            diags.iter().filter(|diag| diag.code.0 == "OCS0066").count()
        };
        assert_eq!(given_twice(r"file_share content { path = '\\fs01.contoso.com\q'  address = 10.10.0.40 }"), 0);
        assert_eq!(given_twice(r"file_share content { path = '\\fs01\q'  address = 10.10.0.40 }"), 0);
        assert_eq!(given_twice(r"file_share content { path = '\\fs02\q'  address = 10.10.0.40 }"), 1);
        assert_eq!(given_twice("back_end sql01 { address = 10.10.0.40 }"), 1);
        assert_eq!(given_twice("back_end fs01 { address = 10.10.0.40 }"), 0);
    }

    /// The findings of one address for two things among blocks of a site, and what their helps say.
    fn given_twice_in(site: &str) -> Vec<String> {
        let text = format!(
            r#"organization o {{ product = ocs_2007  active_directory {{ domain d {{ fqdn = "contoso.com" }} }} }}
site s {{
  domain = d
  network n {{ zone = internal  range = 10.10.0.0/24 }}
  {site}
}}"#
        );
        let sources = SourceMap::new(vec![("a".into(), text)]);
        let tree = crate::syntax::parse(FileId(0), Arc::from(sources.file(FileId(0)).text())).tree;
        let (_, diags) = crate::model::resolve(crate::lower::lower(&[tree]).0);
        diags.iter().filter(|diag| diag.code.0 == "OCS0066").map(|diag| diag.help.clone().unwrap_or_default()).collect()
    }

    fn two_pools(one: &str, other: &str) -> Vec<String> {
        given_twice_in(&format!(
            r#"enterprise_pool p {{ fqdn = "p.contoso.com"  {one} }}
  enterprise_pool q {{ fqdn = "q.contoso.com"  {other} }}"#
        ))
    }

    #[test]
    fn databases_on_one_computer_have_its_address() {
        let sql = "back_end sql01 { address = 10.10.0.30 }";
        assert!(two_pools(sql, sql).is_empty());
        assert!(two_pools(sql, r#"back_end q { address = 10.10.0.30  fqdn = "sql01.contoso.com" }"#).is_empty());
        assert!(two_pools(sql, r#"back_end q { address = 10.10.0.30  instance = "Q" }"#).is_empty());
        assert_eq!(
            two_pools(sql, "back_end sql02 { address = 10.10.0.30 }"),
            [
                "give one of them another address of its network; or, if both are on one computer, write `fqdn = \"sql01.contoso.com\"` in \
              `back_end sql02`"
            ]
        );
        let archive = |database: &str| {
            given_twice_in(&format!(
                r#"enterprise_pool p {{ fqdn = "p.contoso.com"  {sql} }}
  archiving_server a {{ address = 10.10.0.50  {database} }}"#
            ))
        };
        assert!(archive(r#"back_end log { address = 10.10.0.30  fqdn = "sql01.contoso.com" }"#).is_empty());
        assert!(archive(r#"back_end log { address = 10.10.0.30  instance = "archive" }"#).is_empty());
        assert_eq!(archive("back_end log { address = 10.10.0.30 }").len(), 1);
    }

    #[test]
    fn a_server_may_have_its_own_database_on_its_computer() {
        for kind in ["archiving_server", "qoe_monitoring_server"] {
            let with = |database: &str| given_twice_in(&format!("{kind} a {{ address = 10.10.0.50  {database} }}"));
            assert!(with("back_end log { address = 10.10.0.50 }").is_empty());
        }
        let guest = "standard_edition se { address = 10.10.0.11 }
  archiving_server a { address = 10.10.0.11  host = se  back_end log { address = 10.10.0.11 } }";
        assert!(given_twice_in(guest).is_empty());
        // It belongs to no other block.
        let other = "archiving_server a { address = 10.10.0.50 }
  enterprise_pool p { fqdn = \"p.contoso.com\"  back_end log { address = 10.10.0.50 } }";
        assert_eq!(given_twice_in(other), ["give one of them another address of its network"]);
    }

    #[test]
    fn nodes_of_a_cluster_carry_several_databases() {
        let clustered = |name: &str, address: u8, nodes: &str| {
            format!("back_end {name} {{ address = 10.10.0.{address}  nodes = [{nodes}] }}")
        };
        let nodes = "10.10.0.31, 10.10.0.32";
        assert!(two_pools(&clustered("sql01", 30, nodes), &clustered("sql02", 40, nodes)).is_empty());
        // The address of a virtual server is no node's.
        assert_eq!(two_pools(&clustered("sql01", 30, nodes), &clustered("sql02", 31, "10.10.0.41")).len(), 1);
    }

    #[test]
    fn help_shows_how_a_guest_names_its_host() {
        let servers = "standard_edition se { address = 10.10.0.11 }
  archiving_server a { address = 10.10.0.11 }";
        assert_eq!(
            given_twice_in(servers),
            ["give one of them another address of its network; or, if it runs on that computer, write `host = se` in \
              `archiving_server a`"]
        );
        let directors = "director one { address = 10.10.0.11 }
  media_gateway two { address = 10.10.0.11 }";
        assert_eq!(given_twice_in(directors), ["give one of them another address of its network"]);
    }
}
