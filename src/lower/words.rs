//! Words: truth values, choices, references, and the form of names.

use super::describe;
use super::mismatch::wrong_type;
use super::problem::Problem;
use super::ranges::NameRange;
use crate::diag::codes::lowering::{BAD_NAME, BAD_REFERENCE, UNKNOWN_CHOICE, WRONG_TYPE};
use crate::diag::codes::syntax::NOT_A_WORD;
use crate::diag::{Diag, Edit, Fix, nearest, unambiguous};
use crate::product::{Choice, Product};
use crate::schema::{Type, a, listed};
use crate::syntax::ast::Word;

/// The longest name of a block: a label of DNS.
const NAME_MAX: usize = 63;

/// Reads `true` or `false`.
pub(super) fn boolean(attr: &str, text: &str) -> Result<bool, Problem> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(match text.to_ascii_lowercase().as_str() {
            "yes" | "on" | "1" | "true" | "enabled" => not_boolean(attr, text).rewrite("true"),
            "no" | "off" | "0" | "false" | "none" | "disabled" => not_boolean(attr, text).rewrite("false"),
            _ => wrong_type(attr, &Type::Bool, text).help("write `true` or `false`"),
        }),
    }
}

fn not_boolean(attr: &str, text: &str) -> Problem {
    Problem::new(WRONG_TYPE, format!("expected `true` or `false`, found `{text}`"), format!("`{attr}` takes `true` or `false`"))
}

/// Reads a word of a closed choice. A word of another release is one too: rules say what the release makes of it; what is
/// suggested in place of a wrong one is of this release.
pub(super) fn choice(
    attr: &str,
    choices: &'static [Choice],
    product: Option<Product>,
    text: &str,
) -> Result<&'static str, Problem> {
    if let Some(choice) = choices.iter().find(|choice| choice.word == text) {
        return Ok(choice.word);
    }
    let words = || choices.iter().filter(|choice| choice.is_of(product)).map(|choice| choice.word);
    let all = listed(words(), "and");
    let problem = Problem::new(UNKNOWN_CHOICE, format!("`{text}` is not a choice of `{attr}`"), "not one of its choices");
    let like = text.replace(['-', ' ', '.'], "_").to_lowercase();
    // `sql_2005` is no misspelt `sql_2008`: versions differ by their digits.
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    let of_this_version = || words().filter(|word| digits(word) == digits(&like));
    let longer: Vec<&str> = words().filter(|word| word.strip_prefix(&like).is_some_and(|rest| rest.starts_with('_'))).collect();
    Err(match (nearest(&like, of_this_version()), longer.as_slice()) {
        (Some(word), _) => {
            let problem = problem.help(format!("did you mean `{word}`? The choices are {all}"));
            if unambiguous(&like, words()).is_some() { problem.rewrite(word) } else { problem }
        }
        (None, []) => match known_as(&like, choices.iter().filter(|choice| choice.is_of(product))) {
            Some(word) => problem.help(format!("did you mean `{word}`? The choices are {all}")),
            None => problem.help(format!("write one of {all}")),
        },
        (None, [only]) => problem.help(format!("did you mean `{only}`? The choices are {all}")),
        (None, several) => problem.help(format!("write {}", listed(several.iter().copied(), "or"))),
    })
}

/// The choice that people know by this word: a part of its own word, as `asa` of `cisco_asa`, or a name in its documentation, as
/// `big_ip` in "F5 BIG-IP".
fn known_as<'c>(word: &str, choices: impl Iterator<Item = &'c Choice>) -> Option<&'static str> {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let wanted = letters(word);
    let is_name = |name: &&str| name.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    let knows = |choice: &&Choice| {
        let own = choice.word.split('_').any(|part| part == wanted);
        let names: Vec<String> = choice.doc.split(' ').filter(is_name).map(letters).collect();
        // A maker and its product are one name too.
        own || names.contains(&wanted) || names.windows(2).any(|pair| pair.concat() == wanted)
    };
    let mut known = choices.filter(|_| wanted.len() > 2).filter(knows);
    known.next().filter(|_| known.next().is_none()).map(|choice| choice.word)
}

/// Reads a reference: names with dots between.
pub(super) fn reference(attr: &str, ty: &Type, text: &str) -> Result<Vec<String>, Problem> {
    let dotted = text.replace('/', ".");
    if dotted != text && path(&dotted).is_ok() {
        let problem = Problem::new(BAD_REFERENCE, format!("`{text}` is not a reference"), "dots separate the names");
        return Err(problem.rewrite(dotted));
    }
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) || matches!(text, "true" | "false") || text.contains('/') {
        return Err(wrong_type(attr, ty, text));
    }
    if text.contains(['[', ']']) {
        let problem = Problem::new(BAD_REFERENCE, format!("`{text}` is not a reference"), "a range names several blocks");
        let first = NameRange::parse(text).map_or_else(|_| "fe01".to_owned(), |range| range.ends()[0].clone());
        return Err(problem.help(format!("write the name of one block, such as `{first}`, or of the pool or array around them")));
    }
    path(text)
}

