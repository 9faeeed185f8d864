//! Edge arrays that are not what they say.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{EdgeShapeRow, changes};
use crate::lint::rule::rule;
use crate::lint::rules::step_01::missing_role::needs;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Group, ServerId};
use crate::product::{Role, Side};

rule! {
    /// ## What it does
    /// Compares the servers of each edge array and their roles with the stated `shape` of the array, as the release defines it.
    ///
    /// ## Why it matters
    /// These shapes were tested. In a scaled site of 2007, for example, a Web Conferencing Edge apart from the Access Edge, or an
    /// A/V Edge together with it, gets other names, certificates and load-balanced ports than the guide describes, and Microsoft
    /// supports neither.
    ///
    /// ## Planning Guide
    /// Step 6: consolidated (one computer with all three roles, which cannot be scaled), single-site (Access and Web Conferencing
    /// Edge on one, A/V Edge on another), scaled single-site (two or more of each kind behind load balancers), and the remote
    /// site of each, which has no Access Edge. The table of edge capacities has the Access Edge alone on its computer too, so in
    /// 2007 an array may lack the Web Conferencing or the A/V Edge where no feature needs it. 2007 R2 supports only computers
    /// with all three roles, one or several behind load balancers; at a remote site their Access Edge is not used.
    "OCS0603" "edge-shape" {
        severity: Error,
        confidence: High,
        source: "Edge deployment guide, edge topologies; edge capacities, table 33 (bb870396); load balancers for edges (bb870418); 2007 R2, perimeter (dd425171)",
        bad: Example::with(bases::EDGE, &[("shape    = consolidated", "shape    = single_site")]),
        good: Example::of(bases::EDGE),
    }
}

/// How many computers of an array run which roles together.
struct Computers(BTreeMap<Vec<Role>, usize>);

impl Computers {
    fn of<'a>(view: &RuleContext<'a>, group: &'a Group) -> Self {
        let mut roles: BTreeMap<ServerId, Vec<Role>> = group.servers.iter().map(|server| (*server, Vec::new())).collect();
        for endpoint in view.endpoints(group).filter(|endpoint| endpoint.side == Side::Outside) {
            for member in &endpoint.members {
                roles.entry(member.server).or_default().push(endpoint.role);
            }
        }
        let mut computers = BTreeMap::new();
        for mut together in roles.into_values() {
            together.sort_unstable();
            *computers.entry(together).or_insert(0) += 1;
        }
        Self(computers)
    }

    /// Whether they are those of the shape, without any of the roles that it may lack and no feature needs.
    fn fit(&self, shape: &EdgeShapeRow, needed: &BTreeSet<Role>) -> bool {
        let idle: Vec<Role> = shape.may_lack.iter().copied().filter(|role| !needed.contains(role)).collect();
        (0..1_u32 << idle.len()).any(|chosen| {
            let left_out = |role: &Role| idle.iter().enumerate().any(|(at, other)| other == role && chosen >> at & 1 == 1);
            self.are(shape, &left_out)
        })
    }

    fn are(&self, shape: &EdgeShapeRow, left_out: &dyn Fn(&Role) -> bool) -> bool {
        let kept = |roles: &[Role]| roles.iter().copied().filter(|role| !left_out(role)).collect::<Vec<Role>>();
        let wanted = shape.computers.iter().map(|computers| (kept(&computers.roles), computers));
        let wanted: Vec<_> = wanted.filter(|(roles, _)| !roles.is_empty()).collect();
        let known = self.0.keys().all(|roles| wanted.iter().any(|(wanted, _)| wanted == roles));
        known
            && wanted.iter().all(|(roles, computers)| {
                let there = self.0.get(roles).copied().unwrap_or_default();
                there >= computers.at_least && computers.at_most.is_none_or(|most| there <= most)
            })
    }

    fn text(&self) -> String {
        let parts: Vec<String> = self
            .0
            .iter()
            .rev()
            .map(|(roles, number)| format!("{} with {}", words::count(*number, "computer"), together(roles)))
            .collect();
        words::list(&parts)
    }
}

/// `Access and Web Conferencing Edge`.
fn together(roles: &[Role]) -> String {
    match roles {
        [] => "no outside role".to_owned(),
        [_, _, _] => "all three roles".to_owned(),
        roles => {
            let titles: Vec<&str> = roles.iter().map(|role| role.title().trim_end_matches(" Edge")).collect();
            format!("{} Edge", words::list(&titles))
        }
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let shapes = view.facts::<EdgeShapeRow>();
    let needed: BTreeSet<Role> = needs(view).iter().flat_map(|need| need.requires).copied().collect();
    for block in view.blocks_of("edge_array") {
        let (Some(group), Some(shape)) = (view.group_of(block), block.decl.choice("shape")) else { continue };
        let computers = Computers::of(view, group);
        let row = shapes.iter().find(|row| row.id == shape.value);
        if row.is_some_and(|row| computers.fit(row, &needed)) {
            continue;
        }
        let help = match shapes.iter().find(|row| computers.fit(row, &needed)) {
            Some(other) => format!("write `shape = {}`, or change the servers of the array", other.id),
            None if row.is_some() => {
                "a server runs the roles that it has an outside address for: give the servers the addresses of the shape"
                    .to_owned()
            }
            None => {
                let known: Vec<String> = shapes.iter().map(|row| format!("`{}` ({})", row.id, row.what)).collect();
                format!("choose one of {}, and give the servers its addresses", words::list(&known))
            }
        };
        let finding = match row {
            Some(row) => Finding::new(
                format!("the shape `{}` is {}; `{}` has {}", row.id, row.what, group.path, computers.text()),
                shape.span,
                "the servers of the array have another shape",
            ),
            None => Finding::new(
                format!("the release has no edge array of the shape `{}`, which `{}` states", shape.value, group.path),
                shape.span,
                gone(view, shape.value),
            ),
        };
        sink.report(finding.related(group.span, "the array").help(help));
    }
}

/// Why the release no longer has a shape.
fn gone(view: &RuleContext, shape: &str) -> &'static str {
    let mut rows = changes(view.organization().product).iter();
    let row = rows.find(|row| row.file == "edge_shapes.toml" && row.id == shape);
    row.map_or("this release does not support it", |row| &row.reason)
}
