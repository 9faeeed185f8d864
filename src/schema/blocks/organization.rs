//! `organization` and its `dns`: what holds for the whole deployment.

use super::{COMMON, TOP, common};
use crate::product::{Feature, Product};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static ORGANIZATION: BlockSchema = BlockSchema {
    kind: "organization",
    title: "Organization",
    parents: &[TOP],
    repeat: false,
    required_in: &[TOP],
    attrs: &[
        AttrSchema::required(
            "product",
            Type::Choice(Product::CHOICES),
            "The product release. It determines the available blocks, and the ports, limits and names.",
        ),
        AttrSchema::default(
            "sample",
            Type::Bool,
            "false",
            "Whether the topology is an example. Its names and addresses may then be sample ones, and every artifact says SAMPLE.",
        ),
        AttrSchema::required(
            "sip_domains",
            Type::List(&Type::Fqdn),
            "The domains of the users' SIP addresses, the default domain first. They often differ from Active Directory domains.",
        ),
        AttrSchema::default(
            "features",
            Type::List(&Type::Choice(Feature::CHOICES)),
            "[]",
            "The features beyond instant messaging and presence. Each feature requires server roles, flows, names and certificates.",
        ),
        AttrSchema::default("availability", common::AVAILABILITY, "ordinary", common::AVAILABILITY_DOC),
    ],
    doc: "The properties of the whole deployment. A topology has exactly one.",
    step: 1,
    example: r#"organization contoso {
  product     = ocs_2007
  sip_domains = ["contoso.com", "retail.contoso.com"]
  features    = [web_conferencing, av_conferencing]
}"#,
    ..COMMON
};

pub(super) static DNS: BlockSchema = BlockSchema {
    kind: "dns",
    title: "DNS",
    parents: &["organization"],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional(
            "internal_name_servers",
            Type::List(&Type::Fqdn),
            "The name servers of the internal zones. They are in the NS and SOA records of the internal view. Left out, domain controllers are used.",
        ),
        AttrSchema::optional(
            "external_name_servers",
            Type::List(&Type::Fqdn),
            "The name servers of the external zones. They are in the NS and SOA records of the external view. A name server whose name is in its own zone needs an address there, which the topology cannot state: the zone is then written without it or, if there is no other name server, as a `.records` file to include in your own zone. Name servers in another domain, such as a provider's, avoid this.",
        ),
        AttrSchema::optional(
            "hostmaster",
            Type::Fqdn,
            "The mailbox in the SOA records, with a dot instead of the @. Left out, it is `hostmaster` in the zone.",
        ),
        AttrSchema::default("ttl", Type::Duration, "1h", "How long resolvers may cache an answer."),
        AttrSchema::default(
            "reverse_zones",
            Type::Bool,
            "false",
            "Whether internal reverse zones are written, one for each /24, with the addresses of servers and virtual addresses. They have the addresses of this deployment only.",
        ),
        AttrSchema::optional(
            "pinpoint_domains",
            Type::List(&Type::Fqdn),
            "Domains without an internal zone, such as a SIP domain with a zone on the Internet only. Each of their names that internal computers need gets a separate zone in the internal view, so that all other names of the domain still resolve in the public zone.",
        ),
    ],
    doc: "The name servers of the zones, and how long answers may be cached.",
    step: 4,
    example: r#"dns {
  internal_name_servers = ["dc01.corp.contoso.com"]
  external_name_servers = ["ns1.contoso.com", "ns2.contoso.com"]
  ttl                   = 1h

  zone public { fqdn = "contoso.com"  owner = "Web operations"  views = [external] }
}"#,
    ..COMMON
};

pub(super) static ZONE: BlockSchema = BlockSchema {
    kind: "zone",
    title: "Shared zone",
    parents: &["dns"],
    attrs: &[
        AttrSchema::required("fqdn", Type::Fqdn, "The zone's name."),
        AttrSchema::required("owner", Type::Text, "Its owner, as a name for people; files for the owner name it in their heads."),
        AttrSchema::optional(
            "views",
            Type::List(&choices! {
                internal => "The zone for internal computers.",
                external => "The zone on the Internet.",
            }),
            "The views of this zone. Left out, both.",
        ),
    ],
    doc: "A zone of another owner with names of this deployment. Only the deployment's own records are written for it, as a `.records` file to include, without SOA and NS records. A name belongs to the longest domain that contains it; SIP domains and Active Directory domains without such a block are zones of the deployment.",
    step: 4,
    example: r#"zone public {
  fqdn  = "contoso.com"
  owner = "Web operations"
  views = [external]
}"#,
    ..COMMON
};
