//! The catalogue of a product: its rows about traffic, and the pages that rows name.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::files::{self, PerProduct, SOURCES, TRAFFIC};
use super::{CombinationRow, FeatureRow, FlowRow, LeftOut, ListenerRow, Source};
use crate::product::{Feature, Product, Role, Side};

/// What is known of a product release.
#[derive(Debug, Default, Serialize, Deserialize)]
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
    #[serde(skip)]
    sources: OnceLock<BTreeMap<String, Source>>,
    #[serde(skip)]
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
        self.sources.get_or_init(|| self.product.and_then(|product| files::part(product, SOURCES)).unwrap_or_default())
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
    LOADED.get(product, || Catalog { product: Some(product), ..files::part(product, TRAFFIC).unwrap_or_default() })
}
