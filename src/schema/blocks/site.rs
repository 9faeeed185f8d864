//! `site`: a place with networks and servers.

use super::{COMMON, TOP, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static SITE: BlockSchema = BlockSchema {
    kind: "site",
    title: "Site",
    parents: &[TOP],
    attrs: &[
        AttrSchema::optional("users", common::USERS, "How many users work here, wherever their pool is."),
        AttrSchema::optional(
            "domain",
            Type::Reference(&["domain"]),
            "The Active Directory domain that servers of the site are in, and so the end of their names.",
        ),
        AttrSchema::optional("availability", common::AVAILABILITY, common::AVAILABILITY_DOC),
    ],
    doc: "A place with networks, firewalls and servers. Names inside are found from inside; from elsewhere by `site.name`.",
    step: 2,
    example: "site redmond {
  users  = 28_000
  domain = corp

  network servers { zone = internal  range = 10.10.0.0/22 }
}",
    ..COMMON
};
