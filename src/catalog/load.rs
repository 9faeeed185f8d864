//! The catalogue of a product: its files, put together and checked.
//! A row that is wrong in itself, or that contradicts another, is refused with its name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::check::{CatalogError, Checks, parse};
use super::files::{self, PerProduct, files, sound};
use super::raw::{Conditions, FeatureFile, FlowFile, ListenerFile, resolve};
use super::{CombinationRow, FeatureRow, FlowRow, LeftOut, ListenerRow, Source, rows};
use crate::product::{Feature, Product, Role, Side};

/// What is known of a product release.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Flows, sorted by id.
    pub flows: Vec<FlowRow>,
    /// Flows, names and certificates of the guides that are not here, sorted by id.
    pub left_out: Vec<LeftOut>,
    /// Listeners, sorted by role, side and id.
    pub listeners: Vec<ListenerRow>,
    /// Features, sorted.
    pub features: Vec<FeatureRow>,
    /// What features need when they are on together, sorted by id.
    pub combinations: Vec<CombinationRow>,
    /// Pages that rows name, by key; read at their first use, since most commands never need them.
    sources: OnceLock<BTreeMap<String, Source>>,
    product: Option<Product>,
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

    /// The pages that rows name, by key.
    pub fn sources(&self) -> &BTreeMap<String, Source> {
        self.sources.get_or_init(|| self.product.and_then(|product| files::sources(product).ok()).unwrap_or_default())
    }

    /// A page that rows name by this key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources().get(key)
    }

    /// The title of such a page.
    pub fn source_title(&self, key: &str) -> Option<&str> {
        self.source(key).map(|source| source.title.as_str())
    }
}

/// The catalogue of a product, read at its first use.
pub fn catalog(product: Product) -> &'static Catalog {
    static LOADED: PerProduct<Catalog> = PerProduct::new();
    LOADED.get(product, || Catalog { product: Some(product), ..sound(assemble(&traffic_files(product), None)) })
}

/// The files about traffic: features, listeners, flows.
pub(super) fn traffic_files(product: Product) -> Vec<(&'static str, &'static str)> {
    let wanted = |name: &str| {
        ["conditions.toml", "features.toml", "left_out.toml", "listeners.toml"].contains(&name) || name.starts_with("flows/")
    };
    files(product).iter().copied().filter(|(name, _)| wanted(name)).collect()
}

/// Puts a catalogue together from files, each given as name and text, and checks all of it.
pub fn load(files: &[(&str, &str)]) -> Result<Catalog, Vec<CatalogError>> {
    let (sources, rest): (Vec<_>, Vec<_>) = files.iter().partition(|(file, _)| *file == "sources.toml");
    let mut known = BTreeMap::new();
    for (file, text) in sources {
        known.extend(parse::<BTreeMap<String, Source>>(file, text).map_err(|error| vec![error])?);
    }
    assemble(&rest, Some(known))
}

/// Rows are checked where there are sources to check them with. Built-in rows are not: tests check them when they change, and reading the
/// sources alone takes as long as reading the listeners.
fn assemble(files: &[(&str, &str)], sources: Option<BTreeMap<String, Source>>) -> Result<Catalog, Vec<CatalogError>> {
    let mut rows = Rows { known: sources.as_ref(), ..Rows::default() };
    // What rows refer to comes first, whatever the order of the files.
    for (file, text) in files.iter().filter(|(file, _)| *file == "conditions.toml") {
        match parse(file, text) {
            Ok(conditions) => rows.conditions = conditions,
            Err(error) => rows.errors.push(error),
        }
    }
    for (file, text) in files {
        let outcome = match *file {
            "conditions.toml" => Ok(()),
            "features.toml" => parse(file, text).map(|raw| rows.features(file, raw)),
            "listeners.toml" => parse(file, text).map(|raw| rows.listeners(file, raw)),
            _ if file.starts_with("flows/") || *file == "left_out.toml" => parse(file, text).map(|raw| rows.flows(file, raw)),
            _ => Err(CatalogError { file: (*file).to_owned(), row: None, problem: "not a file of a catalogue".into() }),
        };
        rows.errors.extend(outcome.err());
    }
    rows.together();
    let Rows { mut catalog, errors, .. } = rows;
    if !errors.is_empty() {
        return Err(errors);
    }
    catalog.sources = sources.map(OnceLock::from).unwrap_or_default();
    Ok(catalog)
}

