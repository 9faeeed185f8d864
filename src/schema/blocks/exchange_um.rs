//! `exchange_um`: voice mail.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static EXCHANGE_UM: BlockSchema = BlockSchema {
    kind: "exchange_um",
    title: "Exchange Unified Messaging",
    parents: &["site"],
    attrs: &[
        common::address("Its address."),
        common::FQDN,
        AttrSchema::optional(
            "dial_plan",
            Type::Text,
            "The name of its SIP URI dial plan, at most 64 characters. Location profiles are named after it in 2007.",
        ),
        common::HANDS_IN,
    ],
    doc: "An Exchange Server 2007 SP1 with the Unified Messaging role: voice mail and auto attendant.",
    step: 8,
    example: r#"exchange_um um01 {
  address   = 10.10.0.95
  dial_plan = "Redmond"
}"#,
    ..COMMON
};
