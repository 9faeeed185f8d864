//! `update_server`: the Software Update Service for phones.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static UPDATE_SERVER: BlockSchema = BlockSchema {
    kind: "update_server",
    title: "Software Update Service",
    parents: &["site"],
    attrs: &[
        common::address("Its address, to which `ucupdates` in each SIP domain resolves."),
        common::FQDN,
        AttrSchema::optional("external_fqdn", Type::Fqdn, "Its name for phones outside, published through the reverse proxy."),
    ],
    doc: "The SharePoint site from which phones of 2007 download their software, on a computer of its own. Phones of 2007 R2 use the pool's web components; keep this one for phones that have not been updated yet. One per organization.",
    step: 6,
    example: r#"update_server updates01 {
  address       = 10.10.0.95
  external_fqdn = "updates.contoso.com"
}"#,
    ..COMMON
};
