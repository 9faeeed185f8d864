//! stub
/// f
pub fn format(tree: &crate::syntax::SyntaxTree) -> String {
    tree.text().to_owned()
}
