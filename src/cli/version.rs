//! What `--version` says: the program, the commit that it was built from, and the catalogues in it.

use crate::catalog;
use crate::product::Product;
use crate::report::count;

/// The text.
pub(super) fn text() -> String {
    let mut text = format!("ocstopo {}", env!("CARGO_PKG_VERSION"));
    // Only a release says it: in a working copy the next change makes it wrong.
    if let Some(commit) = option_env!("OCSTOPO_COMMIT") {
        text += &format!(" ({commit})");
    }
    for product in Product::ALL {
        text += &format!("\ncatalogue {}: {}, {}", product.word(), product.title(), count(catalog::row_count(product), "row"));
    }
    text + "\n"
}
