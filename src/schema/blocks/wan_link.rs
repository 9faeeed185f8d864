//! `wan_link`: a line between sites.

use super::{COMMON, TOP, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static WAN_LINK: BlockSchema = BlockSchema {
    kind: "wan_link",
    title: "WAN link",
    parents: &[TOP, "site"],
    attrs: &[
        AttrSchema::required(
            "joins",
            Type::List(&Type::Reference(&["network"])),
            "The networks that it connects, two or more. Networks of other sites are written `site.network`.",
        ),
        AttrSchema::optional(
            "bandwidth",
            Type::Rate,
            "Its bandwidth in each direction. One audio stream is planned with 45kbps, one video stream with 300kbps.",
        ),
        AttrSchema::optional(
            "latency",
            Type::Integer { min: 0, max: 60_000, unit: "milliseconds" },
            "The milliseconds that a packet takes over it in one direction, at peak load. Media may take 150 from end to end.",
        ),
        common::REDUNDANT,
    ],
    doc: "A link between networks of different sites that filters nothing.",
    step: 2,
    example: "wan_link redmond_dublin {
  joins     = [redmond.servers, dublin.servers]
  bandwidth = 10Mbps
}",
    ..COMMON
};
