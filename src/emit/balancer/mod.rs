//! Plans of load balancers to files: a table of listeners for each, and the configuration in its own dialect; two plans to files that
//! lead from one to the other.
//! What a dialect writes is read back and compared with the plan (`tests/consumers/balancers`).

mod change;
mod f5;
mod haproxy;
mod listeners_csv;
mod netscaler;
mod view;

use std::collections::BTreeSet;

pub use change::{BalancerChangeFiles, BalancerStage, BalancerStageFiles, change};

use super::{Artifact, EmitContext, EmitError, Language, Team};
use crate::plan::balancer::{BalancerPlan, Listener, PoolMember};
use crate::plan::device::Values;
use crate::plan::runbook::FileForm;

/// One language of load balancers; each is declared in its own file.
struct Dialect {
    /// What `dialect =` calls it.
    word: &'static str,
    /// The language of its templates.
    language: &'static Language,
    /// The file of its configuration.
    file: &'static str,
    /// What reads it, for people.
    reader: &'static str,
    /// The file of exact deletes; a language whose file is the whole configuration has none.
    remove: Option<Remove>,
    /// What a server behind a listener is called; once for each of its names.
    member: fn(&BalancerPlan, &Listener, &PoolMember) -> Vec<Values>,
    emit: Emit,
}

/// What writes a file.
type Emit = fn(&BalancerPlan, &EmitContext<'_>) -> Result<String, EmitError>;

/// What takes a configuration away again.
struct Remove {
    file: &'static str,
    emit: Emit,
}

/// All dialects of load balancers.
static DIALECTS: [&Dialect; 3] = [&haproxy::DIALECT, &f5::DIALECT, &netscaler::DIALECT];

/// The languages of all dialects.
pub(super) fn languages() -> impl Iterator<Item = &'static Language> {
    DIALECTS.iter().map(|dialect| dialect.language)
}

/// The language of a dialect.
#[cfg(test)]
pub(super) fn language(word: &str) -> Option<&'static Language> {
    DIALECTS.iter().find(|dialect| dialect.word == word).map(|dialect| dialect.language)
}

/// Every word of `dialect =` of a load balancer.
pub fn words() -> impl Iterator<Item = &'static str> {
    DIALECTS.iter().map(|dialect| dialect.word)
}

/// What the catalogue's operations call the files of a load balancer.
pub fn device_values(word: &str) -> Values {
    let Some(dialect) = DIALECTS.iter().find(|dialect| dialect.word == word) else { return Values::new() };
    let remove = dialect.remove.as_ref().map(|remove| ("remove", remove.file.to_owned()));
    [("rules", dialect.file.to_owned()), ("whole", String::new())].into_iter().chain(remove).collect()
}

/// What the catalogue's operations call a server, by its path, for each listener of a load balancer that it is behind.
pub fn member_values(plan: &BalancerPlan, server: &str) -> Vec<Values> {
    let Some(dialect) = DIALECTS.iter().find(|dialect| dialect.word == plan.dialect) else { return Vec::new() };
    let members = |listener: &Listener| -> Vec<Values> {
        let of_server = listener.servers.iter().filter(|member| member.path == server);
        of_server.flat_map(|member| (dialect.member)(plan, listener, member)).collect()
    };
    plan.listeners.iter().flat_map(members).collect()
}

/// All files of the load balancers: for each the table of its listeners, its configuration in its own dialect and in those of
/// `also`, and what takes it away. One that holds no virtual address has no files.
pub fn emit(plans: &[BalancerPlan], also: &[&str], cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = Vec::new();
    for plan in plans.iter().filter(|plan| !plan.listeners.is_empty()) {
        artifacts.push(artifact(plan, TABLE, listeners_csv::emit(plan, cx)));
        for dialect in DIALECTS.iter().filter(|dialect| dialect.word == plan.dialect || also.contains(&dialect.word)) {
            artifacts.push(artifact(plan, dialect.file, (dialect.emit)(plan, cx)?));
            if let Some(remove) = &dialect.remove {
                artifacts.push(artifact(plan, remove.file, (remove.emit)(plan, cx)?));
            }
        }
    }
    Ok(artifacts)
}

const TABLE: &str = "listeners.csv";

/// The table of a load balancer; `None` for one that holds no virtual address.
pub fn table_path(plan: &BalancerPlan) -> Option<String> {
    (!plan.listeners.is_empty()).then(|| file(plan, TABLE))
}

/// The configuration of a load balancer in its own dialect; `None` for one that holds no virtual address.
pub fn path(plan: &BalancerPlan) -> Option<String> {
    let dialect = DIALECTS.iter().find(|dialect| dialect.word == plan.dialect).filter(|_| !plan.listeners.is_empty());
    dialect.map(|dialect| file(plan, dialect.file))
}

/// The same configuration in the dialects of `also`.
pub fn forms(plan: &BalancerPlan, also: &[&str]) -> Vec<FileForm> {
    let others = DIALECTS.iter().copied().filter(|dialect| dialect.word != plan.dialect && also.contains(&dialect.word));
    let others = others.filter(|_| !plan.listeners.is_empty());
    let files = |dialect: &Dialect| [Some(dialect.file), dialect.remove.as_ref().map(|remove| remove.file)];
    let in_dialect = |dialect: &'static Dialect| {
        files(dialect).into_iter().flatten().map(|name| FileForm { path: file(plan, name), reader: dialect.reader })
    };
    others.flat_map(in_dialect).collect()
}

fn file(plan: &BalancerPlan, file: &str) -> String {
    format!("network/load-balancer/{}/{file}", plan.label)
}

fn artifact(plan: &BalancerPlan, name: &str, content: String) -> Artifact {
    let declared = plan.listeners.iter().flat_map(|listener| listener.reason.named());
    let made_from: BTreeSet<&str> = declared.map(|declared| declared.path.as_str()).chain([plan.path.as_str()]).collect();
    Artifact {
        path: file(plan, name),
        team: Team::Balancers,
        made_from: made_from.into_iter().map(str::to_owned).collect(),
        content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::BalancerDialect;

    #[test]
    fn every_dialect_of_the_language_is_written() {
        assert!(words().eq(BalancerDialect::ALL.map(BalancerDialect::word)));
    }
}
