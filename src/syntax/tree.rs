//! The flat tree: nodes in preorder, each with the length of its subtree. It owns no text.

use std::sync::Arc;

use super::SyntaxKind;
use crate::text::{FileId, Span};

/// One node of the flat array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeData {
    /// What it is.
    pub kind: SyntaxKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// How many nodes its subtree has, itself included.
    pub subtree: u32,
}

/// The tree of one file.
#[derive(Debug, Clone)]
pub struct SyntaxTree {
    file: FileId,
    text: Arc<str>,
    nodes: Vec<NodeData>,
}

impl SyntaxTree {
    /// A tree over preorder `nodes`; the first is the [`SyntaxKind::File`].
    pub(super) fn new(file: FileId, text: Arc<str>, nodes: Vec<NodeData>) -> Self {
        Self { file, text, nodes }
    }

    /// The file that it is the tree of.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The text under the tree.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under the tree, shared.
    pub fn shared_text(&self) -> &Arc<str> {
        &self.text
    }

    /// The file node.
    pub fn root(&self) -> Node<'_> {
        Node { tree: self, index: 0 }
    }

    /// The nodes in front of one, the nearest first.
    pub(super) fn nodes_before<'t>(&'t self, node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
        (0..node.index).rev().map(move |index| Node { tree: self, index })
    }

    /// All nodes in preorder.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.nodes.len()).map(move |index| Node { tree: self, index })
    }
}

impl PartialEq for Node<'_> {
    /// Nodes of one tree are equal when they are the same node.
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.tree, other.tree)
    }
}

/// A view of one node.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    tree: &'t SyntaxTree,
    index: usize,
}

impl<'t> Node<'t> {
    pub(super) fn data(self) -> &'t NodeData {
        &self.tree.nodes[self.index]
    }

    /// Its place in the preorder.
    pub(super) fn index(self) -> usize {
        self.index
    }

    /// Whether it has no children.
    pub fn is_leaf(self) -> bool {
        self.data().subtree == 1
    }

    /// The node and all below it, in preorder.
    pub fn subtree(self) -> impl Iterator<Item = Node<'t>> + Clone {
        (self.index..self.index + self.data().subtree as usize).map(move |index| Node { tree: self.tree, index })
    }

    /// What it is.
    pub fn kind(self) -> SyntaxKind {
        self.data().kind
    }

    /// Its place.
    pub fn span(self) -> Span {
        Span::new(self.tree.file, self.data().start, self.data().end)
    }

    /// Its text.
    pub fn text(self) -> &'t str {
        &self.tree.text[self.data().start as usize..self.data().end as usize]
    }

    /// Its direct children.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> + Clone {
        let end = self.index + self.data().subtree as usize;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = Node { tree: self.tree, index: next };
                next += child.data().subtree as usize;
                child
            })
        })
    }

    /// The first direct child of a kind.
    pub fn child(self, kind: SyntaxKind) -> Option<Node<'t>> {
        self.children().find(|child| child.kind() == kind)
    }
}
