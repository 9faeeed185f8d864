//! Answers to questions as text: a file for each question, a function for each form. What is found is in `query`; nothing is found here.
//! Width is an argument.

pub mod cert_check;
pub mod dial;
pub mod diff;
pub mod dns_check;
pub mod fail;
pub mod flows;
mod lines;
pub mod size;
pub mod trace;
pub mod why;

use serde::Serialize;

use super::text::visible_json;

/// The version of all answers as JSON; a field may be added without a new one. `docs/json.md` describes them.
const VERSION: u32 = 1;

/// An answer for programs: its fields and the version, by name.
pub fn json<T: Serialize>(answer: &T) -> String {
    #[derive(Serialize)]
    struct Versioned<'a, T> {
        version: u32,
        #[serde(flatten)]
        answer: &'a T,
    }
    // Structs of strings, numbers and lists always can be written as JSON.
    let value = serde_json::to_value(Versioned { version: VERSION, answer }).unwrap_or_default();
    visible_json(&format!("{value:#}\n"))
}

#[cfg(test)]
mod tests;
