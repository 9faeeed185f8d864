//! One block: its kind, its name, its content, and the blocks of its range.

use super::attrs::Attrs;
use super::context::Context;
use super::duplicates::merge_duplicates;
use super::problem::Problem;
use super::ranges::{NameRange, TOPOLOGY_MAX};
use super::{Assertion, Decl, assertions, strings, unknown, words};
use crate::diag::codes::lowering::{BAD_RANGE, MISSING_BLOCK, MISSING_NAME, RANGE_TOO_LARGE, TOO_DEEP, TOO_NEW, UNEXPECTED_NAME};
use crate::diag::{Diag, Edit, Fact, Fix};
use crate::schema::blocks::{self, TOP};
use crate::schema::{BlockSchema, NameRule, a};
use crate::syntax::ast::{self, Word};
use crate::text::Span;

/// How deep blocks may be nested; the vocabulary itself needs five.
const DEPTH_MAX: usize = 32;

/// No name that cannot be one is quoted beyond this many bytes.
const NAME_SHOWN: usize = 63;

/// The name of a block.
#[derive(Debug)]
enum Name {
    /// The block has none.
    None,
    /// One name.
    One(String),
    /// A name for a block whose own is missing or wrong.
    StandIn(String),
    /// A range of names.
    Range(NameRange),
}

impl Name {
    fn count(&self) -> usize {
        if let Name::Range(range) = self { range.count } else { 1 }
    }

    fn at(&self, index: usize) -> String {
        match self {
            Name::None => String::new(),
            Name::One(name) | Name::StandIn(name) => name.clone(),
            Name::Range(range) => range.name(index),
        }
    }
}

impl Context {
    /// Lowers a block in `parent`, at the top of a file when that is `None`. The blocks of its range are added
    /// to `decls`, its kind to `seen`.
    pub(super) fn block(
        &mut self,
        block: ast::Block<'_>,
        parent: Option<&'static BlockSchema>,
        depth: usize,
        decls: &mut Vec<Decl>,
        seen: &mut Vec<&'static str>,
    ) {
        let Some(kind) = block.kind() else { return self.note_unread(block) };
        if depth >= DEPTH_MAX {
            let diag =
                Diag::error(TOO_DEEP, format!("blocks are nested deeper than {DEPTH_MAX}"), kind.span, "the first one too deep");
            self.diags.push(diag.help("look for a missing `}` above"));
            return;
        }
        let (schema, keep) = match blocks::find(kind.text, parent.map_or(TOP, |parent| parent.kind)) {
            Some(schema) => (schema, true),
            None => {
                let meant = unknown::block(kind, block.name(), parent);
                self.diags.push(meant.diag);
                if !meant.keep {
                    self.note_unread(block);
                }
                match meant.schema {
                    Some(schema) => (schema, meant.keep),
                    None => return,
                }
            }
        };
        let lowered = self.known_block(block, kind, schema, depth);
        if keep {
            seen.push(schema.kind);
            decls.extend(lowered);
        }
    }

    /// Notes the names of a block that is dropped, and of all in it.
    fn note_unread(&mut self, block: ast::Block<'_>) {
        let mut open = vec![block];
        while let Some(block) = open.pop() {
            self.unread.extend(block.name().map(|word| word.text.trim_matches(['"', '\'']).to_owned()));
            open.extend(block.items().filter_map(|item| if let ast::Item::Block(inner) = item { Some(inner) } else { None }));
        }
    }

