//! Constants of the catalogue by the names that formulas use.

use std::borrow::Cow;

use crate::catalog::{Assumption, Codec, Confidence, Limit, fact};
use crate::formula::Number;
use crate::product::Product;

/// A constant.
pub(super) struct Constant {
    /// The kind of its row.
    pub(super) kind: &'static str,
    /// The id of its row.
    pub(super) id: &'static str,
    /// What it is, for people.
    pub(super) what: Cow<'static, str>,
    /// Its value.
    pub(super) value: Number,
    /// How sure it is.
    pub(super) confidence: Confidence,
}

/// The constant of a name such as `limits.standard_edition.users`, `user_model.contacts` or `codecs.g711.ip`.
pub(super) fn constant(product: Product, name: &'static str) -> Option<Constant> {
    let number = |value: u64| Number::from_integer(value.into());
    if let Some(id) = name.strip_prefix("limits.") {
        let row = fact::<Limit>(product, id)?;
        let (what, value) = (Cow::Borrowed(row.what.as_str()), number(row.value));
        return Some(Constant { kind: "limits", id, what, value, confidence: row.provenance.confidence });
    }
    if let Some(id) = name.strip_prefix("user_model.") {
        let row = fact::<Assumption>(product, id)?;
        let (what, value) = (Cow::Borrowed(row.what.as_str()), number(row.value));
        return Some(Constant { kind: "user_model", id, what, value, confidence: row.provenance.confidence });
    }
    let (id, field) = name.strip_prefix("codecs.")?.rsplit_once('.')?;
    let row = fact::<Codec>(product, id)?;
    let (value, on) = match field {
        "payload" => (row.payload, "the sound itself"),
        "ip" => (row.ip, "in IP packets"),
        "ethernet" => (row.ethernet, "on Ethernet with SRTP"),
        _ => return None,
    };
    let what = format!("{}, one direction, {on}", row.codec);
    Some(Constant { kind: "codecs", id, what: what.into(), value: number(value), confidence: row.provenance.confidence })
}
