//! What `ocstopo cert check` finds beside its findings.

use crate::query::answer::ServedEnd;
use crate::query::cert_check::{Fitting, ServedBy};
use crate::text::{SourceMap, printable};

/// A line about what a certificate serves.
pub fn served(sources: &SourceMap, served: &ServedBy) -> String {
    let entry = match served.planned.as_slice() {
        [] if served.authority => "belongs to an authority".to_owned(),
        [] => "is not used in the topology".to_owned(),
        planned => format!("serves {}", planned.iter().map(fitting).collect::<Vec<_>>().join(" or ")),
    };
    let line = format!("{}:{}: {} {entry}", sources.file(served.file).name(), served.line, served.title);
    format!("{}\n", printable(&line).replace('\n', " "))
}

fn fitting(Fitting { certificate, serves, installs }: &Fitting) -> String {
    let end = |ServedEnd { path, role, side }: &ServedEnd| format!("{path} {role} {side}");
    let ends: Vec<String> = serves.iter().map(end).collect();
    format!("`{certificate}` ({}; on {})", ends.join(", "), installs.join(", "))
}
