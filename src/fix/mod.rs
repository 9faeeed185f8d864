//! Corrections become text. Input: files and findings whose [`Fix`](crate::diag::Fix) has one right answer. Output: files.
//! Only the bytes under an edit change, so comments and layout stay. Knows nothing of what the files mean, and compiles
//! nothing: whether the new text is better is for [`compile`](crate::compile) to say.

mod apply;
mod whole;

pub use apply::{Made, Pass, apply};
pub use whole::take_whole;
