//! `group_chat_server` (2007 R2): rooms that keep what is said in them.

use super::{COMMON, common};
use crate::product::Product;
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static GROUP_CHAT_SERVER: BlockSchema = BlockSchema {
    kind: "group_chat_server",
    title: "Group Chat Server",
    parents: &["site"],
    attrs: &[
        common::address(
            "Its address; the Front Ends of its pool send the messages of rooms to it, and clients post files to it.",
        ),
        common::FQDN,
        common::HOST,
        AttrSchema::required(
            "pool",
            Type::Reference(&["standard_edition", "enterprise_pool"]),
            "The pool through which messages reach it, and to which it hands messages and invitations for users of all pools.",
        ),
    ],
    doc: "A Group Chat Server for the rooms of all pools, on a computer of its own. Its database is the `back_end` block inside. The ports are those of later releases, as the sources print none for 2007 R2. The Compliance service of Group Chat, and several servers for the same rooms, are not part of the language.",
    step: 2,
    example: "group_chat_server chat01 {
  address = 10.10.0.96
  pool    = pool01

  back_end chatsql { address = 10.10.0.97 }
}",
    since: Product::Ocs2007R2,
    ..COMMON
};
