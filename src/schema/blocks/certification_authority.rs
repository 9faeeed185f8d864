//! `certification_authority` and `certificate_subject`: who issues certificates, and their subjects.

use super::COMMON;
use crate::product::IssuerKind;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static CERTIFICATION_AUTHORITY: BlockSchema = BlockSchema {
    kind: "certification_authority",
    title: "Certification authority",
    parents: &["organization"],
    attrs: &[
        AttrSchema::required(
            "kind",
            Type::Choice(IssuerKind::CHOICES),
            "Who trusts it, which determines the certificates that it issues here.",
        ),
        AttrSchema::optional(
            "config",
            Type::Text,
            r"The authority as `certreq -config` names it: host name, backslash, name of the authority, as in 'ca01.corp.contoso.com\Contoso Issuing CA'.",
        ),
        AttrSchema::default(
            "crl",
            Type::Bool,
            "true",
            "Whether its certificates name a revocation list that servers can reach. Servers refuse connections without one.",
        ),
        AttrSchema::optional(
            "lifetime",
            Type::Duration,
            "How long the certificates that it issues are valid, in days, as in `730d`. `ocstopo build --issued DATE` needs it for the dates of their renewal.",
        ),
    ],
    doc: "A certification authority that the certificate requests go to.",
    step: 4,
    example: "certification_authority corp_ca {
  kind = enterprise
}",
    ..COMMON
};

pub(super) static CERTIFICATE_SUBJECT: BlockSchema = BlockSchema {
    kind: "certificate_subject",
    title: "Certificate subject",
    parents: &["organization"],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional("organization", Type::Text, "The O of the subject: the organization's legal name."),
        AttrSchema::optional("unit", Type::Text, "The OU of the subject. The `LcsCmd` commands for certificates need it."),
        AttrSchema::optional("locality", Type::Text, "The L of the subject: the city."),
        AttrSchema::optional("state", Type::Text, "The S of the subject: state or province, in full."),
        AttrSchema::optional("country", Type::Text, "The C of the subject: the two letters of ISO 3166."),
    ],
    doc: "The parts of the subject in certificate requests that describe the organization.",
    step: 4,
    example: r#"certificate_subject {
  organization = "Contoso, Ltd"
  locality     = "Redmond"
  state        = "Washington"
  country      = "US"
}"#,
    ..COMMON
};
