//! Blocks by path: `redmond.pool01`, `external_access`, `site.redmond`.

use crate::diag::meant;
use crate::schema::blocks::{self, TOP};
use crate::schema::{BlockSchema, listed};
use crate::syntax::SyntaxTree;
use crate::syntax::ast::{self, Block, Item};

/// Kind and name of a block and of those around it, the outermost first.
type Chain<'t> = Vec<(&'static str, Option<&'t str>)>;

/// A block with those around it, the outermost first.
#[derive(Debug, Clone)]
pub(super) struct Place<'t> {
    pub(super) block: Block<'t>,
    pub(super) schema: &'static BlockSchema,
    chain: Chain<'t>,
}

impl Place<'_> {
    /// The path as messages show it: names, and the kinds of blocks without one.
    pub(super) fn path(&self) -> String {
        let inner = if self.chain.len() > 1 && self.chain[0].0 == "organization" { &self.chain[1..] } else { &self.chain[..] };
        inner.iter().map(|(kind, name)| name.unwrap_or(kind)).collect::<Vec<_>>().join(".")
    }

    /// How many blocks around it a path leaves out, if it names this block. `organization` need not be named.
    fn left_out(&self, path: &[&str]) -> Option<usize> {
        fn from(chain: &[(&str, Option<&str>)], path: &[&str]) -> Option<usize> {
            let Some(((kind, name), rest)) = chain.split_first() else { return path.is_empty().then_some(0) };
            let is_name = |segment: &&&str| Some(**segment) == *name;
            let mut ways = Vec::new();
            if path.first().is_some_and(|first| first == kind) {
                ways.push(from(rest, &path[1..]));
                if path.get(1).as_ref().is_some_and(is_name) {
                    ways.push(from(rest, &path[2..]));
                }
            }
            if path.first().as_ref().is_some_and(is_name) {
                ways.push(from(rest, &path[1..]));
            }
            if !rest.is_empty() {
                ways.push(from(rest, path).map(|more| more + usize::from(*kind != "organization")));
            }
            ways.into_iter().flatten().min()
        }
        from(&self.chain, path)
    }

    /// Whether a path names one server of the range that this block declares.
    fn has_member(&self, path: &[&str]) -> bool {
        let Some((last, around)) = path.split_last() else { return false };
        let Some(range) = self.chain.last().and_then(|(_, name)| *name).filter(|name| is_member(name, last)) else {
            return false;
        };
        let whole: Vec<&str> = around.iter().copied().chain([range]).collect();
        self.left_out(&whole).is_some()
    }
}

/// Whether `fe[01..04]` declares `fe02`.
fn is_member(range: &str, name: &str) -> bool {
    let parts = || {
        let (front, rest) = range.split_once('[')?;
        let (numbers, behind) = rest.split_once(']')?;
        let (first, last) = numbers.split_once("..")?;
        let number = name.strip_prefix(front)?.strip_suffix(behind)?;
        let is_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let read = |text: &str| text.parse::<u64>().ok();
        Some(is_digits && (read(first)?..=read(last)?).contains(&read(number)?))
    };
    parts().unwrap_or(false)
}

/// All blocks that the vocabulary knows where they are.
pub(super) fn all(trees: &[SyntaxTree]) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    let mut open: Vec<(Block<'_>, Chain<'_>)> = Vec::new();
    for tree in trees {
        open.extend(ast::items(tree).filter_map(block).map(|block| (block, Vec::new())));
    }
    while let Some((block_here, around)) = open.pop() {
        let parent = around.last().map_or(TOP, |(kind, _)| *kind);
        let Some(schema) = block_here.kind().and_then(|kind| blocks::find(kind.text, parent)) else { continue };
        let mut chain = around;
        chain.push((schema.kind, block_here.name().map(|name| name.text)));
        open.extend(block_here.items().filter_map(block).map(|inner| (inner, chain.clone())));
        places.push(Place { block: block_here, schema, chain });
    }
    places.sort_by_key(|place| place.block.span());
    places
}

fn block(item: Item<'_>) -> Option<Block<'_>> {
    if let Item::Block(block) = item { Some(block) } else { None }
}

/// The parts of a path; a dot in brackets belongs to a range.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let at_dot = |c: char| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '.' && depth == 0
    };
    path.split(at_dot).collect()
}

/// The blocks that a path names and that leave out the fewest blocks around them.
fn named<'p, 't>(places: &'p [Place<'t>], path: &[&str]) -> Vec<&'p Place<'t>> {
    let fits: Vec<(usize, &Place<'_>)> = places.iter().filter_map(|place| Some((place.left_out(path)?, place))).collect();
    let least = fits.iter().map(|(left_out, _)| *left_out).min();
    fits.into_iter().filter(|(left_out, _)| Some(*left_out) == least).map(|(_, place)| place).collect()
}

/// Where a path leads.
pub(super) enum Target<'p, 't> {
    /// To a block.
    Block(&'p Place<'t>),
    /// To one that may be here and is not.
    Missing { parent: &'p Place<'t>, schema: &'static BlockSchema },
}

/// The one block that a path names, or the parent of one without a name that could be there.
pub(super) fn find<'p, 't>(places: &'p [Place<'t>], path: &[&str]) -> Result<Target<'p, 't>, String> {
    let shown = path.join(".");
    match named(places, path)[..] {
        [place] => return Ok(Target::Block(place)),
        [] => {}
        ref several => {
            let paths: Vec<String> = several.iter().take(SHOWN).map(|place| place.path()).collect();
            let distinct = paths.windows(2).all(|pair| pair[0] != pair[1]);
            let names = listed(paths.iter().map(String::as_str), "or");
            return Err(if distinct {
                format!("`{shown}` names {} blocks: write {names}", several.len())
            } else {
                format!("`{shown}` names {} blocks of the same path, {names}", several.len())
            });
        }
    }
    if let Some((kind, around)) = path.split_last() {
        let parents = if around.is_empty() { named(places, &["organization"]) } else { named(places, around) };
        if let [parent] = parents[..]
            && let Some(schema) = blocks::find(kind, parent.schema.kind).filter(|schema| !schema.repeat)
        {
            return Ok(Target::Missing { parent, schema });
        }
    }
    if let Some(range) = places.iter().find(|place| place.has_member(path)) {
        return Err(format!("`{shown}` is declared together with others: write `{}`, and all of them change", range.path()));
    }
    // Waivers have the codes of rules as names.
    let places = || places.iter().filter(|place| place.schema.kind != "waive");
    let paths: Vec<String> = places().map(Place::path).collect();
    let kinds = places().map(|place| place.schema.kind);
    Err(match meant(&shown, || paths.iter().map(String::as_str).chain(kinds.clone())) {
        Some(near) => format!("there is no `{shown}` in the topology: did you mean `{near}`?"),
        None => {
            let mut tops: Vec<&str> = paths.iter().map(String::as_str).filter(|path| !path.contains('.')).collect();
            tops.sort_unstable();
            tops.dedup();
            let more = if tops.len() > SHOWN { ", …" } else { "" };
            let tops = listed(tops.into_iter().take(SHOWN), "and");
            format!("there is no `{shown}` in the topology; a path begins with one of {tops}{more}")
        }
    })
}

/// So many names are shown in a message.
const SHOWN: usize = 12;
