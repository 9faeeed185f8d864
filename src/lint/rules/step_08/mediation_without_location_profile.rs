//! Calls from outside in the digits of the telephone company.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Reports a Mediation Server without `location_profile`.
    ///
    /// ## Why it matters
    /// The default location profile turns the numbers of incoming calls into E.164 form. Without it callers appear as bare
    /// digits, and calling them back fails.
    ///
    /// ## Planning Guide
    /// Step 8: each Mediation Server has exactly one default location profile. A gateway may normalize numbers itself, so
    /// this is a warning.
    "OCS0803" "mediation-without-location-profile" {
        severity: Warning,
        confidence: High,
        source: "Mediation Server, default location profile (dd425126)",
        bad: Example::with(bases::VOICE, &[("    location_profile = hq\n", "")]),
        good: Example::of(bases::VOICE),
    }
}

/// The profiles that there are, or one to declare.
fn profiles(view: &RuleContext) -> String {
    let names: Vec<String> =
        view.blocks_of("location_profile").map(|block| format!("`location_profile = {}`", block.decl.name)).collect();
    match names.is_empty() {
        true => "declare a `location_profile` in `voice`, and name it as the `location_profile` of the server".to_owned(),
        false => format!("write {}", words::either(&names)),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::MediationServer) {
        if matches!(group.detail, Detail::Mediation { location_profile: None, .. }) {
            sink.report(
                Finding::new(
                    format!("the Mediation Server `{}` has no location profile", group.path),
                    group.span,
                    "incoming numbers are not normalized",
                )
                .help(profiles(view)),
            );
        }
    }
}
