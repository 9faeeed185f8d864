//! What `ocstopo dns check` finds beside its findings.

use crate::query::dns_check::{Comparison, NotGiven};
use crate::report::count;
use crate::text::printable;

/// How the records compare, in one line.
pub fn summary(comparison: &Comparison) -> String {
    let Comparison { present, missing, wrong, extra, .. } = comparison;
    format!("{present} present, {missing} missing, {wrong} wrong, {extra} extra\n")
}

/// A line for each zone that was not compared.
pub fn not_given(comparison: &Comparison) -> String {
    let line = |NotGiven { zone, records }: &NotGiven| {
        let (zone, records) = (printable(zone), count(*records, "record"));
        format!("not compared: {records} planned in the zone `{zone}`, whose file was not passed\n")
    };
    comparison.not_given.iter().map(line).collect()
}