    fn known_block(&mut self, block: ast::Block<'_>, kind: Word<'_>, schema: &'static BlockSchema, depth: usize) -> Vec<Decl> {
        self.check_since(kind, schema);
        let has_fqdn =
            block.items().any(|item| matches!(item, ast::Item::Attr(attr) if attr.key().is_some_and(|k| k.text == "fqdn")));
        let name = self.name(block, kind, schema, schema.is_computer() && !has_fqdn);
        let name_span = block.name().filter(|_| !matches!(name, Name::None)).map_or(kind.span, |word| word.span);

        if schema.kind == "site" {
            self.site = Some(name_span);
        }

        let mut attrs = Attrs::of(schema, block);
        let mut children = Vec::new();
        let mut seen = Vec::new();
        let mut lines: Vec<Assertion> = Vec::new();
        for item in block.items() {
            if self.is_full(item.span()) {
                break;
            }
            match item {
                ast::Item::Attr(attr) => attrs.read(self, schema, attr),
                ast::Item::Block(inner) => {
                    if let Some((kind, attr)) = inner.kind().and_then(|kind| Some((kind, schema.attr(kind.text)?))) {
                        attrs.note_block(attr.name, kind.span);
                    }
                    self.block(inner, Some(schema), depth + 1, &mut children, &mut seen);
                }
                ast::Item::Assertion(line) if schema.kind == "assert" => lines.extend(assertions::assertion(self, line)),
                ast::Item::Assertion(line) => self.assertion_outside(line.span()),
            }
        }
        if schema.kind == "site" {
            self.site = None;
        }
        seen.append(&mut attrs.meant_blocks);
        if self.broken.inside(block.span()) {
            attrs.note_broken(schema, block.span(), &self.broken.words);
        } else {
            let shown = block.name().map(|word| word.text).filter(|_| !matches!(name, Name::None));
            attrs.check_complete(self, schema, shown, name_span, block.span());
            self.check_blocks(schema, shown, name_span, &seen);
        }
        attrs.sort(schema);
        match &name {
            Name::StandIn(_) => attrs.drop_ranges(),
            Name::Range(range) => attrs.check_ranges(self, schema, name_span, Some(range.count)),
            Name::None | Name::One(_) => attrs.check_ranges(self, schema, name_span, None),
        }
        let children = merge_duplicates(children, &mut self.diags);
        lines.sort_by(|a, b| (a.kind, &a.from.value, &a.to.value, a.span).cmp(&(b.kind, &b.from.value, &b.to.value, b.span)));

        let count = self.bounded(name.count(), name_span);
        // All but the last get copies of what is inside; most blocks are no range and are the last.
        let inside = std::iter::repeat_n((children, lines), count);
        inside
            .enumerate()
            .map(|(index, (children, assertions))| Decl {
                schema,
                name: name.at(index),
                name_span,
                span: block.span(),
                index,
                attrs: attrs.at(index),
                refused: attrs.refused(),
                undecided: attrs.undecided.clone(),
                children,
                assertions,
            })
            .collect()
    }

    /// Reads the name. A block whose name is missing or wrong gets a placeholder name, so that its content is still checked.
    fn name(&mut self, block: ast::Block<'_>, kind: Word<'_>, schema: &'static BlockSchema, host: bool) -> Name {
        let word = block.name();
        if schema.name == NameRule::None {
            if let Some(word) = word {
                let end = block.quoted_name().map_or(word.span.end, |quoted| quoted.span.end);
                let diag = Diag::error(
                    UNEXPECTED_NAME,
                    format!("`{}` has no name", schema.kind),
                    word.span,
                    "there is at most one, so it has no name",
                );
                let fix = Fix {
                    title: "remove the name".into(),
                    edits: vec![Edit { span: Span::new(word.span.file, kind.span.end, end), text: String::new() }],
                };
                self.diags.push(diag.help(format!("write `{} {{ … }}`", schema.kind)).fix(fix));
            }
            return Name::None;
        }
        let Some(word) = word else {
            if !self.broken.inside(block.span()) {
                let diag = Diag::error(MISSING_NAME, format!("`{}` needs a name", schema.kind), kind.span, "the name is missing");
                let head = schema.example.split(" {").next().unwrap_or(schema.kind);
                let diag = diag.help(format!("write a name, as in `{head} {{ … }}`"));
                self.diags.push(diag.blames(Fact::Names(schema.kind, self.site)));
            }
            return self.placeholder("");
        };
        let quoted = block.quoted_name();
        if let Some(quoted) = quoted {
            if schema.name == NameRule::Text {
                return self.text_name(quoted);
            }
            self.diags.push(words::in_quotes(word, quoted));
        }
        let read = match schema.name {
            NameRule::Code => words::check_code(word.text).map(|()| Name::One(word.text.to_owned())),
            _ if !word.text.contains(['[', ']']) => {
                words::check_name(schema.kind, word.text, host).map(|()| Name::One(word.text.to_owned()))
            }
            NameRule::Range => range_of_names(schema, word.text, host),
            _ => Err(Problem::new(BAD_RANGE, format!("the name of {} cannot have a range", a(schema.kind)), "a range")
                .help(format!("only servers have ranges: write {} for each", a(&format!("`{}`", schema.kind))))),
        };
        match read {
            Ok(name) => name,
            Err(problem) => {
                if quoted.is_none() {
                    let diag = problem.into_diag(word.span).blames(Fact::Names(schema.kind, self.site));
                    self.diags.push(diag.blames(Fact::Written(word.span)));
                }
                self.unread.insert(word.text.to_owned());
                self.placeholder(word.text)
            }
        }
    }

