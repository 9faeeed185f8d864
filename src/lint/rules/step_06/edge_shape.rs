//! Edge arrays that are not what they say.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases, words};
use crate::model::{Detail, EdgeShape, Group, GroupKind, Role, Side};
use crate::schema::Product;

rule! {
    /// ## What it does
    /// Compares the servers of each edge array and their roles with the shape that the array says it has.
    ///
    /// ## Why it matters
    /// The shapes are what was tested. In a scaled site, for example, a Web Conferencing Edge apart from the Access Edge, or
    /// an A/V Edge together with it, gets other names, certificates and load-balanced ports than the guide describes, and
    /// Microsoft supports neither.
    ///
    /// ## Planning Guide
    /// Step 6: consolidated (one computer with all three roles, not to be scaled), single-site (Access and Web Conferencing
    /// Edge on one, A/V Edge on another), scaled single-site (two or more of each kind behind load balancers), and the remote
    /// site of each, which has no Access Edge. 2007 R2 knows computers with all three roles only.
    "OCS0603" "edge-shape" {
        severity: Error,
        confidence: High,
        source: "Edge deployment guide, edge topologies; load balancers for edges (bb870418)",
        products: &[Product::Ocs2007],
        bad: Example::with(bases::EDGE, &[("shape    = consolidated", "shape    = single_site")]),
        good: Example::of(bases::EDGE),
    }
}

/// How many computers run which roles together.
#[derive(Debug, Default, PartialEq, Eq)]
struct Computers {
    all: usize,
    access_and_web: usize,
    av: usize,
    web: usize,
    other: usize,
}

impl Computers {
    fn of(view: &View, group: &Group) -> Self {
        let runs = |role, server| {
            view.topology
                .group_endpoint(group.id, role, Side::Outside)
                .is_some_and(|endpoint| endpoint.members.iter().any(|member| member.server == server))
        };
        let mut computers = Self::default();
        for server in &group.servers {
            let roles = [Role::AccessEdge, Role::WebConferencingEdge, Role::AvEdge].map(|role| runs(role, *server));
            match roles {
                [true, true, true] => computers.all += 1,
                [true, true, false] => computers.access_and_web += 1,
                [false, false, true] => computers.av += 1,
                [false, true, false] => computers.web += 1,
                _ => computers.other += 1,
            }
        }
        computers
    }

    fn fits(&self, shape: EdgeShape) -> bool {
        match shape {
            EdgeShape::Consolidated => *self == Self { all: 1, ..Self::default() },
            EdgeShape::SingleSite => *self == Self { access_and_web: 1, av: 1, ..Self::default() },
            EdgeShape::ScaledSingleSite => {
                self.access_and_web >= 2 && self.av >= 2 && (self.all, self.web, self.other) == (0, 0, 0)
            }
            EdgeShape::RemoteSite => self.web >= 1 && self.av == 1 && (self.all, self.access_and_web, self.other) == (0, 0, 0),
            EdgeShape::ScaledRemoteSite => {
                self.web >= 2 && self.av >= 2 && (self.all, self.access_and_web, self.other) == (0, 0, 0)
            }
        }
    }

    fn text(&self) -> String {
        let parts: Vec<String> = [
            (self.all, "with all three roles"),
            (self.access_and_web, "with Access and Web Conferencing Edge"),
            (self.av, "with A/V Edge"),
            (self.web, "with Web Conferencing Edge"),
            (self.other, "with another combination of roles"),
        ]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, roles)| format!("{} {roles}", words::count(number, "computer")))
        .collect();
        words::list(&parts)
    }

    /// The shape that the computers are, if it is any.
    fn shape(&self) -> Option<&'static str> {
        SHAPES.iter().find(|(shape, _, _)| self.fits(*shape)).map(|(_, word, _)| *word)
    }
}

/// Each shape with its word and what it is made of.
const SHAPES: &[(EdgeShape, &str, &str)] = &[
    (EdgeShape::Consolidated, "consolidated", "1 computer with all three roles"),
    (EdgeShape::SingleSite, "single_site", "1 computer with Access and Web Conferencing Edge and 1 with A/V Edge"),
    (
        EdgeShape::ScaledSingleSite,
        "scaled_single_site",
        "2 or more computers with Access and Web Conferencing Edge and 2 or more with A/V Edge",
    ),
    (EdgeShape::RemoteSite, "remote_site", "computers with Web Conferencing Edge and 1 with A/V Edge, and no Access Edge"),
    (
        EdgeShape::ScaledRemoteSite,
        "scaled_remote_site",
        "2 or more computers with Web Conferencing Edge and 2 or more with A/V Edge, and no Access Edge",
    ),
];

fn check(view: &View, sink: &mut Sink) {
    for group in view.groups(GroupKind::EdgeArray) {
        let Detail::Edge { shape } = &group.detail else { continue };
        let computers = Computers::of(view, group);
        if computers.fits(shape.value) {
            continue;
        }
        let Some((_, word, made_of)) = SHAPES.iter().find(|(known, _, _)| *known == shape.value) else { continue };
        let help = match computers.shape() {
            Some(other) => format!("write `shape = {other}`, or change the servers of the array"),
            None => "a server runs the roles that it has an outside address for: give the servers the addresses of the shape"
                .to_owned(),
        };
        sink.report(
            Finding::new(
                format!("the shape `{word}` is {made_of}; `{}` has {}", group.path, computers.text()),
                shape.span,
                "the servers of the array have another shape",
            )
            .related(group.span, "the array")
            .help(help),
        );
    }
}
