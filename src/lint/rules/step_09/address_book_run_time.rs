//! Address book files made while the databases are maintained.

use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Compares the `run_time` of each `address_book` with the time at which maintenance of the databases begins.
    ///
    /// ## Why it matters
    /// Both read and write the whole database. When they run together, they do not finish in the night, and the files are late or
    /// incomplete.
    ///
    /// ## Planning Guide
    /// Step 9: files are generated at 01:30, maintenance begins at 02:00, and the two must not overlap. The necessary distance is
    /// recalled, so a time near maintenance, other than its beginning, gives a note.
    "OCS0904" "address-book-run-time" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 9, Address Book Server (bb894616)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    address_book { run_time = 02:00 }\n",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    address_book { run_time = 01:30 }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let minutes = |id| view.limit(id).map(|limit| limit.value);
    let (Some(maintenance), Some(advised)) = (minutes("sql_server.maintenance"), minutes("address_book.run_time")) else {
        return;
    };
    let before = minutes("sql_server.maintenance.before").unwrap_or(0);
    let after = minutes("sql_server.maintenance.after").unwrap_or(0);
    for block in view.blocks_of("address_book") {
        let Some(run) = block.decl.time_of_day("run_time") else { continue };
        let at = u64::from(run.value);
        if at + before < maintenance || at > maintenance + after {
            continue;
        }
        let finding = Finding::new(
            format!(
                "`{}` generates its files at {}, and maintenance of the databases begins at {}",
                block.path,
                clock(at),
                clock(maintenance)
            ),
            run.span,
            "the two would run at the same time",
        )
        .help(format!("write `run_time = {}`", clock(advised)));
        sink.report_once(if at == maintenance { finding } else { finding.milder(Severity::Note) });
    }
}

fn clock(minutes: u64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
