//! Kinds of media gateways: how much of a Mediation Server each brings along.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// Where the Mediation Server of a gateway is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediationPlace {
    /// On a computer of its own, one for each gateway.
    OwnComputer,
    /// On the gateway's own computer.
    Gateway,
    /// There is none: the gateway does its work.
    None,
}

/// A kind of gateway.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatewayType {
    /// The word of `kind`, such as `basic`.
    pub id: String,
    /// Where its Mediation Server is.
    pub mediation: MediationPlace,
    /// Whether any gateway of the kind was qualified for the release.
    pub qualified: bool,
    /// More to know, for people.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(GatewayType, "gateway_types.toml", |row, checks| checks.text(&row.id, "what", &row.what));

const COLUMNS: &[Column] = &[
    column("kind", &["id"]),
    column("Mediation Server", &["mediation"]),
    column("qualified", &["qualified"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind =
    Kind::of::<GatewayType>("gateway_types", "Media gateways", "Kinds of media gateways and what each needs.", COLUMNS);