/// The words between the dots of a reference.
pub(super) fn path(text: &str) -> Result<Vec<String>, Problem> {
    let mut at = 0;
    let mut words = Vec::new();
    for word in text.split('.') {
        let place = at..at + word.len();
        at = place.end + 1;
        let problem = |label: &str| Problem::new(BAD_REFERENCE, format!("`{text}` is not a reference"), label);
        if word.is_empty() {
            return Err(problem("a name is missing next to a dot").help("write names with dots between, as in `redmond.pool01`"));
        }
        if !describe::is_word(word) || word.len() > NAME_MAX {
            let label = "a name begins with a letter and has letters, digits, `-` and `_`";
            return Err(problem(label).at(place).help("write the name of a block, such as `redmond.pool01`"));
        }
        words.push(word.to_owned());
    }
    Ok(words)
}

/// A text as the name of a block: something to read, and short enough for a line.
pub(super) fn check_text_name(text: &str) -> Result<(), Problem> {
    let bad = |message: String, label: &str| Problem::new(BAD_NAME, message, label);
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(bad("a name cannot be empty".into(), "nothing to read").help("write a word or a short text"));
    }
    if length > TEXT_NAME_MAX {
        let message = format!("the name has {length} characters");
        return Err(bad(message, "at most 100 characters").help("shorten it, and write the rest as `description`"));
    }
    match text.contains(['\n', '\t']) {
        true => Err(bad("a name is one line without tabs".into(), "a line break or a tab").help("write it with blanks")),
        false => Ok(()),
    }
}

/// A name in quotes where the name is a word.
pub(super) fn in_quotes(inner: Word<'_>, quoted: Word<'_>) -> Diag {
    let shown: String = quoted.text.chars().take(TEXT_NAME_MAX).collect();
    let diag = Diag::error(
        NOT_A_WORD.code,
        format!("expected the name of a block without quotes, found `{shown}`"),
        quoted.span,
        "no quotes here",
    );
    if !inner.text.is_empty() && inner.text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.[]".contains(c)) {
        let edits = vec![Edit { span: quoted.span, text: inner.text.to_owned() }];
        diag.help(format!("write `{}`", inner.text)).fix(Fix { title: "remove the quotes".into(), edits })
    } else {
        diag.help("a name is a word: a letter, then letters, digits, `_` and `-`")
    }
}

/// The longest name that is a text, in characters.
const TEXT_NAME_MAX: usize = 100;

/// Checks the form of a block's name. `host`: it becomes a host name.
pub(super) fn check_name(kind: &str, name: &str, host: bool) -> Result<(), Problem> {
    let bad = |label: &str| Problem::new(BAD_NAME, format!("`{name}` cannot be the name of {}", a(kind)), label);
    if !describe::is_word(name) {
        let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let label = if starts { "names have letters, digits, `-` and `_` only" } else { "a name begins with a letter" };
        let mut like: String =
            name.trim_matches(['"', '\'']).chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
        if !like.starts_with(|c: char| c.is_ascii_alphabetic()) {
            like.insert_str(0, &format!("{}-", kind.replace('_', "-")));
        }
        like.truncate(NAME_MAX);
        return Err(bad(label).help(format!("write a name such as `{}`", like.trim_end_matches('-'))));
    }
    if name.len() > NAME_MAX {
        let problem =
            Problem::new(BAD_NAME, format!("the name of this {kind} has {} characters", name.len()), "at most 63 characters");
        return Err(problem.help(format!("shorten it, for example to `{}`", name[..15].trim_end_matches(['-', '_']))));
    }
    if matches!(name, "true" | "false") {
        return Err(bad("it would be read as a truth value").help(format!("write another name, such as `{kind}1`")));
    }
    if kind == "network" && name.eq_ignore_ascii_case("internet") {
        let problem = bad("`internet` is predefined");
        return Err(problem.help("remove the block and refer to `internet`, or write another name"));
    }
    if host && name.contains('_') {
        let problem = bad("it becomes a host name, and host names have no `_`");
        return Err(problem.help(format!("write `{}`, or write the name of the host: `fqdn = \"…\"`", name.replace('_', "-"))));
    }
    if host && name.ends_with('-') {
        let problem = bad("it becomes a host name, and host names do not end in `-`");
        return Err(problem.help(format!("write `{}`", name.trim_end_matches('-'))));
    }
    Ok(())
}

/// Checks the name of a waiver: a code such as `OCS0512`, or the name of a rule in small letters. A code with too few or too many
/// digits passes: what it was meant to be is known where the codes are.
pub(super) fn check_code(name: &str) -> Result<(), Problem> {
    let digits = |text: &str| text.strip_prefix("OCS").filter(|n| n.bytes().all(|b| b.is_ascii_digit())).map_or(0, str::len);
    let code = |text: &str| digits(text) == 4;
    let rule = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= NAME_MAX
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let upper = name.to_ascii_uppercase();
    if (1..=8).contains(&digits(name)) || (rule && !code(&upper)) {
        return Ok(());
    }
    let problem = Problem::new(BAD_NAME, format!("`{name}` is not a code"), "the name of a waiver is the code of a finding");
    Err(if code(&upper) { problem.rewrite(upper) } else { problem.help("write it as in `OCS0512` or `av-edge-public-address`") })
}
