//! Formulas with values.

use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, ToPrimitive, Zero};

use super::erlang::trunks;
use super::number::{Number, number};
use super::parse::{Formula, Function, Node, Operator};

/// Why a formula has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A name has no value.
    Missing(String),
    /// Something is divided by zero.
    DivisionByZero,
    /// A number on the way has more than about 38 digits, or a load has too many Erlangs.
    TooLarge,
}

impl Formula<'_> {
    /// The value, with the values of its names.
    ///
    /// # Errors
    /// The first name without a value, a division by zero, or numbers that are too large.
    pub fn value(&self, of: &dyn Fn(&str) -> Option<Number>) -> Result<Number, Problem> {
        value(self.root(), of)
    }

    /// The formula with values in place of names; a name without one stays.
    pub fn worked(&self, of: &dyn Fn(&str) -> Option<Number>) -> String {
        shown(self.root(), of, 0)
    }
}

fn value(node: &Node<'_>, of: &dyn Fn(&str) -> Option<Number>) -> Result<Number, Problem> {
    match node {
        Node::Number(number) => Ok(*number),
        Node::Name(name) => of(name).ok_or_else(|| Problem::Missing((*name).to_owned())),
        Node::Binary(operator, left, right) => {
            let (left, right) = (value(left, of)?, value(right, of)?);
            let result = match operator {
                Operator::Add => left.checked_add(&right),
                Operator::Subtract => left.checked_sub(&right),
                Operator::Multiply => left.checked_mul(&right),
                Operator::Divide if right.is_zero() => return Err(Problem::DivisionByZero),
                Operator::Divide => left.checked_div(&right),
            };
            result.ok_or(Problem::TooLarge)
        }
        Node::Call(function, arguments) => {
            let arguments = arguments.iter().map(|argument| value(argument, of)).collect::<Result<Vec<_>, _>>()?;
            call(*function, &arguments)
        }
    }
}

fn call(function: Function, arguments: &[Number]) -> Result<Number, Problem> {
    match (function, arguments) {
        (Function::Ceil, [one]) => rounded(one, true),
        (Function::Floor, [one]) => rounded(one, false),
        (Function::Max, [one, other]) => Ok(*one.max(other)),
        (Function::Min, [one, other]) => Ok(*one.min(other)),
        (Function::Trunks, [erlangs, percent]) => {
            let float = |number: &Number| Some(number.numer().to_f64()? / number.denom().to_f64()?);
            let (erlangs, percent) = (float(erlangs), float(percent));
            let lines = erlangs.zip(percent).and_then(|(erlangs, percent)| trunks(erlangs, percent / 100.0));
            lines.map(|lines| Number::from_integer(lines.into())).ok_or(Problem::TooLarge)
        }
        _ => Err(Problem::TooLarge),
    }
}

/// Rounding of the crate multiplies, and could overflow.
fn rounded(number: &Number, up: bool) -> Result<Number, Problem> {
    let (numerator, denominator) = (*number.numer(), *number.denom());
    let below = numerator.div_euclid(denominator);
    let exact = numerator.rem_euclid(denominator) == 0;
    let whole = if up && !exact { below.checked_add(1).ok_or(Problem::TooLarge)? } else { below };
    Ok(Number::from_integer(whole))
}

fn shown(node: &Node<'_>, of: &dyn Fn(&str) -> Option<Number>, around: u8) -> String {
    match node {
        Node::Number(value) => number(value),
        Node::Name(name) => of(name).map_or_else(|| (*name).to_owned(), |value| number(&value)),
        Node::Binary(operator, left, right) => {
            let (sign, strength) = match operator {
                Operator::Add => ("+", 1),
                Operator::Subtract => ("-", 1),
                Operator::Multiply => ("×", 2),
                Operator::Divide => ("/", 2),
            };
            // What is to the right of a minus sign or a slash keeps its brackets.
            let text = format!("{} {sign} {}", shown(left, of, strength), shown(right, of, strength + 1));
            if strength < around { format!("({text})") } else { text }
        }
        Node::Call(function, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|argument| shown(argument, of, 0)).collect();
            format!("{}({})", function.word(), arguments.join("; "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<Number> {
        match name {
            "users" => Some(Number::from_integer(100_000)),
            "limits.snat" => Some(Number::from_integer(65_000)),
            "nothing" => Some(Number::zero()),
            "huge" => Some(Number::from_integer(i128::MAX)),
            _ => None,
        }
    }

    fn worked(text: &str) -> (Result<String, Problem>, String) {
        let formula = Formula::read(text).expect("a formula");
        (formula.value(&of).map(|value| number(&value)), formula.worked(&of))
    }

    #[test]
    fn values_stand_in_place_of_names() {
        assert_eq!(worked("ceil(users / limits.snat)"), (Ok("2".into()), "ceil(100,000 / 65,000)".into()));
        assert_eq!(worked("users - (users - 1)"), (Ok("1".into()), "100,000 - (100,000 - 1)".into()));
        assert_eq!(worked("(users + 2) * 3"), (Ok("300,006".into()), "(100,000 + 2) × 3".into()));
        assert_eq!(worked("users / (2 * 4)"), (Ok("12,500".into()), "100,000 / (2 × 4)".into()));
        assert_eq!(worked("max(1, min(users, 7))"), (Ok("7".into()), "max(1; min(100,000; 7))".into()));
        assert_eq!(worked("10 / 4").0, Ok("2.5".into()));
        assert_eq!(worked("10 / 3").0, Ok("3.33".into()));
        assert_eq!(worked("2 / 3").0, Ok("0.67".into()));
        assert_eq!(worked("trunks(100, 1)").0, Ok("117".into()));
        assert_eq!(worked("floor(7 / 2) - 9").0, Ok("-6".into()));
    }

    #[test]
    fn what_has_no_value_says_why() {
        assert_eq!(worked("users / nothing").0, Err(Problem::DivisionByZero));
        assert_eq!(worked("huge * users").0, Err(Problem::TooLarge));
        assert_eq!(worked("huge + 1").0, Err(Problem::TooLarge));
        assert_eq!(worked("trunks(huge, 1)").0, Err(Problem::TooLarge));
        assert_eq!(worked("users * who"), (Err(Problem::Missing("who".into())), "100,000 × who".into()));
    }
}
