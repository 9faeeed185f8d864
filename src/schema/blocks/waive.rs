//! `waive`: a finding that is accepted for a while.

use super::{ANYWHERE, COMMON};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static WAIVE: BlockSchema = BlockSchema {
    kind: "waive",
    title: "Waiver",
    parents: &[ANYWHERE],
    name: NameRule::Code,
    attrs: &[
        AttrSchema::optional("reason", Type::Text, "Why the finding is accepted. A waiver without a reason is an error."),
        AttrSchema::optional("ticket", Type::Text, "The ticket of the decision."),
        AttrSchema::optional("until", Type::Date, "The last day of the waiver. After that day it is an error."),
    ],
    doc: "Accepts a finding in its block only. Its name is the code or the name of the rule.",
    step: 0,
    example: r#"waive OCS0512 {
  reason = "Front ends keep the 2006 disk layout until the refresh"
  ticket = "CHG-1204"
  until  = 2027-03-31
}"#,
    ..COMMON
};
