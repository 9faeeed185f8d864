//! The literal texts of a help: those between backticks, and which of them belong together.

use ocstopo::diag::Severity;
use ocstopo::schema::{BlockSchema, Type, blocks};
use ocstopo::syntax::parse;
use ocstopo::text::SourceMap;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advice {
    /// An attribute gets a value, in a block that is named by kind and name, or in the block of the finding.
    Assign { attr: String, value: String, block: Option<String> },
    /// The text of the finding's own place becomes another.
    Replace(String),
}

/// The texts between backticks.
pub fn quoted(help: &str) -> impl Iterator<Item = &str> {
    help.split('`').skip(1).step_by(2)
}

/// The literal ways out in a help, each a list of edits to make together.
pub fn alternatives(help: &str) -> Vec<Vec<Advice>> {
    let parts: Vec<&str> = help.split('`').collect();
    let mut ways: Vec<Vec<Advice>> = Vec::new();
    let mut verb = "";
    for at in (1..parts.len()).step_by(2) {
        let (before, code) = (parts[at - 1], parts[at]);
        let sentence = before.rsplit(['?', ';', ':']).next().unwrap_or(before);
        if sentence.len() < before.len() {
            verb = "";
        }
        for word in ["write", "did you mean", "leave", "take", "declare", "remove", "add", "make", "name", "move", "give"] {
            if sentence.split_whitespace().collect::<Vec<_>>().join(" ").ends_with(word) {
                verb = word;
            }
        }
        let joined = matches!(sentence.trim(), "and" | ", and");
        // The text behind belongs to it: `… and add the servers of that shape`.
        let after = parts.get(at + 1).map_or("", |text| text.trim_start_matches(',').trim());
        let continues =
            ["and add", "and declare", "and give", "and take", "and remove"].iter().any(|more| after.starts_with(more));
        // The text before belongs to it too: `take … out, and write …`.
        let begun = before.contains("and write") && ways.is_empty();
        let step = match verb {
            "write" if code.contains(" = ") && !code.contains('{') => {
                let (attr, value) = code.split_once(" = ").unwrap_or((code, ""));
                // `static_nat av` behind `in` says where.
                let next = parts.get(at + 1).map_or("", |text| text.trim());
                let block = parts
                    .get(at + 2)
                    .filter(|_| {
                        matches!(
                            next,
                            "in" | "in the"
                                | "in its"
                                | "in the pools that it serves, such as in"
                                | "in the pools whose users it serves, such as in"
                        )
                    })
                    .map(|text| (*text).to_owned());
                Some(Advice::Assign { attr: attr.to_owned(), value: value.to_owned(), block })
            }
            "did you mean" => Some(Advice::Replace(code.to_owned())),
            _ => None,
        };
        let Some(step) = step else { continue };
        let is_complete = !code.contains('…') && !continues && !begun;
        match ways.last_mut() {
            Some(way) if joined => {
                // `write A and B in C`: both go there.
                if let Advice::Assign { block: Some(place), .. } = &step {
                    for earlier in way.iter_mut() {
                        if let Advice::Assign { block: block @ None, .. } = earlier {
                            *block = Some(place.clone());
                        }
                    }
                }
                way.push(step);
                if !is_complete {
                    way.clear();
                }
            }
            _ => ways.push(if is_complete { vec![step] } else { Vec::new() }),
        }
        if verb == "did you mean" {
            verb = "";
        }
    }
    ways.retain(|way| !way.is_empty());
    ways
}

/// What is wrong with a text of a help, if it resembles one of the language.
pub fn fault(code: &str, sources: &SourceMap) -> Option<String> {
    if let Some((attr, value)) = code.split_once(" = ").filter(|(attr, _)| is_word(attr)) {
        let owners: Vec<&BlockSchema> = blocks::ALL.iter().copied().filter(|block| block.attr(attr).is_some()).collect();
        if owners.is_empty() {
            return Some(format!("`{attr}` is no attribute of any block"));
        }
        let fits = |block: &&BlockSchema| block.attr(attr).is_some_and(|attr| reads(&attr.ty, value));
        return (!owners.iter().any(fits)).then(|| format!("`{value}` is no value of `{attr}`"));
    }
    // A literal, or a text that is cut.
    if code.starts_with(['\'', '"', '\\', '[']) || code.ends_with('…') {
        return None;
    }
    if code.contains('{') {
        let mut text = code.replace("\"…\"", "\"a.b\"").replace(" …", "");
        if text.matches('{').count() > text.matches('}').count() {
            text.push('}');
        }
        let parsed = parse(sources.files().next()?.0, text.as_str().into());
        let errors = parsed.diags.iter().filter(|diag| diag.severity == Severity::Error).count();
        let kind = code.split_whitespace().next().unwrap_or_default();
        // `address = …` is to be filled in.
        if errors > 0 && !code.contains("= …") {
            return Some(format!("`{code}` cannot be read: {}", parsed.diags[0].message));
        }
        let is_any = kind.bytes().all(|byte| byte.is_ascii_uppercase());
        return (blocks::of_kind(kind).next().is_none() && !is_any).then(|| format!("`{kind}` is no block"));
    }
    None
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether a value could be of a type; `…` means what the reader knows.
fn reads(ty: &Type, value: &str) -> bool {
    let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    match (ty, list) {
        _ if value.contains('…') || value.ends_with('[') || value == "VALUE" => true,
        (Type::List(inner), Some(list)) => list.split(',').all(|item| reads(inner, item.trim())),
        (Type::List(_), None) => false,
        (Type::OneOrMore(inner), Some(list)) => list.split(',').all(|item| reads(inner, item.trim())),
        (Type::OneOrMore(inner), None) => reads(inner, value),
        (_, Some(_)) => value.contains("..") || matches!(ty, Type::Address),
        (Type::Choice(choices), None) => choices.iter().any(|choice| choice.word == value),
        (Type::Bool, None) => matches!(value, "true" | "false"),
        (Type::Text, None) if value.starts_with('\'') => value.ends_with('\''),
        (Type::Text | Type::Fqdn | Type::DomainName, None) => value.starts_with('"') && value.ends_with('"'),
        (Type::Regex | Type::UncPath, None) => value.starts_with('\'') && value.ends_with('\''),
        (Type::Address, None) => value.parse::<std::net::Ipv4Addr>().is_ok() || value.contains('['),
        (Type::Network, None) => value.parse::<ipnet::Ipv4Net>().is_ok(),
        _ => !value.contains(['"', '\'', '[']),
    }
}
