//! Numbers and quantities with units.

use super::mismatch::{grouped, wrong_type};
use super::problem::Problem;
use super::quantity::{DURATION, FREQUENCY, QUANTITIES, Quantity, RATE, SIZE, split_number};
use super::{Value, describe};
use crate::diag::codes::lowering::{BAD_NUMBER, OUT_OF_RANGE, WRONG_UNIT};
use crate::schema::{Type, blocks};
use crate::syntax::units;

/// Reads a whole number in a range.
pub(super) fn integer(attr: &str, ty: &Type, text: &str, min: u64, max: u64, unit: &str) -> Result<u64, Problem> {
    let (number, rest) = split_number(text);
    let negative = text.strip_prefix('-').is_some_and(|rest| !split_number(rest).0.is_empty());
    if negative {
        return Err(out_of_range(attr, text, min, max, unit));
    }
    if number.is_empty() || describe::is_dotted(number) || describe::is_date(text) || rest.contains([':', '/', '[']) {
        return Err(wrong_type(attr, ty, text));
    }
    if !rest.is_empty() {
        let counts = if unit.is_empty() { format!("`{attr}` is a plain number") } else { format!("`{attr}` counts {unit}") };
        let problem = Problem::new(WRONG_UNIT, format!("expected a whole number without a unit, found `{text}`"), counts);
        return Err(problem.at(number.len()..text.len()).help(format!("write `{attr} = {}`", number.trim_end_matches('.'))));
    }
    let (whole, fraction) = decimal(number)?;
    if !fraction.is_empty() {
        let problem = Problem::new(
            BAD_NUMBER,
            format!("expected a whole number, found `{text}`"),
            format!("`{attr}` does not allow a fraction"),
        );
        return Err(if fraction.len() == 3 {
            problem.help(format!("`_` separates thousands: write `{attr} = {whole}_{fraction}`"))
        } else {
            problem.help(format!("write `{attr} = {whole}`"))
        });
    }
    if whole < min || whole > max { Err(out_of_range(attr, text, min, max, unit)) } else { Ok(whole) }
}

/// Reads a percentage, in hundredths of a percent.
pub(super) fn percent(attr: &str, text: &str) -> Result<Value, Problem> {
    let (number, unit) = split_number(text);
    if number.is_empty() || describe::is_dotted(number) || describe::is_date(text) {
        return Err(wrong_type(attr, &Type::Percent, text));
    }
    match unit {
        "%" => {}
        "" => {
            let problem = Problem::new(WRONG_UNIT, format!("`{text}` has no unit"), format!("`{attr}` is a percentage"));
            return Err(problem.rewrite(format!("{text}%")));
        }
        _ => {
            let problem = Problem::new(WRONG_UNIT, format!("expected `%`, found `{unit}`"), format!("`{attr}` is a percentage"));
            return Err(problem.at(number.len()..text.len()).help(format!("write `{attr} = {number}%`")));
        }
    }
    let (whole, fraction) = decimal(number)?;
    let hundredths = scaled(whole, fraction, 100).map_err(|()| {
        Problem::new(BAD_NUMBER, format!("`{text}` is finer than a hundredth of a percent"), "at most two digits after the dot")
            .help("write a rounder number")
    })?;
    match u32::try_from(hundredths) {
        Ok(value) if value <= 10_000 => Ok(Value::Percent(value)),
        _ => Err(Problem::new(OUT_OF_RANGE, format!("`{text}` is more than 100%"), format!("`{attr}` goes from 0% to 100%"))
            .help("write a percentage from 0% to 100%")),
    }
}

/// Reads a quantity with a unit.
pub(super) fn quantity(attr: &str, ty: &Type, text: &str) -> Result<Value, Problem> {
    let quantity = match ty {
        Type::Duration => &DURATION,
        Type::Size => &SIZE,
        Type::Rate => &RATE,
        _ => &FREQUENCY,
    };
    let (number, unit) = split_number(text);
    if number.is_empty()
        || describe::is_dotted(number)
        || describe::is_date(text)
        || unit.starts_with([':', '/'])
        || unit.contains('[')
    {
        return Err(wrong_type(attr, ty, text));
    }
    let Some((_, factor)) = quantity.units.iter().find(|(word, _)| *word == unit) else {
        return Err(wrong_unit(attr, quantity, number, unit));
    };
    let (whole, fraction) = decimal(number)?;
    let smallest = quantity.units[0].0;
    let finer = if unit == smallest {
        "write a whole number".to_owned()
    } else {
        format!("write it in a smaller unit, such as `{smallest}`")
    };
    let value = scaled(whole, fraction, *factor).map_err(|()| {
        Problem::new(BAD_NUMBER, format!("`{text}` cannot be represented exactly"), "too many digits after the dot").help(finer)
    })?;
    match u64::try_from(value) {
        Ok(value) if value <= quantity.max.1 => Ok((quantity.make)(value)),
        _ => Err(Problem::new(OUT_OF_RANGE, format!("`{text}` is too large"), format!("`{attr}` goes up to {}", quantity.max.0))
            .help(format!("write {} such as `{}`", quantity.noun, quantity.example))),
    }
}

