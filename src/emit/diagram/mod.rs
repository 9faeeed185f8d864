//! Pictures in the forms that people look at or edit, one file each. A form sees a picture, laid out or not, and nothing else.

mod d2;
mod dot;
mod form;
mod icons;
mod mermaid;
mod nested;
pub mod svg;

pub use form::Form;

/// All forms, in the order of the help.
pub const FORMS: [Form; 4] = [svg::FORM, dot::FORM, mermaid::FORM, d2::FORM];
