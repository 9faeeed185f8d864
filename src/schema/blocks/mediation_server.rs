//! `mediation_server`: between the deployment and a media gateway.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static MEDIATION_SERVER: BlockSchema = BlockSchema {
    kind: "mediation_server",
    title: "Mediation Server",
    parents: &["site"],
    attrs: &[
        common::address("Its address for Communications Server, to which its name resolves."),
        AttrSchema::required(
            "gateway_address",
            Type::Address,
            "Its address for the gateway, on another network card. It differs from `address`.",
        ),
        common::FQDN,
        common::HOST,
        AttrSchema::required(
            "next_hop",
            common::NEXT_HOP,
            "The destination of calls from the telephone network: a Director or a pool.",
        ),
        AttrSchema::required(
            "gateway",
            Type::Reference(&["media_gateway"]),
            "Its gateway. One Mediation Server serves one gateway.",
        ),
        AttrSchema::optional(
            "media_port_first",
            Type::Port,
            "The first UDP port of its media range. Left out, the range is 60000 to 64000, and the product's guide advises to keep it.",
        ),
        AttrSchema::optional("media_port_last", Type::Port, "The last UDP port of its media range. A call takes four ports."),
        common::AV_EDGE,
        AttrSchema::optional(
            "location_profile",
            Type::Reference(&["location_profile"]),
            "The location profile that turns numbers of incoming calls into E.164 form.",
        ),
    ],
    doc: "Translates signalling and media between the deployment and a media gateway. It needs a separate computer.",
    step: 8,
    example: "mediation_server med01 {
  address         = 10.10.0.81
  gateway_address = 10.10.4.81
  next_hop        = pool01
  gateway         = gw01
}",
    ..COMMON
};
