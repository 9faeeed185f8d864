//! `edge_array`: the edge servers of a site, their four interfaces, and the computers.

use super::{COMMON, common};
use crate::product::EdgeShape;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static EDGE_ARRAY: BlockSchema = BlockSchema {
    kind: "edge_array",
    title: "Edge array",
    parents: &["site"],
    attrs: &[
        AttrSchema::required(
            "shape",
            Type::Choice(EdgeShape::CHOICES),
            "The shape of the Edge Server Deployment Guide. In 2007 it may lack the Web Conferencing or the A/V Edge if no feature needs it. 2007 R2 supports only computers with all three roles: one is `consolidated`, several are `scaled_single_site`, and a remote site does not use their Access Edge.",
        ),
        common::MEMBER_OF,
        AttrSchema::optional(
            "next_hop",
            common::NEXT_HOP,
            "The internal destination of SIP requests from the Access Edge: the Director if there is one. Remote sites have none.",
        ),
    ],
    doc: "Edge servers in the perimeter network. The blocks inside have the names and virtual addresses of each role.",
    step: 6,
    example: r#"edge_array edge {
  shape    = consolidated
  next_hop = se01

  inside                { fqdn = "edge.contoso.com" }
  access_edge           { fqdn = "sip.contoso.com" }
  web_conferencing_edge { fqdn = "webconf.contoso.com" }
  av_edge               { fqdn = "av.contoso.com" }

  server edge01 {
    inside                = 172.25.33.11
    access_edge           = 131.107.155.11
    web_conferencing_edge = 131.107.155.12
    av_edge               = 131.107.155.13
  }
}"#,
    ..COMMON
};

const INTERFACE: BlockSchema = BlockSchema { parents: &["edge_array"], name: NameRule::None, repeat: false, step: 6, ..COMMON };

pub(super) static INSIDE: BlockSchema = BlockSchema {
    kind: "inside",
    title: "Inner side of an edge array",
    parents: &["edge_array", "av_edge"],
    required_in: &["edge_array"],
    attrs: &[
        AttrSchema::required(
            "fqdn",
            Type::Fqdn,
            "The name of the array, or of its A/V Edges, for internal servers. It resolves in the internal view.",
        ),
        common::LOAD_BALANCER,
        common::VIP,
    ],
    doc: "The side of the edge array for internal servers. Within `av_edge`: a separate name and virtual address for the A/V Edges; left out, they share those of the array.",
    example: r#"inside {
  fqdn          = "edge.contoso.com"
  load_balancer = lb_edge_inside
  vip           = 172.25.33.10
}"#,
    ..INTERFACE
};

pub(super) static ACCESS_EDGE: BlockSchema = BlockSchema {
    kind: "access_edge",
    title: "Access Edge",
    attrs: &[
        AttrSchema::required("fqdn", Type::Fqdn, "Its public name, by convention `sip` in the default SIP domain."),
        AttrSchema::optional(
            "connections",
            common::USERS,
            "Connections of clients at the same time, as you expect them. Left out, they are counted by `share`.",
        ),
        common::LOAD_BALANCER,
        common::VIP,
    ],
    doc: "The role for external SIP: sign-in from outside, federation and public instant messaging.",
    example: r#"access_edge {
  fqdn          = "sip.contoso.com"
  load_balancer = lb_edge_outside
  vip           = 131.107.155.10
}"#,
    ..INTERFACE
};

pub(super) static WEB_CONFERENCING_EDGE: BlockSchema = BlockSchema {
    kind: "web_conferencing_edge",
    title: "Web Conferencing Edge",
    attrs: &[
        AttrSchema::required("fqdn", Type::Fqdn, "Its public name, which is in meeting invitations."),
        AttrSchema::optional(
            "connections",
            common::USERS,
            "External users in web conferences of this array at the same time, guests and partners included. Left out, `web_conferences_outside` of `user_model` counts, or else the model.",
        ),
        common::LOAD_BALANCER,
        common::VIP,
    ],
    doc: "The role that lets outside users take part in web conferences.",
    example: r#"web_conferencing_edge {
  fqdn          = "webconf.contoso.com"
  load_balancer = lb_edge_outside
  vip           = 131.107.155.20
}"#,
    ..INTERFACE
};

pub(super) static AV_EDGE: BlockSchema = BlockSchema {
    kind: "av_edge",
    title: "A/V Edge",
    attrs: &[
        AttrSchema::required(
            "fqdn",
            Type::Fqdn,
            "Its public name. Its outside address must be public and, in 2007, not translated.",
        ),
        AttrSchema::optional(
            "sessions",
            common::USERS,
            "Audio and video sessions with external users over this array at the same time. Left out, `av_sessions_outside` of `user_model` counts, or else the model.",
        ),
        common::LOAD_BALANCER,
        common::VIP,
    ],
    doc: "The role that relays audio and video between inside and outside.",
    example: r#"av_edge {
  fqdn          = "av.contoso.com"
  load_balancer = lb_edge_outside
  vip           = 131.107.155.30

  inside {
    fqdn          = "avedge.contoso.com"
    load_balancer = lb_edge_inside
    vip           = 172.25.33.20
  }
}"#,
    ..INTERFACE
};

pub(super) static SERVER: BlockSchema = BlockSchema {
    kind: "server",
    title: "Edge server",
    parents: &["edge_array"],
    name: NameRule::Range,
    required_in: &["edge_array"],
    attrs: &[
        AttrSchema::required("inside", Type::Address, "Its address on the side of the internal servers."),
        AttrSchema::optional("access_edge", Type::Address, "The outside address of its Access Edge, if it runs that role."),
        AttrSchema::optional(
            "web_conferencing_edge",
            Type::Address,
            "The outside address of its Web Conferencing Edge, if it runs that role.",
        ),
        AttrSchema::optional("av_edge", Type::Address, "The outside address of its A/V Edge, if it runs that role."),
        AttrSchema::optional(
            "fqdn",
            Type::Fqdn,
            "The computer's fully qualified domain name. Left out, it is the block's name in the domain of `inside`; if `inside` has no virtual address, the server with the Access Edge, or the only one, has the `fqdn` of `inside`.",
        ),
    ],
    doc: "An edge server. It runs the roles for which it has an outside address.",
    step: 6,
    example: "server acc[1..2] {
  inside                = 172.25.33.[11..12]
  access_edge           = 131.107.155.[11..12]
  web_conferencing_edge = 131.107.155.[21..22]
}",
    ..COMMON
};
