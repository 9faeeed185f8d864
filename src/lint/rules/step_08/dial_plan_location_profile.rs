//! A dial plan that no location profile is named after.

use std::collections::BTreeSet;

use super::dial_plan_name::{UM, refusal};
use crate::catalog::{NameForm, Support, SupportLevel};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::plan::voice::plain_name;

rule! {
    /// ## What it does
    /// Reports the dial plan of an Exchange Unified Messaging server if no location profile has its name. Case, blanks and the
    /// text after the first dot are ignored.
    ///
    /// ## Why it matters
    /// In 2007 voice mail finds the dial plan of a user by the name of the location profile. When the names differ, voice mail
    /// does not take unanswered calls.
    ///
    /// ## Planning Guide
    /// Step 8: location profiles are named after the dial plans. 2007 R2 reportedly no longer requires this.
    "OCS0820" "dial-plan-location-profile" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 8, location profiles and dial plans (bb870406, bb803653)",
        bad: Example::with(bases::VOICE, &[UM, ("\"hq\"", "\"Redmond\"")]),
        good: Example::with(bases::VOICE, &[UM]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let row = view.fact::<Support>("location_profile.dial_plan_name");
    let Some(row) = row.filter(|row| row.standing == SupportLevel::Advised) else { return };
    let profiles: Vec<&str> = view.blocks_of("location_profile").map(|block| block.decl.name.as_str()).collect();
    if profiles.is_empty() {
        return;
    }
    let known = words::quoted(&profiles);
    let named: BTreeSet<String> = profiles.iter().map(|profile| plain_name(profile)).collect();
    for block in view.blocks_of("exchange_um") {
        let Some(name) = block.decl.text("dial_plan") else { continue };
        // A name that Exchange refuses has a finding of its own.
        let refused = view.fact::<NameForm>("um_dial_plan").is_some_and(|form| refusal(form, name.value).is_some());
        if refused || named.contains(&plain_name(name.value)) {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "a location profile should be named after the dial plan `{}` of `{}`, and there {} {known}",
                    name.value,
                    block.path,
                    if profiles.len() == 1 { "is" } else { "are" }
                ),
                name.span,
                "voice mail looks for a location profile of this name",
            )
            .help("give the dial plan the name of the location profile of its users, or rename the location profile")
            .by_support_level(row),
        );
    }
}
