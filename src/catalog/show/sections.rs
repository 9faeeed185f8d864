//! Which sections a catalogue has, and which columns their tables.

use serde_json::{Value, json};

use super::{Row, Section};
use crate::catalog::column::{CONFIDENCE, SOURCES, STEP, column};
use crate::catalog::kinds::KINDS;
use crate::catalog::step::{Pattern, Piece};
use crate::catalog::{Catalog, StepCatalog, StepRow, catalog, change_catalog, step_catalog};
use crate::product::Product;

/// The whole catalogue of a release.
pub fn sections(product: Product) -> Vec<Section> {
    let book = Book { product, catalog: catalog(product), steps: step_catalog(product) };
    let mut sections = traffic(&book);
    sections.extend(needs(&book));
    sections.extend(facts(&book).filter(|section| !section.rows.is_empty()));
    sections.extend(work(&book));
    sections
}

/// What the rows are taken from.
struct Book {
    product: Product,
    catalog: &'static Catalog,
    steps: &'static StepCatalog,
}

impl Book {
    fn row(&self, id: &str, row: &impl serde::Serialize) -> Row {
        Row::new(id, row, |key| self.catalog.source_title(key))
    }
}

fn traffic(book: &Book) -> Vec<Section> {
    vec![
        Section {
            name: "flows",
            title: "Flows",
            about: "The connections, with source, destination, ports and features. Firewall rules are generated from these rows; a row of low confidence opens no port.",
            columns: const {
                &[
                    column("id", &["id"]),
                    column("from", &["from", "from_side"]),
                    column("to", &["to", "to_side"]),
                    column("ports", &["transport", "ports"]),
                    column("application", &["application"]),
                    column("purpose", &["purpose"]),
                    column("when", &["when"]),
                    column("without it", &["breaks"]),
                    STEP,
                    CONFIDENCE,
                    SOURCES,
                ]
            },
            rows: book.catalog.flows.iter().map(|row| book.row(&row.id, row)).collect(),
        },
        Section {
            name: "left_out",
            title: "Left out",
            about: "Flows, names and certificates that the guides mention and the catalogue leaves out, with the reason.",
            columns: const { &[column("id", &["id"]), column("why", &["why"])] },
            rows: book.catalog.left_out.iter().map(|row| book.row(&row.id, row)).collect(),
        },
        Section {
            name: "listeners",
            title: "Listeners",
            about: "The ports that each role listens on, and whether the port is on the virtual address of a load-balanced group.",
            columns: const {
                &[
                    column("id", &["id"]),
                    column("role", &["role", "side"]),
                    column("ports", &["transport", "ports"]),
                    column("application", &["application"]),
                    column("tls", &["tls"]),
                    column("vip", &["vip"]),
                    column("when", &["when"]),
                    STEP,
                    CONFIDENCE,
                    SOURCES,
                ]
            },
            rows: book.catalog.listeners.iter().map(|row| book.row(&row.id, row)).collect(),
        },
    ]
}

fn needs(book: &Book) -> Vec<Section> {
    vec![
        Section {
            name: "features",
            title: "Features",
            about: "The roles that each feature requires, and those that the guide recommends.",
            columns: const {
                &[
                    column("feature", &["id"]),
                    column("requires", &["requires"]),
                    column("recommends", &["recommends"]),
                    column("why", &["why"]),
                    STEP,
                    CONFIDENCE,
                    SOURCES,
                ]
            },
            rows: book
                .catalog
                .features
                .iter()
                .map(|row| {
                    // The id says it already.
                    let mut value = json!(row);
                    value.as_object_mut().map(|fields| fields.remove("feature"));
                    book.row(row.feature.word(), &value)
                })
                .collect(),
        },
        Section {
            name: "combinations",
            title: "Features together",
            about: "The additional requirements of features that are on together.",
            columns: const {
                &[
                    column("id", &["id"]),
                    column("when", &["when"]),
                    column("requires", &["requires"]),
                    column("recommends", &["recommends"]),
                    column("why", &["why"]),
                    STEP,
                    CONFIDENCE,
                    SOURCES,
                ]
            },
            rows: book.catalog.combinations.iter().map(|row| book.row(&row.id, row)).collect(),
        },
    ]
}

/// The kinds of rows in files of their own.
fn facts(book: &Book) -> impl Iterator<Item = Section> {
    KINDS.iter().map(|kind| Section {
        name: kind.name,
        title: kind.title,
        about: kind.about,
        columns: kind.columns,
        rows: (kind.rows)(book.product).iter().map(|(id, row)| book.row(id, row)).collect(),
    })
}

fn work(book: &Book) -> Vec<Section> {
    vec![
        Section {
            name: "steps",
            title: "Steps",
            about: "The deployment path in short; the runbook of a build has each step in full, with the names of the topology.",
            columns: const {
                &[
                    column("id", &["id"]),
                    column("phase", &["phase"]),
                    column("title", &["title"]),
                    column("for each", &["scope"]),
                    column("of", &["kinds", "roles"]),
                    column("why", &["why"]),
                    column("after", &["after"]),
                    column("when", &["when"]),
                    STEP,
                    CONFIDENCE,
                    SOURCES,
                ]
            },
            rows: book.steps.steps.iter().map(|row| book.row(&row.id, &short(row))).collect(),
        },
        Section {
            name: "change_steps",
            title: "Steps of a change",
            about: "The work from one version of a topology to the next, in the order of `build --since`; steps of the deployment that are new or different are between them.",
            columns: const {
                &[
                    column("id", &["id"]),
                    column("phase", &["phase"]),
                    column("title", &["title"]),
                    column("for each", &["scope"]),
                    column("why", &["why"]),
                    STEP,
                    CONFIDENCE,
                    SOURCES,
                ]
            },
            rows: change_catalog(book.product).steps.iter().map(|row| book.row(&row.id, &short(row))).collect(),
        },
        Section {
            name: "sources",
            title: "Sources",
            about: "The sources of the rows. A fact that was only recalled has low confidence.",
            columns: const { &[column("id", &["id"]), column("title", &["title"]), column("address", &["address"])] },
            rows: book.catalog.sources().iter().map(|(key, source)| book.row(key, source)).collect(),
        },
    ]
}

/// A step without its instructions.
fn short(step: &StepRow) -> Value {
    json!({
        "phase": step.phase,
        "title": shown(&step.title),
        "why": step.why,
        "scope": step.scope,
        "kinds": step.kinds,
        "roles": step.roles,
        "when": step.when,
        "needs": step.needs,
        "lacks": step.lacks,
        "who": shown(&step.who),
        "where": shown(&step.place),
        "tool": step.tool.as_ref().map(shown),
        "after": step.after.iter().map(|after| after.step.as_str()).collect::<Vec<_>>(),
        "wait": step.wait.as_ref().map(shown),
        "step": step.provenance.step,
        "source": step.provenance.source,
        "confidence": step.provenance.confidence,
    })
}

/// A text with its places for values as written in the catalogue.
fn shown(pattern: &Pattern) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text { text, .. } => text.clone(),
        Piece::Value { name, .. } => format!("{{{name}}}"),
    };
    pattern.pieces().iter().map(piece).collect()
}
