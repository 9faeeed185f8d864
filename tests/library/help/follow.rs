//! Applies a help to the text of a topology.

use ocstopo::diag::Diag;
use ocstopo::schema::blocks;
use ocstopo::syntax::ast::{Attr, Block, Item};
use ocstopo::syntax::{SyntaxTree, ast, parse};
use ocstopo::text::{FileId, SourceMap, Span};

use crate::help::advice::Advice;

/// The files of a topology.
#[derive(Clone)]
pub struct Topology(Vec<(String, String)>);

impl Topology {
    pub fn new(sources: &SourceMap) -> Self {
        Self(sources.files().map(|(_, file)| (file.name().to_owned(), file.text().to_owned())).collect())
    }

    pub fn sources(&self) -> SourceMap {
        SourceMap::new(self.0.clone())
    }

    /// The topology after all steps of a way out; the obstacle, where a step is impossible.
    pub fn follow(&self, diag: &Diag, way: &[Advice]) -> Result<Self, String> {
        let sources = self.sources();
        let trees: Vec<(FileId, SyntaxTree)> =
            sources.files().map(|(id, file)| (id, parse(id, file.shared_text()).tree)).collect();
        let mut edits = Vec::new();
        for advice in way {
            edits.push(edit(&sources, &trees, diag, advice)?);
        }
        // From the end, so that no place moves before it is used.
        edits.sort_by_key(|(span, _)| std::cmp::Reverse((span.file, span.start)));
        Ok(edits.into_iter().fold(self.clone(), |topology, (span, text)| topology.edited(span, &text)))
    }

    fn edited(&self, span: Span, text: &str) -> Self {
        let mut files = self.0.clone();
        let name = self.sources().file(span.file).name().to_owned();
        let (_, content) = files.iter_mut().find(|(file, _)| *file == name).expect("the file");
        content.replace_range(span.start as usize..span.end as usize, text);
        Self(files)
    }
}

/// The change of the text by one step.
fn edit(sources: &SourceMap, trees: &[(FileId, SyntaxTree)], diag: &Diag, advice: &Advice) -> Result<(Span, String), String> {
    match advice {
        Advice::Replace(text) => {
            let span = diag.primary.span;
            let old = &sources.file(span.file).text()[span.start as usize..span.end as usize];
            let quoted = old.starts_with('"') && !text.starts_with('"');
            Ok((span, if quoted { format!("\"{text}\"") } else { text.clone() }))
        }
        Advice::Assign { attr, value, block } => {
            let target = match block {
                Some(block) => named(trees, block).into_iter().find(|block| takes(*block, attr)),
                None => {
                    let places = std::iter::once(diag.primary.span).chain(diag.related.iter().map(|label| label.span));
                    places.flat_map(|place| around(trees, place)).find(|block| takes(*block, attr))
                }
            };
            let target = target.ok_or_else(|| format!("no block at hand takes `{attr}`: say in which it goes"))?;
            if let Some(place) = written(target, attr) {
                return Ok((place.span(), format!("{attr} = {value}")));
            }
            let text = sources.file(target.span().file).text();
            let from = target.name().or(target.kind()).map_or(target.span().start, |word| word.span.end) as usize;
            let brace = from + text[from..].find('{').ok_or("the block has no brace")? + 1;
            Ok((Span::new(target.span().file, brace as u32, brace as u32), format!("\n{attr} = {value}\n")))
        }
    }
}

/// The blocks around a place, the innermost first.
fn around(trees: &[(FileId, SyntaxTree)], place: Span) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let Some((_, tree)) = trees.iter().find(|(id, _)| *id == place.file) else { return found };
    let mut items: Vec<Item<'_>> = ast::items(tree).collect();
    while let Some(item) = items.pop() {
        if let Item::Block(block) = item
            && block.span().start <= place.start
            && place.end <= block.span().end
        {
            items.extend(block.items());
            found.push(block);
        }
    }
    found.reverse();
    found
}

/// The blocks of all files that a help means by `edge_array edge`, `hq.se01` or `certificate_subject`.
fn named<'t>(trees: &'t [(FileId, SyntaxTree)], wanted: &str) -> Vec<Block<'t>> {
    let mut found = Vec::new();
    let mut items: Vec<Item<'_>> = trees.iter().flat_map(|(_, tree)| ast::items(tree)).collect();
    let last = wanted.rsplit(['.', ' ']).next().unwrap_or(wanted);
    let kind = wanted.split_once(' ').map(|(kind, _)| kind).or(blocks::of_kind(wanted).next().map(|block| block.kind));
    while let Some(item) = items.pop() {
        let Item::Block(block) = item else { continue };
        let is_kind = kind.is_none_or(|kind| block.kind().is_some_and(|word| word.text == kind));
        let is_name = blocks::of_kind(wanted).next().is_some() || block.name().is_some_and(|name| covers(name.text, last));
        if is_kind && is_name {
            found.push(block);
        }
        items.extend(block.items());
    }
    found
}

/// Whether a written name is another, or a range that holds it.
fn covers(written: &str, name: &str) -> bool {
    written == name
        || written
            .split_once('[')
            .is_some_and(|(stem, _)| name.strip_prefix(stem).is_some_and(|rest| rest.parse::<u32>().is_ok()))
}

fn takes(block: Block<'_>, attr: &str) -> bool {
    block.kind().is_some_and(|kind| blocks::of_kind(kind.text).any(|schema| schema.attr(attr).is_some()))
}

fn written<'t>(block: Block<'t>, attr: &str) -> Option<Attr<'t>> {
    block.items().find_map(|item| match item {
        Item::Attr(written) if written.key().is_some_and(|key| key.text == attr) => Some(written),
        _ => None,
    })
}
