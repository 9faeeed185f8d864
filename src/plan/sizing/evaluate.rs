//! Rows and subjects to figures.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::constants::constant;
use super::{Comparison, Figure, OpenFigure, Origin, Overrides, SizingPlan, Subject, Used};
use crate::catalog::{Confidence, FigureBound, FigureRow, facts};
use crate::formula::{Formula, Number, Problem};
use crate::product::Product;

/// Works out every figure that has a meaning for a subject.
pub fn evaluate(product: Product, subjects: &[Subject], overrides: &Overrides) -> SizingPlan {
    let rows: Vec<(&'static FigureRow, Arc<Formula<'static>>)> =
        facts::<FigureRow>(product).iter().filter_map(|row| Some((row, Arc::new(row.formula()?)))).collect();
    let mut plan = SizingPlan { figures: Vec::new(), open: Vec::new() };
    for subject in subjects {
        let mut known: BTreeMap<&str, (Number, Confidence)> = BTreeMap::new();
        for (row, formula) in rows.iter().filter(|(row, _)| row.of == subject.measured) {
            if row.needs.iter().any(|name| !subject.has(name)) || row.lacks.iter().any(|name| subject.has(name)) {
                continue;
            }
            let names = Names { product, subject, overrides, known: &known };
            match figure(row, formula, &names) {
                Ok(figure) => {
                    known.insert(&row.id, (figure.value, figure.confidence));
                    plan.figures.push(figure);
                }
                Err(why) => plan.open.push(OpenFigure { row, subject: subject.declared.clone(), why }),
            }
        }
    }
    plan.figures.shrink_to_fit();
    plan
}

/// What the names of formulas mean for one subject.
struct Names<'a> {
    product: Product,
    subject: &'a Subject,
    overrides: &'a Overrides,
    known: &'a BTreeMap<&'a str, (Number, Confidence)>,
}

impl Names<'_> {
    fn used(&self, name: &'static str) -> Option<(Used, Confidence)> {
        let used = |what: Cow<'static, str>, value, origin| Used { name, what, value, origin };
        if let Some(id) = name.strip_prefix("figures.") {
            let (value, confidence) = *self.known.get(id)?;
            let title = facts::<FigureRow>(self.product).iter().find(|row| row.id == id).map_or("", |row| &row.title);
            return Some((used(title.into(), value, Origin::Figure(id)), confidence));
        }
        if let Some(found) = constant(self.product, name) {
            return Some(match self.overrides.get(found.id).filter(|_| found.kind == "user_model") {
                // What is stated is as sure as its author.
                Some((value, origin)) => (used(found.what, *value, origin.clone()), Confidence::High),
                None => (used(found.what, found.value, Origin::Row { kind: found.kind, id: found.id }), found.confidence),
            });
        }
        let input = self.subject.inputs.get(name)?;
        let what = self.subject.measured.inputs().iter().find(|input| input.name == name).map_or("", |input| input.what);
        let confidence = match &input.origin {
            Origin::Assumed(_) => Confidence::Low,
            _ => Confidence::High,
        };
        Some((used(what.into(), input.value, input.origin.clone()), confidence))
    }
}

fn figure(row: &'static FigureRow, formula: &Arc<Formula<'static>>, names: &Names<'_>) -> Result<Figure, String> {
    let used: Vec<(Used, Confidence)> = formula.names().into_iter().filter_map(|name| names.used(name)).collect();
    let of = |name: &str| used.iter().find(|(used, _)| used.name == name).map(|(used, _)| used.value);
    let value = formula.value(&of).map_err(|problem| told(&problem, names.subject))?;
    let declared = row.declared.as_deref().and_then(|name| {
        let input = names.subject.inputs.get(name)?;
        let what = names.subject.measured.inputs().iter().find(|input| input.name == name)?.what;
        compared(row.bound, value, input.value, what)
    });
    let confidence = used.iter().map(|(_, confidence)| *confidence).chain([row.provenance.confidence]).min();
    let mut inputs: Vec<Used> = used.into_iter().map(|(used, _)| used).collect();
    inputs.shrink_to_fit();
    Ok(Figure {
        row,
        subject: names.subject.declared.clone(),
        value,
        formula: formula.clone(),
        inputs,
        declared,
        confidence: confidence.unwrap_or(row.provenance.confidence),
    })
}

fn compared(bound: FigureBound, value: Number, declared: Number, what: &'static str) -> Option<Comparison> {
    let zero = Number::from_integer(0);
    let hundred = Number::from_integer(100);
    let (there, taken) = match bound {
        FigureBound::Needed => (declared, value),
        FigureBound::Carried => (value, declared),
    };
    let used = (there > zero).then(|| taken.checked_mul(hundred)?.checked_div(there)).flatten();
    Some(Comparison { value: declared, what, headroom: there.checked_sub(taken)?, used })
}

/// Arithmetic that can fail, by the names of its methods.
trait Checked: Sized {
    fn checked_mul(self, other: Self) -> Option<Self>;
    fn checked_div(self, other: Self) -> Option<Self>;
    fn checked_sub(self, other: Self) -> Option<Self>;
}

impl Checked for Number {
    fn checked_mul(self, other: Self) -> Option<Self> {
        num_traits::CheckedMul::checked_mul(&self, &other)
    }

    fn checked_div(self, other: Self) -> Option<Self> {
        num_traits::CheckedDiv::checked_div(&self, &other)
    }

    fn checked_sub(self, other: Self) -> Option<Self> {
        num_traits::CheckedSub::checked_sub(&self, &other)
    }
}

fn told(problem: &Problem, subject: &Subject) -> String {
    match problem {
        Problem::Missing(name) => {
            let input = subject.measured.inputs().iter().find(|input| input.name == name);
            match input {
                Some(input) => format!("there is no value for the {}", input.what),
                None => format!("it rests on `{name}`, which has no value here"),
            }
        }
        Problem::DivisionByZero => "it divides by zero".to_owned(),
        Problem::TooLarge => "the numbers are too large".to_owned(),
    }
}
