//! The finding that something else was expected.

use super::describe;
use super::problem::Problem;
use crate::diag::Code;
use crate::diag::codes::lowering::WRONG_TYPE;
use crate::schema::Type;

/// The finding that something else was expected.
pub(super) fn mismatch(code: Code, attr: &str, ty: &Type, found: &str) -> Problem {
    let label = match ty {
        Type::Integer { min, max, .. } => {
            format!("`{attr}` takes a number from {} to {}", grouped(*min), grouped(*max))
        }
        _ => format!("`{attr}` takes {}", ty.noun()),
    };
    let problem = Problem::new(code, format!("expected {}, found {found}", short_noun(ty)), label);
    match ty {
        Type::Bool | Type::Choice(_) => problem,
        Type::Reference(_) => problem.help(format!("write the name of such a block, as in `{attr} = {}`", ty.example())),
        _ if matches!(found, "the word `null`" | "the word `none`" | "the word `nil`") => {
            problem.help(format!("write it as in `{attr} = {}`, or leave the line out", ty.example()))
        }
        _ => problem.help(format!("write it as in `{attr} = {}`", ty.example())),
    }
}

/// The noun of a type without the long lists of words and kinds, which are in the label.
pub(super) fn short_noun(ty: &Type) -> String {
    match ty {
        Type::Choice(_) => "a word".into(),
        Type::Reference(_) => "the name of a block".into(),
        _ => ty.noun(),
    }
}

/// A number with `_` between thousands, as the language writes it.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 5 {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// The finding that a value is of another type.
pub(super) fn wrong_type(attr: &str, ty: &Type, text: &str) -> Problem {
    mismatch(WRONG_TYPE, attr, ty, &describe::noun(text))
}
