//! What a user sees for each kind of mistake: message, underlined text, labels, help.

mod addresses;
mod anything;
mod blocks;
mod lists;
mod names;
mod order;
mod quantities;
mod ranges;
mod values;
mod words;

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Decls, lower};
use crate::diag::Diag;
use crate::product::Product;
use crate::syntax::parse;
use crate::text::{SourceMap, Span};

/// Lowers `source` beside a file that holds a correct organization, and shows what is found.
fn check(source: &str) -> String {
    check_in(Product::Ocs2007, source)
}

/// The same for a product.
fn check_in(product: Product, source: &str) -> String {
    let organization = format!("organization contoso {{ product = {}  sip_domains = [\"contoso.com\"] }}", product.word());
    check_files(&[source, &organization])
}

/// Shows what is found in files that are named `0`, `1` and so on.
fn check_files(files: &[&str]) -> String {
    let (map, _, diags) = lowered(files);
    diags.iter().map(|diag| show(&map, diag)).collect()
}

fn lowered(files: &[&str]) -> (SourceMap, Decls, Vec<Diag>) {
    let map = SourceMap::new(files.iter().enumerate().map(|(i, text)| (i.to_string(), (*text).to_owned())).collect());
    let trees: Vec<_> = map.files().map(|(id, file)| parse(id, Arc::from(file.text())).tree).collect();
    let (decls, diags) = lower(&trees);
    (map, decls, diags)
}

/// The declarations of a source that has no mistakes.
fn decls(source: &str) -> Decls {
    let organization = "organization contoso { product = ocs_2007  sip_domains = [\"contoso.com\"] }";
    let (map, decls, diags) = lowered(&[source, organization]);
    assert!(diags.is_empty(), "{}", diags.iter().map(|diag| show(&map, diag)).collect::<String>());
    decls
}

fn show(map: &SourceMap, diag: &Diag) -> String {
    let mut text = format!("{}: {}\n", diag.code, diag.message);
    let mut label = |span: Span, label: &str| {
        let place = map.line_column(span);
        let shown = |c: char| {
            if c.is_control() || ('\u{2000}'..'\u{2070}').contains(&c) { c.escape_unicode().collect() } else { c.to_string() }
        };
        let underlined: String = map.text(span).lines().next().unwrap_or_default().chars().map(shown).collect();
        let _ = writeln!(text, "  {}:{}:{} `{underlined}`: {label}", map.file(span.file).name(), place.line, place.column);
    };
    label(diag.primary.span, &diag.primary.text);
    for related in &diag.related {
        label(related.span, &related.text);
    }
    if let Some(help) = &diag.help {
        let _ = writeln!(text, "  help: {help}");
    }
    for edit in diag.fix.iter().flat_map(|fix| &fix.edits) {
        let _ = writeln!(text, "  fix: `{}` -> `{}`", map.text(edit.span), edit.text);
    }
    text
}

/// A network block that holds one attribute.
fn network(attr: &str) -> String {
    check(&format!("site redmond {{ network n {{ zone = internal  {attr} }} }}"))
}

/// A Standard Edition server with one more attribute.
fn server(attr: &str) -> String {
    check(&format!("site redmond {{ standard_edition se01 {{ address = 10.10.0.11  {attr} }} }}"))
}
