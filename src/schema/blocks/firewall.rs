//! `firewall` and its `static_nat` blocks.

use super::{COMMON, common};
use crate::product::FirewallDialect;
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static FIREWALL: BlockSchema = BlockSchema {
    kind: "firewall",
    title: "Firewall",
    parents: &["site"],
    attrs: &[
        AttrSchema::required(
            "joins",
            Type::List(&Type::Reference(&["network"])),
            "The networks that it joins, two or more. `internet` is the network outside.",
        ),
        common::REDUNDANT,
        AttrSchema::default(
            "dialect",
            Type::Choice(FirewallDialect::CHOICES),
            "nftables",
            "The language that its rules are written in. A plain table of the rules is written as well.",
        ),
    ],
    doc: "A firewall between networks. Its rules are the flows whose route passes it, and nothing else.",
    step: 4,
    example: "firewall outer {
  joins   = [internet, edge_outside]
  dialect = cisco_asa
}",
    ..COMMON
};

pub(super) static STATIC_NAT: BlockSchema = BlockSchema {
    kind: "static_nat",
    title: "Static address translation",
    parents: &["firewall"],
    attrs: &[
        AttrSchema::required("public", Type::Address, "The address on the outer side of the firewall."),
        AttrSchema::required("inside", Type::Address, "The address of the server behind it."),
    ],
    doc: "One address that the firewall translates, one to one in both directions. The address of an A/V Edge must not be translated in 2007.",
    step: 6,
    example: "static_nat access {
  public = 131.107.155.10
  inside = 172.16.1.10
}",
    ..COMMON
};
