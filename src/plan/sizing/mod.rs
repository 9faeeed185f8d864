//! The figures of a deployment: what the catalogue's formulas make of what the topology states, each beside what is declared.
//! Input: a topology with its release, or answers to questions without one. Output: a [`SizingPlan`], plain values.

mod addresses;
mod asked;
mod constants;
mod edges;
mod evaluate;
mod links;
mod sheet;
mod subjects;
mod tested;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

pub use addresses::{AddressUse, addresses};
pub use asked::{Asked, asked};
pub use edges::capacity_row;
pub use evaluate::evaluate;
pub use sheet::{Amount, HEADER, OpenRow, Places, Sheet, SheetDeclared, SheetInput, SheetRow, cells, sheet, shown};

use self::subjects::subjects;
pub use self::tested::tested_row;
use super::{Lines, SourceRef};
use crate::catalog::{Confidence, FigureRow, Measured};
use crate::formula::{Formula, Number};
use crate::model::Topology;

/// All figures.
#[derive(Debug, Clone)]
pub struct SizingPlan {
    /// The figures, by what they are of and in the order of the catalogue.
    pub figures: Vec<Figure>,
    /// Figures that could not be worked out.
    pub open: Vec<OpenFigure>,
}

/// One figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Its row.
    pub row: &'static FigureRow,
    /// What it is of.
    pub subject: Arc<SourceRef>,
    /// Its value.
    pub value: Number,
    formula: Arc<Formula<'static>>,
    /// Each name of the formula with its value.
    pub inputs: Vec<Used>,
    /// What is declared, and how it compares.
    pub declared: Option<Comparison>,
    /// How sure it is: as the least sure of its row and its constants.
    pub confidence: Confidence,
}

impl Figure {
    /// The formula with values in place of names. It is not kept: a check makes every figure and shows none.
    pub fn worked(&self) -> String {
        self.formula.worked(&|name| self.inputs.iter().find(|used| used.name == name).map(|used| used.value))
    }
}

/// A figure without a value.
#[derive(Debug, Clone)]
pub struct OpenFigure {
    /// Its row.
    pub row: &'static FigureRow,
    /// What it is of.
    pub subject: Arc<SourceRef>,
    /// Why there is none.
    pub why: String,
}

/// A name of a formula.
#[derive(Debug, Clone)]
pub struct Used {
    /// The name.
    pub name: &'static str,
    /// What it is, for people.
    pub what: Cow<'static, str>,
    /// Its value.
    pub value: Number,
    /// Where it is from.
    pub origin: Origin,
}

/// Where a value is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Stated or counted in the topology, at this declaration.
    Topology(Arc<SourceRef>),
    /// Given with the question.
    Asked,
    /// A row of the catalogue, by the name of its kind and its id.
    Row {
        /// The kind.
        kind: &'static str,
        /// The id.
        id: &'static str,
    },
    /// Stated in the topology in place of a row.
    Override {
        /// Where.
        stated: Arc<SourceRef>,
        /// The row that it replaces.
        id: &'static str,
        /// The figure of the row.
        default: Number,
    },
    /// Assumed, and why.
    Assumed(&'static str),
    /// An earlier figure.
    Figure(&'static str),
}

/// A figure beside what is declared.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// What is declared.
    pub value: Number,
    /// What it is, for people.
    pub what: &'static str,
    /// How much is left; negative where it is not enough.
    pub headroom: Number,
    /// How much of what is there is used, in percent; none of nothing.
    pub used: Option<Number>,
}

impl Comparison {
    /// Whether what is declared is enough.
    pub fn is_enough(&self) -> bool {
        self.headroom >= Number::from_integer(0)
    }
}

/// A value that a formula may name.
#[derive(Debug, Clone)]
pub struct Input {
    /// The value.
    pub value: Number,
    /// Where it is from.
    pub origin: Origin,
}

/// What figures are worked out for.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What it is.
    pub measured: Measured,
    /// Its declaration, or the words of a question.
    pub declared: Arc<SourceRef>,
    /// Its values by name.
    pub inputs: BTreeMap<&'static str, Input>,
    /// Words that rows need or lack beside inputs: `expanded`, `im_archiving`.
    pub words: Vec<&'static str>,
}

impl Subject {
    pub(crate) fn new(measured: Measured, declared: SourceRef) -> Self {
        Self { measured, declared: Arc::new(declared), inputs: BTreeMap::new(), words: Vec::new() }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.inputs.contains_key(name) || self.words.contains(&name)
    }

    pub(crate) fn set(&mut self, name: &'static str, value: u64, origin: Origin) {
        debug_assert!(
            self.measured.inputs().iter().any(|input| input.name == name),
            "`{name}` is no input of {:?}",
            self.measured
        );
        self.inputs.insert(name, Input { value: Number::from_integer(value.into()), origin });
    }
}

/// What replaces constants of the catalogue: the value and its place, by the id of the row.
pub type Overrides = BTreeMap<String, (Number, Origin)>;

/// The figures of a topology.
pub fn plan(topology: &Topology, lines: &Lines<'_>) -> SizingPlan {
    evaluate(topology.organization.product, &subjects(topology, lines), &subjects::overrides(topology, lines))
}
