//! What is handed over to people who did not build the deployment: to those who renew certificates, and to federated partners.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::product::{Feature, Role};

/// What a service needs before it uses a renewed certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRestart {
    /// Stable name, such as `front_end`.
    pub id: String,
    /// The role.
    pub role: Role,
    /// What is done, as a clause.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(CertificateRestart, "certificate_restarts.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
});

/// Where the page of a partner has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermPart {
    /// Among the terms for certificates.
    Certificate,
    /// Among the terms for names.
    Names,
    /// Among the terms for audio and video.
    Media,
    /// Among the tests.
    Test,
}

/// What a test is repeated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestedThing {
    /// Each service record: `{name}`, and `{answer}` is what it says.
    ServiceRecord,
    /// Each name of an Access Edge: `{name}`, and `{answer}` is its address.
    Name,
    /// Each port of an Access Edge for partners: `{name}`, `{port}`.
    Connection,
}

/// How the Access Edge of a partner is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// By the service record of its SIP domain.
    Dns,
    /// By its name, which is entered by hand.
    Hand,
}

/// What both sides of a federation keep to, or test.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerTerm {
    /// Stable name, such as `certificate.name`.
    pub id: String,
    /// Its place on the page.
    pub part: TermPart,
    /// What holds for both sides, or what is tested, as a sentence.
    pub text: String,
    /// Only where partners are found in this way.
    #[serde(default)]
    pub found_by: Option<FoundBy>,
    /// What a test is repeated for; without it the test is done once.
    #[serde(default)]
    pub over: Option<TestedThing>,
    /// What is typed, with `{name}` and `{port}` of the thing.
    #[serde(default)]
    pub command: Option<String>,
    /// What is expected of a test, with `{name}`, `{port}` and `{answer}` of the thing.
    #[serde(default)]
    pub expect: Option<String>,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(PartnerTerm, "partner_terms.toml", |row, checks| {
    checks.text(&row.id, "text", &row.text);
    for (field, text) in [("command", &row.command), ("expect", &row.expect)] {
        if let Some(text) = text {
            checks.text(&row.id, field, text);
            checks.refuse_if(&row.id, bad_hole(text, row.over));
        }
    }
    if (row.part == TermPart::Test) != row.expect.is_some() {
        checks.refuse(&row.id, "a test has something that is expected, and nothing else has");
    }
}, keeps_order: true);

/// A hole that the thing does not fill.
fn bad_hole(text: &str, over: Option<TestedThing>) -> Option<String> {
    let known: &[&str] = match over {
        None => &[],
        Some(TestedThing::ServiceRecord | TestedThing::Name) => &["name", "answer"],
        Some(TestedThing::Connection) => &["name", "port"],
    };
    let holes = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest));
    holes
        .into_iter()
        .find(|hole| !known.contains(hole))
        .map(|hole| format!("`{{{hole}}}` is no value of what it is repeated for"))
}

const RESTART_COLUMNS: &[Column] =
    &[column("id", &["id"]), column("role", &["role"]), column("what is done", &["what"]), STEP, CONFIDENCE, SOURCES];

pub(super) const RESTARTS: Kind = Kind::of::<CertificateRestart>(
    "certificate_restarts",
    "Services and renewed certificates",
    "What a service needs before it uses a renewed certificate.",
    RESTART_COLUMNS,
);

const TERM_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("part", &["part"]),
    column("text", &["text"]),
    column("partner found by", &["found_by"]),
    column("for each", &["over"]),
    column("command", &["command"]),
    column("expected", &["expect"]),
    column("when", &["when"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const TERMS: Kind = Kind::of::<PartnerTerm>(
    "partner_terms",
    "Terms between federated partners",
    "What both sides of a federation keep to, and how each tests it.",
    TERM_COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[partner_terms]]\nid = \"a\"\npart = \"test\"\ntext = \"a\"\nover = \"connection\"\ncommand = \"telnet {name} {port}\"\n\
            expect = \"a connection\"\nstep = 6\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<PartnerTerm>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("{port}", "{prot}"), "`{prot}` is no value of what it is repeated for");
        assert_eq!(faults("connection\"\ncommand", "name\"\ncommand"), "`{port}` is no value of what it is repeated for");
        assert_eq!(faults("part = \"test\"", "part = \"names\""), "a test has something that is expected, and nothing else has");
    }
}
