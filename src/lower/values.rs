//! Values: the text right of `=`, read as the type that the schema requires.

use rustc_hash::FxHashMap;

use super::mismatch::{mismatch, short_noun, wrong_type};
use super::problem::Problem;
use super::{AddressPattern, Value};
use super::{addresses, calendar, describe, numbers, strings, texts, words};
use crate::diag::codes::lowering::{EMPTY_LIST, LIST_EXPECTED, RANGE_WITHOUT_NAME, REPEATED_ELEMENT, WRONG_QUOTES, WRONG_TYPE};
use crate::diag::{Diag, Fix, Label};
use crate::product::Product;
use crate::schema::{AttrSchema, Type};
use crate::syntax::ast;
use crate::text::{Span, Spanned};

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Read {
    /// The same for every block of a range.
    One(Value),
    /// An address that steps together with the block's name.
    Series(AddressPattern),
}

impl Read {
    /// Whether both are equal, wherever they are written.
    pub(super) fn is_same(&self, other: &Read) -> bool {
        match (self, other) {
            (Read::One(Value::List(one)), Read::One(Value::List(other))) => {
                one.iter().map(|item| &item.value).eq(other.iter().map(|item| &item.value))
            }
            (one, other) => one == other,
        }
    }
}

/// Reads the value of an attribute. Findings go to `diags`; `None` when nothing can be made of it. In a `broken` one, of which
/// the parser has reported something, nothing is missing.
pub(super) fn read(
    attr: &AttrSchema,
    product: Option<Product>,
    value: ast::Value<'_>,
    broken: bool,
    diags: &mut Vec<Diag>,
) -> Option<Spanned<Read>> {
    let span = value.span();
    let read = match (&attr.ty, value) {
        (Type::List(inner) | Type::OneOrMore(inner), ast::Value::List(list)) => {
            Some(Read::One(elements((attr, inner, product), list, broken, diags)))
        }
        (Type::List(inner), single) => sole_element((attr, inner, product), single, diags).map(Read::One),
        (Type::OneOrMore(inner), single) => report(one(attr.name, inner, product, single), span, diags).map(Read::One),
        (Type::Address, ast::Value::Scalar(word)) if word.text.contains('[') => {
            report(addresses::pattern(attr.name, word.text), span, diags).map(Read::Series)
        }
        (ty, value) => report(one(attr.name, ty, product, value), span, diags).map(Read::One),
    };
    read.map(|read| Spanned::new(read, span))
}

/// Reads a scalar of a topology or a default of the schema. Advice names words of the product only.
pub(super) fn scalar(attr: &str, ty: &Type, product: Option<Product>, text: &str) -> Result<Value, Problem> {
    match ty {
        Type::Bool => words::boolean(attr, text).map(Value::Bool),
        Type::Integer { min, max, unit } => numbers::integer(attr, ty, text, *min, *max, unit).map(Value::Integer),
        Type::Port => numbers::integer(attr, ty, text, 1, 65_535, "").map(|port| Value::Port(port as u16)),
        Type::Percent => numbers::percent(attr, text),
        Type::Duration | Type::Size | Type::Rate | Type::Frequency => numbers::quantity(attr, ty, text),
        Type::Date => calendar::date(attr, text).map(Value::Date),
        Type::TimeOfDay => calendar::time_of_day(attr, text).map(Value::TimeOfDay),
        Type::Address => addresses::address(attr, text).map(Value::Address),
        Type::Network => addresses::network(attr, text).map(Value::Network),
        Type::Choice(choices) => {
            if describe::is_word(text) && !matches!(text, "true" | "false") {
                words::choice(attr, choices, product, text).map(Value::Choice)
            } else {
                Err(words::choice(attr, choices, product, text).err().unwrap_or_else(|| wrong_type(attr, ty, text)))
            }
        }
        Type::Reference(_) => words::reference(attr, ty, text).map(Value::Reference),
        Type::Text | Type::Regex | Type::UncPath | Type::Fqdn | Type::DomainName => Err(unquoted(attr, ty, text)),
        Type::List(_) => Err(wrong_type(attr, ty, text)),
        Type::OneOrMore(inner) => scalar(attr, inner, product, text),
    }
}

