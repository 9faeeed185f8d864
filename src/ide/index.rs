//! The names of a topology: which blocks have one, and where it is used.

use rustc_hash::FxHashMap;

use crate::compile::Compiled;
use crate::lower::{Assertion, Decl};
use crate::model::{Named, Topology};
use crate::schema::BlockSchema;
use crate::text::{FileId, Span};

/// A block with a name.
#[derive(Debug)]
pub(super) struct Name {
    /// The name as it is written; it may have a range.
    pub(super) span: Span,
    /// What may be in the block.
    pub(super) schema: &'static BlockSchema,
    /// The names that the block has: several where it has a range.
    pub(super) names: Vec<String>,
    /// The named block that it is in.
    pub(super) parent: Option<usize>,
}

/// A word that names a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    /// The word: a reference, or one part of it.
    pub(super) span: Span,
    /// The position of the name.
    pub(super) name: usize,
}

/// All names and their uses.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) names: Vec<Name>,
    by_span: FxHashMap<Span, usize>,
    /// By place.
    uses: Vec<Use>,
}

impl Index {
    /// The names of a topology; none where there is no organization that they could mean something in.
    pub(super) fn new(compiled: &Compiled) -> Self {
        let mut index = Self::default();
        let Some(resolved) = &compiled.resolved else { return index };
        let topology = &resolved.topology;
        topology.decls.blocks.iter().for_each(|decl| index.add(decl, None));
        let assertions = paths_of_assertions(topology);
        let links = topology.links.iter().map(|link| (link.at, link.to)).chain(assertions);
        let mut uses = Vec::new();
        for (at, to) in links {
            if let Some(name) = index.by_span.get(&to) {
                index.parts(compiled.sources.text(at), at, *name, &mut uses);
            }
        }
        uses.sort_unstable();
        uses.dedup();
        index.uses = uses;
        index
    }

    fn add(&mut self, decl: &Decl, parent: Option<usize>) {
        let mut own = parent;
        if !decl.name.is_empty() && decl.kind() != "waive" {
            own = Some(match self.by_span.get(&decl.name_span) {
                Some(known) => {
                    let names = &mut self.names[*known].names;
                    if !names.contains(&decl.name) {
                        names.push(decl.name.clone());
                    }
                    *known
                }
                None => {
                    let at = self.names.len();
                    let names = vec![decl.name.clone()];
                    self.by_span.insert(decl.name_span, at);
                    self.names.push(Name { span: decl.name_span, schema: decl.schema, names, parent });
                    at
                }
            });
        }
        decl.children.iter().for_each(|child| self.add(child, own));
    }

    /// The parts of a reference: the last one names the block, those before it the blocks around.
    fn parts(&self, text: &str, at: Span, name: usize, uses: &mut Vec<Use>) {
        let mut end = at.end;
        let mut around = Some(name);
        for part in text.rsplit('.') {
            let span = Span::new(at.file, end - part.len() as u32, end);
            end = span.start.saturating_sub(1);
            // A short path leaves blocks between out.
            while let Some(own) = around.filter(|own| !self.names[*own].names.iter().any(|own| own == part)) {
                around = self.names[own].parent;
            }
            let Some(own) = around else { return };
            uses.push(Use { span, name: own });
            around = self.names[own].parent;
        }
    }

    /// The name that is written, or used, at a place.
    pub(super) fn at(&self, file: FileId, offset: u32) -> Option<Use> {
        let holds = |span: Span| span.file == file && span.start <= offset && offset <= span.end;
        let next = self.uses.partition_point(|own| (own.span.file, own.span.start) <= (file, offset));
        let used = self.uses[..next].last().filter(|own| holds(own.span)).copied();
        let declared =
            || self.names.iter().position(|name| holds(name.span)).map(|name| Use { span: self.names[name].span, name });
        used.or_else(declared)
    }

    /// Where a name is used, by place.
    pub(super) fn uses_of(&self, name: usize) -> impl Iterator<Item = Span> {
        self.uses.iter().filter(move |own| own.name == name).map(|own| own.span)
    }

    /// The words of a file that name something.
    pub(super) fn uses_in(&self, file: FileId) -> &[Use] {
        let begin = self.uses.partition_point(|own| own.span.file < file);
        let end = self.uses.partition_point(|own| own.span.file <= file);
        &self.uses[begin..end]
    }

    /// The names of the blocks around a name and its own, as in a full path. A range gives its first name.
    pub(super) fn path(&self, name: usize) -> String {
        let mut parts = Vec::new();
        let mut next = Some(name);
        while let Some(at) = next {
            let name = &self.names[at];
            if !matches!(name.schema.kind, "organization") || parts.is_empty() {
                parts.push(name.names[0].as_str());
            }
            next = name.parent;
        }
        parts.reverse();
        parts.join(".")
    }
}

/// The paths in assertions, with the places of the names that they mean.
fn paths_of_assertions(topology: &Topology) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Decl> = topology.decls.blocks.iter().collect();
    while let Some(decl) = waiting.pop() {
        waiting.extend(&decl.children);
        let parties = |assertion: &Assertion| [assertion.from.clone(), assertion.to.clone()];
        for party in decl.assertions.iter().flat_map(parties) {
            let named = topology.by_path.get(&party.value.join("."));
            found.extend(named.and_then(|named| place(topology, *named)).map(|to| (party.span, to)));
        }
    }
    found
}

fn place(topology: &Topology, named: Named) -> Option<Span> {
    match named {
        Named::Site(id) => Some(topology.site(id).span),
        Named::Network(id) => topology.network(id).span,
        Named::Firewall(id) => Some(topology.firewall(id).span),
        Named::LoadBalancer(id) => Some(topology.load_balancer(id).span),
        Named::Group(id) => Some(topology.group(id).span),
        Named::Server(id) => Some(topology.server(id).span),
    }
}
