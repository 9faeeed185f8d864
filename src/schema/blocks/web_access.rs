//! `web_access`: Communicator Web Access.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static WEB_ACCESS: BlockSchema = BlockSchema {
    kind: "web_access",
    title: "Communicator Web Access",
    parents: &["site"],
    attrs: &[
        common::address("Its address."),
        common::FQDN,
        common::HOST,
        AttrSchema::optional("external_fqdn", Type::Fqdn, "Its name for users outside, published through the reverse proxy."),
        AttrSchema::required("pool", common::NEXT_HOP, "The pool or Director that it signs users in at."),
    ],
    doc: "Instant messages and presence in a browser. It stands inside, on a computer of its own, never in the perimeter network.",
    step: 6,
    example: r#"web_access cwa01 {
  address       = 10.10.0.88
  external_fqdn = "im.contoso.com"
  pool          = pool01
}"#,
    ..COMMON
};
