//! `reverse_proxy`: the way of web content to users outside.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static REVERSE_PROXY: BlockSchema = BlockSchema {
    kind: "reverse_proxy",
    title: "Reverse proxy",
    parents: &["site"],
    attrs: &[
        AttrSchema::required("outside", Type::Address, "Its address for the Internet, to which the published names resolve."),
        AttrSchema::required("inside", Type::Address, "Its address for the web components."),
        AttrSchema::optional(
            "fqdn",
            Type::Fqdn,
            "The computer's fully qualified domain name. Left out, it has no name: it need not be in a domain.",
        ),
        common::MEMBER_OF,
        AttrSchema::required(
            "publishes",
            Type::List(&Type::Reference(&["standard_edition", "enterprise_pool", "web_access"])),
            "The published groups: pools by their external web farm name, Communicator Web Access by its external name.",
        ),
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
