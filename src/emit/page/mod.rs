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
mod runbook;

pub use report::report;
pub(super) use runbook::runbook;

use base64ct::{Base64, Encoding};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::language::HTML;
use super::{EmitContext, EmitError, TOOL};

/// What every page is made of: its template, the files of its style and of its script in their order, the style of what it shows, its
/// product.
struct Kind<'a> {
    template: &'static str,
    styles: &'static [&'static str],
    shown: &'static str,
    scripts: &'static [&'static str],
    product: &'a str,
}

/// The variables of a page: those that every page has, and those of its own template. A long page is rendered in portions; the first
/// opens it and the last closes it.
#[derive(Serialize)]
struct Page<'a, V> {
    opens: bool,
    closes: bool,
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

impl<'a> Kind<'a> {
    /// What a page begins with.
    fn first(&self, own: impl Serialize, cx: &EmitContext<'_>) -> Result<String, EmitError> {
        let style = assets::joined(self.styles) + self.shown;
        let policy = policy(&style, &assets::joined(self.scripts));
        let opened = Page { opens: true, policy, style, ..self.plain(own, cx) };
        cx.templates.render(&HTML, self.template, &opened)
    }

    /// What is in the middle of a page.
    fn middle(&self, own: impl Serialize, cx: &EmitContext<'_>) -> Result<String, EmitError> {
        cx.templates.render(&HTML, self.template, &self.plain(own, cx))
    }

    /// What a page ends with, with its data.
    fn last(&self, own: impl Serialize, data: String, cx: &EmitContext<'_>) -> Result<String, EmitError> {
        let plain = self.plain(own, cx);
        let closed = Page { closes: true, script: assets::joined(self.scripts), data, ..plain };
        cx.templates.render(&HTML, self.template, &closed)
    }

    fn plain<'p, V>(&'p self, own: V, cx: &'p EmitContext<'_>) -> Page<'p, V> {
        Page {
            opens: false,
            closes: false,
            note: cx.note(),
            tool: TOOL,
            organization: cx.organization,
            product: self.product,
            policy: String::new(),
            style: String::new(),
            script: String::new(),
            data: String::new(),
            own,
        }
    }
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
