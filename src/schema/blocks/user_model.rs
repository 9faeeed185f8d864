//! `user_model`: what users do, where it is known better than by the model of the release.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

const HUNDRED_THOUSAND: Type = Type::Integer { min: 1, max: 100_000, unit: "" };

pub(super) static USER_MODEL: BlockSchema = BlockSchema {
    kind: "user_model",
    title: "User model",
    parents: &["organization"],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional(
            "meetings_concurrent",
            Type::Percent,
            "The share of users who are in a meeting at the same time. The model of 2007 R2 has 5%.",
        ),
        AttrSchema::optional(
            "messages_sessions",
            HUNDRED_THOUSAND,
            "Conversations of a user in an hour. The model of 2007 R2 has 2.",
        ),
        AttrSchema::optional(
            "messages_per_session",
            HUNDRED_THOUSAND,
            "Messages in a conversation. The model of 2007 R2 has 10.",
        ),
        AttrSchema::optional(
            "messages_bytes",
            HUNDRED_THOUSAND,
            "The size of a message, in bytes. The model of 2007 R2 has 400.",
        ),
        AttrSchema::optional(
            "hours",
            Type::Integer { min: 1, max: 24, unit: "hours" },
            "Hours of a day in which users write messages. Left out, 8 are assumed.",
        ),
        AttrSchema::optional(
            "calls_minutes",
            Type::Integer { min: 1, max: 600, unit: "minutes" },
            "The length of a call over the telephone network. Left out, 3 minutes are assumed.",
        ),
        AttrSchema::optional(
            "ports_of_a_gateway",
            Type::Integer { min: 1, max: 100_000, unit: "ports" },
            "The ports of one gateway of the make that you plan. Left out, 960 are assumed, as on the largest gateways on the market.",
        ),
        AttrSchema::optional(
            "web_conferences_outside",
            common::USERS,
            "External users in web conferences at the same time: own users, guests and partners. Left out, own users are counted by the model.",
        ),
        AttrSchema::optional(
            "av_sessions_outside",
            common::USERS,
            "Audio and video sessions with external users at the same time, calls and conferences. Left out, conferences of own users are counted by the model.",
        ),
        AttrSchema::optional(
            "web_access_sessions",
            common::USERS,
            "Browser sessions of Communicator Web Access at the same time.",
        ),
        AttrSchema::optional(
            "address_book_file",
            Type::Size,
            "The size of one full address book file. Left out, 1 MB for 1,000 users is assumed.",
        ),
    ],
    doc: "Figures of the user model that are known better than by the model of the release. `ocstopo size` shows each beside the default.",
    step: 2,
    example: "user_model {
  meetings_concurrent = 8%
  calls_minutes       = 4
}",
    ..COMMON
};