/// The unit that an attribute has in the example of its block.
fn usual_unit(attr: &str, quantity: &Quantity) -> Option<&'static str> {
    blocks::ALL.iter().find_map(|block| {
        let mut words = block.example.split_whitespace().skip_while(|word| *word != attr).skip(1);
        let value = words.next().filter(|word| *word == "=").and_then(|_| words.next())?;
        let (_, unit) = split_number(value);
        quantity.units.iter().find(|(word, _)| *word == unit).map(|(word, _)| *word)
    })
}

fn wrong_unit(attr: &str, quantity: &Quantity, number: &str, unit: &str) -> Problem {
    let words: Vec<_> = quantity.units.iter().map(|(word, _)| format!("`{word}`")).collect();
    let all = words.join(", ");
    let unit_at = number.len()..number.len() + unit.len();
    if unit.is_empty() {
        let other = quantity.example.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let likely = usual_unit(attr, quantity).unwrap_or(other);
        let label = format!("`{attr}` is {}", quantity.noun);
        return Problem::new(WRONG_UNIT, format!("`{number}` has no unit"), label)
            .help(format!("write a unit after it, such as `{number}{likely}`; the units are {all}"));
    }
    if let Some(other) =
        QUANTITIES.iter().find(|other| other.of != quantity.of && other.units.iter().any(|(word, _)| *word == unit))
    {
        return Problem::new(
            WRONG_UNIT,
            format!("expected {}, found {}", quantity.noun, other.noun),
            format!("`{unit}` is a unit of {}", other.of),
        )
        .at(unit_at)
        .help(format!("units of {} are {all}: write it as in `{attr} = {}`", quantity.of, quantity.example));
    }
    let meant = units::meant(unit);
    let own = |word: &&str| quantity.units.iter().any(|(own, _)| own == word);
    let meant = quantity.units.iter().map(|(word, _)| *word).find(|word| word.eq_ignore_ascii_case(unit)).or(meant.filter(own));
    let problem =
        Problem::new(WRONG_UNIT, format!("`{unit}` is not a unit of {}", quantity.of), format!("`{attr}` is {}", quantity.noun));
    match meant {
        Some(word) => problem.at(unit_at).rewrite(format!("{number}{word}")),
        None => problem.at(unit_at).help(format!("units of {} are {all}: write it as in `{}`", quantity.of, quantity.example)),
    }
}

/// The whole part and the digits of the fraction of a number.
fn decimal(number: &str) -> Result<(u64, &str), Problem> {
    let bad = |label: &str| Problem::new(BAD_NUMBER, format!("`{number}` is not a number"), label).at(0..number.len());
    let (whole, fraction) = match number.split_once('.') {
        Some((_, "")) => return Err(bad("digits are missing after the dot")),
        Some((_, fraction)) if fraction.contains(['.', '_']) => {
            return Err(bad("a number has one dot and plain digits after it"));
        }
        Some(parts) => parts,
        None => (number, ""),
    };
    if whole.ends_with('_') || whole.contains("__") {
        return Err(bad("`_` separates two digits").help("write thousands as in `42_000`"));
    }
    let plain: String = whole.chars().filter(|c| *c != '_').collect();
    if plain.len() > 1 && plain.starts_with('0') {
        let short = plain.trim_start_matches('0');
        let short = if short.is_empty() { "0" } else { short };
        let message = format!("`{number}` has leading zeros");
        return Err(Problem::new(BAD_NUMBER, message, "it could be read as octal")
            .at(0..number.len())
            .help(format!("write `{short}`")));
    }
    match plain.parse() {
        Ok(value) => Ok((value, fraction)),
        Err(_) => Err(Problem::new(OUT_OF_RANGE, format!("`{number}` is too large"), "too large for a number")
            .at(0..number.len())
            .help("write a smaller number")),
    }
}

/// `whole.fraction` times `factor`, if that is a whole number.
fn scaled(whole: u64, fraction: &str, factor: u64) -> Result<u128, ()> {
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 18 {
        return Err(());
    }
    let scale = 10u128.pow(fraction.len() as u32);
    let part = fraction.parse::<u128>().unwrap_or(0) * u128::from(factor);
    if part % scale == 0 { Ok(u128::from(whole) * u128::from(factor) + part / scale) } else { Err(()) }
}

fn out_of_range(attr: &str, text: &str, min: u64, max: u64, unit: &str) -> Problem {
    let (min, max) = (grouped(min), grouped(max));
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    Problem::new(OUT_OF_RANGE, format!("`{text}` is out of range"), format!("`{attr}` goes from {min} to {max}{unit}"))
        .help(format!("write a number from {min} to {max}"))
}
