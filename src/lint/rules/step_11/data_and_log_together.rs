//! Database files and their logs on the same disks.

use std::collections::BTreeMap;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a server whose database files and transaction logs are on one volume, or on volumes of one disk array.
    ///
    /// ## Why it matters
    /// Logs are written sequentially and database files at random, so on the same disks each slows the other down. When the array
    /// fails, both the data and the logs to restore it are lost.
    ///
    /// ## Planning Guide
    /// Step 11: put transaction logs on another array than database files, for speed and for recovery.
    "OCS1101" "data-and-log-together" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 11, database storage (bb870352)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[("back_end sql01 { address = 10.10.0.30 }", r"back_end sql01 {
      address = 10.10.0.30
      storage data { holds = [data]  array = 'a' }
      storage logs { holds = [log]  array = 'a' }
    }")]),
        good: Example::with(bases::POOL, &[("back_end sql01 { address = 10.10.0.30 }", r"back_end sql01 {
      address = 10.10.0.30
      storage data { holds = [data]  array = 'a' }
      storage logs { holds = [log]  array = 'b' }
    }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks() {
        if block.decl.block("storage").is_none() {
            continue;
        }
        let mut data_on: BTreeMap<&str, Span> = BTreeMap::new();
        for volume in block.decl.blocks("storage") {
            if let Some(data) = holds(volume, "data") {
                data_on.entry(array_of(volume)).or_insert(data);
            }
        }
        for volume in block.decl.blocks("storage") {
            if let (Some(log), Some(data)) = (holds(volume, "log"), data_on.get(array_of(volume))) {
                sink.report_once(
                    Finding::new(
                        format!("`{}` keeps database files and transaction logs on the same disks", block.path),
                        log,
                        "the logs",
                    )
                    .related(*data, "the database files")
                    .help("give the logs a `storage` block with another `array`"),
                );
            }
        }
    }
}

/// The disks of a volume: its array where one is stated, else its own.
fn array_of(volume: &crate::lower::Decl) -> &str {
    volume.text("array").map_or(volume.name.as_str(), |array| array.value)
}

fn holds(volume: &crate::lower::Decl, what: &str) -> Option<Span> {
    volume.choices("holds").find(|choice| choice.value == what).map(|choice| choice.span)
}