/// A catalogue in the making.
#[derive(Default)]
struct Rows<'s> {
    catalog: Catalog,
    conditions: Conditions,
    known: Option<&'s BTreeMap<String, Source>>,
    errors: Vec<CatalogError>,
}

impl Rows<'_> {
    /// Checks what was read, where there are sources to check it with.
    fn judge(&mut self, file: &str, check: impl FnOnce(&mut Checks<'_>)) {
        if self.known.is_some() {
            check(&mut Checks::new(file, self.known, &mut self.errors));
        }
    }

    fn flows(&mut self, file: &str, raw: FlowFile) {
        for mut raw in raw.flow {
            let (when, problem) = resolve(&mut raw.when, raw.condition.as_deref(), &self.conditions);
            let row = raw.row(when);
            Checks::new(file, self.known, &mut self.errors).refuse_if(&row.id, problem);
            self.judge(file, |checks| rows::flow(checks, &row));
            self.catalog.flows.push(row);
        }
        self.judge(file, |checks| checks.left_out(&raw.left_out));
        self.catalog.left_out.extend(raw.left_out);
    }

    fn listeners(&mut self, file: &str, raw: ListenerFile) {
        for mut raw in raw.listener {
            let (when, problem) = resolve(&mut raw.when, raw.condition.as_deref(), &self.conditions);
            let row = raw.row(when);
            Checks::new(file, self.known, &mut self.errors).refuse_if(&row.id, problem);
            self.judge(file, |checks| rows::listener(checks, &row));
            self.catalog.listeners.push(row);
        }
    }

    fn features(&mut self, file: &str, raw: FeatureFile) {
        for raw in raw.feature {
            let row = raw.row();
            self.judge(file, |checks| rows::feature(checks, &row));
            self.catalog.features.push(row);
        }
        for mut raw in raw.combination {
            let (when, problem) = resolve(&mut raw.when, raw.condition.as_deref(), &self.conditions);
            let row = raw.row(when);
            Checks::new(file, self.known, &mut self.errors).refuse_if(&row.id, problem);
            self.judge(file, |checks| rows::combination(checks, &row));
            self.catalog.combinations.push(row);
        }
    }

    /// Order, and what only shows when all files are there.
    fn together(&mut self) {
        let Self { catalog, known, errors, .. } = self;
        catalog.flows.sort_by(|a, b| a.id.cmp(&b.id));
        catalog.left_out.sort_by(|a, b| a.id.cmp(&b.id));
        catalog.listeners.sort_by(|a, b| (a.role, a.side, &a.id).cmp(&(b.role, b.side, &b.id)));
        catalog.features.sort_by_key(|row| row.feature);
        catalog.combinations.sort_by(|a, b| a.id.cmp(&b.id));
        if known.is_none() {
            return;
        }
        let mut checks = Checks::new("features.toml", *known, errors);
        checks.unique(catalog.features.iter().map(|row| row.feature.word()));
        checks.unique(catalog.combinations.iter().map(|row| row.id.as_str()));
        let mut checks = Checks::new("listeners.toml", *known, errors);
        checks.unique(catalog.listeners.iter().map(|row| row.id.as_str()));
        let mut checks = Checks::new("flows", *known, errors);
        let ids = catalog.flows.iter().map(|row| &row.id).chain(catalog.left_out.iter().map(|row| &row.id));
        checks.unique(ids.map(String::as_str));
        let listening = rows::Listening::new(&catalog.listeners);
        for flow in &catalog.flows {
            listening.answer(&mut checks, flow);
        }
    }
}
