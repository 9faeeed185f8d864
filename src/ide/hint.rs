//! What follows from a line, shown beside it: the full name of a computer, the network of an address.

use super::Snapshot;
use super::cursor::schema_of;
use crate::model::{Server, Topology};
use crate::syntax::ast::{Attr, Block, Item, Value, items};
use crate::text::{FileId, Span};

/// A text that is shown at a place and is not in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Where.
    pub span: Span,
    /// What.
    pub text: String,
}

/// The hints of a part of a file, by place.
pub fn hints(snapshot: &Snapshot, file: FileId, range: std::ops::Range<u32>) -> Vec<Hint> {
    let (Some(tree), Some(resolved)) = (snapshot.compiled.trees.get(file.0 as usize), &snapshot.compiled.resolved) else {
        return Vec::new();
    };
    let mut found = Hints { topology: &resolved.topology, range, hints: Vec::new() };
    found.items(items(tree), &mut Vec::new());
    found.hints
}

struct Hints<'a> {
    topology: &'a Topology,
    range: std::ops::Range<u32>,
    hints: Vec<Hint>,
}

impl Hints<'_> {
    fn items<'t>(&mut self, items: impl Iterator<Item = Item<'t>>, around: &mut Vec<Block<'t>>) {
        for item in items {
            let span = item.span();
            if span.end < self.range.start || span.start > self.range.end {
                continue;
            }
            match item {
                Item::Block(block) => {
                    around.push(block);
                    self.computer(block, around);
                    self.items(block.items(), around);
                    around.pop();
                }
                Item::Attr(attr) => self.address(attr),
                Item::Assertion(_) => {}
            }
        }
    }

    /// The full name of a computer; of a range the first one.
    fn computer(&mut self, block: Block<'_>, around: &[Block<'_>]) {
        let Some(name) = block.name().filter(|_| schema_of(around).is_some_and(|schema| schema.is_computer())) else { return };
        let written =
            block.items().any(|item| matches!(item, Item::Attr(attr) if attr.key().is_some_and(|key| key.text == "fqdn")));
        let mut servers = self.topology.servers.iter().filter(|server| server.span == name.span);
        let Some(first) = servers.next().filter(|_| !written) else { return };
        let Server { fqdn: Some(fqdn), .. } = first else { return };
        let more = servers.count();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        self.hints.push(Hint { span: Span::new(name.span.file, name.span.end, name.span.end), text: format!("{fqdn}{more}") });
    }

    /// The network of an address.
    fn address(&mut self, attr: Attr<'_>) {
        let Some(Value::Scalar(word)) = attr.value() else { return };
        let Ok(address) = word.text.parse::<std::net::Ipv4Addr>() else { return };
        if let Some(network) = self.topology.network_around(address) {
            let end = Span::new(word.span.file, word.span.end, word.span.end);
            self.hints.push(Hint { span: end, text: network.name.clone() });
        }
    }
}
