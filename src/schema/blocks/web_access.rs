//! `web_access`, `web_access_array` and the servers of an array: Communicator Web Access.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

const EXTERNAL_FQDN: AttrSchema =
    AttrSchema::optional("external_fqdn", Type::Fqdn, "Its name for outside users, published through the reverse proxy.");

const EXTERNAL_PORT: AttrSchema = AttrSchema::optional(
    "external_port",
    Type::Port,
    "The port of the virtual server for outside users, to which the reverse proxy connects. Left out, it is 443. Two virtual servers cannot share an address and a port.",
);

const POOL: AttrSchema = AttrSchema::required("pool", common::NEXT_HOP, "The pool or Director where it signs users in.");

pub(super) static WEB_ACCESS: BlockSchema = BlockSchema {
    kind: "web_access",
    title: "Communicator Web Access",
    parents: &["site"],
    attrs: &[
        common::address("Its address."),
        common::FQDN,
        common::HOST,
        AttrSchema::optional(
            "internal_fqdn",
            Type::Fqdn,
            "The name in the address that inside users open. Left out, it is the computer's name.",
        ),
        EXTERNAL_FQDN,
        AttrSchema::optional(
            "external_address",
            Type::Address,
            "A second address of the computer for the virtual server for outside users. Left out, both virtual servers are on `address`.",
        ),
        EXTERNAL_PORT,
        POOL,
    ],
    doc: "Instant messages and presence in a browser. It runs on a separate computer in the internal network, never in the perimeter.",
    step: 6,
    example: r#"web_access cwa01 {
  address       = 10.10.0.88
  internal_fqdn = "im.contoso.com"
  external_fqdn = "im.contoso.com"
  external_port = 4443
  pool          = pool01
}"#,
    ..COMMON
};

pub(super) static WEB_ACCESS_ARRAY: BlockSchema = BlockSchema {
    kind: "web_access_array",
    title: "Communicator Web Access array",
    parents: &["site"],
    attrs: &[
        AttrSchema::required(
            "fqdn",
            Type::Fqdn,
            "The array's name: that in the address that inside users open. It differs from the names of its servers.",
        ),
        common::LOAD_BALANCER,
        common::VIP,
        EXTERNAL_FQDN,
        AttrSchema::optional(
            "external_vip",
            Type::Address,
            "A second virtual address on the load balancer, for outside users. Left out, both virtual servers are on `vip`.",
        ),
        EXTERNAL_PORT,
        POOL,
    ],
    doc: "Several Communicator Web Access servers for the same users behind a load balancer, which keeps each session on one server.",
    step: 6,
    example: r#"web_access_array cwa {
  fqdn          = "im.contoso.com"
  load_balancer = lb_servers
  vip           = 10.10.0.87
  external_fqdn = "im.contoso.com"
  external_port = 4443
  pool          = pool01

  server cwa[01..02] { address = 10.10.0.[88..89] }
}"#,
    ..COMMON
};

pub(super) static SERVER: BlockSchema = BlockSchema {
    kind: "server",
    title: "Server of a Communicator Web Access array",
    parents: &["web_access_array"],
    name: NameRule::Range,
    required_in: &["web_access_array"],
    attrs: &[
        common::address("Its real address, behind the array's virtual one."),
        AttrSchema::optional(
            "external_address",
            Type::Address,
            "A second address of the computer for the virtual server for outside users. Left out, it is `address`.",
        ),
        common::FQDN,
    ],
    doc: "A Communicator Web Access server of the array.",
    step: 6,
    example: "server cwa[01..02] {
  address = 10.10.0.[88..89]
}",
    ..COMMON
};
