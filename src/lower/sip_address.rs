//! Sign-in addresses: SIP addresses of users.

use super::Fqdn;

/// The longest part before the `@` that is read.
const LONGEST_USER: usize = 255;

/// The most characters of an address that a message repeats.
const SHOWN: usize = 60;

/// A sign-in address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInAddress {
    /// The part before the `@`.
    pub user: String,
    /// The SIP domain.
    pub domain: Fqdn,
}

impl SignInAddress {
    /// Reads `anna@contoso.com`, or the same with `sip:` before it.
    pub fn read(text: &str) -> Result<Self, String> {
        let form = "write it as in anna@contoso.com";
        let wrong = |why: &str| Err(format!("`{}` is not a sign-in address: {why}; {form}", beginning(text)));
        let address = match text.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("sip:")) {
            Some(_) => &text[4..],
            None => text,
        };
        if address.is_empty() {
            return Err(format!("the sign-in address is empty: {form}"));
        }
        let Some((user, domain)) = address.split_once('@') else { return wrong("it has no `@`") };
        if domain.contains('@') {
            return wrong("it has more than one `@`");
        }
        if user.is_empty() {
            return wrong("nothing is before the `@`");
        }
        if let Some(c) = user.chars().find(|c| !is_plain(*c)) {
            return match c {
                ' ' => wrong("it has a blank"),
                c if !c.is_ascii() => wrong("it has a character outside ASCII"),
                c if c.is_ascii_control() => wrong("it has a control character"),
                c => wrong(&format!("it has `{c}`")),
            };
        }
        if user.len() > LONGEST_USER {
            return wrong(&format!("{} characters are before the `@`, and the maximum is {LONGEST_USER}", user.len()));
        }
        match Fqdn::parse(domain.strip_suffix('.').unwrap_or(domain)) {
            Ok(domain) => Ok(Self { user: user.to_owned(), domain }),
            Err(why) => wrong(&format!("its domain is not a name: {why}")),
        }
    }
}

impl std::fmt::Display for SignInAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.user, self.domain)
    }
}

/// What the user part of a SIP address holds without escapes.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.!~*'()&=+$,;?/".contains(c)
}

/// The beginning of a text that may be long.
pub fn beginning(text: &str) -> String {
    let first: String = text.chars().take(SHOWN).collect();
    if first.len() < text.len() { first + "…" } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        for text in ["anna@contoso.com", "sip:anna@Contoso.com", "SIP:anna@contoso.com."] {
            assert_eq!(SignInAddress::read(text).map(|address| address.to_string()), Ok("anna@contoso.com".to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_told_why() {
        let refusal = |text: &str| SignInAddress::read(text).expect_err("no address");
        insta::assert_snapshot!(["", "sip:", "anna", "@contoso.com", "anna@", "a@b@c.com", "an na@b.com", "ü@b.com", "a@bü.com",
            "a\u{7}@b.com", "a%20b@c.com", "a@b..com", "a@10.0.0.1", "é", "sipé@b.com"].map(refusal).join("\n"), @"the sign-in address is empty: write it as in anna@contoso.com\nthe sign-in address is empty: write it as in anna@contoso.com\n`anna` is not a sign-in address: it has no `@`; write it as in anna@contoso.com\n`@contoso.com` is not a sign-in address: nothing is before the `@`; write it as in anna@contoso.com\n`anna@` is not a sign-in address: its domain is not a name: it is empty; write it as in anna@contoso.com\n`a@b@c.com` is not a sign-in address: it has more than one `@`; write it as in anna@contoso.com\n`an na@b.com` is not a sign-in address: it has a blank; write it as in anna@contoso.com\n`ü@b.com` is not a sign-in address: it has a character outside ASCII; write it as in anna@contoso.com\n`a@bü.com` is not a sign-in address: its domain is not a name: it has a character outside ASCII; write it as in anna@contoso.com\n`a\u{7}@b.com` is not a sign-in address: it has a control character; write it as in anna@contoso.com\n`a%20b@c.com` is not a sign-in address: it has `%`; write it as in anna@contoso.com\n`a@b..com` is not a sign-in address: its domain is not a name: it has an empty label; write it as in anna@contoso.com\n`a@10.0.0.1` is not a sign-in address: its domain is not a name: its last label is a number, as in an address; write it as in anna@contoso.com\n`é` is not a sign-in address: it has no `@`; write it as in anna@contoso.com\n`sipé@b.com` is not a sign-in address: it has a character outside ASCII; write it as in anna@contoso.com");
        let long = refusal(&format!("{}@contoso.com", "a".repeat(10_000)));
        assert!(long.len() < 250 && long.contains("10000 characters"), "{long}");
        assert!(refusal(&"é".repeat(10_000)).len() < 250);
        assert!(refusal(&format!("a@{}", "b".repeat(10_000))).len() < 250);
    }
}
