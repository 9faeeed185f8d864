//! `reverse_proxy`, `reverse_proxy_array` and the servers of an array: the way of web content to users outside.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

const COMPUTER_FQDN: AttrSchema = AttrSchema::optional(
    "fqdn",
    Type::Fqdn,
    "The computer's fully qualified domain name. Left out, it has no name: it need not be in a domain.",
);

const PUBLISHES: AttrSchema = AttrSchema::required(
    "publishes",
    Type::List(&Type::Reference(&["standard_edition", "enterprise_pool", "web_access", "web_access_array", "update_server"])),
    "The published groups: pools by their external web farm name, Communicator Web Access and the update service by their external names.",
);

pub(super) static REVERSE_PROXY: BlockSchema = BlockSchema {
    kind: "reverse_proxy",
    title: "Reverse proxy",
    parents: &["site"],
    attrs: &[
        AttrSchema::required("outside", Type::Address, "Its address for the Internet, to which the published names resolve."),
        AttrSchema::required("inside", Type::Address, "Its address for the web components."),
        COMPUTER_FQDN,
        common::MEMBER_OF,
        PUBLISHES,
    ],
    doc: "An HTTP reverse proxy in the perimeter network. No edge role may run on its computer.",
    step: 6,
    example: "reverse_proxy rp {
  outside   = 131.107.155.40
  inside    = 172.25.33.40
  publishes = [pool01]
}",
    ..COMMON
};

pub(super) static REVERSE_PROXY_ARRAY: BlockSchema = BlockSchema {
    kind: "reverse_proxy_array",
    title: "Reverse proxy array",
    parents: &["site"],
    attrs: &[common::LOAD_BALANCER, common::VIP, common::MEMBER_OF, PUBLISHES],
    doc: "Several reverse proxies with the same rules behind a load balancer. The published names resolve to `vip`.",
    step: 6,
    example: "reverse_proxy_array rp {
  load_balancer = lb_edge_outside
  vip           = 131.107.155.40
  publishes     = [pool01]

  server rp[01..02] {
    outside = 131.107.155.[41..42]
    inside  = 172.25.33.[41..42]
  }
}",
    ..COMMON
};

pub(super) static SERVER: BlockSchema = BlockSchema {
    kind: "server",
    title: "Server of a reverse proxy array",
    parents: &["reverse_proxy_array"],
    name: NameRule::Range,
    required_in: &["reverse_proxy_array"],
    attrs: &[
        AttrSchema::required("outside", Type::Address, "Its address on the outside, behind the array's virtual one."),
        AttrSchema::required("inside", Type::Address, "Its address for the web components."),
        COMPUTER_FQDN,
    ],
    doc: "A reverse proxy of the array.",
    step: 6,
    example: "server rp[01..02] {
  outside = 131.107.155.[41..42]
  inside  = 172.25.33.[41..42]
}",
    ..COMMON
};
