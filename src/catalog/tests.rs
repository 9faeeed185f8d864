use super::*;
use crate::schema::Product;

#[test]
fn the_catalogue_loads() {
    let refused = load(load::OCS_2007).err().unwrap_or_default();
    assert!(refused.is_empty(), "{}", refused.iter().map(|e| format!("{e}\n")).collect::<String>());
    assert!(catalog(Product::Ocs2007).is_some());
}
