//! `enterprise_pool`: several servers that act as one.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static ENTERPRISE_POOL: BlockSchema = BlockSchema {
    kind: "enterprise_pool",
    title: "Enterprise pool",
    parents: &["site"],
    attrs: &[
        AttrSchema::required(
            "configuration",
            choices! {
                consolidated => "Every Front End also runs the conferencing servers and the web components; up to 30,000 users in 2007.",
                expanded => "Conferencing servers and web components on separate computers; up to 125,000 users in 2007.",
            },
            "How the roles are distributed over computers.",
        ),
        AttrSchema::required(
            "fqdn",
            Type::Fqdn,
            "The pool's name. It differs from the names of its servers, even if there is only one.",
        ),
        AttrSchema::optional("users", common::USERS, "How many users are homed on it."),
        common::AUTOMATIC_SIGN_IN,
        common::LOAD_BALANCER,
        common::VIP,
        AttrSchema::optional(
            "internal_web_farm",
            Type::Fqdn,
            "The name of the web components for internal users. Left out, it is the pool's name.",
        ),
        AttrSchema::optional(
            "web_components_load_balancer",
            Type::Reference(&["load_balancer"]),
            "The load balancer in front of the Web Components Servers of an expanded pool. Left out, it is the pool's.",
        ),
        AttrSchema::optional(
            "web_components_vip",
            Type::Address,
            "The virtual address of the Web Components Servers of an expanded pool.",
        ),
        common::EXTERNAL_WEB_FARM,
        common::DIRECTOR,
        common::ARCHIVING_SHARED,
        common::MONITORING,
        common::EXCHANGE_UM,
        common::LOCATION_PROFILE,
        common::AV_EDGE,
        common::ACCESS_EDGE,
    ],
    doc: "Front Ends behind a load balancer with a SQL Server back end and a file share. Users are homed on the pool, not on a server.",
    step: 2,
    example: r#"enterprise_pool pool01 {
  configuration = consolidated
  fqdn          = "pool01.corp.contoso.com"
  users         = 28_000
  load_balancer = lb_servers
  vip           = 10.10.0.10

  front_end fe[01..04] { address = 10.10.0.[11..14] }
  back_end sql01 { address = 10.10.0.30 }
}"#,
    ..COMMON
};
