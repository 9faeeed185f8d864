//! `hardware`: what a computer consists of.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

/// Where hardware and software are stated: each computer, or once for all computers of a pool or array.
pub(super) const COMPUTERS: &[&str] = &[
    "standard_edition",
    "enterprise_pool",
    "front_end",
    "web_conferencing_server",
    "av_conferencing_server",
    "web_components_server",
    "back_end",
    "director",
    "director_array",
    "edge_array",
    "server",
    "reverse_proxy",
    "reverse_proxy_array",
    "mediation_server",
    "media_gateway",
    "exchange_um",
    "archiving_server",
    "monitoring_server",
    "qoe_monitoring_server",
    "group_chat_server",
    "update_server",
    "web_access",
    "web_access_array",
    "domain_controller",
];

pub(super) static HARDWARE: BlockSchema = BlockSchema {
    kind: "hardware",
    title: "Hardware",
    parents: COMPUTERS,
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional("processors", Type::Integer { min: 1, max: 64, unit: "processors" }, "How many processors it has."),
        AttrSchema::optional("cores", Type::Integer { min: 1, max: 256, unit: "cores" }, "How many cores each processor has."),
        AttrSchema::optional("frequency", Type::Frequency, "The clock of a core."),
        AttrSchema::optional("memory", Type::Size, "Its main memory."),
        AttrSchema::optional("disk", Type::Size, "Free space on its own disks."),
        AttrSchema::optional(
            "network_cards",
            Type::Integer { min: 1, max: 64, unit: "network cards" },
            "How many network cards it has. Edge servers and Mediation Servers need two.",
        ),
    ],
    doc: "The hardware of the computer; in a pool or array, of each computer without its own block.",
    step: 5,
    example: "hardware {
  processors    = 2
  cores         = 2
  frequency     = 2.6GHz
  memory        = 4GB
  network_cards = 1
}",
    ..COMMON
};
