//! Computers with their stated hardware: by their own blocks, or by those of their pool or array.

use crate::catalog::{Confidence, Hardware};
use crate::diag::Severity;
use crate::lint::{Block, Finding, RuleContext, Sink};
use crate::lower::Decl;
use crate::text::{Span, Spanned};

/// A computer of a role.
pub(super) struct Computer<'b> {
    /// The role, as the catalogue calls it.
    pub(super) role: &'static str,
    /// Its declaration.
    pub(super) block: &'b Block<'b>,
}

impl<'b> Computer<'b> {
    /// The block in which an attribute of `hardware` or `software` is stated for it.
    pub(super) fn stated(&self, block: &'static str, attr: &str) -> Option<&'b Decl> {
        let shared =
            |parent: &&Decl| matches!(parent.kind(), "enterprise_pool" | "director_array" | "edge_array" | "web_access_array");
        // A database is no computer of the pool that it belongs to.
        let parent = self.block.parent.filter(shared).filter(|_| self.role != "back_end");
        [Some(self.block.decl), parent]
            .into_iter()
            .flatten()
            .find_map(|decl| decl.block(block).filter(|block| block.is_written(attr)))
    }
}

/// Every computer that has a role of the product.
pub(super) fn computers<'b>(view: &'b RuleContext<'_>) -> impl Iterator<Item = Computer<'b>> {
    view.blocks().iter().filter_map(|block| Some(Computer { role: role_of(block)?, block }))
}

fn role_of(block: &Block) -> Option<&'static str> {
    match (block.decl.kind(), block.parent.map(Decl::kind)) {
        ("server", Some("director_array")) => Some("director"),
        ("server", Some("edge_array")) => Some("edge_server"),
        ("server", Some("web_access_array")) => Some("web_access"),
        ("back_end", Some("enterprise_pool")) => Some("back_end"),
        (
            kind @ ("standard_edition"
            | "front_end"
            | "web_conferencing_server"
            | "av_conferencing_server"
            | "web_components_server"
            | "director"
            | "mediation_server"
            | "archiving_server"
            | "monitoring_server"
            | "qoe_monitoring_server"
            | "group_chat_server"
            | "web_access"),
            _,
        ) => Some(kind),
        _ => None,
    }
}

/// A figure that computers of some roles need.
pub(super) struct Need {
    /// The figure of a row.
    pub(super) of: fn(&Hardware) -> Option<u64>,
    /// The figure as stated in a `hardware` block; none where it says nothing.
    pub(super) stated: fn(&Decl) -> Option<Spanned<u64>>,
    /// The attribute that states it.
    pub(super) attr: &'static str,
    /// The figure in words.
    pub(super) words: fn(u64) -> String,
}

/// Reports each computer that has less than its role needs; as a note where the figure is unsure.
pub(super) fn report_shortages(view: &RuleContext, sink: &mut Sink, need: &Need) {
    let rows = view.facts::<Hardware>();
    for computer in computers(view) {
        let Some(stated) = computer.stated("hardware", need.attr).and_then(need.stated) else { continue };
        let asked = rows.iter().filter(|row| row.roles.iter().any(|role| role == computer.role));
        let Some((least, row)) = asked.filter_map(|row| Some(((need.of)(row)?, row))).next() else { continue };
        if stated.value >= least {
            continue;
        }
        let words = (need.words)(least);
        let finding = Finding::new(
            format!("`{}` needs {words}, and has {}", computer.block.path, (need.words)(stated.value)),
            stated.span,
            format!("less than {words}"),
        )
        .related(computer.block.decl.name_span, "the computer")
        .help(format!("plan {words} for it"));
        sink.report_once(milder_if_unsure(finding, row.provenance.confidence));
    }
}

/// A finding that says no more than its fact allows.
pub(super) fn milder_if_unsure(finding: Finding, confidence: Confidence) -> Finding {
    if confidence == Confidence::Low { finding.milder(Severity::Note) } else { finding }
}

/// The place of an attribute of a block, for figures that are made of several.
pub(super) fn at(decl: &Decl, attr: &str, value: u64) -> Spanned<u64> {
    let span: Span = decl.place(attr);
    Spanned::new(value, span)
}
