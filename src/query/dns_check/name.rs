//! Names in zone files.

/// The longest name as text, and the longest label (RFC 1035).
const LONGEST: (usize, usize) = (253, 63);

/// The longest name as text where every character is written as `\\DDD`.
const LONGEST_TEXT: usize = 4 * 255;

/// A name in one form, so that two spellings of it are equal: lower case, without a dot at the end, with backslashes only where a
/// label holds more than letters, digits, `-`, `_` and `*`. The root is empty.
pub(super) fn absolute(text: &str, origin: Option<&str>) -> Result<String, String> {
    if text == "@" {
        return origin.map(str::to_owned).ok_or_else(|| no_origin(text));
    }
    if text == "." {
        return Ok(String::new());
    }
    if text.len() > LONGEST_TEXT {
        return Err(format!("a name of {} bytes, and {} characters are the most", text.len(), LONGEST.0));
    }
    let (mut name, ends) = plain(text)?;
    if !ends {
        let origin = origin.ok_or_else(|| no_origin(text))?;
        if !origin.is_empty() {
            name.push('.');
            name += origin;
        }
    }
    if name.len() > LONGEST.0 && !name.contains('\\') {
        return Err(format!("`{text}` makes a name of {} characters, and {} are the most", name.len(), LONGEST.0));
    }
    Ok(name)
}

fn no_origin(text: &str) -> String {
    format!("`{text}` is a relative name, and nothing says relative to what")
}

/// The name, and whether it ends in a dot.
fn plain(text: &str) -> Result<(String, bool), String> {
    let mut name = String::with_capacity(text.len());
    let mut label = 0;
    let mut ends = false;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        ends = false;
        match c {
            '.' => {
                if label == 0 {
                    return Err(format!("`{text}` has an empty label"));
                }
                ends = rest.as_str().is_empty();
                if !ends {
                    name.push('.');
                }
                label = 0;
                continue;
            }
            '\\' => push(&mut name, escaped(&mut rest).ok_or_else(|| format!("`{text}` has a backslash before nothing"))?),
            c => push(&mut name, c),
        }
        label += 1;
        if label > LONGEST.1 {
            return Err(format!("`{text}` has a label of more than {} characters", LONGEST.1));
        }
    }
    Ok((name, ends))
}

/// `\X` or `\DDD`.
fn escaped(rest: &mut std::str::Chars<'_>) -> Option<char> {
    let digits = rest.as_str().get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.and_then(|digits| digits.parse::<u8>().ok()) {
        Some(code) => {
            rest.nth(2);
            Some(char::from(code))
        }
        None => rest.next(),
    }
}

fn push(name: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' | '-' | '_' | '*' => name.push(c),
        'A'..='Z' => name.push(c.to_ascii_lowercase()),
        '!'..='~' => name.extend(['\\', c]),
        c => name.extend(c.escape_default()),
    }
}

/// A name and all that it is within, longest first.
pub(super) fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_form() {
        let name = |text| absolute(text, Some("contoso.com"));
        for (text, wanted) in [
            ("@", "contoso.com"),
            ("SIP", "sip.contoso.com"),
            ("sip.Contoso.COM.", "sip.contoso.com"),
            ("\\115ip", "sip.contoso.com"),
            ("s\\ip", "sip.contoso.com"),
            ("_sip._tls", "_sip._tls.contoso.com"),
            (".", ""),
            ("a\\.b", "a\\.b.contoso.com"),
        ] {
            assert_eq!(name(text).as_deref(), Ok(wanted), "{text}");
        }
        assert_eq!(absolute("a", Some("")).as_deref(), Ok("a"));
    }

    #[test]
    fn invalid_names_are_reported() {
        let refusal = |text: &str, origin| absolute(text, origin).expect_err(text);
        insta::assert_snapshot!(refusal("sip", None), @"`sip` is a relative name, and nothing says relative to what");
        insta::assert_snapshot!(refusal("a..b.", None), @"`a..b.` has an empty label");
        insta::assert_snapshot!(refusal("a\\", Some("x")), @r"`a\` has a backslash before nothing");
        assert!(refusal(&"x".repeat(64), Some("y")).contains("more than 63"));
        assert!(refusal(&["xx"; 99].join("."), Some("y")).contains("298 characters"));
    }
}
