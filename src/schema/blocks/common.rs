//! Attributes that several blocks share, so that they read the same everywhere.

use crate::schema::{AttrSchema, Type};

const REFER_DIRECTOR: Type = Type::Reference(&["director", "director_array"]);
const REFER_EDGE: Type = Type::Reference(&["edge_array"]);

/// What SIP servers hand requests from outside to.
pub(super) const NEXT_HOP: Type = Type::Reference(&["director", "director_array", "standard_edition", "enterprise_pool"]);

/// How much may fail.
pub(super) const AVAILABILITY: Type = choices! {
    ordinary => "A server that fails may take its service with it.",
    high => "No single server, link or device may take a service from all its users.",
};

pub(super) const AVAILABILITY_DOC: &str =
    "What a failure may cost. With `high`, every single point of failure is a finding; a site may say otherwise for itself.";

/// Whether a device is a pair.
pub(super) const REDUNDANT: AttrSchema =
    AttrSchema::default("redundant", Type::Bool, "false", "Whether it is a pair of which one takes over when the other fails.");

/// The upper end of counts of users: more than any deployment has, and far from overflow in products.
pub(super) const USERS: Type = Type::Integer { min: 0, max: 10_000_000, unit: "users" };

pub(super) const fn address(doc: &'static str) -> AttrSchema {
    AttrSchema::required("address", Type::Address, doc)
}

pub(super) const FQDN: AttrSchema = AttrSchema::optional(
    "fqdn",
    Type::Fqdn,
    "The computer's fully qualified domain name. Left out, it is the block's name in the site's Active Directory domain.",
);

pub(super) const AUTOMATIC_SIGN_IN: AttrSchema = AttrSchema::default(
    "automatic_sign_in",
    Type::Bool,
    "false",
    "Whether clients that are set to find their server by DNS are led here. One server or pool of the organization has this.",
);

pub(super) const LOAD_BALANCER: AttrSchema = AttrSchema::optional(
    "load_balancer",
    Type::Reference(&["load_balancer"]),
    "The load balancer in front. Two or more servers of a pool need one.",
);

pub(super) const VIP: AttrSchema =
    AttrSchema::optional("vip", Type::Address, "The virtual IP address on the load balancer, to which the FQDN resolves.");

pub(super) const HOST: AttrSchema = AttrSchema::optional(
    "host",
    Type::Reference(&[
        "standard_edition",
        "director",
        "web_access",
        "mediation_server",
        "archiving_server",
        "monitoring_server",
        "qoe_monitoring_server",
        "exchange_um",
        "domain_controller",
    ]),
    "The server on whose computer it runs, where it has none of its own. It may then have that server's `address`, and has its name.",
);

pub(super) const EXTERNAL_WEB_FARM: AttrSchema = AttrSchema::optional(
    "external_web_farm",
    Type::Fqdn,
    "The name under which users outside reach address book files, group expansion and meeting content, through the reverse proxy.",
);

pub(super) const DIRECTOR: AttrSchema = AttrSchema::optional(
    "director",
    REFER_DIRECTOR,
    "The Director that authenticates users outside before their requests reach this pool.",
);

pub(super) const ARCHIVING: AttrSchema = AttrSchema::optional(
    "archiving",
    Type::Reference(&["archiving_server"]),
    "The Archiving Server that takes this pool's messages and, in 2007, its call detail records.",
);

/// As above, for a pool of several Front Ends, each of which has a queue path of its own.
pub(super) const ARCHIVING_SHARED: AttrSchema = AttrSchema::optional(
    "archiving",
    Type::OneOrMore(&Type::Reference(&["archiving_server"])),
    "The Archiving Server that takes this pool's messages and, in 2007, its call detail records. Where one does not carry all users, several: the Front Ends are divided among them evenly.",
);

pub(super) const MONITORING: AttrSchema = AttrSchema::optional(
    "monitoring",
    Type::Reference(&["monitoring_server", "qoe_monitoring_server"]),
    "The server that takes reports on the quality of calls: QoE Monitoring Server in 2007, Monitoring Server since 2007 R2.",
);

pub(super) const EXCHANGE_UM: AttrSchema = AttrSchema::optional(
    "exchange_um",
    Type::Reference(&["exchange_um"]),
    "The Exchange Unified Messaging server that takes voice mail for Enterprise Voice users of this pool.",
);

pub(super) const AV_EDGE: AttrSchema = AttrSchema::optional(
    "av_edge",
    REFER_EDGE,
    "The edge array whose A/V Edge and A/V Authentication Service relay media. Left out, it is the site's own, else the only one.",
);

pub(super) const ACCESS_EDGE: AttrSchema = AttrSchema::optional(
    "access_edge",
    REFER_EDGE,
    "The edge array through which SIP leaves for users outside and partners. Left out, it is the only one with an Access Edge.",
);

pub(super) const MEMBER_OF: AttrSchema = AttrSchema::default(
    "member_of",
    choices! {
        workgroup => "No domain, as the guide advises.",
        perimeter_domain => "A domain of a forest that is in the perimeter only.",
        internal_domain => "A domain of the forest inside; the guide advises against it.",
    },
    "workgroup",
    "What the computers are members of.",
);

pub(super) const LOCATION_PROFILE: AttrSchema = AttrSchema::optional(
    "location_profile",
    Type::Reference(&["location_profile"]),
    "The location profile of its Enterprise Voice users: how what they dial becomes an E.164 number. Left out, it is the only one.",
);
