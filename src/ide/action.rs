//! What an editor offers to do about a place: corrections of findings, waivers, blocks and attributes that are missing.

use super::cursor::{Cursor, schema_of};
use super::layout::changed_lines;
use super::{Place, Snapshot};
use crate::diag::{Code, Diag, Edit};
use crate::fix::apply;
use crate::lint::find_code;
use crate::schema::{AttrSchema, BlockSchema, NameRule, blocks};
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{Block, Item, items};
use crate::text::{FileId, Span};

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does, as an imperative.
    pub title: String,
    /// What kind of change it is.
    pub kind: ActionKind,
    /// The findings that it answers, by their position in the snapshot.
    pub findings: Vec<usize>,
    /// The changes.
    pub edits: Vec<Edit>,
}

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionKind {
    /// The one right answer to a finding.
    Correction,
    /// Accepts a finding, with a reason that is still to be written.
    Waiver,
    /// Writes what a block misses, with examples as values.
    Missing,
}

/// What can be done about a part of a file: the findings that touch it, and the block that it is in.
pub fn actions(snapshot: &Snapshot, file: FileId, range: std::ops::Range<u32>) -> Vec<Action> {
    let mut found = Vec::new();
    let touches = |span: Span| span.file == file && span.start <= range.end && range.start <= span.end;
    for (at, diag) in snapshot.compiled.diags.iter().enumerate().filter(|(_, diag)| touches(diag.primary.span)) {
        if let Some(fix) = &diag.fix {
            let (title, edits) = (fix.title.clone(), fix.edits.clone());
            found.push(Action { title, kind: ActionKind::Correction, findings: vec![at], edits });
        }
        found.extend(waiver(snapshot, at, diag));
    }
    let place = Place { file, offset: range.start };
    found.extend(missing(snapshot, place));
    found
}

/// The edits that make all corrections of a file; `None` where there is none.
pub fn fix_all(snapshot: &Snapshot, file: FileId) -> Option<Vec<Edit>> {
    let within = |diag: &&Diag| diag.fix.as_ref().is_some_and(|fix| fix.edits.iter().all(|edit| edit.span.file == file));
    let own: Vec<Diag> = snapshot.compiled.diags.iter().filter(within).cloned().collect();
    let pass = apply(&snapshot.compiled.sources, &own, &[])?;
    Some(changed_lines(snapshot.compiled.sources.file(file), file, pass.sources.file(file).text()))
}

/// The codes that waivers of a file name.
pub fn codes(snapshot: &Snapshot, file: FileId) -> Vec<(Span, &'static str)> {
    let Some(tree) = snapshot.compiled.trees.get(file.0 as usize) else { return Vec::new() };
    let waivers = tree.nodes().filter_map(Block::cast).filter(|block| block.kind().is_some_and(|kind| kind.text == "waive"));
    waivers.filter_map(|block| Some((block.name()?.span, find_code(block.name()?.text)?.row.code.0))).collect()
}

/// A waiver in the innermost block around a finding that may have one.
fn waiver(snapshot: &Snapshot, at: usize, diag: &Diag) -> Option<Action> {
    let Code(code) = diag.code;
    if !find_code(code)?.waivable() {
        return None;
    }
    let span = diag.primary.span;
    let tree = snapshot.compiled.trees.get(span.file.0 as usize)?;
    let mut around: Vec<Block<'_>> = Vec::new();
    let mut level: Vec<Item<'_>> = items(tree).collect();
    while let Some(block) = level.iter().find_map(|item| match item {
        Item::Block(block) if block.span().start <= span.start && span.end <= block.span().end => Some(*block),
        _ => None,
    }) {
        around.push(block);
        level = block.items().collect();
    }
    while let Some(block) = around.last() {
        let holds = block.kind().is_some_and(|kind| blocks::children_of(kind.text).any(|child| child.kind == "waive"));
        if holds && schema_of(&around).is_some() {
            let edit = insert(snapshot, *block, &format!("waive {code} {{ reason = \"\" }}"))?;
            let title = format!("accept {code} in `{}` with a reason", block.name().or(block.kind())?.text);
            return Some(Action { title, kind: ActionKind::Waiver, findings: vec![at], edits: vec![edit] });
        }
        around.pop();
    }
    None
}

