//! `external_access`: access from outside.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static EXTERNAL_ACCESS: BlockSchema = BlockSchema {
    kind: "external_access",
    title: "External access",
    parents: &["organization"],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::default(
            "share",
            Type::Percent,
            "10%",
            "The part of all users that is connected from outside at the same time. The Planning Guide's own model is 10%.",
        ),
        AttrSchema::default(
            "remote_users",
            Type::Bool,
            "false",
            "Whether the organization's own users sign in from the Internet without a VPN.",
        ),
        AttrSchema::default(
            "anonymous_meetings",
            Type::Bool,
            "false",
            "Whether people without an account may join meetings. Needs a Web Conferencing Edge and a reverse proxy.",
        ),
        AttrSchema::default(
            "federation",
            choices! {
                none => "No federation.",
                allowed_partners => "Only with partners whose Access Edge is entered by hand; needs no SRV record.",
                discovered => "With every partner that DNS leads to; needs an SRV record `_sipfederationtls._tcp` in each SIP domain.",
            },
            "none",
            "With which other organizations users may talk.",
        ),
        AttrSchema::optional(
            "federated_av",
            Type::List(&choices! {
                ocs_2007 => "Partners run 2007: media ports 50,000 to 59,999 must be open to them in both directions, UDP and TCP.",
                ocs_2007_r2 => "Partners run 2007 R2, which needs fewer open ports.",
            }),
            "Which releases run where partners use audio and video with us. It decides which media ports the outer firewall opens.",
        ),
        AttrSchema::optional(
            "public_im",
            Type::List(&choices! {
                msn => "MSN and Windows Live Messenger.",
                aol => "AOL; the Access Edge certificate then needs the client use as well.",
                yahoo => "Yahoo! Messenger.",
            }),
            "Which public instant messaging services users may talk to. They need a licence beside that of the product.",
        ),
        AttrSchema::default(
            "public_im_licensed",
            Type::Bool,
            "false",
            "Whether the licence for public instant messaging is there and the SIP domains are registered with the services.",
        ),
    ],
    doc: "Who reaches the deployment from outside. Left out, nobody does and no edge is needed.",
    step: 6,
    example: "external_access {
  share        = 10%
  remote_users = true
  federation   = discovered
  public_im    = [msn, aol, yahoo]
}",
    ..COMMON
};

pub(super) static PARTNER: BlockSchema = BlockSchema {
    kind: "partner",
    title: "Federated partner",
    parents: &["external_access"],
    attrs: &[
        AttrSchema::required("sip_domain", Type::Fqdn, "The domain of the partner's SIP addresses."),
        AttrSchema::optional(
            "access_edge",
            Type::Fqdn,
            "The name of the partner's Access Edge. Left out, DNS leads to it, which takes `federation = discovered`.",
        ),
    ],
    doc: "An organization on the list of those that users may talk to. Listed partners are trusted more than discovered ones.",
    step: 6,
    example: r#"partner fabrikam {
  sip_domain  = "fabrikam.com"
  access_edge = "sip.fabrikam.com"
}"#,
    ..COMMON
};
