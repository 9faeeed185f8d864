//! stub
/// JSON.
pub fn json() -> String {
    todo!()
}
/// Markdown.
pub fn markdown() -> String {
    todo!()
}
