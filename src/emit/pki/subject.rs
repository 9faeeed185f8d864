//! The subject of a certificate as text, in the two forms that its readers take.

use crate::plan::certificate::Certificate;

/// The parts that are there, in the order in which they are encoded: from the country to the common name.
pub(super) fn parts(certificate: &Certificate) -> Vec<(&'static str, &str)> {
    let subject = &certificate.subject;
    let written = [
        ("C", &subject.country),
        ("ST", &subject.state),
        ("L", &subject.locality),
        ("O", &subject.organization),
        ("OU", &subject.unit),
    ];
    let written = written.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    written.filter(|(_, value)| !value.is_empty()).chain([("CN", certificate.common_name.as_str())]).collect()
}

/// RFC 4514: the common name first, commas between, backslashes before what would end a value.
pub(super) fn rfc4514(certificate: &Certificate) -> String {
    let parts = parts(certificate);
    parts.iter().rev().map(|(name, value)| format!("{name}={}", rfc4514_value(value))).collect::<Vec<_>>().join(",")
}

fn rfc4514_value(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (at, c) in value.chars().enumerate() {
        let edge = (c == ' ' && (at == 0 || at == last)) || (c == '#' && at == 0);
        if edge || matches!(c, '"' | '+' | ',' | ';' | '<' | '>' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The form of certreq: semicolons between, quotes around a value that needs them, quotes in a value doubled.
pub(super) fn certreq(certificate: &Certificate) -> String {
    let name = |name: &'static str| if name == "ST" { "S" } else { name };
    let parts = parts(certificate);
    parts.iter().rev().map(|(n, value)| format!("{}={}", name(n), certreq_value(value))).collect::<Vec<_>>().join(";")
}

fn certreq_value(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_' | '&' | '\'' | '(' | ')' | '/');
    if value.chars().all(plain) && value.trim() == value {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('"', "\"\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_become_parts() {
        assert_eq!(rfc4514_value("Contoso, Ltd"), "Contoso\\, Ltd");
        assert_eq!(rfc4514_value(" #\"a\"+b; "), "\\ #\\\"a\\\"+b\\;\\ ".replace('+', "\\+"));
        assert_eq!(certreq_value("Contoso Ltd"), "Contoso Ltd");
        assert_eq!(certreq_value("Contoso, \"Ltd\";CN=x"), "\"Contoso, \"\"Ltd\"\";CN=x\"");
    }
}