/// Reads one value that is no list by its type.
fn one(attr: &str, ty: &Type, product: Option<Product>, value: ast::Value<'_>) -> Result<Value, Problem> {
    match value {
        ast::Value::Scalar(word) => scalar(attr, ty, product, word.text),
        ast::Value::Quoted(word) => string(attr, ty, product, strings::quoted(word.text)),
        ast::Value::Raw(word) => string(attr, ty, product, strings::raw(word.text)),
        ast::Value::List(list) => {
            let problem = mismatch(WRONG_TYPE, attr, ty, "a list");
            let mut items = list.items();
            Err(match (items.next(), items.next()) {
                (Some(item @ (ast::Value::Scalar(only) | ast::Value::Quoted(only) | ast::Value::Raw(only))), None)
                    if one(attr, ty, product, item).is_ok() =>
                {
                    problem.help(format!("write `{attr} = {}`", only.text)).rewrite(only.text)
                }
                _ => match series(list).filter(|_| *ty == Type::Address) {
                    Some(range) => problem
                        .help(format!("the addresses of a range of servers step together: `{attr} = {range}`"))
                        .rewrite(range),
                    None => problem.help(format!("`{attr}` takes one value, such as `{attr} = {}`", ty.example())),
                },
            })
        }
    }
}

/// A list of addresses that follow each other, as a range.
fn series(list: ast::List<'_>) -> Option<String> {
    let addresses: Option<Vec<std::net::Ipv4Addr>> = list
        .items()
        .map(|item| match item {
            ast::Value::Scalar(word) => word.text.parse().ok(),
            _ => None,
        })
        .collect();
    let addresses = addresses?;
    let ([a, b, c, first], [.., last]) = (addresses.first()?.octets(), addresses.last()?.octets());
    let follows = addresses.windows(2).all(|pair| pair[0].octets()[3] < 255 && u32::from(pair[0]) + 1 == u32::from(pair[1]));
    follows.then(|| format!("{a}.{b}.{c}.[{first}..{last}]"))
}

/// Reads a string as a type; types that are not written in quotes are refused, with the text without quotes where that is right.
fn string(attr: &str, ty: &Type, product: Option<Product>, text: Result<String, Problem>) -> Result<Value, Problem> {
    if matches!(ty, Type::Text | Type::Regex | Type::UncPath | Type::Fqdn | Type::DomainName) {
        let text = text?;
        return match ty {
            Type::Regex => texts::regex(&text).map(|()| Value::Text(text)),
            Type::UncPath => texts::unc_path(&text).map(|()| Value::Text(text)),
            Type::Fqdn => texts::domain_name(attr, &text, false).map(Value::Name),
            Type::DomainName => texts::domain_name(attr, &text, true).map(Value::Name),
            _ => texts::text(attr, text).map(Value::Text),
        };
    }
    let Some(text) = text.ok().filter(|text| scalar(attr, ty, product, text).is_ok()) else {
        return Err(mismatch(WRONG_TYPE, attr, ty, "a text in quotes"));
    };
    let label = format!("`{attr}` takes {}", ty.noun());
    let problem = Problem::new(WRONG_QUOTES, format!("expected {}, found a text in quotes", short_noun(ty)), label);
    Err(problem.help(format!("write `{text}` without quotes")).rewrite(text))
}

