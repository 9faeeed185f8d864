//! What `--version` says: the program, the commit that it was built from, and the catalogues in it.

use crate::catalog::show;
use crate::product::Product;
use crate::report::count;

/// The text. It is made when it is asked for: to count the rows is to read the catalogues.
pub(super) fn text() -> String {
    let mut text = format!("ocstopo {}", env!("CARGO_PKG_VERSION"));
    // Only a release says it: in a working copy the next change makes it wrong.
    if let Some(commit) = option_env!("OCSTOPO_COMMIT") {
        text += &format!(" ({commit})");
    }
    for product in Product::ALL {
        let rows = show::sections(product).iter().map(|section| section.rows.len()).sum();
        text += &format!("\ncatalogue {}: {}, {}", product.word(), product.title(), count(rows, "row"));
    }
    text + "\n"
}
