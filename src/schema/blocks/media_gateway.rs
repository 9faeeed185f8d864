//! `media_gateway`: to the telephone network.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static MEDIA_GATEWAY: BlockSchema = BlockSchema {
    kind: "media_gateway",
    title: "Media gateway",
    parents: &["site"],
    attrs: &[
        common::address("Its address towards the Mediation Server."),
        common::FQDN,
        AttrSchema::default(
            "transport",
            choices! {
                tcp => "SIP over TCP.",
                tls => "SIP over TLS; the gateway then needs a certificate.",
            },
            "tls",
            "How the Mediation Server and it carry SIP. Over TCP the two must be on a network of their own.",
        ),
        AttrSchema::optional(
            "ports",
            Type::Integer { min: 1, max: 100_000, unit: "ports" },
            "How many calls it carries at the same time. One port serves about 15 light, 10 moderate or 5 heavy users.",
        ),
        AttrSchema::default(
            "kind",
            choices! {
                basic => "Needs a Mediation Server on a computer of its own.",
                basic_hybrid => "Has the Mediation Server on the gateway's own Windows.",
                advanced => "Needs no Mediation Server.",
            },
            "basic",
            "How much of the Mediation Server's work it does itself.",
        ),
    ],
    doc: "A gateway to the telephone network or a PBX.",
    step: 8,
    example: "media_gateway gw01 {
  address   = 10.10.4.90
  transport = tls
  ports     = 96
}",
    ..COMMON
};
