//! Assertions about nothing.

use std::collections::BTreeMap;

use crate::diag::{self, Fact, Fix};
use crate::lint::assertions::{Unresolved, assertions, resolve};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a name in an assertion that names no site, network, group or server.
    ///
    /// ## Why it matters
    /// A `never` line about an unknown name is always met, so it checks nothing.
    ///
    /// ## Planning Guide
    /// Not in the guide: assertions are the topology's own.
    "OCS0082" "assertion-of-unknown-name" {
        severity: Error,
        confidence: High,
        source: "the language reference, `assert`",
        waivable: false,
        fixable: true,
        bad: Example::with(bases::STANDARD, &[(r"    automatic_sign_in = true
  }
}
", r"    automatic_sign_in = true
  }
}

assert {
  never hq.clients -> hq.dcc01 on tcp/1433
}
")]),
        good: Example::with(bases::STANDARD, &[(r"    automatic_sign_in = true
  }
}
", r"    automatic_sign_in = true
  }
}

assert {
  never hq.clients -> hq.dc01 on tcp/1433
}
")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let effort = diag::Effort::default();
    // A name that is missing, or a site, may be meant in many lines.
    let mut missing: BTreeMap<(String, bool), Vec<(Span, Unresolved)>> = BTreeMap::new();
    for (scope, assertion) in assertions(view) {
        for words in [&assertion.from, &assertion.to] {
            let Err(unresolved) = resolve(view, scope, words) else { continue };
            match unresolved.what {
                None => {
                    let site = unknown_site(view, &unresolved.text);
                    let key = site.map_or_else(|| (unresolved.text.clone(), false), |site| (site.to_owned(), true));
                    missing.entry(key).or_default().push((words.span, unresolved));
                }
                Some(what) => sink.report(
                    Finding::new(
                        format!("`{}` is {what}, and no connection begins or ends there", unresolved.text),
                        words.span,
                        what,
                    )
                    .help("name the network, group or server whose traffic passes it"),
                ),
            }
        }
    }
    for ((name, is_site), mut places) in missing {
        places.sort_by_key(|(span, _)| *span);
        let Some(((span, unresolved), others)) = places.split_first() else { continue };
        let text = &unresolved.text;
        let names = || view.topology.by_path.keys().map(String::as_str);
        let looked = effort.allows(2 * view.topology.by_path.len());
        let near = if looked { diag::nearest(text, names()) } else { None };
        let message = if is_site && !others.is_empty() {
            format!("there is no site `{name}`, and assertions refer to it")
        } else {
            format!("nothing has the name `{text}`")
        };
        let mut finding = Finding::new(message, *span, "no site, network, group or server has this name").help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write a full path such as `redmond.pool01`, or `internet`".to_owned(),
        });
        for (index, (other, _)) in others.iter().take(SHOWN).enumerate() {
            let more = if index + 1 == SHOWN { others.len() - SHOWN } else { 0 };
            finding = finding
                .related(*other, if more == 0 { "here too".to_owned() } else { format!("here and in {more} more places") });
        }
        // What several lines say is hardly a slip in each of them, and a name of another site is another thing.
        let own_site =
            |path: &str| path.split('.').next() == text.split('.').next() || !(path.contains('.') && text.contains('.'));
        if let (Some(meant), true) = (near.and_then(|_| diag::unambiguous(text, names())), others.is_empty())
            && own_site(meant)
        {
            finding = finding.fix(Fix::write(*span, meant));
        } else {
            finding = finding.blames(Fact::References("assert", None));
        }
        sink.report(finding);
    }
}

/// How many further places a finding shows.
const SHOWN: usize = 3;

/// The first word of a path, where no site has that name.
fn unknown_site<'t>(view: &RuleContext, text: &'t str) -> Option<&'t str> {
    let (site, _) = text.split_once('.')?;
    view.topology.sites.iter().all(|known| known.name != site).then_some(site)
}
