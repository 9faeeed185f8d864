//! Traffic that an assertion forbids.

use crate::lint::assertions::{Witness, concerns, ports_text, questions, witnesses};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::AssertionKind;

rule! {
    /// ## What it does
    /// Reports a `never` line that a flow contradicts: a party on its left opens a connection to a party on its right, on one of
    /// the ports that the line names.
    ///
    /// ## Why it matters
    /// The firewall rules allow what flows need. An assertion is a promise about these rules, and the topology breaks this one.
    ///
    /// ## Planning Guide
    /// Not in the guide: assertions are the topology's own.
    "OCS0080" "assertion-violated" {
        severity: Error,
        confidence: High,
        source: "the topology's own assertion",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[(r"    automatic_sign_in = true
  }
}
", r"    automatic_sign_in = true
  }
}

assert {
  never hq.clients -> hq.se01 on tcp/5061
}
")]),
        good: Example::with(bases::STANDARD, &[(r"    automatic_sign_in = true
  }
}
", r"    automatic_sign_in = true
  }
}

assert {
  never hq.clients -> hq.se01 on tcp/1433
}
")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for question in questions(view, AssertionKind::Never) {
        let on = question.assertion.on.as_ref().map(|on| &on.value);
        let broken: Vec<Witness> = witnesses(view, &question).into_iter().filter(|witness| concerns(witness.flow, on)).collect();
        let Some(first) = broken.first() else { continue };
        let others = match broken.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let mut finding = Finding::new(
            format!(
                "`{}` must never reach `{}`, but the flow `{}` does{others}",
                question.from.text, question.to.text, first.flow.id
            ),
            question.assertion.span,
            format!("`{}` opens {} to `{}`", first.from.path, ports_text(first.flow), first.to.path),
        )
        .related_opt(first.to.span, format!("{}: {}", first.flow.row.application, first.flow.row.purpose));
        if let Some((feature, place)) = first.flow.features.first() {
            finding = finding.related(*place, format!("`{}` needs the flow", feature.written()));
        }
        sink.report(finding.help(format!(
            "{}; switch off the feature that needs the flow, route it another way, or remove the line",
            way(view, first)
        )));
    }
}

/// The firewalls that a connection passes.
fn way(view: &RuleContext, witness: &Witness) -> String {
    let firewalls: Vec<&str> =
        witness.crossings.iter().map(|crossing| view.topology.firewall(crossing.firewall).path.as_str()).collect();
    if firewalls.is_empty() {
        "no firewall is between them".to_owned()
    } else {
        format!("it passes {}", words::quoted(&firewalls))
    }
}
