//! From text to [`Config`]. Everything in the file must mean something.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::levels::may_be;
use super::{Config, Level, Levels};
use crate::diag::codes::bounds::TOO_MANY;
use crate::diag::codes::configuration::CONFIGURATION;
use crate::diag::{self, CodeRow, Diag, Effort, MOST, Severity, nearest};
use crate::lint::codes;
use crate::text::{FileId, SourceMap, Span};

/// The lists and what they make of findings.
const LISTS: [(&str, Level); 4] = [
    ("error", Level::Found(Severity::Error)),
    ("warn", Level::Found(Severity::Warning)),
    ("note", Level::Found(Severity::Note)),
    ("ignore", Level::Ignored),
];

/// The words of `deny`, here and on the command line.
pub const DENY: [(&str, Severity); 3] = [("errors", Severity::Error), ("warnings", Severity::Warning), ("notes", Severity::Note)];

/// The least of a code that is a beginning: `OCS` and the step.
const SHORTEST_BEGINNING: usize = 5;

/// Reads the only file of `sources`.
pub fn read(sources: &SourceMap) -> Result<Config, Vec<Diag>> {
    let Some((file, source)) = sources.files().next() else { return Ok(Config::default()) };
    let mut reader =
        Reader { file, config: Config::default(), effort: Effort::default(), written: BTreeMap::new(), diags: Vec::new() };
    match DeTable::parse(source.text()) {
        Ok(table) => reader.file(table.get_ref()),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            reader.refuse(span, error.message().trim_end_matches('.').to_owned(), "this is no TOML", "see https://toml.io");
        }
    }
    diag::bound(&mut reader.diags);
    if reader.diags.is_empty() { Ok(reader.config) } else { Err(reader.diags) }
}

struct Reader {
    file: FileId,
    config: Config,
    effort: Effort,
    /// Each word of the lists, with its place.
    written: BTreeMap<String, Span>,
    diags: Vec<Diag>,
}

impl Reader {
    fn file(&mut self, table: &DeTable) {
        for (key, value) in sorted(table) {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("lint", DeValue::Table(lint)) => self.lint(lint),
                ("lint", _) => self.refuse(value.span(), "expected a table as `lint`", "no table", "write `[lint]`"),
                _ => self.unknown_key(key, &["lint"], "write `[lint]`, and below it what is meant"),
            }
        }
    }

    fn lint(&mut self, table: &DeTable) {
        let mut levels = Levels::default();
        for (key, value) in sorted(table) {
            let name = key.get_ref().as_ref();
            if name == "deny" {
                self.deny(value);
            } else if let Some((_, level)) = LISTS.iter().find(|(list, _)| *list == name) {
                let DeValue::Array(words) = value.get_ref() else {
                    self.refuse(
                        value.span(),
                        format!("expected a list as `{name}`"),
                        "no list",
                        format!("write `{name} = [\"OCS0707\"]`"),
                    );
                    continue;
                };
                for word in words.iter() {
                    // Each word is compared with every rule, and more findings are of no use.
                    if self.diags.len() >= MOST {
                        let (span, message) = (self.span(word.span()), "and what follows, which is not looked at");
                        self.diags.push(Diag::error(TOO_MANY.code, message, span, "from here on").help("correct what is shown"));
                        break;
                    }
                    self.word(word, *level, &mut levels);
                }
            } else {
                self.unknown_key(
                    key,
                    &["error", "warn", "note", "ignore", "deny"],
                    "`[lint]` knows `error`, `warn`, `note`, `ignore` and `deny`",
                );
            }
        }
        self.config.levels = levels;
    }

    fn deny(&mut self, value: &Spanned<DeValue>) {
        let word = value.get_ref().as_str();
        match DENY.iter().find(|(name, _)| word == Some(name)) {
            Some((_, severity)) => self.config.deny = Some(*severity),
            None => self.refuse(
                value.span(),
                "expected `errors`, `warnings` or `notes` as `deny`",
                "none of them",
                format!(
                    "write `deny = \"{}\"`",
                    word.and_then(|word| nearest(word, DENY.map(|(name, _)| name))).unwrap_or("warnings")
                ),
            ),
        }
    }

    /// A code, the beginning of codes, or a name.
    fn word(&mut self, value: &Spanned<DeValue>, level: Level, levels: &mut Levels) {
        let Some(word) = value.get_ref().as_str() else {
            return self.refuse(value.span(), "expected a code or a name", "no text", "write it in quotes, as in `\"OCS0707\"`");
        };
        let upper = word.to_uppercase();
        let named = word.replace('_', "-");
        let rows = || codes().iter().map(|entry| &entry.row);
        let exact = rows().find(|known| known.code.0 == upper || known.name == named);
        let begun: Vec<&CodeRow> = match exact {
            Some(known) => vec![known],
            None if upper.len() >= SHORTEST_BEGINNING => rows().filter(|known| known.code.0.starts_with(&upper)).collect(),
            None => Vec::new(),
        };
        let span = self.span(value.span());
        if let Some(first) = self.written.insert(exact.map_or(upper, |known| known.code.0.to_owned()), span) {
            let diag = Diag::error(CONFIGURATION.code, format!("`{word}` has two levels"), span, "again here");
            return self.diags.push(diag.related(first, "the first").help("take one of them out"));
        }
        match exact {
            None if begun.is_empty() => {
                let looked = self.effort.allows(2 * codes().len());
                let near =
                    || nearest(word, rows().map(|known| known.name)).or_else(|| nearest(word, rows().map(|known| known.code.0)));
                let near = looked.then(near).flatten();
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`ocstopo explain --all` lists all codes and names".to_owned(),
                };
                self.refuse(value.span(), format!("no rule is called `{word}`"), "unknown", help);
            }
            Some(known) if !may_be(known, level) => self.refuse(
                value.span(),
                format!("{} cannot be waived, so it can be neither ignored nor milder", known.code),
                format!("`{}` is {} always", known.name, article(known.severity)),
                format!("take `{word}` out"),
            ),
            _ => {
                let length = exact.map_or(word.len(), |known| known.code.0.len());
                begun.iter().filter(|known| may_be(known, level)).for_each(|known| levels.set(known.code, length, level));
            }
        }
    }

    fn unknown_key(&mut self, key: &Spanned<toml::de::DeString>, keys: &[&'static str], otherwise: &str) {
        let name = key.get_ref().as_ref();
        let help = match nearest(name, keys.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_owned(),
        };
        self.refuse(key.span(), format!("unknown key `{name}`"), "means nothing here", help);
    }

    fn refuse(&mut self, at: Range<usize>, message: impl Into<String>, label: impl Into<String>, help: impl Into<String>) {
        let span = self.span(at);
        self.diags.push(Diag::error(CONFIGURATION.code, message, span, label).help(help));
    }

    fn span(&self, at: Range<usize>) -> Span {
        Span::new(self.file, at.start as u32, at.end as u32)
    }
}

