//! One row with its fields as JSON, and each field as a text for a cell.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Section;
use crate::catalog::Conflict;

/// One row of a section.
#[derive(Debug)]
pub struct Row {
    /// Its name: an id, a feature, the key of a source.
    pub id: String,
    /// Where sources contradict each other about it.
    pub conflicts: Vec<Disagreement>,
    value: Value,
}

/// A conflict with the titles of its sources.
#[derive(Debug)]
pub struct Disagreement {
    /// What is claimed, and the titles of the pages that claim it.
    pub claims: Vec<(String, Vec<String>)>,
    /// What the row follows, and why.
    pub choice: String,
}

/// Fields that are shown in a form of their own.
const APART: [&str; 2] = ["conflict", "conflicts"];

impl Row {
    /// A row with its id, its provenance beside its values, as it is written, and beside the keys of its sources their titles.
    pub(in crate::catalog) fn new<'a>(id: &str, row: &impl Serialize, title: impl Fn(&str) -> Option<&'a str>) -> Self {
        let mut fields = match serde_json::to_value(row) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        if let Some(Value::Object(provenance)) = fields.remove("provenance") {
            fields.extend(provenance);
        }
        fields.insert("id".to_owned(), id.into());
        let titled = |keys: &[String]| -> Vec<String> { keys.iter().map(|key| title(key).unwrap_or(key).to_owned()).collect() };
        let conflicts = conflicts(&fields, &titled);
        let keys: Vec<String> = fields.get("source").and_then(|keys| Vec::deserialize(keys).ok()).unwrap_or_default();
        if !keys.is_empty() {
            fields.insert("source_titles".to_owned(), titled(&keys).into());
        }
        Self { id: id.to_owned(), value: Value::Object(fields), conflicts }
    }

    /// All fields.
    pub fn json(&self) -> &Value {
        &self.value
    }

    /// The names of the fields that hold something.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let fields = self.value.as_object().into_iter().flatten();
        fields.filter(|(name, value)| !APART.contains(&name.as_str()) && !text(value).is_empty()).map(|(name, _)| name.as_str())
    }

    /// A field as text; nothing where it is not there.
    pub fn field(&self, name: &str) -> String {
        match (name, &self.value[name]) {
            ("when", Value::Array(sets)) => alternatives(sets),
            ("source_titles", Value::Array(titles)) => titles.iter().map(text).collect::<Vec<_>>().join("; "),
            (_, value) => text(value),
        }
    }

    /// A cell of a table: its fields with a blank between them. Of a role's two legs the outer one is named only: most roles have
    /// no other than the inner.
    pub fn cell(&self, fields: &[&str]) -> String {
        let inner = |name: &str, text: &str| name.ends_with("side") && text == "inside";
        let texts = fields.iter().map(|name| (name, self.field(name)));
        texts.filter(|(name, text)| !text.is_empty() && !inner(name, text)).map(|(_, text)| text).collect::<Vec<_>>().join(" ")
    }

    /// All fields that hold something, with their texts; those of the section's table come first.
    pub fn fields<'s>(&self, section: &'s Section) -> Vec<(&'s str, String)> {
        let texts = section.fields().into_iter().map(|name| (name, self.field(name)));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }
}

/// The conflicts of a row: `conflict` holds one, `conflicts` several.
fn conflicts(fields: &Map<String, Value>, titled: &impl Fn(&[String]) -> Vec<String>) -> Vec<Disagreement> {
    let one = fields.get("conflict").and_then(|one| Option::<Conflict>::deserialize(one).ok()).flatten();
    let more = fields.get("conflicts").and_then(|more| Vec::<Conflict>::deserialize(more).ok()).unwrap_or_default();
    let disagreement = |conflict: Conflict| Disagreement {
        claims: conflict.claims.iter().map(|claim| (claim.says.clone(), titled(&claim.source))).collect(),
        choice: conflict.choice,
    };
    one.into_iter().chain(more).map(disagreement).collect()
}

/// Sets of features, of which one must be on as a whole.
fn alternatives(sets: &[Value]) -> String {
    let set = |set: &Value| match set {
        Value::Array(features) => features.iter().map(text).collect::<Vec<_>>().join(" and "),
        other => text(other),
    };
    sets.iter().map(set).collect::<Vec<_>>().join(", or ")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => list(items),
        Value::Object(fields) => object(fields),
    }
}

/// Words with commas between them; what holds a comma itself, with semicolons.
fn list(items: &[Value]) -> String {
    let texts: Vec<String> = items.iter().map(text).collect();
    let separator = if texts.iter().any(|text| text.contains(", ")) { "; " } else { ", " };
    texts.join(separator)
}

/// `{ to = "archiving" }` as `to archiving`; what is off, empty or absent is left out, and a self-explaining value is shown
/// alone.
fn object(fields: &Map<String, Value>) -> String {
    let shown = |(name, value): (&String, &Value)| match (name.as_str(), value) {
        (_, Value::Bool(false)) => None,
        (name, Value::Bool(true)) => Some(name.to_owned()),
        ("when", Value::Array(sets)) if !sets.is_empty() => Some(format!("when {}", alternatives(sets))),
        ("name" | "role" | "side", value) => Some(text(value)),
        (name, value) => Some(text(value)).filter(|text| !text.is_empty()).map(|text| format!("{name} {text}")),
    };
    fields.iter().filter_map(shown).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_read_as_text() {
        let value = json!({
            "relation": { "to": "archiving" },
            "san": [{ "name": "sip.{sip_domain}", "sign_in": true, "when": [], "serving": null }, { "name": "{fqdn}", "sign_in": false }],
            "source": ["a", "b"],
            "when": [["x", "y"], ["z"]],
            "empty": [],
            "side": "inside",
            "to_side": "outside",
            "vip": false,
        });
        let row = Row::new("R1", &value, |key| (key == "a").then_some("A, the first"));
        let texts = ["id", "relation", "san", "source_titles", "when", "empty", "vip", "absent"].map(|name| row.field(name));
        assert_eq!(
            texts,
            ["R1", "to archiving", "sip.{sip_domain} sign_in, {fqdn}", "A, the first; b", "x and y, or z", "", "no", ""]
        );
        assert_eq!(row.cell(&["id", "empty", "source"]), "R1 a, b");
        assert_eq!((row.cell(&["id", "side"]), row.cell(&["id", "to_side"])), ("R1".to_owned(), "R1 outside".to_owned()));
    }

    #[test]
    fn conflicts_have_titles() {
        let claims = json!([{ "says": "1024", "source": ["a"] }, { "says": "2048", "source": ["b"] }]);
        let value = json!({ "conflict": null, "conflicts": [{ "claims": claims, "choice": "2048" }] });
        let row = Row::new("R1", &value, |key| (key == "a").then_some("A"));
        let [conflict] = row.conflicts.as_slice() else { panic!("one conflict expected") };
        assert_eq!(conflict.claims, [("1024".to_owned(), vec!["A".to_owned()]), ("2048".to_owned(), vec!["b".to_owned()])]);
    }
}
