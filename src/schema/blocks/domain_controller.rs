//! `domain_controller`: the servers that other servers query for accounts, names and settings.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static DOMAIN_CONTROLLER: BlockSchema = BlockSchema {
    kind: "domain_controller",
    title: "Domain controller",
    parents: &["site"],
    name: NameRule::Range,
    attrs: &[
        common::address("Its address. Firewalls between servers and it are opened for LDAP, Kerberos and DNS."),
        AttrSchema::optional(
            "domain",
            Type::Reference(&["domain"]),
            "The domain that it is a controller of. Left out, it is the site's.",
        ),
        common::FQDN,
    ],
    doc: "A domain controller that also holds a global catalog and answers DNS.",
    step: 4,
    example: "domain_controller dc[01..02] {
  address = 10.10.0.[5..6]
  domain  = corp
}",
    ..COMMON
};
