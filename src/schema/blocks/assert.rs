//! `assert`: what flows must never or must always do.

use super::{COMMON, TOP};
use crate::schema::{BlockSchema, NameRule};

pub(super) static ASSERT: BlockSchema = BlockSchema {
    kind: "assert",
    title: "Assertions",
    parents: &[TOP, "site"],
    name: NameRule::None,
    doc: "States what the flows of the deployment must never and must always allow; `ocstopo check` verifies it. Lines are `never FROM -> TO` and `allow FROM -> TO`, each with `on tcp/5061` or `on udp/50000-59999` to name certain ports.",
    step: 0,
    example: "assert {
  never internet -> redmond.sql01
  allow redmond.clients -> redmond.pool01 on tcp/5061
}",
    ..COMMON
};
