//! Too few network cards.

use super::computers::{Need, report_shortages};
use crate::lint::rule::rule;
use crate::lint::{Example, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Compares the `network_cards` of each computer with what its role needs: two for edge servers and Mediation Servers.
    ///
    /// ## Why it matters
    /// These servers are between two networks. With one card, both networks share one connection and are not separated.
    ///
    /// ## Planning Guide
    /// Step 5 and step 8: a Mediation Server has a card on each side; step 6 advises the same for edge servers.
    "OCS0509" "network-cards-of-role" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, Mediation Server; 2007 R2 Mediation Server (unifiedpeople 0a48b830); edge interfaces",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[(
            "location_profile = hq\n",
            "location_profile = hq\n    hardware { network_cards = 1 }\n",
        )]),
        good: Example::with(bases::VOICE, &[(
            "location_profile = hq\n",
            "location_profile = hq\n    hardware { network_cards = 2 }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    report_shortages(
        view,
        sink,
        &Need {
            of: |row| row.network_cards,
            stated: |hardware| hardware.integer("network_cards"),
            attr: "network_cards",
            words: |cards| words::count(cards as usize, "network card"),
        },
    );
}
