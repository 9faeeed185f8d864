//! Attributes that several blocks share, so that they read the same everywhere.

use crate::schema::{AttrSchema, Type};

const REFER_DIRECTOR: Type = Type::Reference(&["director", "director_array"]);
const REFER_EDGE: Type = Type::Reference(&["edge_array"]);

/// What SIP servers hand requests from outside to.
pub(super) const NEXT_HOP: Type = Type::Reference(&["director", "director_array", "standard_edition", "enterprise_pool"]);

/// How much may fail.
pub(super) const AVAILABILITY: Type = choices! {
    ordinary => "The failure of a server may interrupt its service.",
    high => "The failure of one server, link or device must not interrupt a service for all its users.",
};

pub(super) const AVAILABILITY_DOC: &str = "The required availability. With `high`, every single point of failure is a finding. Left out in a site, it is that of the organization.";

/// Whether a device is a pair.
pub(super) const REDUNDANT: AttrSchema =
    AttrSchema::default("redundant", Type::Bool, "false", "Whether it is a redundant pair: one takes over when the other fails.");

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
    "Whether clients with automatic configuration sign in here; their DNS records lead here. One server or pool of the organization has this.",
);

pub(super) const LOAD_BALANCER: AttrSchema = AttrSchema::optional(
    "load_balancer",
    Type::Reference(&["load_balancer"]),
    "The load balancer in front of the servers. Two or more servers need one.",
);

pub(super) const VIP: AttrSchema = AttrSchema::optional(
    "vip",
    Type::Address,
    "The virtual IP address on the load balancer, to which the name of the servers resolves.",
);

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
    "The server on whose computer it runs, if it has no separate computer. It may then have that server's `address`, and has its name.",
);

pub(super) const EXTERNAL_WEB_FARM: AttrSchema = AttrSchema::optional(
    "external_web_farm",
    Type::Fqdn,
    "The name under which outside users reach address book files, group expansion and meeting content through the reverse proxy.",
);

pub(super) const DIRECTOR: AttrSchema = AttrSchema::optional(
    "director",
    REFER_DIRECTOR,
    "The Director that authenticates outside users before their requests reach this pool.",
);

pub(super) const ARCHIVING: AttrSchema = AttrSchema::optional(
    "archiving",
    Type::Reference(&["archiving_server"]),
    "The Archiving Server for this pool's messages and, in 2007, its call detail records.",
);

/// As above, for a pool of several Front Ends, each of which has a queue path of its own.
pub(super) const ARCHIVING_SHARED: AttrSchema = AttrSchema::optional(
    "archiving",
    Type::OneOrMore(&Type::Reference(&["archiving_server"])),
    "The Archiving Server for this pool's messages and, in 2007, its call detail records. If one is not enough for all users, write several: the Front Ends are divided among them evenly.",
);

pub(super) const MONITORING: AttrSchema = AttrSchema::optional(
    "monitoring",
    Type::Reference(&["monitoring_server", "qoe_monitoring_server"]),
    "The server for reports on the quality of calls: QoE Monitoring Server in 2007, Monitoring Server since 2007 R2.",
);

pub(super) const EXCHANGE_UM: AttrSchema = AttrSchema::optional(
    "exchange_um",
    Type::Reference(&["exchange_um"]),
    "The Exchange Unified Messaging server for the voice mail of Enterprise Voice users of this pool.",
);

pub(super) const AV_EDGE: AttrSchema = AttrSchema::optional(
    "av_edge",
    REFER_EDGE,
    "The edge array whose A/V Edge and A/V Authentication Service relay media. Left out, it is that of the site, or else the only one.",
);

pub(super) const ACCESS_EDGE: AttrSchema = AttrSchema::optional(
    "access_edge",
    REFER_EDGE,
    "The edge array for SIP to outside users and partners. Left out, it is the only one with an Access Edge.",
);

pub(super) const MEMBER_OF: AttrSchema = AttrSchema::default(
    "member_of",
    choices! {
        workgroup => "No domain, as the guide recommends.",
        perimeter_domain => "A domain of a separate forest in the perimeter.",
        internal_domain => "A domain of the internal forest; the guide advises against it.",
    },
    "workgroup",
    "The workgroup or domain of the computers.",
);

pub(super) const LOCATION_PROFILE: AttrSchema = AttrSchema::optional(
    "location_profile",
    Type::Reference(&["location_profile"]),
    "The location profile of its Enterprise Voice users: how dialled numbers become E.164 numbers. Left out, it is the only one.",
);

pub(super) const HANDS_IN: AttrSchema = AttrSchema::optional(
    "hands_in",
    Type::OneOrMore(&Type::Regex),
    r"The called numbers of the calls that it hands in, as .NET regular expressions in single quotes, such as `'^\d{4}$'`. The location profile needs a rule for each number that has no plus sign.",
);

/// The releases of SQL Server.
pub(super) const SQL_RELEASE: Type = choices! {
    sql_2000_sp4 until Ocs2007 => "SQL Server 2000 with Service Pack 4.",
    sql_2005_sp1 until Ocs2007 => "SQL Server 2005 with Service Pack 1.",
    sql_2005_sp2 => "SQL Server 2005 with Service Pack 2.",
    sql_2005_express_sp2 => "SQL Server 2005 Express with Service Pack 2: for Standard Edition servers, not for pools.",
    sql_2008 since Ocs2007R2 => "SQL Server 2008.",
};

pub(super) const SQL_VERSION: AttrSchema = AttrSchema::optional(
    "sql_version",
    SQL_RELEASE,
    "The release of SQL Server on its own computer. A database elsewhere states its `version` in `back_end`.",
);
