//! What the environment says about colour and width, read once; the decisions are pure functions of it.

use std::io::IsTerminal;

/// What `--color` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// Colours where a person reads.
    #[default]
    Auto,
    /// Colours always.
    Always,
    /// No colours.
    Never,
}

impl ColorChoice {
    /// All of them.
    pub const ALL: [ColorChoice; 3] = [ColorChoice::Auto, ColorChoice::Always, ColorChoice::Never];

    /// `auto`, `always` or `never`.
    pub fn word(self) -> &'static str {
        match self {
            ColorChoice::Auto => "auto",
            ColorChoice::Always => "always",
            ColorChoice::Never => "never",
        }
    }
}

/// The variables in use.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `NO_COLOR`
    pub no_color: Option<String>,
    /// `CLICOLOR_FORCE`
    pub clicolor_force: Option<String>,
    /// `FORCE_COLOR`
    pub force_color: Option<String>,
    /// `CLICOLOR`
    pub clicolor: Option<String>,
    /// `TERM`
    pub term: Option<String>,
    /// `COLUMNS`
    pub columns: Option<String>,
    /// `CI`, which build servers set
    pub ci: Option<String>,
}

/// The default width.
const DEFAULT_WIDTH: usize = 100;
/// Narrower than this nothing can be drawn.
const MIN_WIDTH: usize = 40;

impl Environment {
    /// The process's environment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    pub fn of_process() -> Self {
        let get = |name: &str| std::env::var(name).ok();
        Self {
            no_color: get("NO_COLOR"),
            clicolor_force: get("CLICOLOR_FORCE"),
            force_color: get("FORCE_COLOR"),
            clicolor: get("CLICOLOR"),
            term: get("TERM"),
            columns: get("COLUMNS"),
            ci: get("CI"),
        }
    }

    /// Whether a stream gets colours: the flag, then `NO_COLOR`, `CLICOLOR_FORCE`, `FORCE_COLOR`, `CLICOLOR`, then the stream
    /// itself.
    pub fn color(&self, choice: ColorChoice, is_terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => return true,
            ColorChoice::Never => return false,
            ColorChoice::Auto => {}
        }
        let set = |value: &Option<String>| value.as_deref().is_some_and(|v| !v.is_empty());
        let on = |value: &Option<String>| value.as_deref().is_some_and(|v| !matches!(v, "" | "0" | "false"));
        let off = |value: &Option<String>| value.as_deref().is_some_and(|v| matches!(v, "0" | "false"));
        if set(&self.no_color) {
            return false;
        }
        if on(&self.clicolor_force) || on(&self.force_color) {
            return true;
        }
        if off(&self.force_color) || off(&self.clicolor) {
            return false;
        }
        is_terminal && self.term.as_deref() != Some("dumb")
    }

    /// Whether a line may come and go on a terminal: not on one that cannot erase, nor in the log of a build server.
    pub fn shows_progress(&self) -> bool {
        let is_log = self.ci.as_deref().is_some_and(|value| !matches!(value, "" | "0" | "false"));
        !is_log && self.term.as_deref() != Some("dumb")
    }

    /// The width to draw in: the terminal's, else `COLUMNS`, else 100.
    pub fn width(&self, terminal: Option<usize>) -> usize {
        let columns = || self.columns.as_deref()?.trim().parse().ok().filter(|columns| *columns > 0);
        terminal.filter(|width| *width > 0).or_else(columns).unwrap_or(DEFAULT_WIDTH).clamp(MIN_WIDTH, 1_000)
    }
}

/// Whether a stream is a terminal, and how wide.
pub(super) fn terminal(stream: &impl IsTerminal) -> (bool, Option<usize>) {
    let is_terminal = stream.is_terminal();
    let size = if is_terminal { terminal_size::terminal_size() } else { None };
    (is_terminal, size.map(|(width, _)| usize::from(width.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Environment {
        let get = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Environment {
            no_color: get("NO_COLOR"),
            clicolor_force: get("CLICOLOR_FORCE"),
            force_color: get("FORCE_COLOR"),
            clicolor: get("CLICOLOR"),
            term: get("TERM"),
            columns: get("COLUMNS"),
            ci: get("CI"),
        }
    }

    #[test]
    fn colour_rules_in_their_order() {
        let auto = |pairs: &[(&str, &str)], terminal| env(pairs).color(ColorChoice::Auto, terminal);
        assert!(auto(&[], true));
        assert!(!auto(&[], false));
        assert!(!auto(&[("TERM", "dumb")], true));
        assert!(!auto(&[("CLICOLOR", "0")], true));
        assert!(auto(&[("CLICOLOR", "1")], true));
        assert!(!auto(&[("CLICOLOR", "1")], false));
        assert!(auto(&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")], false));
        assert!(!auto(&[("CLICOLOR_FORCE", "0")], false));
        assert!(auto(&[("FORCE_COLOR", "1"), ("TERM", "dumb")], false));
        assert!(!auto(&[("FORCE_COLOR", "0")], true));
        assert!(!auto(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"), ("FORCE_COLOR", "1")], true));
        assert!(auto(&[("NO_COLOR", "")], true), "an empty NO_COLOR counts as absent");
    }

    #[test]
    fn the_flag_wins_over_the_environment() {
        assert!(env(&[("NO_COLOR", "1")]).color(ColorChoice::Always, false));
        assert!(!env(&[("CLICOLOR_FORCE", "1")]).color(ColorChoice::Never, true));
    }

    #[test]
    fn logs_and_terminals_without_erasing_get_no_progress() {
        assert!(env(&[]).shows_progress() && env(&[("CI", "false")]).shows_progress());
        assert!(!env(&[("CI", "true")]).shows_progress() && !env(&[("TERM", "dumb")]).shows_progress());
    }

    #[test]
    fn width_falls_back() {
        assert_eq!(env(&[("COLUMNS", "90")]).width(Some(120)), 120);
        assert_eq!(env(&[("COLUMNS", "90")]).width(None), 90);
        assert_eq!(env(&[("COLUMNS", "wide")]).width(None), 100);
        assert_eq!(env(&[]).width(Some(0)), 100);
        assert_eq!(env(&[("COLUMNS", "3")]).width(None), 40);
    }
}
