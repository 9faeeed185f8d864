//! A link that the busy hour fills.

use rustc_hash::FxHashMap;

use crate::catalog::Confidence;
use crate::diag::{Fact, Severity};
use crate::formula::Number;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::WanLink;
use crate::plan::sizing::shown;

/// The percent of a link that may be in use; what is above it leaves no room for a burst.
const MOST: i128 = 90;

rule! {
    /// ## What it does
    /// Compares the `bandwidth` of each WAN link with the busy hour of the users behind it: conferences and telephone calls that cross
    /// it, and instant messages. Reports a link with more than 90 % in use. `ocstopo size --explain` shows each figure.
    ///
    /// ## Why it matters
    /// Media that finds no room is delayed and lost: calls break up, and all who are on the link hear it.
    ///
    /// ## Planning Guide
    /// Step 5, network requirements: 45 kbps for an audio stream. The share of users in conferences, 5 %, is documented for 2007 R2
    /// only, and the length of a call is assumed; where the figure rests on them this is a note. State better figures in `user_model`.
    "OCS0510" "wan-link-load" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 5, network requirements (bb870346); user model (dd425159)",
        bad: Example::with(bases::STANDARD, &[("site hq {", "site branch {
  users  = 100
  domain = corp
  network clients { zone = internal  range = 10.30.0.0/24  clients = true }
}

wan_link hq_branch { joins = [hq.servers, branch.clients]  bandwidth = 128kbps }

site hq {"), ("  users  = 900", "  users  = 800")]),
        good: Example::with(bases::STANDARD, &[("site hq {", "site branch {
  users  = 100
  domain = corp
  network clients { zone = internal  range = 10.30.0.0/24  clients = true }
}

wan_link hq_branch { joins = [hq.servers, branch.clients]  bandwidth = 2Mbps }

site hq {"), ("  users  = 900", "  users  = 800")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let links: FxHashMap<&str, &WanLink> = view.topology.wan_links.iter().map(|link| (link.path.as_str(), link)).collect();
    for figure in &view.sizing().figures {
        if figure.row.id != "wan_link.busy_hour" {
            continue;
        }
        let Some(declared) = &figure.declared else { continue };
        if declared.used.is_none_or(|used| used <= Number::from_integer(MOST)) {
            continue;
        }
        let Some(link) = links.get(figure.subject.path.as_str()) else { continue };
        let finding = Finding::new(
            format!(
                "the busy hour of `{}` needs {} in each direction, and the link has {}",
                link.path,
                shown(&figure.value, figure.row.unit.as_str()),
                shown(&declared.value, figure.row.unit.as_str())
            ),
            link.span,
            format!("{} % in use", declared.used.map(|used| crate::formula::number(&used.ceil())).unwrap_or_default()),
        )
        .help("plan more `bandwidth`, home these users on a pool at their site, or state better figures in `user_model`; `ocstopo size --explain` shows how it is worked out")
        .needs(Fact::Written(link.span));
        sink.report(if figure.confidence == Confidence::Low { finding.milder(Severity::Note) } else { finding });
    }
}