/// What the innermost block around a place misses.
fn missing(snapshot: &Snapshot, place: Place) -> Vec<Action> {
    let Some(cursor) = Cursor::at(snapshot, place) else { return Vec::new() };
    let (Some(block), Some(schema)) = (cursor.blocks.last(), cursor.schema()) else { return Vec::new() };
    let (mut keys, mut kinds) = (Vec::new(), Vec::new());
    for item in block.items() {
        match item {
            Item::Attr(attr) => keys.extend(attr.key().map(|key| key.text)),
            Item::Block(inner) => kinds.extend(inner.kind().map(|kind| kind.text)),
            Item::Assertion(_) => {}
        }
    }
    let product = snapshot.product();
    let attrs = schema.attrs.iter().filter(|attr| attr.required && attr.since <= product && !keys.contains(&attr.name));
    let attrs = attrs.map(|attr| (format!("write the missing `{}`", attr.name), line(attr)));
    let inner = blocks::children_of(schema.kind);
    let inner = inner.filter(|child| child.required_in.contains(&schema.kind) && !kinds.contains(&child.kind));
    let inner = inner.map(|child| (format!("write the missing block `{}`", child.kind), skeleton(child)));
    let action = |(title, text): (String, String)| {
        let edits = vec![insert(snapshot, *block, &text)?];
        Some(Action { title, kind: ActionKind::Missing, findings: Vec::new(), edits })
    };
    attrs.chain(inner).filter_map(action).collect()
}

fn line(attr: &AttrSchema) -> String {
    format!("{} = {}", attr.name, attr.ty.example())
}

/// A block with its required attributes, and examples as values.
fn skeleton(block: &BlockSchema) -> String {
    let name = match block.name {
        NameRule::None => String::new(),
        NameRule::Required | NameRule::Range | NameRule::Text | NameRule::Code => {
            format!(" {}", block.example.split_whitespace().nth(1).unwrap_or("name"))
        }
    };
    let attrs: Vec<String> = block.attrs.iter().filter(|attr| attr.required).map(line).collect();
    if attrs.is_empty() {
        format!("{}{name} {{}}", block.kind)
    } else {
        format!("{}{name} {{ {} }}", block.kind, attrs.join("  "))
    }
}

/// Text as a line of its own at the end of a block, or in front of the brace that ends a block of one line; `None` where the block has
/// no closing brace.
fn insert(snapshot: &Snapshot, block: Block<'_>, text: &str) -> Option<Edit> {
    let span = block.span();
    let source = snapshot.compiled.sources.file(span.file);
    let close = block.node().child(SyntaxKind::RightBrace)?.span().start;
    let (first, last) = (source.line_of(span.start), source.line_of(close));
    if first == last {
        let before = &source.text()[..close as usize];
        let blank = match before.chars().next_back() {
            Some('{') => " ",
            Some(' ') if before.trim_end().ends_with('{') => "",
            Some(' ') => " ",
            _ => "  ",
        };
        let at = Span::new(span.file, close, close);
        return Some(Edit { span: at, text: format!("{blank}{text} ") });
    }
    let start = source.line_range(last).start;
    let margin: String = source.text()[source.line_range(first)].chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
    let closing = &source.text()[start..close as usize];
    let (at, text) = if closing.trim().is_empty() {
        (start as u32, format!("{margin}  {text}\n"))
    } else {
        (close, format!("\n{margin}  {text}\n{margin}"))
    };
    Some(Edit { span: Span::new(span.file, at, at), text })
}
