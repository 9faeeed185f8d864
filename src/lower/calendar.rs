//! Dates and times of day.

use super::mismatch::wrong_type;
use super::problem::Problem;
use super::{Date, describe};
use crate::diag::codes::lowering::{BAD_DATE, BAD_TIME};
use crate::schema::Type;

const MONTHS: [(&str, u8); 12] = [
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

/// Reads a date such as `2027-03-31`.
pub(super) fn date(attr: &str, text: &str) -> Result<Date, Problem> {
    let bad = |label: String| Problem::new(BAD_DATE, format!("`{text}` is not a date"), label);
    let form = "write the year with four digits, month and day with two, as in `2027-03-31`";
    if !describe::is_date(text) {
        let other = text.split(['.', '/']).count() == 3 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'/');
        let meant = meant(text).filter(|meant| date(attr, meant).is_ok());
        return Err(if let Some(meant) = meant {
            bad("not in the form year-month-day".into()).rewrite(meant)
        } else if other {
            bad("not in the form year-month-day".into()).help(form)
        } else {
            wrong_type(attr, &Type::Date, text)
        });
    }
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return Err(bad(String::new()).help(form)) };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        let problem = bad("not in the form year-month-day".into());
        let padded = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
        return Err(if padded { problem.rewrite(format!("{year}-{month:0>2}-{day:0>2}")) } else { problem.help(form) });
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i32>(), month.parse::<u8>(), day.parse::<u8>()) else {
        return Err(bad("not in the form year-month-day".into()).help(form));
    };
    let Some((name, days)) = MONTHS.get(usize::from(month).wrapping_sub(1)) else {
        return Err(bad("a year has months 01 to 12".into()).at(5..7).help(form));
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = if month == 2 && leap { 29 } else { *days };
    if day == 0 || day > days {
        let problem = bad(format!("{name} {year} has days 01 to {days}")).at(8..10);
        return Err(problem.help(format!("the last day of the month is `{year:04}-{month:02}-{days}`")));
    }
    Ok(Date { year, month, day })
}

/// `31.12.2027` and `12/31/2027` as dates of the language, where it is clear which number is the month.
fn meant(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['.', '/']).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    if year.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (one, other): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    let (day, month) = match text.contains('.') {
        true => (one, other),
        false if one > 12 => (one, other),
        false if other > 12 => (other, one),
        false => return None,
    };
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// Reads a time of day such as `01:30`, as minutes after midnight.
pub(super) fn time_of_day(attr: &str, text: &str) -> Result<u16, Problem> {
    let bad = |label: &str| Problem::new(BAD_TIME, format!("`{text}` is not a time of day"), label);
    let digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let Some((hours, minutes)) = text.split_once(':').filter(|(hours, minutes)| digits(hours) && digits(minutes)) else {
        return Err(if text.split(':').all(digits) && text.contains(':') {
            bad("hours and minutes only").help("write it as in `01:30`")
        } else {
            wrong_type(attr, &Type::TimeOfDay, text)
        });
    };
    let (Ok(hour), Ok(minute)) = (hours.parse::<u16>(), minutes.parse::<u16>()) else {
        return Err(wrong_type(attr, &Type::TimeOfDay, text));
    };
    if hour > 23 {
        return Err(bad("a day has hours 00 to 23")
            .at(0..hours.len())
            .help("write a time from `00:00`, which is midnight, to `23:59`"));
    }
    if minute > 59 {
        return Err(bad("an hour has minutes 00 to 59").at(hours.len() + 1..text.len()).help("write it as in `01:30`"));
    }
    if hours.len() != 2 || minutes.len() != 2 {
        return Err(bad("two digits each").rewrite(format!("{hour:02}:{minute:02}")));
    }
    Ok(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_years() {
        assert!(date("until", "2028-02-29").is_ok());
        assert!(date("until", "2000-02-29").is_ok());
        for text in ["2027-02-29", "2100-02-29", "2027-02-30", "2027-00-01", "2027-13-01", "2027-01-00", "2027-1-1", "31.3.2027"]
        {
            assert!(date("until", text).is_err(), "{text}");
        }
    }

    #[test]
    fn clock() {
        assert_eq!(time_of_day("run_time", "01:30"), Ok(90));
        assert_eq!(time_of_day("run_time", "23:59"), Ok(1439));
        for text in ["24:00", "1:30", "01:60", "01:30:00", "0130", "ab:cd"] {
            assert!(time_of_day("run_time", text).is_err(), "{text}");
        }
    }
}
