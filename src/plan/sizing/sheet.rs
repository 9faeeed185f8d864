//! Figures as rows of a sheet: plain values that tables and programs take as they are.

use std::borrow::Cow;

use serde::Serialize;

use super::{Figure, Origin, SizingPlan};
use crate::catalog::Confidence;
use crate::formula::{Number, number};
use crate::plan::SourceRef;

/// A number for programs: whole where it is whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount(pub Number);

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(*self.0.numer()) {
            Ok(whole) if self.0.is_integer() => serializer.serialize_i64(whole),
            _ => serializer.serialize_f64(float(&self.0)),
        }
    }
}

fn float(value: &Number) -> f64 {
    use num_traits::ToPrimitive;
    value.numer().to_f64().unwrap_or(f64::MAX) / value.denom().to_f64().unwrap_or(1.0)
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetRow {
    /// The row of the catalogue.
    pub figure: &'static str,
    /// What it is of: `pool`, `wan_link`.
    pub of: &'static str,
    /// The path of what it is of.
    pub subject: String,
    /// `file:line` of that.
    pub place: Option<String>,
    /// What it is, for people.
    pub title: &'static str,
    /// Its value.
    pub value: Amount,
    /// What is counted.
    pub unit: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// The formula with values.
    pub worked: String,
    /// Each name of the formula.
    pub inputs: Vec<SheetInput>,
    /// What is declared; none where nothing is.
    pub declared: Option<SheetDeclared>,
    /// What a reader must know.
    pub note: Option<&'static str>,
    /// The step of the Planning Guide.
    pub step: u8,
    /// The pages that state it.
    pub source: &'static [String],
    /// How sure it is.
    pub confidence: Confidence,
}

impl SheetRow {
    /// The value with its unit, for people.
    pub fn value_shown(&self) -> String {
        shown(&self.value.0, self.unit)
    }

    /// A further value of the same unit: a count has no unit again.
    fn beside(&self, value: &Number) -> String {
        if matches!(self.unit, "bytes" | "bps") { shown(value, self.unit) } else { number(value) }
    }

    /// What is declared, what is left of it or missing, and how much of it is used; none where nothing is declared.
    pub fn declared_shown(&self) -> Option<(String, String, Option<String>)> {
        let declared = self.declared.as_ref()?;
        let left = declared.headroom.0;
        let headroom = if left == Number::from_integer(0) {
            "none left".to_owned()
        } else if declared.enough {
            format!("{} left", self.beside(&left))
        } else {
            format!("{} missing", self.beside(&-left))
        };
        let used = declared.used.as_ref().map(|used| format!("{} %", number(&used.0.ceil())));
        Some((self.beside(&declared.value.0), headroom, used))
    }

    /// Whether what is declared is less than the figure.
    pub fn is_short(&self) -> bool {
        self.declared.as_ref().is_some_and(|declared| !declared.enough)
    }
}

impl SheetInput {
    /// The value and where it is from, for people.
    pub fn shown(&self) -> String {
        let origin = match (self.from, self.origin.as_deref()) {
            ("question", _) => "as asked".to_owned(),
            ("override", Some(stated)) => {
                let default = self.default.as_ref().map(|default| number(&default.0)).unwrap_or_default();
                format!("{stated}, in place of {default}")
            }
            ("assumption", Some(why)) => format!("assumed: {why}"),
            (_, origin) => origin.unwrap_or_default().to_owned(),
        };
        format!("{}: {} ({origin})", number(&self.value.0), self.what)
    }
}

/// What is declared beside a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetDeclared {
    /// What it is.
    pub what: &'static str,
    /// How much.
    pub value: Amount,
    /// How much is left; negative where it is not enough.
    pub headroom: Amount,
    /// The percent of it that is used.
    pub used: Option<Amount>,
    /// Whether it is enough.
    pub enough: bool,
}

/// A name of a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetInput {
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub what: Cow<'static, str>,
    /// Its value.
    pub value: Amount,
    /// `topology`, `question`, `catalogue`, `override`, `assumption` or `figure`.
    pub from: &'static str,
    /// The declaration, the row, or the reason of an assumption.
    pub origin: Option<String>,
    /// The value that an override replaces.
    pub default: Option<Amount>,
}

/// A figure that could not be worked out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpenRow {
    /// The row of the catalogue.
    pub figure: &'static str,
    /// The path of what it is of.
    pub subject: String,
    /// What it is, for people.
    pub title: &'static str,
    /// Why it has no value.
    pub why: String,
}

/// The sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// The figures.
    pub figures: Vec<SheetRow>,
    /// Figures without a value.
    pub open: Vec<OpenRow>,
}

/// Whether rows name file and line beside the path of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// Always, as answers do.
    Always,
    /// Where a build asks for it: a moved block changes no other artifact.
    AsBuilt,
}

impl Places {
    /// The place of a declaration, where rows name it.
    pub fn of(self, declared: &SourceRef) -> Option<&str> {
        declared.place.as_deref().filter(|_| self == Places::Always || declared.shown)
    }

    fn text(self, declared: &SourceRef) -> String {
        match self {
            Places::Always => declared.placed(),
            Places::AsBuilt => declared.to_string(),
        }
    }
}

