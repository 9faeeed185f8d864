//! Pages of HTML, each one file that needs nothing beside it: no network, no folder, no server.
//!
//! A page is a template of `templates/html` with its styles, its scripts and its data put in. Its content-security policy names the
//! style and the script by their hashes, so a browser runs nothing else, loads nothing and sends nothing. Data are JSON in an element
//! that is not run; the script shows them as text only.

mod assets;
mod columns;
mod data;
mod name_rows;
mod report;
mod report_tables;

pub use report::report;

use base64ct::{Base64, Encoding};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::language::HTML;
use super::{EmitContext, EmitError, TOOL};

/// What every page has, beside the variables of its own template.
#[derive(Serialize)]
struct Page<'a, V> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'a str,
    policy: String,
    style: String,
    script: String,
    /// JSON.
    data: String,
    #[serde(flatten)]
    own: V,
}

/// A page: its template, the files of its style and script in their order, its data and the variables of its template.
struct Parts<'a, V> {
    template: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    product: &'a str,
    data: String,
    own: V,
}

fn page(parts: Parts<'_, impl Serialize>, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let style = assets::joined(parts.styles);
    let script = assets::joined(parts.scripts);
    let page = Page {
        note: cx.note(),
        tool: TOOL,
        organization: cx.organization,
        product: parts.product,
        policy: policy(&style, &script),
        style,
        script,
        data: parts.data,
        own: parts.own,
    };
    cx.templates.render(&HTML, parts.template, &page)
}

/// Nothing is loaded, run or sent but this style and this script.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| Base64::encode_string(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}
