//! Whether a certificate is valid on a day.

use crate::diag::Severity;
use crate::lower::Date;

/// A certificate is a warning so many days before its end: time enough to order the next.
const NEAR: i32 = 30;

/// What is wrong with a certificate's dates.
pub(super) struct Problem {
    /// What, after the title of the certificate.
    pub(super) message: String,
    /// Why here.
    pub(super) label: String,
    /// The way out.
    pub(super) help: &'static str,
    /// How bad.
    pub(super) severity: Severity,
}

/// What is wrong with dates on a day.
pub(super) fn problem((from, until): (Date, Date), today: Date) -> Option<Problem> {
    let problem = |message: String, help, severity| {
        Some(Problem { message, label: format!("valid from {from} to {until}"), help, severity })
    };
    if today < from {
        return problem(
            format!("is valid from {from}, and {today} is before"),
            "install it on that day or later",
            Severity::Error,
        );
    }
    if until < today {
        return problem(format!("was valid until {until}, and {today} is after"), "have it issued anew", Severity::Error);
    }
    let left = days(until)? - days(today)?;
    match left {
        ..=NEAR => problem(format!("ends on {until}, {left} days after {today}"), "order the next one", Severity::Warning),
        _ => None,
    }
}

fn days(date: Date) -> Option<i32> {
    let month = time::Month::try_from(date.month).ok()?;
    time::Date::from_calendar_date(date.year, month, date.day).ok().map(time::Date::to_julian_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_the_calendar() {
        let date = |year, month, day| Date { year, month, day };
        let message = |today| problem((date(2026, 1, 1), date(2026, 12, 31)), today).map(|problem| problem.message);
        assert_eq!(message(date(2025, 12, 31)).as_deref(), Some("is valid from 2026-01-01, and 2025-12-31 is before"));
        assert_eq!(message(date(2026, 1, 1)), None);
        assert_eq!(message(date(2026, 11, 30)), None);
        assert_eq!(message(date(2026, 12, 1)).as_deref(), Some("ends on 2026-12-31, 30 days after 2026-12-01"));
        assert_eq!(message(date(2026, 12, 31)).as_deref(), Some("ends on 2026-12-31, 0 days after 2026-12-31"));
        assert_eq!(message(date(2027, 1, 1)).as_deref(), Some("was valid until 2026-12-31, and 2027-01-01 is after"));
    }
}