/// The finding for text that should be in quotes.
fn unquoted(attr: &str, ty: &Type, text: &str) -> Problem {
    let quote = if matches!(ty, Type::Regex | Type::UncPath) { '\'' } else { '"' };
    let written = format!("{quote}{text}{quote}");
    let right = match ty {
        Type::Fqdn => texts::domain_name(attr, text, false).is_ok(),
        Type::DomainName => texts::domain_name(attr, text, true).is_ok(),
        Type::Regex => texts::regex(text).is_ok(),
        Type::UncPath => texts::unc_path(text).is_ok(),
        _ => true,
    };
    let problem = mismatch(if right { WRONG_QUOTES } else { WRONG_TYPE }, attr, ty, &describe::noun(text));
    if right { problem.rewrite(written.clone()).help(format!("write `{attr} = {written}`")) } else { problem }
}

/// An attribute, the type of its elements, and the product.
type Listed<'a> = (&'a AttrSchema, &'a Type, Option<Product>);

fn elements((attr, inner, product): Listed<'_>, list: ast::List<'_>, broken: bool, diags: &mut Vec<Diag>) -> Value {
    let mut values: Vec<Spanned<Value>> = Vec::new();
    let mut places: FxHashMap<String, Span> = FxHashMap::default();
    let mut empty = true;
    let mut problems = Vec::new();
    for item in list.items() {
        empty = false;
        let span = item.span();
        let read = match item {
            ast::Value::List(_) => Err(mismatch(WRONG_TYPE, attr.name, inner, "a list in a list")),
            ast::Value::Scalar(word) if *inner == Type::Address && word.text.contains('[') => {
                Err(range_in_list(attr.name, word.text))
            }
            item => one(attr.name, inner, product, item),
        };
        let value = match read {
            Ok(value) => value,
            Err(problem) => {
                problems.push((span, problem));
                continue;
            }
        };
        // Names and references that differ in case only are the same.
        if let Some(first) = places.get(&format!("{value:?}").to_ascii_lowercase()) {
            let diag = Diag::error(REPEATED_ELEMENT, format!("`{}` holds an element twice", attr.name), span, "the same again");
            let diag = diag.related(*first, "first here").help("remove one of the two");
            let fix = list.with_comma(span).map(|place| Fix::remove("remove the second", place));
            diags.push(Diag { fix, ..diag });
            continue;
        }
        places.insert(format!("{value:?}").to_ascii_lowercase(), span);
        values.push(Spanned::new(value, span));
    }
    diags.extend(of_elements(attr.name, list, problems));
    if empty && (attr.required || matches!(attr.ty, Type::OneOrMore(_))) && !broken {
        let diag = Diag::error(EMPTY_LIST, format!("`{}` is empty", attr.name), list.span(), "at least one element is needed");
        diags.push(diag.help(format!("write it as in `{} = {}`", attr.name, attr.ty.example())));
    }
    Value::List(values)
}

/// A message without what it quotes.
fn sentence(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').step_by(2)
}

