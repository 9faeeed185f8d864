//! All codes that are no rule's: of the language, of zone files and of certificate files. Rules carry theirs in their own files.
//! One file of rows per room that reports.

pub mod bounds;
pub mod certificates;
pub mod configuration;
pub mod lowering;
pub mod model;
pub mod syntax;
pub mod zones;

use super::{Code, Severity};

/// What every code has: one of a rule, too.
#[derive(Debug, Clone, Copy)]
pub struct CodeRow {
    /// Such as `OCS0001`.
    pub code: Code,
    /// Its kebab-case name.
    pub name: &'static str,
    /// What it is about.
    pub family: Family,
    /// The severity of a finding, unless a case lowers it.
    pub severity: Severity,
    /// Whether a team may accept such findings: by `ocstopo.toml`, and those of rules also by `waive`.
    pub waivable: bool,
    /// What it means and what to do, in Markdown.
    pub doc: &'static str,
}

/// What a code is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The language itself: what is wrong there leaves no topology to judge.
    Language,
    /// The rules of the Planning Guide.
    Rules,
    /// Existing zone files, which `dns check` compares.
    Zones,
    /// Files of certificates and requests, which `cert check` compares.
    Certificates,
}

impl Family {
    /// The command that compares files of others, where it is not the topology that is judged.
    pub fn command(self) -> Option<&'static str> {
        match self {
            Family::Language | Family::Rules => None,
            Family::Zones => Some("ocstopo dns check"),
            Family::Certificates => Some("ocstopo cert check"),
        }
    }
}

/// What the rows of the language share.
const LANGUAGE: CodeRow =
    CodeRow { code: Code(""), name: "", family: Family::Language, severity: Severity::Error, waivable: false, doc: "" };

/// What the rows of zone files share. Nothing else than `ocstopo.toml` can say which differences a team accepts.
const ZONES: CodeRow = CodeRow { family: Family::Zones, waivable: true, ..LANGUAGE };

/// What the rows of certificate files share, likewise.
const CERTIFICATES: CodeRow = CodeRow { family: Family::Certificates, waivable: true, ..LANGUAGE };

/// All codes that are no rule's, each family in the order of its numbers.
pub fn code_rows() -> impl Iterator<Item = &'static CodeRow> {
    let language = [syntax::CODES, lowering::CODES, model::CODES, bounds::CODES, configuration::CODES];
    language.into_iter().chain([zones::CODES, certificates::CODES]).flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::{Family, code_rows};

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        let codes: Vec<_> = code_rows().map(|row| row.code.0).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        let mut names: Vec<_> = code_rows().map(|row| row.name).collect();
        names.sort_unstable();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
    }

    #[test]
    fn every_code_is_documented_and_in_its_family() {
        for row in code_rows() {
            let (begin, named) = match row.family {
                Family::Language => ("OCS00", ""),
                Family::Zones => ("OCS097", ""),
                Family::Certificates => ("OCS20", "certificate-"),
                Family::Rules => panic!("{} belongs in the file of its rule", row.code),
            };
            assert!(row.code.0.starts_with(begin) && row.code.0.len() == 7 && row.name.starts_with(named), "{}", row.code);
            assert!(row.doc.len() > 60 && row.doc.trim_end().ends_with(['.', '`']), "{} needs a text", row.code);
        }
    }
}
