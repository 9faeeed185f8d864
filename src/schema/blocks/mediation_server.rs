//! `mediation_server`: between the deployment and a media gateway.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static MEDIATION_SERVER: BlockSchema = BlockSchema {
    kind: "mediation_server",
    title: "Mediation Server",
    parents: &["site"],
    attrs: &[
        common::address("Its address towards Communications Server, to which its name resolves."),
        AttrSchema::required(
            "gateway_address",
            Type::Address,
            "Its address towards the gateway, on another card. It differs from `address`.",
        ),
        common::FQDN,
        common::HOST,
        AttrSchema::required("next_hop", common::NEXT_HOP, "Where calls from the telephone network go: a Director or a pool."),
        AttrSchema::required(
            "gateway",
            Type::Reference(&["media_gateway"]),
            "The gateway that it serves. One Mediation Server serves one gateway.",
        ),
        common::AV_EDGE,
        AttrSchema::optional(
            "location_profile",
            Type::Reference(&["location_profile"]),
            "The location profile that turns numbers of incoming calls into E.164 form.",
        ),
    ],
    doc: "Translates signalling and media between the deployment and a media gateway. It stands on a computer of its own.",
    step: 8,
    example: "mediation_server med01 {
  address         = 10.10.0.81
  gateway_address = 10.10.4.81
  next_hop        = pool01
  gateway         = gw01
}",
    ..COMMON
};
