//! `monitoring_server` (2007 R2) and `qoe_monitoring_server` (2007): what calls were like.

use super::{COMMON, common};
use crate::product::Product;
use crate::schema::BlockSchema;

pub(super) static MONITORING_SERVER: BlockSchema = BlockSchema {
    kind: "monitoring_server",
    title: "Monitoring Server",
    parents: &["site"],
    attrs: &[
        common::address("Its address; Front Ends send to its message queue."),
        common::FQDN,
        common::HOST,
        common::SQL_VERSION,
    ],
    doc: "The Monitoring Server of 2007 R2: call detail records and the quality of calls. In 2007 that is `qoe_monitoring_server`.",
    step: 12,
    example: "monitoring_server mon01 {
  address = 10.10.0.87
}",
    since: Product::Ocs2007R2,
    ..COMMON
};

pub(super) static QOE_MONITORING_SERVER: BlockSchema = BlockSchema {
    kind: "qoe_monitoring_server",
    title: "QoE Monitoring Server",
    parents: &["site"],
    attrs: &[
        common::address("Its address; pools send the reports of clients to it."),
        common::FQDN,
        common::HOST,
        common::SQL_VERSION,
    ],
    doc: "The Quality of Experience Monitoring Server of 2007. One serves many pools. No other role may run on its computer, except SQL Server.",
    step: 12,
    example: "qoe_monitoring_server qoe01 {
  address = 10.10.0.87
}",
    ..COMMON
};
