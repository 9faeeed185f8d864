//! A pool without a location profile where there are several.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Reports a pool without `location_profile` where there are several to choose from and Enterprise Voice is on. The only
    /// one need not be named.
    ///
    /// ## Why it matters
    /// The profile of the pool makes E.164 numbers of what its users dial. With none, or that of another place, extensions
    /// and local numbers lead to the wrong people.
    ///
    /// ## Planning Guide
    /// Step 8: each pool has a location profile. In 2007 R2 a user's own goes before it.
    "OCS0821" "pool-location-profile" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, location profiles (bb803618); Enterprise Voice checklist (dd425126)",
        bad: Example::with(bases::VOICE, &[SECOND]),
        good: Example::with(bases::VOICE, &[SECOND, ("    automatic_sign_in = true\n", "    automatic_sign_in = true\n    location_profile  = hq\n")]),
    }
}

/// A second place.
const SECOND: (&str, &str) = (
    "voice {\n",
    "voice {\n  location_profile branch {\n    rule three_digits { match = '^(\\d{3})$'  translate = '+14255556$1' }\n  }\n\n",
);

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("location_profile.pool") else { return };
    let Some(voice) = view.organization().feature(Feature::EnterpriseVoice) else { return };
    let profiles: Vec<&str> = view.blocks_of("location_profile").map(|block| block.decl.name.as_str()).collect();
    let [first, _, ..] = profiles.as_slice() else { return };
    let known = words::quoted(&profiles);
    for group in view.pools() {
        let Detail::Pool { users, location_profile: None, .. } = &group.detail else { continue };
        if users.is_some_and(|users| users.value == 0) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("`{}` needs a location profile, and there are {known}", group.path),
                group.span,
                "nothing says how its users dial",
            )
            .related(voice, "Enterprise Voice is switched on here")
            .help(format!("write `location_profile = {first}`, or another, in `{} {}`", group.kind.word(), group.name))
            .by_support_level(row),
        );
    }
}
