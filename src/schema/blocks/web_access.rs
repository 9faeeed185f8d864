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
        AttrSchema::optional("external_fqdn", Type::Fqdn, "Its name for outside users, published through the reverse proxy."),
        AttrSchema::required("pool", common::NEXT_HOP, "The pool or Director where it signs users in."),
    ],
    doc: "Instant messages and presence in a browser. It runs on a separate computer in the internal network, never in the perimeter.",
    step: 6,
    example: r#"web_access cwa01 {
  address       = 10.10.0.88
  external_fqdn = "im.contoso.com"
  pool          = pool01
}"#,
    ..COMMON
};
