//! Erlang's loss formula B: how many lines a load of calls needs.

/// The largest load that is worked out: the formula takes one step for each line.
pub const MOST_ERLANGS: f64 = 20_000_000.0;

/// The fewest lines on which a load of `erlangs` finds all lines busy for at most `blocking` of its calls (0.01 is one in a hundred).
/// None for a load above [`MOST_ERLANGS`], or a share that is not between 0 and 1.
///
/// The recursion is B(0) = 1, B(n) = A B(n-1) / (n + A B(n-1)); it uses addition, multiplication and division only, so every machine
/// finds the same number.
pub fn trunks(erlangs: f64, blocking: f64) -> Option<u64> {
    let fits = (0.0..=MOST_ERLANGS).contains(&erlangs) && blocking > 0.0 && blocking < 1.0;
    if !fits {
        return None;
    }
    let mut lost = 1.0_f64;
    let mut lines = 0_u64;
    let mut count = 0.0_f64;
    while lost > blocking {
        lines += 1;
        count += 1.0;
        lost = erlangs * lost / (count + erlangs * lost);
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nortel NN43001-122, p. 15, prints 88 and 99 lines for 83.33 Erlangs, where 5.2 % and 1.04 % of calls are lost: the table rounds the
    /// share. One line more keeps the promise. The others are the notes on voice, 1.5.
    #[test]
    fn printed_tables_are_met() {
        assert_eq!(trunks(83.33, 0.0525), Some(88));
        assert_eq!(trunks(83.33, 0.05), Some(89));
        assert_eq!(trunks(83.33, 0.0105), Some(99));
        assert_eq!(trunks(83.33, 0.01), Some(100));
        assert_eq!(trunks(100.0, 0.01), Some(117));
        assert_eq!(trunks(150.0, 0.01), Some(170));
        assert_eq!(trunks(50.0, 0.01), Some(64));
    }

    #[test]
    fn ends_of_the_scale() {
        assert_eq!(trunks(0.0, 0.01), Some(1), "B(0) is 1, and of one line without calls 0");
        assert_eq!(trunks(-1.0, 0.01), None);
        assert_eq!(trunks(f64::NAN, 0.01), None);
        assert_eq!(trunks(1.0, 0.0), None);
        assert_eq!(trunks(1.0, 1.0), None);
        assert_eq!(trunks(2.0 * MOST_ERLANGS, 0.01), None);
        assert!(trunks(1_500_000.0, 0.01).is_some_and(|lines| lines > 1_480_000));
    }

    /// The law of the formula: one line less blocks too many.
    #[test]
    fn the_number_is_the_least() {
        let blocked =
            |erlangs: f64, lines: u64| (1..=lines).fold(1.0_f64, |lost, line| erlangs * lost / (line as f64 + erlangs * lost));
        for erlangs in [0.1, 1.0, 7.5, 40.0, 333.0] {
            for blocking in [0.05, 0.01] {
                let lines = trunks(erlangs, blocking).expect("a number");
                assert!(blocked(erlangs, lines) <= blocking && blocked(erlangs, lines - 1) > blocking, "{erlangs} {blocking}");
            }
        }
    }
}
