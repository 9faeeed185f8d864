//! Assertions about nothing.

use crate::diag::{self, Fix};
use crate::lint::assertions::{assertions, resolve};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};

rule! {
    /// ## What it does
    /// Reports a name in an assertion that names no site, network, group or server.
    ///
    /// ## Why it matters
    /// A `never` about a name that does not exist would hold forever, whatever the topology allows.
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

fn check(view: &View, sink: &mut Sink) {
    let effort = diag::Effort::default();
    for (scope, assertion) in assertions(view) {
        for words in [&assertion.from, &assertion.to] {
            let Err(unresolved) = resolve(view, scope, words) else { continue };
            let text = &unresolved.text;
            let names = || view.topology.by_path.keys().map(String::as_str);
            let looked = unresolved.what.is_none() && effort.allows(2 * view.topology.by_path.len());
            let meant = if looked { diag::clear(text, names()) } else { None };
            let finding = match unresolved.what {
                None => Finding::new(
                    format!("nothing is named `{text}`"),
                    words.span,
                    "no site, network, group or server has this name",
                )
                .help(match if looked { diag::nearest(text, names()) } else { None } {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write a full path such as `redmond.pool01`, or `internet`".to_owned(),
                }),
                Some(what) => {
                    Finding::new(format!("`{text}` is {what}, and no connection begins or ends there"), words.span, what)
                        .help("name what speaks through it: a network, a group or a server")
                }
            };
            sink.report(match meant {
                Some(name) => finding.fix(Fix::write(words.span, name)),
                None => finding,
            });
        }
    }
}
