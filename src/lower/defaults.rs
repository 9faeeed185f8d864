//! Defaults of the schema as values. They are written in the schema as a user would write them.

use super::Value;
use super::values::scalar;
use crate::schema::Type;

/// The value of a default; every list default is empty. A test of the schema proves that each default parses.
pub(super) fn parse_default(ty: &Type, text: &str) -> Option<Value> {
    match ty {
        Type::List(_) => (text == "[]").then(|| Value::List(Vec::new())),
        _ => scalar("", ty, None, text).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_default;
    use crate::schema::blocks;

    #[test]
    fn every_default_of_the_schema_is_a_value() {
        for block in blocks::ALL {
            for attr in block.attrs {
                let Some(default) = attr.default else { continue };
                assert!(parse_default(&attr.ty, default).is_some(), "{}.{} = {default}", block.kind, attr.name);
            }
        }
    }
}
