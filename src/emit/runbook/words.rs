//! How durations and times are said.

use crate::plan::runbook::Time;

/// `45 min`, `1 h 30 min`, `3 days`.
pub(in crate::emit) fn minutes(minutes: u32) -> String {
    const HOUR: u32 = 60;
    const DAY: u32 = 24 * HOUR;
    match minutes {
        0..HOUR => format!("{minutes} min"),
        HOUR..DAY if minutes.is_multiple_of(HOUR) => format!("{} h", minutes / HOUR),
        HOUR..DAY => format!("{} h {} min", minutes / HOUR, minutes % HOUR),
        DAY.. => match (minutes / DAY, minutes % DAY / HOUR) {
            (1, 0) => "1 day".to_owned(),
            (days, 0) => format!("{days} days"),
            (1, hours) => format!("1 day {hours} h"),
            (days, hours) => format!("{days} days {hours} h"),
        },
    }
}

/// Work in hours, not in days: a day of work has fewer than 24 hours. `57 h 30 min`.
pub(in crate::emit) fn work(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// `30 min of work, then 1 h of waiting (an estimate)`.
pub(super) fn time(time: &Time) -> String {
    let wait = if time.wait == 0 { String::new() } else { format!(", then {} of waiting", minutes(time.wait)) };
    let source = if time.source.is_empty() { "an estimate".to_owned() } else { time.source.join(", ") };
    format!("{} of work{wait} ({source})", work(time.work))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_the_units_of_people() {
        let said: Vec<String> = [0, 59, 60, 90, 1440, 1500, 4320, 30240, 4400].into_iter().map(minutes).collect();
        assert_eq!(said, ["0 min", "59 min", "1 h", "1 h 30 min", "1 day", "1 day 1 h", "3 days", "21 days", "3 days 1 h"]);
    }

    #[test]
    fn work_is_said_in_hours() {
        assert_eq!([45, 60, 3450].map(work), ["45 min", "1 h", "57 h 30 min"]);
    }

    #[test]
    fn a_time_without_a_source_is_an_estimate() {
        let of = |wait, source| time(&Time { work: 20, wait, source });
        assert_eq!(of(0, &[]), "20 min of work (an estimate)");
        assert_eq!(of(60, vec!["edge:PIC".to_owned()].leak()), "20 min of work, then 1 h of waiting (edge:PIC)");
    }
}
