//! `standard_edition`: everything on one computer.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema};

pub(super) static STANDARD_EDITION: BlockSchema = BlockSchema {
    kind: "standard_edition",
    title: "Standard Edition server",
    parents: &["site"],
    attrs: &[
        common::address("Its address. The names of the pool and the server are the same."),
        common::FQDN,
        AttrSchema::optional("users", common::USERS, "How many users are homed on it; 5,000 at most."),
        common::AUTOMATIC_SIGN_IN,
        common::EXTERNAL_WEB_FARM,
        common::DIRECTOR,
        common::ARCHIVING,
        common::MONITORING,
        common::EXCHANGE_UM,
        common::LOCATION_PROFILE,
        common::AV_EDGE,
        common::ACCESS_EDGE,
    ],
    doc: "All roles of a pool and their database on one computer, for up to 5,000 users without high availability.",
    step: 2,
    example: "standard_edition se01 {
  address           = 10.20.0.11
  users             = 1_200
  automatic_sign_in = true
}",
    ..COMMON
};
