//! Rules over the model, the flows and the catalogue: each finding with its reason, its place and a way out.
//! Input: [`Context`]. Output: findings, after waivers. Of plans it reads what cannot be; it knows nothing of dialects or files.
//!
//! A rule is one file in `rules/<step>/` with documentation, check and examples, and a name in the step's list;
//! `explain`, SARIF and the tests read the registry.

mod advice;
mod assertion_index;
mod assertions;
mod bases;
mod explain;
mod known;
mod pool_roles;
mod reference;
mod rule;
mod rules;
mod sink;
mod view;
mod waivers;
mod words;

pub use explain::{explain, nearest_code};
pub use known::{Known, find_known, known};
pub use reference::reference;
pub use rule::{Example, Rule};
pub use rules::rules;
pub use sink::{Finding, Sink};
pub use view::{Block, View};

use crate::catalog::Catalog;
use crate::diag::{self, Diag};
use crate::flow::Flows;
use crate::lower::Date;
use crate::model::Topology;
use crate::plan::certificate::CertificatePlan;
use crate::plan::dns::DnsPlan;

/// What a run looks at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The topology.
    pub topology: &'a Topology,
    /// Its flows.
    pub flows: &'a Flows<'a>,
    /// The facts of its product.
    pub catalog: &'a Catalog,
    /// Its names, with what cannot be planned of them.
    pub dns: &'a DnsPlan,
    /// Its certificates, likewise.
    pub certificates: &'a CertificatePlan,
    /// The day on which the topology is checked; without it no waiver is too old.
    pub today: Option<Date>,
}

/// How a run goes.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether waivers count; without them every finding shows.
    pub waivers: bool,
    /// Whether the topology is whole; of one with errors only what is written is judged.
    pub whole: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { waivers: true, whole: true }
    }
}

/// Runs all rules of the product, lets waivers take out what they cover, and sorts.
pub fn run(cx: &Context, options: Options) -> Vec<Diag> {
    let product = cx.topology.organization.product;
    let view = View::new(cx);
    let mut applicable =
        rules().iter().filter(|rule| rule.releases.contain(product) && (options.whole || rule.runs_despite_errors));
    let Some(first) = applicable.next() else { return Vec::new() };
    let mut sink = Sink::new(first.origin());
    for rule in std::iter::once(first).chain(applicable) {
        sink.turn_to(rule.origin());
        (rule.check)(&view, &mut sink);
    }
    let mut diags = sink.into_diags();
    if options.waivers {
        diags = waivers::apply(&view, cx.today, options.whole, diags);
    }
    diag::sort(&mut diags);
    diags
}
