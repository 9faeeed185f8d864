//! Load balancers that were tried with a release.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// A product of another maker.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BalancerDevice {
    /// Stable name, such as `f5_big_ip`.
    pub id: String,
    /// Maker and product.
    pub device: String,
    /// The source of the statement that it works.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(BalancerDevice, "balancer_devices.toml", |row, checks| {
    checks.text(&row.id, "device", &row.device);
    checks.text(&row.id, "what", &row.what);
});

const COLUMNS: &[Column] =
    &[column("id", &["id"]), column("device", &["device"]), column("what", &["what"]), STEP, CONFIDENCE, SOURCES];

pub(super) const KIND: Kind = Kind::of::<BalancerDevice>(
    "balancer_devices",
    "Load balancers that were tried",
    "Devices that were tried with the release.",
    COLUMNS,
);