    /// Reads a name that is a text.
    fn text_name(&mut self, quoted: Word<'_>) -> Name {
        let text = match quoted.text.starts_with('"') {
            true => strings::quoted(quoted.text),
            false => strings::raw(quoted.text),
        };
        let read = text.and_then(|text| words::check_text_name(&text).map(|()| text));
        match read {
            Ok(text) => Name::One(text),
            Err(problem) => {
                self.diags.push(problem.into_diag(quoted.span).blames(Fact::Written(quoted.span)));
                self.placeholder("")
            }
        }
    }

    /// A name for a block that has none that could be used: what is written if that is short and plain, for findings quote it.
    fn placeholder(&mut self, written: &str) -> Name {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '[' | ']');
        if !written.is_empty() && written.len() <= NAME_SHOWN && written.chars().all(plain) {
            return Name::StandIn(written.to_owned());
        }
        self.unnamed += 1;
        Name::StandIn(if self.unnamed == 1 { "…".to_owned() } else { format!("…{}", self.unnamed) })
    }

    fn check_since(&mut self, kind: Word<'_>, schema: &'static BlockSchema) {
        let Some(product) = self.product.filter(|product| schema.since > *product) else { return };
        let message = format!("`{}` does not exist in {}", schema.kind, product.title());
        let diag = Diag::error(TOO_NEW, message, kind.span, format!("since {}", schema.since.title()));
        let older = blocks::ALL.iter().find(|other| other.since <= product && other.kind.ends_with(schema.kind));
        self.diags.push(match older {
            Some(older) => diag.help(format!("write `{}`, which {} has instead", older.kind, product.title())),
            None => diag.help(format!("remove it, or write `product = {}`", schema.since.word())),
        });
    }

    /// Reports blocks that the block cannot do without.
    fn check_blocks(&mut self, schema: &'static BlockSchema, name: Option<&str>, place: Span, seen: &[&str]) {
        let whose = name.map_or_else(|| format!("`{}`", schema.kind), |name| format!("{} `{name}`", schema.kind));
        for inner in blocks::children_of(schema.kind).filter(|inner| inner.required_in.contains(&schema.kind)) {
            if seen.contains(&inner.kind) {
                continue;
            }
            let head = inner.example.split(" {").next().unwrap_or(inner.kind);
            let required = inner.attrs.iter().filter(|attr| attr.required);
            let attrs: Vec<_> = required.map(|attr| format!("{} = {}", attr.name, attr.ty.example())).collect();
            let attrs = if attrs.is_empty() || head.contains('[') { "…".to_owned() } else { attrs.join("  ") };
            let diag = Diag::error(
                MISSING_BLOCK,
                format!("{whose} needs `{}`", inner.kind),
                place,
                format!("no `{}` between its braces", inner.kind),
            );
            let diag = diag.help(format!("write one between the braces, as in `{head} {{ {attrs} }}`"));
            self.diags.push(diag.needs(Fact::Placed(inner.kind)));
        }
    }

    /// How many blocks a range may still have.
    fn bounded(&mut self, count: usize, place: Span) -> usize {
        if count <= 1 {
            return count;
        }
        if self.expanded + count <= TOPOLOGY_MAX {
            self.expanded += count;
            return count;
        }
        if !self.bound_reported {
            self.bound_reported = true;
            let message = "the ranges of this topology describe more than 20,000 servers";
            let diag = Diag::error(RANGE_TOO_LARGE, message, place, "the first one above the limit");
            self.diags.push(diag.help("describe the deployment in several topologies, or write smaller ranges"));
        }
        1
    }
}

fn range_of_names(schema: &'static BlockSchema, text: &str, host: bool) -> Result<Name, Problem> {
    let range = NameRange::parse(text)?;
    for name in range.ends() {
        words::check_name(schema.kind, &name, host)?;
    }
    Ok(Name::Range(range))
}
