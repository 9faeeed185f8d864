//! Traffic that IPsec policies must exempt: media cannot wait until two computers have agreed on keys.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Confidence, Provenance};
use crate::product::{Feature, PortRange, Role, Side, Transport};

/// One exemption: the traffic of a role, in both directions, to and from any party.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IpsecExemption {
    /// Stable name, such as `av_edge.outside`.
    pub id: String,
    /// The role.
    pub role: Role,
    /// Its side.
    pub side: Side,
    /// Transports.
    pub transport: Vec<Transport>,
    /// The ports that it sends from, where only these are exempt; else any.
    #[serde(default)]
    pub source_ports: Option<PortRange>,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// What the traffic carries, for people.
    pub purpose: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl IpsecExemption {
    /// Whether the row is sure enough to change a policy for it.
    pub fn is_exempt(&self) -> bool {
        self.provenance.confidence > Confidence::Low
    }
}

fact_row!(IpsecExemption, "ipsec_exemptions.toml", |row, checks| {
    checks.text(&row.id, "purpose", &row.purpose);
    if row.transport.is_empty() {
        checks.refuse(&row.id, "`transport` is empty");
    }
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("role", &["role", "side"]),
    column("transport", &["transport"]),
    column("from ports", &["source_ports"]),
    column("purpose", &["purpose"]),
    column("when", &["when"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<IpsecExemption>(
    "ipsec_exemptions",
    "IPsec exemptions",
    "Where IPsec policies are in force, they permit this traffic without negotiation, in both directions and to any port.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact::facts;
    use crate::catalog::fact_file::read_rows;
    use crate::product::Product;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[ipsec_exemptions]]\nid = \"a\"\nrole = \"av_edge\"\nside = \"outside\"\ntransport = [\"udp\"]\npurpose = \"media\"\nstep = 4\n\
            source = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<IpsecExemption>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("[\"udp\"]", "[]"), "`transport` is empty");
        assert_eq!(faults("\"media\"", "\"\""), "`purpose` is empty");
    }

    #[test]
    fn r2_exemptions_are_sourced_and_2007_ones_recalled() {
        let sure = |product| facts::<IpsecExemption>(product).iter().filter(|row| row.is_exempt()).count();
        assert_eq!((sure(Product::Ocs2007), sure(Product::Ocs2007R2)), (0, 8));
    }
}
