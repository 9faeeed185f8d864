//! `media_gateway`: to the telephone network.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static MEDIA_GATEWAY: BlockSchema = BlockSchema {
    kind: "media_gateway",
    title: "Media gateway",
    parents: &["site"],
    attrs: &[
        common::address("Its address for the Mediation Server."),
        common::FQDN,
        AttrSchema::default(
            "transport",
            choices! {
                tcp => "SIP over TCP.",
                tls => "SIP over TLS; the gateway then needs a certificate.",
            },
            "tls",
            "The transport of SIP between it and the Mediation Server. Over TCP the two must be in a separate network.",
        ),
        AttrSchema::optional(
            "ports",
            Type::Integer { min: 1, max: 100_000, unit: "ports" },
            "The number of simultaneous calls. One port serves about 15 light, 10 moderate or 5 heavy users.",
        ),
        AttrSchema::default(
            "kind",
            choices! {
                basic => "Needs a Mediation Server on a separate computer.",
                basic_hybrid => "Runs the Mediation Server itself, on its own Windows.",
                advanced => "Needs no Mediation Server.",
            },
            "basic",
            "The kind of gateway, by its need for a Mediation Server.",
        ),
        common::HANDS_IN,
        AttrSchema::optional(
            "takes",
            Type::OneOrMore(&Type::Regex),
            r"The numbers that it takes from routes, with their plus sign, as .NET regular expressions in single quotes, such as `'^\+1\d{10}$'`. Left out, every number.",
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