/// The findings of elements. What is wrong with several in the same way has one cause, and one finding; missing quotes are shown
/// where they belong, in the list.
fn of_elements(attr: &str, list: ast::List<'_>, problems: Vec<(Span, Problem)>) -> Vec<Diag> {
    const SHOWN: usize = 8;
    let mut quoted: Vec<(Span, Option<String>)> = Vec::new();
    let mut first_quoted: Option<usize> = None;
    let mut diags: Vec<Diag> = Vec::new();
    for (span, problem) in problems {
        let is_unquoted = problem.code() == WRONG_QUOTES;
        let diag = problem.into_diag(span);
        let is_same = |other: &&mut Diag| {
            let alike = || other.help == diag.help && sentence(&other.message).eq(sentence(&diag.message));
            other.code == diag.code && (is_unquoted || (diag.fix.is_none() && other.fix.is_none() && alike()))
        };
        // Others are compared with the one before, so that the time is linear in the length of the list.
        let before = if is_unquoted { first_quoted } else { diags.len().checked_sub(1) };
        if is_unquoted && first_quoted.is_none() {
            first_quoted = Some(diags.len());
        }
        let written = diag.fix.as_ref().and_then(|fix| fix.edits.first()).map(|edit| edit.text.clone());
        if is_unquoted {
            quoted.push((span, written));
        }
        match before.and_then(|at| diags.get_mut(at)).filter(is_same) {
            None => diags.push(diag),
            Some(first) => {
                if first.related.len() < SHOWN {
                    first.related.push(Label { span, text: "likewise".to_owned() });
                }
                if let (Some(fix), Some(more)) = (&mut first.fix, diag.fix) {
                    fix.edits.extend(more.edits);
                }
            }
        }
    }
    let right: Vec<String> = list
        .items()
        .take(SHOWN + 1)
        .map(|item| {
            let written = quoted.iter().find(|(span, _)| *span == item.span()).and_then(|(_, text)| text.clone());
            written.unwrap_or_else(|| match item {
                ast::Value::Scalar(word) | ast::Value::Quoted(word) | ast::Value::Raw(word) => word.text.to_owned(),
                ast::Value::List(_) => "…".to_owned(),
            })
        })
        .collect();
    let alone = diags.len() == 1;
    if let Some(first) = first_quoted.and_then(|at| diags.get_mut(at)) {
        let more = right.len() > SHOWN || first.related.len() == SHOWN || !alone;
        let of_attr = first.help.as_ref().is_some_and(|help| help.contains(" = "));
        first.help = match quoted.first().and_then(|(_, text)| text.as_ref()) {
            Some(text) if more && (of_attr || !first.related.is_empty()) => Some(format!("write each as in `{text}`")),
            Some(_) if of_attr || !first.related.is_empty() => Some(format!("write `{attr} = [{}]`", right.join(", "))),
            _ => first.help.take(),
        };
        if let Some(fix) = first.fix.as_mut().filter(|fix| fix.edits.len() > 1) {
            fix.title = format!("write the elements of `{attr}` as they belong");
        }
    }
    diags
}

/// A value without brackets where a list is expected: refused, but taken as the list of that one value.
fn sole_element((attr, inner, product): Listed<'_>, value: ast::Value<'_>, diags: &mut Vec<Diag>) -> Option<Value> {
    let span = value.span();
    let text = match value {
        ast::Value::Quoted(word) | ast::Value::Raw(word) | ast::Value::Scalar(word) => word.text,
        ast::Value::List(_) => return None,
    };
    let value = match one(attr.name, inner, product, value) {
        Ok(value) => value,
        Err(problem) => {
            let other = problem.code() == WRONG_TYPE && matches!(value, ast::Value::Scalar(_));
            let problem = if other { mismatch(WRONG_TYPE, attr.name, &attr.ty, &describe::noun(text)) } else { problem };
            diags.push(problem.into_diag(span));
            return None;
        }
    };
    let message = "expected a list, found a single value";
    let problem = Problem::new(LIST_EXPECTED, message, format!("`{}` takes {}", attr.name, attr.ty.noun()));
    diags.push(problem.rewrite(format!("[{text}]")).help(format!("write `{} = [{text}]`", attr.name)).into_diag(span));
    Some(Value::List(vec![Spanned::new(value, span)]))
}

fn range_in_list(attr: &str, text: &str) -> Problem {
    match addresses::pattern(attr, text) {
        Err(problem) => problem,
        Ok(pattern) => {
            let first = u32::from(pattern.first);
            let all: Vec<_> = (first..).take(pattern.count).map(|bits| std::net::Ipv4Addr::from(bits).to_string()).collect();
            let problem = Problem::new(
                RANGE_WITHOUT_NAME,
                "a list holds single addresses, no ranges",
                "a range steps with the name of its block",
            );
            if all.len() <= 8 { problem.rewrite(all.join(", ")) } else { problem.help("write each address") }
        }
    }
}

/// The value, or its finding at `span`.
fn report<T>(result: Result<T, Problem>, span: Span, diags: &mut Vec<Diag>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(problem) => {
            diags.push(problem.into_diag(span));
            None
        }
    }
}
