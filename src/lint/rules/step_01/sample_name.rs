//! Sample names in a topology that is to be deployed.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::samples;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::Value;
use crate::text::{Span, Spanned};

rule! {
    /// ## What it does
    /// Finds names in domains that are reserved for samples and documentation, such as `contoso.com` and `example.com`, in
    /// every attribute, unless the organization says `sample = true`.
    ///
    /// ## Why it matters
    /// A sample name in an artifact becomes a certificate that no authority issues, a zone that belongs to another organization,
    /// or a runbook step for a server that does not exist. The mistake is found during the change.
    ///
    /// ## Planning Guide
    /// Step 1 asks for the organization's own SIP domains; the guide's own examples are in sample domains.
    "OCS0103" "sample-name" {
        severity: Error,
        confidence: High,
        source: "RFC 2606, and the names of Microsoft's sample companies",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[("sample      = true", "sample      = false")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.organization().sample {
        return;
    }
    let mut places: BTreeMap<&str, (&str, BTreeSet<Span>)> = BTreeMap::new();
    for block in view.blocks() {
        // What is not decided is no more than proposed, and that is reported.
        for (_, value) in block.decl.attrs.iter().filter(|(name, _)| !block.decl.undecided.contains(name)) {
            visit(value, &mut |name, span| {
                if let Some(domain) = samples().domain_of(name) {
                    places.entry(&domain.name).or_insert((&domain.source, BTreeSet::new())).1.insert(span);
                }
            });
        }
    }
    for (domain, (source, spans)) in places {
        let mut spans = spans.into_iter();
        let Some(first) = spans.next() else { continue };
        let more = match spans.len() {
            0 => "this name cannot be deployed".to_owned(),
            more => format!("this name cannot be deployed; it is used in {}", words::count(more, "more place")),
        };
        let mut finding = Finding::new(format!("`{domain}` is a sample name ({source})"), first, more).help(format!(
            "write a domain of your own in place of `{domain}`; for a topology that is never deployed write `sample = true` \
             in `organization {}`, and every artifact says SAMPLE",
            view.organization().name
        ));
        for span in spans.take(2) {
            finding = finding.related(span, "also here");
        }
        sink.report(finding);
    }
}

/// Calls `found` for each word of the value that can be a domain name.
fn visit(value: &Spanned<Value>, found: &mut impl FnMut(&str, Span)) {
    match &value.value {
        Value::Name(name) => found(name.as_str(), value.span),
        Value::Text(text) => {
            for word in
                text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).filter(|word| word.contains('.'))
            {
                found(word.trim_matches('.'), value.span);
            }
        }
        Value::List(items) => items.iter().for_each(|item| visit(item, found)),
        _ => {}
    }
}
