//! Texts that have a form of their own: domain names, regular expressions, UNC paths.

use super::Fqdn;
use super::problem::Problem;
use crate::diag::codes::lowering::{BAD_DOMAIN_NAME, BAD_REGEX, BAD_TEXT, BAD_UNC_PATH};
use crate::dial;

/// Free text says something.
pub(super) fn text(attr: &str, text: String) -> Result<String, Problem> {
    if text.trim().is_empty() {
        let problem = Problem::new(BAD_TEXT, "the text is empty", format!("`{attr}` is empty"));
        return Err(problem.help(format!("write the text, or remove `{attr}`")));
    }
    Ok(text)
}

/// Reads a domain name; unless `single_label`, it has two labels or more.
pub(super) fn domain_name(attr: &str, text: &str, single_label: bool) -> Result<Fqdn, Problem> {
    let bad = |label: String| Problem::new(BAD_DOMAIN_NAME, format!("`{text}` is not a domain name"), label);
    let name = match Fqdn::parse(text) {
        Ok(name) => name,
        Err(why) if !text.is_ascii() => {
            return Err(bad(why).help("write the ASCII form of the name, in which such labels begin with `xn--`"));
        }
        Err(why) => {
            let problem = bad(why);
            let named = |problem: Problem, name: &str| match Fqdn::parse(name) {
                Ok(found) if single_label || !found.is_single_label() => problem.rewrite(format!("\"{name}\"")),
                _ => problem,
            };
            let trimmed = text.trim_end_matches('.');
            let host = text.split_once("://").map(|(_, rest)| rest.split(['/', ':']).next().unwrap_or_default());
            let dotted = text.replacen('@', ".", 1);
            let parts: Vec<&str> = text.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
            let joined = parts.concat();
            return Err(
                if parts.len() > 1 && parts.iter().all(|part| Fqdn::parse(part).is_ok_and(|name| !name.is_single_label())) {
                    problem.help(format!("write each name in its own quotes: `\"{}\"`", parts.join("\", \"")))
                } else if parts.len() > 1 && text.contains(' ') && Fqdn::parse(&joined).is_ok() {
                    problem.rewrite(format!("\"{joined}\""))
                } else if text.contains("${") {
                    problem.help("there are no variables: write the name in full")
                } else if trimmed != text && Fqdn::parse(trimmed).is_ok() {
                    problem.rewrite(format!("\"{trimmed}\""))
                } else if let Some(host) = host.filter(|host| Fqdn::parse(host).is_ok()) {
                    named(problem.help(format!("write the name alone: `{attr} = \"{host}\"`")), host)
                } else if attr == "hostmaster" && text.contains('@') && Fqdn::parse(&dotted).is_ok() {
                    named(problem.help(format!("a mailbox has a dot instead of the @: `\"{dotted}\"`")), &dotted)
                } else if let Some((_, domain)) = text.split_once('@').filter(|(_, domain)| Fqdn::parse(domain).is_ok()) {
                    named(problem.help(format!("write the domain alone: `\"{domain}\"`")), domain)
                } else if let Some(domain) = text.strip_prefix("*.").filter(|domain| Fqdn::parse(domain).is_ok()) {
                    problem
                        .help(format!("write one name, such as `\"sip.{domain}\"`; certificate requests get all necessary names"))
                } else {
                    problem.help("write a name such as `\"pool01.corp.contoso.com\"`")
                },
            );
        }
    };
    if name.is_single_label() && !single_label {
        let problem = Problem::new(BAD_DOMAIN_NAME, format!("`{text}` is not fully qualified"), "one label only");
        return Err(problem.help(format!("write the name with its domain, as in `\"{name}.corp.contoso.com\"`")));
    }
    Ok(name)
}

/// Checks that a .NET regular expression compiles with the engine that tries numbers here.
pub(super) fn regex(text: &str) -> Result<(), Problem> {
    if text.is_empty() {
        let problem = Problem::new(BAD_REGEX, "the regular expression is empty", "it would match every number");
        return Err(problem.help(r"write a pattern for the intended numbers, as in `'^(\d{4})$'`"));
    }
    for (construct, name) in
        [("(?<-", "a balancing group"), ("(?'", "a group named in quotes"), (r"\G", "`\\G`"), ("(?n", "the option `n`")]
    {
        if text.contains(construct) {
            let problem = Problem::new(BAD_REGEX, format!("the regular expression has {name}"), "supported by .NET only");
            return Err(
                problem.help("rewrite it without this: ocstopo cannot evaluate it, and the product's own rules never need it")
            );
        }
    }
    if let Some(rest) = text.strip_prefix("^+") {
        let problem = Problem::new(BAD_REGEX, "the regular expression repeats its own beginning", "`^+` matches no plus sign");
        return Err(problem.rewrite(format!(r"'^\+{rest}'")));
    }
    if let Some((first, second)) = nested_quantifier(text) {
        let message = format!("the regular expression repeats a repetition: `{second}` behind `{first}`");
        let problem = Problem::new(BAD_REGEX, message, "a nested quantifier, which .NET rejects");
        let example = format!(r"(?:\d{first}){second}");
        return Err(problem.help(format!("write one of the two, or put the repeated part in a group, as in `{example}`")));
    }
    let Some(why) = dial::refused(text) else { return Ok(()) };
    let why = why.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_lowercase();
    let problem = Problem::new(BAD_REGEX, "the regular expression does not compile", why);
    Err(problem.help(r"a pattern looks like `'^(\d{4})$'`; put a backslash in front of a literal `+`, `(` or `.`"))
}

