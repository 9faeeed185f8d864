//! `compliance`: what is kept of what users say.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static COMPLIANCE: BlockSchema = BlockSchema {
    kind: "compliance",
    title: "Compliance",
    parents: &["organization"],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional(
            "archive",
            choices! {
                none => "No content of instant messages is archived.",
                external => "Messages with people outside the organization are archived.",
                all => "All messages are archived.",
            },
            "Which instant messages are archived. Group conversations are archived as soon as any messages are.",
        ),
        AttrSchema::optional(
            "call_detail_records",
            Type::Bool,
            "Whether records of calls, file transfers and meetings are kept. Left out, the feature `call_detail_records` decides.",
        ),
        AttrSchema::optional(
            "retention",
            Type::Duration,
            "How long records are kept in the database before they are purged. The product purges by whole days, up to 2,562.",
        ),
        AttrSchema::default(
            "critical",
            Type::Bool,
            "false",
            "Whether a Front End stops when it cannot archive: immediately when its own queue fails, and 30 minutes after it loses the queue of the Archiving Server.",
        ),
    ],
    doc: "What is archived, how long it is kept, and what happens when archiving fails.",
    step: 12,
    example: "compliance {
  archive   = external
  retention = 60d
  critical  = true
}",
    ..COMMON
};
