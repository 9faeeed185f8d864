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
            "The share of all users that is connected from outside at the same time. The Planning Guide's model has 10%.",
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
                allowed_partners => "Only with listed partners whose Access Edge is entered by hand; needs no SRV record.",
                discovered => "With every partner that is found by DNS; needs an SRV record `_sipfederationtls._tcp` in each SIP domain.",
            },
            "none",
            "The other organizations that users may communicate with.",
        ),
        AttrSchema::optional(
            "federated_av",
            Type::List(&choices! {
                ocs_2007 => "Partners run 2007: media ports 50,000 to 59,999 must be open to them in both directions, UDP and TCP.",
                ocs_2007_r2 => "Partners run 2007 R2, which needs fewer open ports.",
            }),
            "The releases of the partners for audio and video. They determine the media ports that the outer firewall opens.",
        ),
        AttrSchema::optional(
            "public_im",
            Type::List(&choices! {
                msn => "MSN and Windows Live Messenger.",
                aol => "AOL; the Access Edge certificate then needs client authentication as well.",
                yahoo => "Yahoo! Messenger.",
            }),
            "The public instant messaging services that users may use. They need a licence in addition to that of the product.",
        ),
        AttrSchema::default(
            "public_im_licensed",
            Type::Bool,
            "false",
            "Whether the organization has the licence for public instant messaging and the SIP domains are registered with the services.",
        ),
    ],
    doc: "External access to the deployment. Left out, there is none and no edge server is needed.",
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
            "The name of the partner's Access Edge. Left out, it is found by DNS, which requires `federation = discovered`.",
        ),
    ],
    doc: "An organization on the Allow list. Listed partners are trusted more than discovered ones.",
    step: 6,
    example: r#"partner fabrikam {
  sip_domain  = "fabrikam.com"
  access_edge = "sip.fabrikam.com"
}"#,
    ..COMMON
};
