//! `sample_user`: the addresses of a user, for checks of their form.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static SAMPLE_USER: BlockSchema = BlockSchema {
    kind: "sample_user",
    title: "Sample user",
    parents: &["organization"],
    attrs: &[
        AttrSchema::required(
            "sip",
            Type::Text,
            "The sign-in address, as in `\"anna@contoso.com\"`. Its domain is one of the SIP domains.",
        ),
        AttrSchema::optional("email", Type::Text, "The primary e-mail address, as in `\"anna.smith@contoso.com\"`."),
        AttrSchema::optional(
            "phone",
            Type::Text,
            "The primary number of Enterprise Voice, as in `\"tel:+14255550100\"`. No two users have the same.",
        ),
    ],
    doc: "The addresses of one user, as the organization's conventions form them. They are checked before thousands of users are enabled with addresses of the same form.",
    step: 1,
    example: r#"sample_user anna {
  sip   = "anna@contoso.com"
  phone = "tel:+14255550100"
}"#,
    ..COMMON
};
