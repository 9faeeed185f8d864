//! `director`, `director_array` and the servers of an array.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static DIRECTOR: BlockSchema = BlockSchema {
    kind: "director",
    title: "Director",
    parents: &["site"],
    attrs: &[
        common::address("Its address."),
        common::FQDN,
        common::HOST,
        common::AUTOMATIC_SIGN_IN,
        common::ACCESS_EDGE,
        AttrSchema::default(
            "address_book_service",
            Type::Bool,
            "false",
            "Whether the Address Book service runs on it. The guide recommends switching it off on a Director.",
        ),
    ],
    doc: "A Standard Edition server that homes no users. It authenticates outside users and forwards them to their pool.",
    step: 6,
    example: "director dir01 {
  address = 10.10.0.21
}",
    ..COMMON
};

pub(super) static DIRECTOR_ARRAY: BlockSchema = BlockSchema {
    kind: "director_array",
    title: "Director array",
    parents: &["site"],
    attrs: &[
        AttrSchema::required("fqdn", Type::Fqdn, "The array's name, the next hop of edge servers."),
        AttrSchema::default(
            "edition",
            choices! {
                standard until Ocs2007 => "Standard Edition servers behind a load balancer.",
                enterprise => "An Enterprise pool that homes no users; its database is a `back_end` block inside.",
            },
            "standard",
            "The edition of the array's servers.",
        ),
        common::LOAD_BALANCER,
        common::VIP,
        common::AUTOMATIC_SIGN_IN,
        common::ACCESS_EDGE,
    ],
    doc: "Several Directors behind a load balancer.",
    step: 6,
    example: r#"director_array dir {
  fqdn          = "dir.corp.contoso.com"
  load_balancer = lb_servers
  vip           = 10.10.0.20

  server dir[01..02] { address = 10.10.0.[21..22] }
}"#,
    ..COMMON
};

pub(super) static SERVER: BlockSchema = BlockSchema {
    kind: "server",
    title: "Server of a Director array",
    parents: &["director_array"],
    name: NameRule::Range,
    required_in: &["director_array"],
    attrs: &[common::address("Its real address, behind the array's virtual one."), common::FQDN],
    doc: "A Director of the array.",
    step: 6,
    example: "server dir[01..02] {
  address = 10.10.0.[21..22]
}",
    ..COMMON
};
