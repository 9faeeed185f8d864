//! The catalogue of a product: its files, put together and checked.
//! A row that is wrong in itself, or that contradicts another, is refused with its name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::check::{CatalogError, Checks, parse};
use super::raw::{FeatureFile, FlowFile, ListenerFile, Occasions, resolve};
use super::{CombinationRow, FeatureRow, FlowRow, LeftOut, ListenerRow, Source, rows};
use crate::model::{Feature, Role, Side};
use crate::schema::Product;

/// What is known of a product release.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Flows, sorted by id.
    pub flows: Vec<FlowRow>,
    /// Flows of the reference that are not here, sorted by id.
    pub left_out: Vec<LeftOut>,
    /// Listeners, sorted by role, side and id.
    pub listeners: Vec<ListenerRow>,
    /// Features, sorted.
    pub features: Vec<FeatureRow>,
    /// What features need when they are on together, sorted by id.
    pub combinations: Vec<CombinationRow>,
    /// Pages that rows name, by key.
    pub sources: BTreeMap<String, Source>,
}

impl Catalog {
    /// The flow with this id.
    pub fn flow(&self, id: &str) -> Option<&FlowRow> {
        self.flows.binary_search_by(|row| row.id.as_str().cmp(id)).ok().and_then(|at| self.flows.get(at))
    }

    /// The listeners of a role on one side.
    pub fn listeners_of(&self, role: Role, side: Side) -> &[ListenerRow] {
        let from = self.listeners.partition_point(|row| (row.role, row.side) < (role, side));
        let to = self.listeners.partition_point(|row| (row.role, row.side) <= (role, side));
        self.listeners.get(from..to).unwrap_or_default()
    }

    /// What a feature needs.
    pub fn feature(&self, feature: Feature) -> Option<&FeatureRow> {
        self.features.iter().find(|row| row.feature == feature)
    }

    /// The title of a source.
    pub fn source_title(&self, key: &str) -> Option<&str> {
        self.sources.get(key).map(|source| source.title.as_str())
    }
}

pub(super) const OCS_2007: &[(&str, &str)] = &[
    ("sources.toml", include_str!("ocs_2007/sources.toml")),
    ("occasions.toml", include_str!("ocs_2007/occasions.toml")),
    ("features.toml", include_str!("ocs_2007/features.toml")),
    ("listeners.toml", include_str!("ocs_2007/listeners.toml")),
    ("flows/clients.toml", include_str!("ocs_2007/flows/clients.toml")),
    ("flows/servers.toml", include_str!("ocs_2007/flows/servers.toml")),
    ("flows/perimeter.toml", include_str!("ocs_2007/flows/perimeter.toml")),
    ("flows/internet.toml", include_str!("ocs_2007/flows/internet.toml")),
];

/// The catalogue of a product, read at its first use; `None` where this version has none.
pub fn catalog(product: Product) -> Option<&'static Catalog> {
    // A test loads it, so that what is refused never leaves the house.
    static LOADED: LazyLock<Option<Catalog>> = LazyLock::new(|| load(OCS_2007).ok());
    match product {
        Product::Ocs2007 => LOADED.as_ref(),
        Product::Ocs2007R2 => None,
    }
}

/// Puts a catalogue together from files, each given as name and text.
pub fn load(files: &[(&str, &str)]) -> Result<Catalog, Vec<CatalogError>> {
    let mut errors = Vec::new();
    let mut catalog = Catalog::default();
    let mut occasions = Occasions::new();
    // What rows refer to comes first, whatever the order of the files.
    for (file, text) in files {
        match *file {
            "sources.toml" => catalog.sources = parse(file, text).unwrap_or_else(|error| refused(&mut errors, error)),
            "occasions.toml" => occasions = parse(file, text).unwrap_or_else(|error| refused(&mut errors, error)),
            _ => {}
        }
    }
    for (file, text) in files {
        let outcome = match *file {
            "sources.toml" | "occasions.toml" => Ok(()),
            "features.toml" => parse(file, text).map(|rows| features(&mut catalog, &mut errors, file, rows, &occasions)),
            "listeners.toml" => parse(file, text).map(|rows| listeners(&mut catalog, &mut errors, file, rows, &occasions)),
            _ if file.starts_with("flows/") => {
                parse(file, text).map(|rows| flows(&mut catalog, &mut errors, file, rows, &occasions))
            }
            _ => Err(CatalogError { file: (*file).to_owned(), row: None, problem: "not a file of a catalogue".into() }),
        };
        errors.extend(outcome.err());
    }
    together(&mut catalog, &mut errors);
    if errors.is_empty() { Ok(catalog) } else { Err(errors) }
}

