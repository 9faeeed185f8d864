//! Rules over the model, the flows and the catalogue: each finding with its reason, its place and a way out.
//! Input: a topology with its plans. Output: findings, after waivers. Of plans it reads what cannot be; it knows nothing of
//! dialects or files.
//!
//! A rule is one file in `rules/<step>/` with documentation, check and examples, and a name in the step's list;
//! `explain`, SARIF and the tests read the registry.

mod advice;
mod assertion_index;
mod assertions;
mod availability;
mod bases;
mod context;
mod excerpt;
mod explain;
mod pool_roles;
mod reference;
mod registry;
mod rule;
mod rules;
mod sink;
mod waivers;
mod words;

pub use context::{Block, RuleContext};
pub use explain::{code_json, explain};
pub use reference::reference;
pub use registry::{CodeEntry, codes, find_code};
pub use rule::{Example, Rule};
pub use rules::rules;
pub use sink::{Finding, Sink};

use rayon::prelude::*;

use crate::diag::{self, Diag};
use crate::lower::Date;
use crate::plan::Plans;

/// The options of a run.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The day on which the topology is checked; without it no waiver is too old.
    pub today: Option<Date>,
    /// Whether waivers count; without them every finding shows.
    pub waivers: bool,
    /// Whether the topology is whole; of one with errors only what is written is judged.
    pub whole: bool,
    /// Whether rules run side by side, which is worth its threads for large topologies only.
    pub side_by_side: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { today: None, waivers: true, whole: true, side_by_side: false }
    }
}

/// Runs all rules of the product, removes waived findings, and sorts.
pub fn run(plans: Plans<'_>, options: Options) -> Vec<Diag> {
    let product = plans.topology.organization.product;
    let view = RuleContext::new(plans, options.today);
    let applicable = rules().iter().filter(|rule| rule.releases.contain(product) && (options.whole || rule.runs_despite_errors));
    let check = |rule: &&Rule| {
        let mut sink = Sink::new(rule.origin());
        (rule.check)(&view, &mut sink);
        sink.into_diags()
    };
    let mut diags: Vec<Diag> = match options.side_by_side {
        true => applicable.collect::<Vec<_>>().into_par_iter().flat_map_iter(check).collect(),
        false => applicable.flat_map(check).collect(),
    };
    if options.waivers {
        diags = waivers::apply(&view, options.today, options.whole, diags);
    }
    diag::sort(&mut diags);
    diags
}
