//! The entry: all files of a topology at once, and what is known while one block after the other is lowered.

use super::context::{Context, Missing};
use super::duplicates::merge_duplicates;
use super::unparsed::Broken;
use super::{Decl, Decls, undecided, unknown};
use crate::diag::codes::bounds::TOO_MANY;
use crate::diag::codes::lowering::MISPLACED_LINE;
use crate::diag::codes::model::NO_ORGANIZATION;
use crate::diag::{self, Diag};
use crate::product::Product;
use crate::schema::blocks;
use crate::syntax::{SyntaxTree, ast};
use crate::text::Span;

/// Lowers all files of a topology. Every finding that is no consequence of another is reported; a block with findings is lowered
/// as far as it goes, so that later stages find more.
pub fn lower(trees: &[SyntaxTree]) -> (Decls, Vec<Diag>) {
    let mut trees: Vec<&SyntaxTree> = trees.iter().collect();
    trees.sort_by_key(|tree| tree.file());
    let mut context = Context { product: product(&trees), broken: Broken::new(&trees), ..Context::default() };
    let mut decls: Vec<Decl> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for tree in &trees {
        for item in ast::items(tree) {
            if context.is_full(item.span()) {
                break;
            }
            match item {
                ast::Item::Block(block) => context.block(block, None, 0, &mut decls, &mut seen),
                ast::Item::Attr(attr) => context.attr_outside(attr),
                ast::Item::Assertion(assertion) => context.assertion_outside(assertion.span()),
            }
        }
    }
    if let Some(tree) = trees.first() {
        context.missing_at_top(tree, &seen);
    }
    if let Some(first) = context.first_unread {
        // What was not looked at would be missing everywhere.
        let diag = Diag::error(TOO_MANY.code, "and the rest, which is not checked", first, "from here on");
        context.diags.push(diag.help("correct the findings shown, or check that these files are a topology"));
        diag::sort(&mut context.diags);
        return (Decls::default(), context.diags);
    }
    let blocks = merge_duplicates(decls, &mut context.diags);
    context.report_missing();
    context.diags.extend(trees.iter().flat_map(|tree| undecided::of_file(tree)));
    diag::sort(&mut context.diags);
    context.unread.append(&mut context.broken.words);
    (Decls { blocks, unread: context.unread }, context.diags)
}

impl Context {
    /// Whether there are so many findings that the text from `next` on is no longer read.
    pub(super) fn is_full(&mut self, next: Span) -> bool {
        if self.diags.len() >= diag::MOST {
            self.first_unread.get_or_insert(next);
        }
        self.first_unread.is_some()
    }

    /// A `never` or `allow` line outside an `assert` block.
    pub(super) fn assertion_outside(&mut self, span: Span) {
        let diag = Diag::error(MISPLACED_LINE, "a `never` or `allow` line is outside `assert`", span, "not in an `assert` block");
        self.diags.push(diag.help("move it into `assert { … }`"));
    }

    fn attr_outside(&mut self, attr: ast::Attr<'_>) {
        let Some(key) = attr.key() else { return };
        self.outside.push(key.text.to_owned());
        // Its missing parts are already reported.
        if self.broken.inside(attr.span()) {
            return;
        }
        let message = format!("the attribute `{}` is outside every block", key.text);
        let help = match unknown::Owners::of(key.text, None) {
            Some(owners) => format!("move it into {}", owners.kinds),
            None => "move it into the block that it belongs to".into(),
        };
        self.diags.push(Diag::error(MISPLACED_LINE, message, key.span, "not in a block").help(help));
    }

    /// Reports a missing attribute, unless it is in a block inside, or outside all blocks: that is reported there.
    fn report_missing(&mut self) {
        self.strays.sort_unstable();
        for Missing { attr, block, diag } in std::mem::take(&mut self.missing) {
            let first = self.strays.partition_point(|(stray, _)| stray.as_str() < attr);
            let mut same = self.strays[first..].iter().take_while(|(stray, _)| stray == attr).map(|(_, span)| *span);
            let inside = |stray: Span| block.file == stray.file && block.start <= stray.start && stray.end <= block.end;
            if !same.any(inside) && !self.outside.iter().any(|outside| outside == attr) {
                self.diags.push(diag);
            }
        }
    }

    fn missing_at_top(&mut self, tree: &SyntaxTree, seen: &[&str]) {
        for schema in blocks::children_of(blocks::TOP).filter(|schema| schema.required_in.contains(&blocks::TOP)) {
            if seen.contains(&schema.kind) || self.broken.at_top() {
                continue;
            }
            let first = ast::items(tree).find_map(|item| match item {
                ast::Item::Block(block) => block.name().or(block.kind()).map(|word| word.span),
                _ => None,
            });
            let message = format!("the topology has no `{}` block", schema.kind);
            let (place, label) = match first {
                Some(span) => (span, format!("no `{}` block contains this", schema.kind)),
                None => (Span::new(tree.file(), 0, 0), "nothing is declared here".to_owned()),
            };
            let diag = Diag::error(NO_ORGANIZATION, message, place, label);
            self.diags.push(diag.help(format!("write one, or check that its file is among the files read:\n{}", schema.example)));
        }
    }
}

/// The organization's product as written, wherever the organization is.
fn product(trees: &[&SyntaxTree]) -> Option<Product> {
    let organization = trees.iter().flat_map(|tree| ast::items(tree)).find_map(|item| match item {
        ast::Item::Block(block) if block.kind()?.text == "organization" => Some(block),
        _ => None,
    })?;
    let word = organization.items().find_map(|item| match item {
        ast::Item::Attr(attr) if attr.key()?.text == "product" => match attr.value()? {
            ast::Value::Scalar(word) | ast::Value::Quoted(word) | ast::Value::Raw(word) => Some(word.text),
            ast::Value::List(_) => None,
        },
        _ => None,
    })?;
    word.trim_matches(['"', '\'']).parse().ok()
}
