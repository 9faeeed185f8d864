//! The codes of the language itself, `OCS00..`, and of commands that compare: `OCS097.` of zone files, `OCS20..` of certificates that
//! are handed in; rules carry theirs in their own files. One file of rows per room that reports.

pub mod bounds;
pub mod configuration;
pub mod handed_in;
pub mod lowering;
pub mod model;
pub mod syntax;
pub mod zones;

/// A code of the language with its documentation.
#[derive(Debug)]
pub struct LanguageCode {
    /// Such as `OCS0001`.
    pub code: super::Code,
    /// Its kebab-case name.
    pub name: &'static str,
    /// What it means and what to do, in Markdown.
    pub doc: &'static str,
}

/// All codes of the language, in the order of their numbers.
pub fn language_codes() -> impl Iterator<Item = &'static LanguageCode> {
    [syntax::CODES, lowering::CODES, model::CODES, bounds::CODES, configuration::CODES, zones::CODES]
        .into_iter()
        .flatten()
        .copied()
}

#[cfg(test)]
mod tests {
    use super::handed_in::handed_in_codes;
    use super::language_codes;

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        let codes: Vec<_> = language_codes().map(|row| row.code.0).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        let mut names: Vec<_> = language_codes().map(|row| row.name).collect();
        names.sort_unstable();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }

    #[test]
    fn codes_of_certificates_are_unique_and_say_what_to_do() {
        let rows: Vec<_> = handed_in_codes().collect();
        assert!(rows.is_sorted_by(|a, b| a.code < b.code));
        for row in rows {
            assert!(row.code.0.starts_with("OCS20") && row.name.starts_with("certificate-"), "{}", row.code);
            assert!(row.doc.len() > 100 && row.doc.ends_with('.'), "{}", row.code);
            assert!(language_codes().all(|other| other.code != row.code && other.name != row.name), "{}", row.code);
        }
    }

    #[test]
    fn every_code_says_what_to_do() {
        for row in language_codes() {
            let known = ["OCS00", "OCS097"].into_iter().any(|begin| row.code.0.starts_with(begin));
            assert!(known && row.code.0.len() == 7, "{}", row.code);
            assert!(row.doc.len() > 60 && row.doc.trim_end().ends_with(['.', '`']), "{} needs a text", row.code);
        }
    }
}
