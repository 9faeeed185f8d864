//! stub
use crate::schema::Product;
/// A catalogue.
#[derive(Debug)]
pub struct Catalog {
    /// Flows.
    pub flows: Vec<super::FlowRow>,
    /// Listeners.
    pub listeners: Vec<super::ListenerRow>,
    /// Features.
    pub features: Vec<super::FeatureRow>,
}
/// A bad row.
#[derive(Debug)]
pub struct CatalogError(pub String);
/// The catalogue of a product.
pub fn catalog(_product: Product) -> &'static Catalog {
    todo!()
}