fn article(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Note => "a note",
    }
}

/// The entries in the order of the file.
fn sorted<'a, 'i>(table: &'a DeTable<'i>) -> Vec<(&'a Spanned<toml::de::DeString<'i>>, &'a Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn sources(text: &str) -> SourceMap {
        SourceMap::new(vec![("ocstopo.toml".into(), text.into())])
    }

    fn faults(text: &str) -> String {
        let sources = sources(text);
        let diags = read(&sources).unwrap_err();
        diags
            .iter()
            .map(|diag| {
                format!("{:?}: {}; {}\n", sources.text(diag.primary.span), diag.message, diag.help.as_deref().unwrap_or("-"))
            })
            .collect()
    }

    /// What findings of these codes become.
    fn levels(text: &str, codes: &[&'static str]) -> String {
        let config = read(&sources(text)).unwrap();
        let diag = |code: &&'static str| Diag::new(Severity::Warning, Code(code), "", Span::new(FileId(0), 0, 0), "");
        let mut diags: Vec<Diag> = codes.iter().map(diag).collect();
        config.levels.apply(&mut diags);
        diags.iter().map(|diag| format!("{} {}\n", diag.code, diag.severity.word())).collect()
    }

    #[test]
    fn the_most_exact_words_win() {
        let text =
            "[lint]\nignore = ['OCS07', 'standard_edition_users']\nerror = ['OCS070']\nnote = ['ocs0707']\ndeny = 'notes'\n";
        insta::assert_snapshot!(levels(text, &["OCS0707", "OCS0701", "OCS0201", "OCS0601"]));
        assert_eq!(read(&sources(text)).unwrap().deny, Some(Severity::Note));
    }

    #[test]
    fn prefixes_skip_codes_without_waivers() {
        let rows = codes().iter().map(|entry| entry.row);
        let fixed: Vec<_> = rows.filter(|known| !known.waivable && !known.code.0.starts_with("OCS00")).collect();
        for known in &fixed {
            let text = format!("[lint]\nignore = ['{}']\n", &known.code.0[..5]);
            assert_eq!(levels(&text, &[known.code.0]), format!("{} warning\n", known.code));
            let text = format!("[lint]\nignore = ['{}']\n", known.code);
            assert!(faults(&text).contains("cannot be waived"));
        }
        assert!(!fixed.is_empty());
    }

    #[test]
    fn unknown_settings_are_refused() {
        insta::assert_snapshot!(faults(
            "[lnt]\n[lint]\nignroe = []\ndeny = 'warning'\nwarn = 'OCS0707'\nnote = [7, 'OCS', 'standard-edition-user', 'OCS0060', 'OCS0798']\nerror = ['ocs0707', 'load_balancer_idle_timeout']\n"
        ));
        insta::assert_snapshot!(faults("lint = 1"), @r#""1": expected a table as `lint`; write `[lint]`"#);
        assert!(faults("[lint\n").contains("toml.io"));
    }

    #[test]
    fn reading_of_a_long_list_is_bounded() {
        let words: Vec<String> = (0..20_000).map(|n| format!("'OCS{n:05}x'")).collect();
        let faults = read(&sources(&format!("[lint]\nerror = [{}]\n", words.join(",")))).unwrap_err();
        assert_eq!(faults.iter().filter(|diag| diag.code == CONFIGURATION.code).count(), MOST);
        assert_eq!(faults[MOST].message, "and what follows, which is not looked at");
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        assert_eq!(levels("", &["OCS0707"]), "OCS0707 warning\n");
    }
}
