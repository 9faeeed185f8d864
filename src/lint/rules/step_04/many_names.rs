//! What rules about certificates of many names share: where the first name too many is written, and domains for their examples.

use rustc_hash::FxHashSet;

use crate::lint::RuleContext;
use crate::lower::Fqdn;
use crate::plan::certificate::Certificate;
use crate::text::Span;

/// The place of the first SIP domain of those whose names, at the end of a certificate, take more than there is room for; without such
/// names the place of what the certificate is for.
pub(super) fn past(view: &RuleContext, certificate: &Certificate, excess: u64, size: impl Fn(&str) -> usize) -> (Span, String) {
    let named: FxHashSet<&str> = certificate.sans.iter().map(Fqdn::as_str).collect();
    let mut left = excess;
    let mut first = None;
    for domain in view.topology.organization.sip_domains.iter().rev() {
        let name = format!("sip.{}", domain.value);
        if named.contains(name.as_str()) {
            first = Some(domain);
            left = left.saturating_sub(size(&name) as u64);
            if left == 0 {
                break;
            }
        }
    }
    match first {
        Some(domain) => (domain.span, format!("{excess} too many from here on")),
        None => (certificate.span, format!("{excess} too many")),
    }
}

/// A SIP domain of 225 characters.
macro_rules! long {
    ($number:literal) => {
        concat!(
            "\"a-very-long-name-of-",
            $number,
            ".and-another-part-of-it-that-fills-sixty-three-characters-so-far",
            ".and-another-part-of-it-that-fills-sixty-three-characters-so-far",
            ".and-the-last-part-of-it-that-fills-sixty-characters-of-a-label",
            ".contoso.com\", "
        )
    };
}

/// A short one.
macro_rules! short {
    ($number:literal) => {
        concat!("\"s", $number, ".contoso.com\", ")
    };
}

/// More than a Windows authority stores.
#[rustfmt::skip]
pub(super) const LONG: &str = concat!(
    "[", long!("01"), long!("02"), long!("03"), long!("04"), long!("05"), long!("06"), long!("07"), long!("08"), long!("09"),
    long!("10"), long!("11"), long!("12"), long!("13"), long!("14"), long!("15"), long!("16"), long!("17"), long!("18"), "\"contoso.com\"]",
);

/// What it stores, and what makes a line that is too long.
#[rustfmt::skip]
pub(super) const MIXED: &str = concat!(
    "[", long!("01"), long!("02"), long!("03"), long!("04"), long!("05"), long!("06"), long!("07"), long!("08"), long!("09"),
    long!("10"), long!("11"), long!("12"), long!("13"), long!("14"), long!("15"), long!("16"),
    short!("01"), short!("02"), short!("03"), short!("04"), short!("05"), short!("06"), short!("07"), short!("08"), short!("09"),
    short!("10"), short!("11"), short!("12"), short!("13"), short!("14"), "\"contoso.com\"]",
);

/// More than many public authorities put on one certificate.
#[rustfmt::skip]
pub(super) const MANY: &str = concat!(
    "[\"contoso.com\", ",
    short!("01"), short!("02"), short!("03"), short!("04"), short!("05"), short!("06"), short!("07"), short!("08"), short!("09"),
    short!("10"), short!("11"), short!("12"), short!("13"), short!("14"), short!("15"), short!("16"), short!("17"), short!("18"),
    short!("19"), short!("20"), short!("21"), short!("22"), short!("23"), short!("24"), "\"s25.contoso.com\"]",
);
