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
            "The product release. It decides which blocks, ports, limits and names hold.",
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
            "What users get beyond instant messages and presence. Each feature asks for server roles, flows, names and certificates.",
        ),
        AttrSchema::default("availability", common::AVAILABILITY, "ordinary", common::AVAILABILITY_DOC),
    ],
    doc: "What holds for the whole deployment. A topology has exactly one.",
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
            "The servers that hold the zones for computers inside. They stand in the NS and SOA records of the internal view. \
             Left out, domain controllers stand in.",
        ),
        AttrSchema::optional(
            "external_name_servers",
            Type::List(&Type::Fqdn),
            "The servers that hold the zones for the Internet. They stand in the NS and SOA records of the external view. \
             One that lies in a zone of its own needs an address there, which the topology cannot give: the zone is then written without \
             it, and without any other as a `.records` file to include in your own. Name servers in another domain, such as a provider's, \
             avoid that.",
        ),
        AttrSchema::optional(
            "hostmaster",
            Type::Fqdn,
            "The mailbox in the SOA records, with a dot instead of the @. Left out, it is `hostmaster` in the zone.",
        ),
        AttrSchema::default("ttl", Type::Duration, "1h", "How long resolvers may keep an answer."),
        AttrSchema::default(
            "reverse_zones",
            Type::Bool,
            "false",
            "Whether zones inside lead from the addresses of servers and virtual addresses back to their names, one for each /24. They \
             hold the addresses of this deployment only.",
        ),
        AttrSchema::optional(
            "pinpoint_domains",
            Type::List(&Type::Fqdn),
            "Domains that are not hosted inside, such as a SIP domain that has a zone on the Internet only. Each name of theirs that computers \
             inside need gets a zone of its own in the internal view, so that all other names of the domain are still found where they are.",
        ),
    ],
    doc: "Who serves the zones and for how long answers may be kept.",
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
        AttrSchema::required("owner", Type::Text, "Who keeps it, as people call them: files for them say so."),
        AttrSchema::optional(
            "views",
            Type::List(&choices! {
                internal => "The zone for computers inside.",
                external => "The zone on the Internet.",
            }),
            "Where they keep it. Left out, in both views.",
        ),
    ],
    doc: "A zone that somebody else keeps and that holds names of this deployment. Only the deployment's own records are written for it, \
          as a `.records` file to include: never a SOA record and never the zone's name servers. A name belongs to the longest domain that \
          it is within; SIP domains and Active Directory domains that no such block names are zones of the deployment's own.",
    step: 4,
    example: r#"zone public {
  fqdn  = "contoso.com"
  owner = "Web operations"
  views = [external]
}"#,
    ..COMMON
};
