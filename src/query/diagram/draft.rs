//! A picture in the making: boxes by their path, each once.

use std::collections::BTreeMap;

use super::view::Style;
use super::words::clean;
use crate::diagram::{Family, Icon, Line, LineKind, Node, NodeId, Picture, State};
use crate::model::{FirewallId, GroupId, NetworkId};
use crate::plan::Plans;
use crate::text::Span;

/// A picture in the making.
pub(super) struct Draft<'a> {
    pub(super) plans: Plans<'a>,
    pub(super) style: Style<'a>,
    pub(super) picture: Picture,
    /// The boxes of groups; several groups may share one.
    pub(super) groups: BTreeMap<GroupId, NodeId>,
    /// The boxes of networks.
    pub(super) networks: BTreeMap<NetworkId, NodeId>,
    /// The boxes of firewalls.
    pub(super) walls: BTreeMap<FirewallId, NodeId>,
    ids: BTreeMap<String, NodeId>,
}

impl<'a> Draft<'a> {
    /// An empty picture about `what`.
    pub(super) fn new(plans: Plans<'a>, style: Style<'a>, what: &str, about: &str) -> Self {
        let organization = &plans.topology.organization;
        let picture = Picture {
            title: clean(&format!("{}: {what}", organization.name)),
            subtitle: format!("{} · {about}", organization.product.title()),
            note: style.note.map(str::to_owned),
            ..Picture::default()
        };
        let (groups, networks, walls, ids) = Default::default();
        Self { plans, style, picture, groups, networks, walls, ids }
    }

    /// Adds a box, or finds the one of that path.
    pub(super) fn add(&mut self, node: Node) -> NodeId {
        if let Some(id) = self.ids.get(&node.id) {
            return *id;
        }
        let id = NodeId(self.picture.nodes.len());
        self.ids.insert(node.id.clone(), id);
        self.picture.nodes.push(node);
        id
    }

    /// Takes the boxes from a position on out again.
    pub(super) fn cut(&mut self, from: usize) {
        for node in self.picture.nodes.drain(from..) {
            self.ids.remove(&node.id);
        }
        self.walls.retain(|_, wall| wall.0 < from);
    }

    /// The box of a path, if it is in the picture.
    pub(super) fn find(&self, id: &str) -> Option<NodeId> {
        self.ids.get(id).copied()
    }

    /// A line between boxes.
    pub(super) fn line(&mut self, kind: LineKind, from: Vec<NodeId>, to: Vec<NodeId>, label: String, tip: String) {
        if !from.is_empty() && !to.is_empty() {
            self.picture.lines.push(Line { kind, from, to, label, tip, walls: Vec::new() });
        }
    }

    /// The last line of a tooltip: where the declaration is.
    pub(super) fn declared(&self, path: &str, span: Span) -> String {
        let source = self.plans.lines.source_ref(path, Some(span));
        clean(&format!("declared: {}", if self.style.places { source.placed() } else { source.to_string() }))
    }

    /// The picture of a build that shows a site.
    pub(super) fn site_link(&self, site: &str) -> Option<String> {
        self.style.links.then(|| site_file(site))
    }
}

/// The name of the picture of a site in a build.
pub fn site_file(site: &str) -> String {
    let name: String = site.chars().map(|c| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' }).collect();
    format!("site-{name}.svg")
}

/// A box with a name; the rest is empty.
pub(super) fn node(id: &str, icon: Icon, family: Family, kind: &str, name: &str) -> Node {
    Node {
        id: clean(id),
        icon,
        family,
        kind: kind.to_owned(),
        name: clean(name),
        about: kind.to_owned(),
        front: Vec::new(),
        facts: Vec::new(),
        addresses: Vec::new(),
        tip: String::new(),
        link: None,
        state: State::Sound,
    }
}
