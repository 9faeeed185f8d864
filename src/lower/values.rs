//! Scalars to typed values: pure functions of the text.

use super::{Fqdn, Value};
use crate::schema::Type;

/// Reads a scalar as a type.
pub(super) fn parse_scalar(ty: &Type, text: &str) -> Result<Value, ()> {
    match ty {
        Type::Bool => text.parse().map(Value::Bool).map_err(drop),
        Type::Choice(choices) => choices.iter().find(|c| c.word == text).map(|c| Value::Choice(c.word)).ok_or(()),
        Type::Fqdn => Fqdn::parse(text).map(Value::Name).map_err(drop),
        Type::Integer { .. } => text.parse().map(Value::Integer).map_err(drop),
        Type::Port => text.parse().map(Value::Port).map_err(drop),
        Type::Percent => text.trim_end_matches('%').parse::<u32>().map(|n| Value::Percent(n * 100)).map_err(drop),
        _ => Err(()),
    }
}
