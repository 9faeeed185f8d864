//! Whether a certificate is valid on a day.

use crate::diag::Severity;
use crate::lower::Date;
use crate::text::count;

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
            format!("is valid from {from}, which is after {today}"),
            "install it on that day or later",
            Severity::Error,
        );
    }
    if until < today {
        return problem(format!("expired on {until}, before {today}"), "renew it", Severity::Error);
    }
    let left = days(until)? - days(today)?;
    match left {
        ..=NEAR => {
            let when = match u64::try_from(left) {
                Ok(0) | Err(_) => "today".to_owned(),
                Ok(left) => format!("{} after {today}", count(left, "day")),
            };
            problem(format!("expires on {until}, {when}"), "order the next one", Severity::Warning)
        }
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
        assert_eq!(message(date(2025, 12, 31)).as_deref(), Some("is valid from 2026-01-01, which is after 2025-12-31"));
        assert_eq!(message(date(2026, 1, 1)), None);
        assert_eq!(message(date(2026, 11, 30)), None);
        assert_eq!(message(date(2026, 12, 1)).as_deref(), Some("expires on 2026-12-31, 30 days after 2026-12-01"));
        assert_eq!(message(date(2026, 12, 31)).as_deref(), Some("expires on 2026-12-31, today"));
        assert_eq!(message(date(2027, 1, 1)).as_deref(), Some("expired on 2026-12-31, before 2027-01-01"));
    }
}