/// The rows of a plan.
pub fn sheet(plan: &SizingPlan, places: Places) -> Sheet {
    let open = plan.open.iter().map(|open| OpenRow {
        figure: &open.row.id,
        subject: open.subject.path.clone(),
        title: &open.row.title,
        why: open.why.clone(),
    });
    Sheet { figures: plan.figures.iter().map(|figure| row(figure, places)).collect(), open: open.collect() }
}

fn row(figure: &Figure, places: Places) -> SheetRow {
    let provenance = &figure.row.provenance;
    SheetRow {
        figure: &figure.row.id,
        of: figure.row.of.word(),
        subject: figure.subject.path.clone(),
        place: places.of(&figure.subject).map(str::to_owned),
        title: &figure.row.title,
        value: Amount(figure.value),
        unit: &figure.row.unit,
        formula: &figure.row.formula,
        worked: figure.worked(),
        inputs: figure.inputs.iter().map(|used| input(used, places)).collect(),
        declared: figure.declared.as_ref().map(|declared| SheetDeclared {
            what: declared.what,
            value: Amount(declared.value),
            headroom: Amount(declared.headroom),
            used: declared.used.map(Amount),
            enough: declared.is_enough(),
        }),
        note: figure.row.note.as_deref(),
        step: provenance.step,
        source: &provenance.source,
        confidence: figure.confidence,
    }
}

fn input(used: &super::Used, places: Places) -> SheetInput {
    let (from, origin, default) = match &used.origin {
        Origin::Topology(declared) => ("topology", Some(places.text(declared)), None),
        Origin::Asked => ("question", None, None),
        Origin::Row { kind, id } => ("catalogue", Some(format!("{kind} {id}")), None),
        Origin::Override { stated, default, .. } => ("override", Some(places.text(stated)), Some(Amount(*default))),
        Origin::Assumed(why) => ("assumption", Some((*why).to_owned()), None),
        Origin::Figure(id) => ("figure", Some((*id).to_owned()), None),
    };
    SheetInput { name: used.name, what: used.what.clone(), value: Amount(used.value), from, origin, default }
}

/// The header of the table of figures.
pub const HEADER: [&str; 17] = [
    "of",
    "subject",
    "figure",
    "title",
    "value",
    "unit",
    "declared",
    "headroom",
    "used percent",
    "formula",
    "worked",
    "inputs",
    "note",
    "place",
    "guide step",
    "source",
    "confidence",
];

/// A row of the table of figures. Numbers are plain, so that a spreadsheet takes them as numbers.
pub fn cells(row: &SheetRow) -> [String; HEADER.len()] {
    let plain = |amount: &Amount| number(&amount.0).replace(',', "");
    let declared = row.declared.as_ref();
    let inputs = row.inputs.iter().map(|input| {
        let origin = input.origin.as_deref().map(|origin| format!(", {origin}")).unwrap_or_default();
        let default = input.default.as_ref().map(|default| format!(", default {}", plain(default))).unwrap_or_default();
        format!("{} = {} ({}{origin}{default})", input.name, plain(&input.value), input.from)
    });
    [
        row.of.to_owned(),
        row.subject.clone(),
        row.figure.to_owned(),
        row.title.to_owned(),
        plain(&row.value),
        row.unit.to_owned(),
        declared.map(|declared| plain(&declared.value)).unwrap_or_default(),
        declared.map(|declared| plain(&declared.headroom)).unwrap_or_default(),
        declared.and_then(|declared| declared.used.as_ref()).map(plain).unwrap_or_default(),
        row.formula.to_owned(),
        row.worked.clone(),
        inputs.collect::<Vec<_>>().join("; "),
        row.note.unwrap_or_default().to_owned(),
        row.place.clone().unwrap_or_default(),
        row.step.to_string(),
        row.source.join("; "),
        row.confidence.word().to_owned(),
    ]
}

/// An amount with its unit for people: bytes and bits in larger units, everything else with commas.
pub fn shown(value: &Number, unit: &str) -> String {
    let scaled = |base: i128, names: [&str; 5]| {
        let mut at = 0;
        let mut scale: i128 = 1;
        while at + 1 < names.len() && value.abs_at_least(scale.saturating_mul(base)) {
            scale = scale.saturating_mul(base);
            at += 1;
        }
        let small = value / Number::from_integer(scale);
        // One place is enough beside a larger unit.
        let tenths = (small * Number::from_integer(10)).round() / Number::from_integer(10);
        format!("{} {}", number(&tenths), names[at])
    };
    match unit {
        "bytes" => scaled(1_024, ["bytes", "KB", "MB", "GB", "TB"]),
        "bps" => scaled(1_000, ["bps", "kbps", "Mbps", "Gbps", "Tbps"]),
        unit => format!("{} {}", number(value), singular(value, unit)),
    }
}

/// A unit beside a number: `1 server`, `2 servers`.
fn singular<'u>(value: &Number, unit: &'u str) -> &'u str {
    match unit {
        "people" if *value == Number::from_integer(1) => "person",
        "addresses" if *value == Number::from_integer(1) => "address",
        _ if *value == Number::from_integer(1) => unit.strip_suffix('s').unwrap_or(unit),
        _ => unit,
    }
}

trait AtLeast {
    fn abs_at_least(&self, bound: i128) -> bool;
}

impl AtLeast for Number {
    fn abs_at_least(&self, bound: i128) -> bool {
        let bound = Number::from_integer(bound);
        *self >= bound || *self <= -bound
    }
}
