//! Address book files kept for another time than the pages say.

use crate::diag::Fix;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Notes a `retention` of an `address_book` that differs from the default of the release.
    ///
    /// ## Why it matters
    /// The Planning Guide says that the figure cannot be changed, while the reference of the setting allows 1 to 90 days. Test
    /// another figure before you depend on it: a client that was away for longer downloads the whole file again.
    ///
    /// ## Planning Guide
    /// Step 9: files are kept for 30 days. The sources contradict each other, so this is a note.
    "OCS0905" "address-book-retention" {
        severity: Note,
        confidence: Medium,
        source: "Planning Guide step 9 (bb894616); MSFT_SIPAddressBookSetting (bb632067)",
        runs_despite_errors: true,
        fixable: true,
        bad: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    address_book { retention = 60 }\n",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    address_book { retention = 30 }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("address_book.retention") else { return };
    for block in view.blocks_of("address_book") {
        let Some(days) = block.decl.integer("retention").filter(|days| days.value != limit.value) else { continue };
        sink.report_once(
            Finding::new(
                format!("address book files are kept for {} days, and `{}` has {}", limit.value, block.path, days.value),
                days.span,
                "the Planning Guide says that this cannot be changed",
            )
            .help(format!("write `retention = {}`", limit.value))
            .fix(Fix::write(days.span, limit.value.to_string())),
        );
    }
}
