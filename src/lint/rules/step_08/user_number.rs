//! Primary numbers of users that no call finds.

use std::collections::BTreeMap;

use crate::dial::is_e164;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reads the `phone` of each `sample_user`: `tel:` and a number in E.164 form, which no other user has. An extension
    /// (`;ext=100`) may follow.
    ///
    /// ## Why it matters
    /// A call to a number finds the user whose primary number is equal to the normalized number. One in another form is found by
    /// no call, and of two equal ones it is not certain which user is found.
    ///
    /// ## Planning Guide
    /// Step 8: the primary number is in E.164 form and unique in the enterprise; the administrator guarantees it.
    "OCS0841" "user-number" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, primary numbers of users (bb870372, bb803644)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[(AD, "  sample_user anna { sip = \"anna@contoso.com\"  phone = \"tel:4255550100\" }\n\n  active_directory {")]),
        good: Example::with(bases::VOICE, &[(AD, "  sample_user anna { sip = \"anna@contoso.com\"  phone = \"tel:+14255550100\" }\n\n  active_directory {")]),
    }
}

const AD: &str = "  active_directory {";

/// The number of a tel URI, if it is in E.164 form.
fn number(uri: &str) -> Option<&str> {
    let rest = uri.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("tel:")).map(|_| &uri[4..])?;
    let (number, extension) = rest.split_once(';').map_or((rest, None), |(number, rest)| (number, Some(rest)));
    let is_extension = |text: &str| {
        text.strip_prefix("ext=").is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    (is_e164(number) && extension.is_none_or(is_extension)).then_some(number)
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut holders: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for block in view.blocks_of("sample_user") {
        let Some(phone) = block.decl.text("phone") else { continue };
        if number(phone.value).is_none() {
            sink.report(
                Finding::new(
                    format!("the primary number of `{}` must be `tel:` and a number in E.164 form", block.decl.name),
                    phone.span,
                    "no normalized number is equal to it",
                )
                .help("write a plus sign, the code of the country and the number, as in `phone = \"tel:+14255550100\"`"),
            );
            continue;
        }
        let key = phone.value.to_ascii_lowercase();
        match holders.get(&key) {
            Some((holder, span)) => sink.report(
                Finding::new(
                    format!("`{}` and `{holder}` have the same primary number", block.decl.name),
                    phone.span,
                    "a call must find one user",
                )
                .related(*span, format!("`{holder}` has it"))
                .help(format!("give `{}` a number of its own", block.decl.name)),
            ),
            None => {
                holders.insert(key, (block.decl.name.as_str(), phone.span));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_tel_uri_has_a_number_in_e164_form() {
        for uri in ["tel:+14255550100", "TEL:+1", "tel:+14255550100;ext=0100"] {
            assert!(number(uri).is_some(), "{uri}");
        }
        for uri in ["", "+14255550100", "tel:", "tel:14255550100", "tel:+1 425", "tel:+1425;ext=", "tel:+1425;ext=a", "té"] {
            assert_eq!(number(uri), None, "{uri}");
        }
    }
}
