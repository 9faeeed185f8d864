//! `site`: a place with networks and servers.

use super::{COMMON, TOP, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static SITE: BlockSchema = BlockSchema {
    kind: "site",
    title: "Site",
    parents: &[TOP],
    attrs: &[
        AttrSchema::optional("users", common::USERS, "The number of users who work here, regardless of the site of their pool."),
        AttrSchema::optional(
            "domain",
            Type::Reference(&["domain"]),
            "The Active Directory domain of the site's servers, in which their names end.",
        ),
        AttrSchema::optional("availability", common::AVAILABILITY, common::AVAILABILITY_DOC),
    ],
    doc: "A place with networks, firewalls and servers. Blocks of the site refer to its names directly, others by `site.name`.",
    step: 2,
    example: "site redmond {
  users  = 28_000
  domain = corp

  network servers { zone = internal  range = 10.10.0.0/22 }
}",
    ..COMMON
};
