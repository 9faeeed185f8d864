//! Parts of certificate subjects that no authority takes.

use crate::catalog::certificate_form;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a `country` that is not two letters, and other parts of `certificate_subject` that are empty, begin or end with a blank, or
    /// are longer than certificates allow.
    ///
    /// ## Why it matters
    /// All requests share these parts, so a wrong one makes every request of the deployment fail, at the tool or at the
    /// authority. Tools treat blanks at the ends differently, so the certificates would differ.
    ///
    /// ## Planning Guide
    /// Step 4: the wizard asks for organization, unit, city, state and country; the standard sets their lengths.
    "OCS0421" "certificate-subject" {
        severity: Error,
        confidence: High,
        source: "X.520, upper bounds; ISO 3166",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[(
            "  certification_authority corp_ca",
            r#"  certificate_subject {
    organization = "Contoso Ltd"
    country      = "USA"
  }

  certification_authority corp_ca"#,
        )]),
        good: Example::with(bases::STANDARD, &[(
            "  certification_authority corp_ca",
            r#"  certificate_subject {
    organization = "Contoso Ltd"
    country      = "US"
  }

  certification_authority corp_ca"#,
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(form) = certificate_form(view.organization().product) else { return };
    for block in view.blocks_of("certificate_subject") {
        for attr in ["organization", "unit", "locality", "state", "country"] {
            let Some(text) = block.decl.text(attr) else { continue };
            let length = text.value.chars().count();
            let limit = if matches!(attr, "locality" | "state") { form.longest_locality } else { form.longest_common_name };
            let is_edged = text.value.trim() != text.value;
            let (expected, help) = match attr {
                "country" if text.value.len() == 2 && text.value.bytes().all(|byte| byte.is_ascii_alphabetic()) => continue,
                "country" => ("two letters".to_owned(), "write the two letters of ISO 3166, such as `US` or `DE`"),
                _ if length == 0 => ("some text".to_owned(), "write a text, or leave the attribute out"),
                _ if is_edged => ("text without blanks around it".to_owned(), "remove the blanks"),
                _ if length > limit => (format!("at most {limit} characters"), "shorten it"),
                _ => continue,
            };
            let has = match attr != "country" && is_edged {
                true => "begins or ends with a blank".to_owned(),
                false => format!("has {}", crate::lint::words::count(length, "character")),
            };
            sink.report(
                Finding::new(
                    format!("`{attr}` must be {expected}, and {has}"),
                    text.span,
                    "every certificate request carries it",
                )
                .help(help),
            );
        }
    }
}