/// A quantifier right behind another one: the engine here takes it, .NET calls it nested and refuses the expression. A `?` behind
/// one makes it lazy, in both.
fn nested_quantifier(text: &str) -> Option<(&str, &str)> {
    let mut before: Option<&str> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '[' => class(rest),
            _ => quantifier(rest).unwrap_or(c.len_utf8()),
        };
        let (token, behind) = rest.split_at(length);
        before = match (quantifier(token).is_some(), before) {
            (true, Some(first)) => return Some((first, token)),
            (true, None) => {
                let lazy = usize::from(behind.starts_with('?'));
                rest = &behind[lazy..];
                before = Some(&text[text.len() - behind.len() - length..text.len() - rest.len()]);
                continue;
            }
            (false, _) => None,
        };
        rest = behind;
    }
    None
}

/// How long the quantifier is that a text begins with.
fn quantifier(text: &str) -> Option<usize> {
    if text.starts_with(['*', '+', '?']) {
        return Some(1);
    }
    let (inner, _) = text.strip_prefix('{')?.split_once('}')?;
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!least.is_empty() && digits(least) && digits(most)).then_some(inner.len() + 2)
}

/// How long the class of characters is that a text begins with.
fn class(text: &str) -> usize {
    let mut at = 1 + usize::from(text[1..].starts_with('^'));
    // A bracket in front means itself.
    at += usize::from(text[at..].starts_with(']'));
    while let Some(c) = text[at..].chars().next() {
        at += match c {
            ']' => return at + 1,
            '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '[' if text[..at].ends_with('-') || text[at..].starts_with("[:") => class(&text[at..]),
            c => c.len_utf8(),
        };
    }
    text.len()
}

/// Checks the form `\\server\share\folder`.
pub(super) fn unc_path(text: &str) -> Result<(), Problem> {
    let bad = |label: String| Problem::new(BAD_UNC_PATH, format!("`{text}` is not a UNC path"), label);
    let form = r"write it as in `'\\fs01.corp.contoso.com\ocs'`";
    let Some(path) = text.strip_prefix(r"\\") else {
        let problem = bad(r"it does not begin with `\\`".into());
        let slashes = text.starts_with("//").then(|| text.replace('/', r"\"));
        return Err(match slashes.filter(|path| unc_path(path).is_ok()) {
            Some(path) => problem.rewrite(format!("'{path}'")),
            None => problem.help(form),
        });
    };
    let parts: Vec<&str> = path.split('\\').collect();
    let [server, share @ ..] = parts.as_slice() else { return Err(bad("nothing follows".into()).help(form)) };
    if let Err(why) = Fqdn::parse(server) {
        return Err(bad(format!("as the name of a server, `{server}`: {why}")).help(form));
    }
    if share.is_empty() {
        return Err(bad("the share is missing".into()).help(format!(r"write the share after the server: `'\\{server}\ocs'`")));
    }
    for part in share {
        if part.is_empty() {
            return Err(bad("a part between two backslashes is empty".into()).help(form));
        }
        if matches!(*part, "." | "..") {
            return Err(bad(format!("`{part}` refers to another folder")).help("write the path in full"));
        }
        if let Some(c) = part.chars().find(|c| matches!(c, '<' | '>' | ':' | '"' | '/' | '|' | '?' | '*')) {
            return Err(bad(format!("a path cannot have `{c}`")).help(form));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repetition_of_a_repetition_is_refused_as_dotnet_does() {
        for (text, found) in [
            (r"^\d?{2,}$", Some(("?", "{2,}"))),
            ("a**", Some(("*", "*"))),
            ("a{2}+", Some(("{2}", "+"))),
            ("(a)*??", Some(("*?", "?"))),
            (r"^\+*?\d+$", None),
            (r"^(\d+)*?x{2,3}?$", None),
            (r"[*+?]+\*+\?*{x}", None),
            (r"[^]*+]*[\]+*]{2}", None),
            ("a{b}+", None),
        ] {
            assert_eq!(nested_quantifier(text), found, "{text}");
            assert!(found.is_none() || regex(text).is_err(), "{text}");
        }
    }

    #[test]
    fn expressions_of_the_guide_compile() {
        for text in [
            r"^(\d{4})$",
            r"^\+1(425|206|253)(\d{7})$",
            r"^\+?(?!(1900|1411))(\d*)$",
            r"^\+([2-9])(\d*)$",
            r"^(?<area>\d{3})\d+$",
        ] {
            assert_eq!(regex(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn expressions_that_do_not_compile() {
        for text in ["", "(", "[", "*", r"^(?<-open>\))$", r"(\d{1000}){1000}{1000}", "(?'a'x)"] {
            assert!(regex(text).is_err(), "{text}");
        }
    }

    #[test]
    fn unc_paths() {
        assert_eq!(unc_path(r"\\fs01\share"), Ok(()));
        assert_eq!(unc_path(r"\\fs01.corp.contoso.com\ocs\meeting content$"), Ok(()));
        for text in [
            r"\fs01\share",
            r"\\fs01",
            r"\\fs01\",
            r"\\\share",
            "//fs01/share",
            r"C:\share",
            r"\\fs01\a\..\b",
            r"\\fs01\a|b",
            r"\\f s\a",
            "",
        ] {
            assert!(unc_path(text).is_err(), "{text}");
        }
    }
}