fn refused<T: Default>(errors: &mut Vec<CatalogError>, error: CatalogError) -> T {
    errors.push(error);
    T::default()
}

fn flows(catalog: &mut Catalog, errors: &mut Vec<CatalogError>, file: &str, rows: FlowFile, occasions: &Occasions) {
    let mut checks = Checks::new(file, &catalog.sources, errors);
    for mut raw in rows.flow {
        let (when, problem) = resolve(&mut raw.when, raw.occasion.as_deref(), occasions);
        let row = raw.row(when);
        if let Some(problem) = problem {
            checks.refuse(&row.id, problem);
        }
        rows::flow(&mut checks, &row);
        catalog.flows.push(row);
    }
    for row in rows.left_out {
        checks.id(&row.id);
        checks.text(&row.id, "why", &row.why);
        catalog.left_out.push(row);
    }
}

fn listeners(catalog: &mut Catalog, errors: &mut Vec<CatalogError>, file: &str, rows: ListenerFile, occasions: &Occasions) {
    let mut checks = Checks::new(file, &catalog.sources, errors);
    for mut raw in rows.listener {
        let (when, problem) = resolve(&mut raw.when, raw.occasion.as_deref(), occasions);
        let row = raw.row(when);
        if let Some(problem) = problem {
            checks.refuse(&row.id, problem);
        }
        rows::listener(&mut checks, &row);
        catalog.listeners.push(row);
    }
}

fn features(catalog: &mut Catalog, errors: &mut Vec<CatalogError>, file: &str, rows: FeatureFile, occasions: &Occasions) {
    let mut checks = Checks::new(file, &catalog.sources, errors);
    for raw in rows.feature {
        let row = raw.row();
        rows::feature(&mut checks, &row);
        catalog.features.push(row);
    }
    for mut raw in rows.combination {
        let (when, problem) = resolve(&mut raw.when, raw.occasion.as_deref(), occasions);
        let row = raw.row(when);
        if let Some(problem) = problem {
            checks.refuse(&row.id, problem);
        }
        rows::combination(&mut checks, &row);
        catalog.combinations.push(row);
    }
}

/// Order, and what only shows when all files are there.
fn together(catalog: &mut Catalog, errors: &mut Vec<CatalogError>) {
    catalog.flows.sort_by(|a, b| a.id.cmp(&b.id));
    catalog.left_out.sort_by(|a, b| a.id.cmp(&b.id));
    catalog.listeners.sort_by(|a, b| (a.role, a.side, &a.id).cmp(&(b.role, b.side, &b.id)));
    catalog.features.sort_by_key(|row| row.feature);
    catalog.combinations.sort_by(|a, b| a.id.cmp(&b.id));

    let mut checks = Checks::new("features.toml", &catalog.sources, errors);
    checks.unique(catalog.features.iter().map(|row| row.feature.word()));
    checks.unique(catalog.combinations.iter().map(|row| row.id.as_str()));
    let mut checks = Checks::new("listeners.toml", &catalog.sources, errors);
    checks.unique(catalog.listeners.iter().map(|row| row.id.as_str()));
    let mut checks = Checks::new("flows", &catalog.sources, errors);
    let ids = catalog.flows.iter().map(|row| &row.id).chain(catalog.left_out.iter().map(|row| &row.id));
    checks.unique(ids.map(String::as_str));
    let listening = rows::Listening::new(&catalog.listeners);
    for flow in &catalog.flows {
        listening.answer(&mut checks, flow);
    }
}
