//! Directors without the database that they need, or with one that they have no use for.

use super::director_array_edition::DIRECTORS;
use crate::lint::rule::rule;
use crate::lint::{Block, Example, Finding, RuleContext, Sink, advice, bases};

rule! {
    /// ## What it does
    /// Reports a `director_array` with `edition = enterprise` and no `back_end`, and one of Standard Edition servers that has a
    /// `back_end` or a `file_share`.
    ///
    /// ## Why it matters
    /// An Enterprise pool cannot be created without SQL Server, even when it homes no users; without `back_end` no firewall is
    /// opened to the database. A Standard Edition server has its own database and uses no other.
    ///
    /// ## Planning Guide
    /// Step 2, Director topologies: one Standard Edition server, an array of them in 2007, or an Enterprise pool. Database
    /// topologies: the back end of a pool is SQL Server on a separate computer.
    "OCS0241" "director-array-database" {
        severity: Error,
        confidence: High,
        source: "Director topologies: 2007 (bb964057), 2007 R2 (dd425338); database topologies (bb964073)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[DIRECTORS, ("\n    server dir[01", "    edition       = enterprise\n\n    server dir[01")]),
        good: Example::with(bases::POOL, &[DIRECTORS, (
            "\n    server dir[01",
            "    edition       = enterprise\n\n    back_end dirsql { address = 10.10.0.31 }\n    server dir[01",
        )]),
    }
}

/// A free address of the network that the array's servers are in.
fn free_beside(view: &RuleContext, array: &Block<'_>) -> String {
    let group = view.group_of(array);
    let network = group.and_then(|group| view.endpoints(group).next()?.members.first()).map(|member| member.network);
    advice::address(view, network)
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("director_array") {
        let enterprise = block.decl.choice("edition").is_some_and(|edition| edition.value == "enterprise");
        sink.report(match (enterprise, block.decl.block("back_end")) {
            (true, None) => Finding::new(
                format!("`{}` is an Enterprise pool of Directors, and has no database", block.path),
                block.decl.place("edition"),
                "a pool needs a `back_end`",
            )
            .help(format!(
                "add a block such as `back_end sql02 {{ address = {} }}` to the array, with its own SQL Server instance",
                free_beside(view, block)
            )),
            (false, Some(database)) => Finding::new(
                format!("`{}` is an array of Standard Edition servers, which use no database but their own", block.path),
                database.name_span,
                "this database would not be used",
            )
            .related(block.decl.name_span, "the array")
            .help("remove the `back_end`, or write `edition = enterprise`"),
            (false, None) => match block.decl.block("file_share") {
                Some(share) => Finding::new(
                    format!("`{}` is an array of Standard Edition servers, which use no share but their own", block.path),
                    share.name_span,
                    "this share would not be used",
                )
                .related(block.decl.name_span, "the array")
                .help("remove the `file_share`, or write `edition = enterprise`"),
                None => continue,
            },
            (true, Some(_)) => continue,
        });
    }
}
