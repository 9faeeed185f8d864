//! How much: the figures of a topology with its bill of materials, or the figures of a question without one.
//! Input: a topology with its plans, or what was asked. Output: the sheet as plain values.

mod address_book;

use serde::Serialize;

pub use address_book::{AddressBookFile, address_book_file};

use crate::catalog::{Assumption, facts};
pub use crate::formula::Number;
use crate::plan::Plans;
use crate::plan::bill::bill;
pub use crate::plan::bill::{Bill, BillNeed, BillRow, BillTotal, HEADER as BILL_HEADER, cells as bill_cells};
pub use crate::plan::sizing::{Asked, HEADER, OpenRow, Sheet, SheetRow, cells};
use crate::plan::sizing::{Places, asked, sheet};
use crate::product::Product;

/// The answer.
#[derive(Debug, Clone, Serialize)]
pub struct Size {
    /// The release, by its word.
    pub product: &'static str,
    /// The release, by its name.
    #[serde(skip)]
    pub title: &'static str,
    /// Without a topology: the tested topology of a pool that is advised, the smallest one with the fewest pools.
    pub recommended: Option<String>,
    /// The figures.
    #[serde(flatten)]
    pub sheet: Sheet,
    /// What is bought and ordered; none without a topology.
    pub bill: Option<Bill>,
}

/// The figures of a topology.
pub fn size(plans: Plans<'_>) -> Size {
    let bill = bill(plans, Places::Always);
    Size { bill: Some(bill), ..answer(plans.topology.organization.product, sheet(plans.sizing(), Places::Always)) }
}

/// The figures of a question.
///
/// # Errors
/// A figure of the user model that the release does not have.
pub fn size_asked(question: &Asked) -> Result<Size, String> {
    let rows = facts::<Assumption>(question.product);
    if let Some((id, _)) = question.model.iter().find(|(id, _)| !rows.iter().any(|row| row.id == *id)) {
        let known: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let title = question.product.title();
        return Err(format!("the user model of {title} has no `{id}`: it has {}", known.join(", ")));
    }
    let answer = answer(question.product, sheet(&asked(question), Places::Always));
    // Those that carry all users in the fewest pools come first, the smallest on top.
    let recommended = answer.sheet.figures.iter().find(|row| row.of == "pool").map(|row| row.subject.clone());
    Ok(Size { recommended, ..answer })
}

fn answer(product: Product, sheet: Sheet) -> Size {
    Size { product: product.word(), title: product.title(), recommended: None, sheet, bill: None }
}
