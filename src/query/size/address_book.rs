//! What the name of an address book file says: its kind, and the days that it is of.

use serde::Serialize;
use time::{Date, Duration};

use crate::catalog::{Limit, fact};
use crate::product::Product;

/// The row of the catalogue with day 0.
const DAY_ZERO: &str = "address_book.day_zero";

/// What is expected.
const EXPECTED: &str = "expected the name of an address book file, such as F-0A8C or D-0A8C-0A8D";

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddressBookFile {
    /// The name as it was given.
    pub file: String,
    /// `full`, `difference` or `compact_difference`.
    pub kind: &'static str,
    /// The days, the earlier first: one of a full file, two of a difference.
    pub days: Vec<BookDay>,
    /// The row of the catalogue with day 0.
    pub row: &'static str,
}

/// A day of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BookDay {
    /// Its number in the name.
    pub number: u32,
    /// As `2008-05-24`.
    pub date: String,
    /// As `24 May 2008`.
    #[serde(skip)]
    pub shown: String,
}

/// Reads the name of a file.
///
/// # Errors
/// Another text.
pub fn address_book_file(text: &str, product: Product) -> Result<AddressBookFile, String> {
    let name = text.trim();
    let stem = [".lsabs", ".dabs"].into_iter().find_map(|ending| {
        let at = name.len().checked_sub(ending.len())?;
        name.get(at..).filter(|end| end.eq_ignore_ascii_case(ending)).and(name.get(..at))
    });
    let parts: Vec<&str> = stem.unwrap_or(name).split('-').collect();
    let (kind, numbers) = match parts.as_slice() {
        ["F" | "f", day] => ("full", vec![*day]),
        ["D" | "d", one, other] => ("difference", vec![*one, *other]),
        ["C" | "c", one, other] => ("compact_difference", vec![*one, *other]),
        _ => return Err(EXPECTED.to_owned()),
    };
    let first = fact::<Limit>(product, DAY_ZERO).ok_or_else(|| format!("{} has no files of this kind", product.title()))?;
    let days: Option<Vec<BookDay>> = numbers.into_iter().map(|number| day(number, first.value)).collect();
    let mut days = days.ok_or_else(|| EXPECTED.to_owned())?;
    days.sort_by_key(|day| day.number);
    Ok(AddressBookFile { file: name.to_owned(), kind, days, row: DAY_ZERO })
}

/// Four hexadecimal digits count days.
fn day(digits: &str, first: u64) -> Option<BookDay> {
    let is_number = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    let days = i64::try_from(first).ok()?.checked_add(number.into())?;
    let date = Date::from_ordinal_date(1970, 1).ok()?.checked_add(Duration::days(days))?;
    let (year, month, day) = (date.year(), date.month(), date.day());
    Some(BookDay { number, date: format!("{year}-{:02}-{day:02}", u8::from(month)), shown: format!("{day} {month} {year}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> Result<String, String> {
        let days = |file: &AddressBookFile| file.days.iter().map(|day| day.date.clone()).collect::<Vec<_>>().join(" ");
        address_book_file(name, Product::Ocs2007).map(|file| format!("{} {}", file.kind, days(&file)))
    }

    /// Notes on voice, 4.1, and MS-ABS 3.1.
    #[test]
    fn names_say_their_days() {
        assert_eq!(read("F-0A10").as_deref(), Ok("full 2008-01-21"));
        assert_eq!(read("F-0A11").as_deref(), Ok("full 2008-01-22"));
        assert_eq!(read("F-0A8C").as_deref(), Ok("full 2008-05-24"));
        assert_eq!(read(" f-0a8c.LSABS ").as_deref(), Ok("full 2008-05-24"));
        assert_eq!(read("D-0A8D-0A8C.dabs").as_deref(), Ok("difference 2008-05-24 2008-05-25"));
        assert_eq!(read("C-0A8C-0A8D").as_deref(), Ok("compact_difference 2008-05-24 2008-05-25"));
        assert_eq!(read("F-0000").as_deref(), Ok("full 2001-01-01"));
        assert_eq!(read("F-FFFF").as_deref(), Ok("full 2180-06-06"));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "F",
            "F-",
            "F-0A8",
            "F-0A8C0",
            "F-+A8C",
            "F-0A8C-0A8D",
            "D-0A8C",
            "X-0A8C",
            "F-0A8G",
            "é-0A8C",
            ".lsabs",
            "F-0A8é",
        ] {
            assert_eq!(read(text), Err(EXPECTED.to_owned()), "{text}");
        }
    }
}
