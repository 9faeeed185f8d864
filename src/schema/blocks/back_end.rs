//! `back_end`: a SQL Server.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static BACK_END: BlockSchema = BlockSchema {
    kind: "back_end",
    title: "Back-end database",
    parents: &[
        "enterprise_pool",
        "director_array",
        "archiving_server",
        "monitoring_server",
        "qoe_monitoring_server",
        "group_chat_server",
    ],
    required_in: &["enterprise_pool", "group_chat_server"],
    attrs: &[
        common::address("The address of SQL Server; for a cluster, that of the virtual server."),
        AttrSchema::optional(
            "nodes",
            Type::List(&Type::Address),
            "The addresses of the nodes of a failover cluster. Left out, it is one computer.",
        ),
        common::FQDN,
        AttrSchema::optional("version", common::SQL_RELEASE, "The release of SQL Server."),
        AttrSchema::optional(
            "edition",
            choices! {
                standard => "Standard: clusters of two nodes.",
                enterprise => "Enterprise.",
                express => "Express.",
            },
            "The edition of SQL Server.",
        ),
        AttrSchema::optional(
            "class",
            choices! {
                mid_range => "The Planning Guide's mid-range computer: expanded pools up to 50,000 users.",
                high_performance => "The Planning Guide's high-performance computer: expanded pools up to 125,000 users.",
            },
            "The Planning Guide's class of the computer.",
        ),
        AttrSchema::optional(
            "instance",
            Type::Text,
            "The name of the SQL Server instance. Left out, it is the default instance.",
        ),
        AttrSchema::optional(
            "port",
            Type::Port,
            "The TCP port of the instance. Left out, it is that of the default instance, as in the catalogue of the release.",
        ),
    ],
    doc: "A SQL Server on its own computers, without any other role of a pool. Two databases on one computer have its `address` and its name: write the computer's `fqdn` in both, unless the blocks have the same name, or give each an `instance`. The databases of archiving, monitoring and Group Chat may be in the instance of a pool in 2007 R2.",
    step: 2,
    example: "back_end sql01 {
  address = 10.10.0.30
  nodes   = [10.10.0.31, 10.10.0.32]
  version = sql_2005_sp2
}",
    ..COMMON
};
