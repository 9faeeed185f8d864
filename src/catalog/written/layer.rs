//! How the files of a catalogue become tables: TOML is read, and a release is laid over the one that it follows.
//! Runs when the project is built (`build.rs`) and in tests. Knows tables and rows; nothing of what rows mean.
//!
//! A folder with a `layer.toml` holds a release; that file names the release `over` which it is laid.
//! A file of a later release holds its differences only:
//! - `[[flow]]` is a row that the earlier release does not have; `behind = "<id>"` says which row it follows, else it comes last;
//! - `[[change.flow]]` names a row by its id and the fields that differ; `without = ["field"]` takes fields away;
//! - `[[removed.flow]]` names a row that the later release no longer has;
//! - another table or value at the top replaces that of the earlier release.
//!
//! Every change and every removed row has a `reason`. Changes name their own sources, or keep those of the row.

use serde_json::{Map, Value};

/// A file of a catalogue as a table.
pub type Table = Map<String, Value>;

/// The file that makes a folder a release.
pub const FILE: &str = "layer.toml";

/// The place of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Its word, which is the name of its folder.
    pub release: String,
    /// The release that it is laid over; `None` for the first.
    pub over: Option<String>,
    /// Whether it is there for unit tests only.
    pub tests: bool,
}

impl Layer {
    /// Reads the `layer.toml` of a release.
    pub fn read(release: &str, text: &str) -> Result<Self, String> {
        let mut table = read(text).map_err(|error| format!("{release}/{FILE}: {error}"))?;
        let over = table.remove("over").and_then(|over| over.as_str().map(str::to_owned));
        let tests = table.remove("tests") == Some(Value::Bool(true));
        match table.keys().next() {
            Some(key) => Err(format!("{release}/{FILE}: `{key}` is not known")),
            None => Ok(Self { release: release.to_owned(), over, tests }),
        }
    }
}

/// The releases, each behind the one that it is laid over.
pub fn in_order(mut layers: Vec<Layer>) -> Result<Vec<Layer>, String> {
    layers.sort_by(|a, b| a.release.cmp(&b.release));
    let mut ordered: Vec<Layer> = Vec::new();
    while !layers.is_empty() {
        let ready = |layer: &Layer| layer.over.as_ref().is_none_or(|over| ordered.iter().any(|base| base.release == *over));
        let Some(at) = layers.iter().position(ready) else {
            let lost: Vec<&str> = layers.iter().map(|layer| layer.release.as_str()).collect();
            return Err(format!("{}: laid over a release that has no folder", lost.join(", ")));
        };
        ordered.push(layers.remove(at));
    }
    Ok(ordered)
}

/// Reads a file as it is written.
pub fn read(text: &str) -> Result<Table, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// A later release's file laid over the same file of the earlier one, and what it changes, as rows of `changes.toml`.
pub fn lay(name: &str, base: &Table, mut own: Table) -> Result<(Table, Vec<Value>), String> {
    let mut merged = base.clone();
    let mut notes = Vec::new();
    let part = |own: &mut Table, word: &str| match own.remove(word) {
        None => Ok(Table::new()),
        Some(Value::Object(part)) => Ok(part),
        Some(_) => Err(format!("{name}: `{word}` holds arrays of rows: [[{word}.flow]]")),
    };
    let (changed, removed) = (part(&mut own, "change")?, part(&mut own, "removed")?);
    for (section, edits) in changed {
        let rows = rows_of(name, &mut merged, &section)?;
        for edit in list(name, &section, edits)? {
            notes.push(change(name, &section, rows, edit)?);
        }
    }
    for (section, edits) in removed {
        let rows = rows_of(name, &mut merged, &section)?;
        for edit in list(name, &section, edits)? {
            notes.push(remove(name, &section, rows, edit)?);
        }
    }
    for (section, value) in own {
        match (merged.get_mut(&section), value) {
            (Some(Value::Array(rows)), Value::Array(new)) if new.iter().all(Value::is_object) => {
                for row in new {
                    add(name, &section, rows, row)?;
                }
            }
            (_, value) => {
                merged.insert(section, value);
            }
        }
    }
    Ok((merged, notes))
}

/// The key of a row within its section.
pub(super) fn id_of(row: &Table) -> Option<&str> {
    row.get("id").or_else(|| row.get("feature"))?.as_str()
}

fn id_of_value(row: &Value) -> Option<&str> {
    row.as_object().and_then(id_of)
}

fn rows_of<'t>(name: &str, table: &'t mut Table, section: &str) -> Result<&'t mut Vec<Value>, String> {
    match table.get_mut(section) {
        Some(Value::Array(rows)) => Ok(rows),
        _ => Err(format!("{name}: the earlier release has no rows `{section}` to change")),
    }
}

fn list(name: &str, section: &str, value: Value) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(rows) => Ok(rows),
        _ => Err(format!("{name}: changes of `{section}` are rows: [[change.{section}]]")),
    }
}

fn place(name: &str, section: &str, rows: &[Value], edit: &Value) -> Result<(String, usize), String> {
    let id = id_of_value(edit).ok_or_else(|| format!("{name}: a change of `{section}` names no id"))?;
    let at = rows.iter().position(|row| id_of_value(row) == Some(id));
    let at = at.ok_or_else(|| format!("{name}: the earlier release has no row `{id}` in `{section}`"))?;
    Ok((id.to_owned(), at))
}

/// Takes `reason` out of an edit and makes the note of it.
fn note(name: &str, section: &str, kind: &str, id: &str, edit: &mut Table) -> Result<Value, String> {
    let reason = edit.remove("reason").filter(|reason| reason.as_str().is_some_and(|text| !text.trim().is_empty()));
    let reason = reason.ok_or_else(|| format!("{name}: row `{id}` does not say why it differs"))?;
    let mut note = Table::new();
    for (field, value) in [("file", name), ("section", section), ("kind", kind), ("id", id)] {
        note.insert(field.to_owned(), value.into());
    }
    note.insert("reason".to_owned(), reason);
    Ok(Value::Object(note))
}

fn change(name: &str, section: &str, rows: &mut [Value], edit: Value) -> Result<Value, String> {
    let (id, at) = place(name, section, rows, &edit)?;
    let (Value::Object(mut edit), Some(Value::Object(row))) = (edit, rows.get_mut(at)) else {
        return Err(format!("{name}: row `{id}` is no table"));
    };
    let note = note(name, section, "changed", &id, &mut edit)?;
    let without = edit.remove("without").unwrap_or_default();
    for field in without.as_array().into_iter().flatten().filter_map(Value::as_str) {
        row.remove(field).ok_or_else(|| format!("{name}: row `{id}` has no field `{field}` to take away"))?;
    }
    // The two mean the same: one replaces the other.
    for (one, other) in [("when", "condition"), ("condition", "when")] {
        if edit.contains_key(one) {
            row.remove(other);
        }
    }
    let before = row.clone();
    row.extend(edit);
    if *row == before && without.is_null() {
        return Err(format!("{name}: the change of row `{id}` changes nothing"));
    }
    Ok(note)
}

fn remove(name: &str, section: &str, rows: &mut Vec<Value>, edit: Value) -> Result<Value, String> {
    let (id, at) = place(name, section, rows, &edit)?;
    rows.remove(at);
    let Value::Object(mut edit) = edit else { return Err(format!("{name}: row `{id}` is no table")) };
    let Value::Object(mut note) = note(name, section, "removed", &id, &mut edit)? else {
        return Err(format!("{name}: row `{id}` has no note"));
    };
    for field in ["step", "source", "confidence"] {
        if let Some(value) = edit.remove(field) {
            note.insert(field.to_owned(), value);
        }
    }
    Ok(Value::Object(note))
}

fn add(name: &str, section: &str, rows: &mut Vec<Value>, mut row: Value) -> Result<(), String> {
    let id = id_of_value(&row).map(str::to_owned);
    if let Some(id) = id.as_deref().filter(|id| rows.iter().any(|row| id_of_value(row) == Some(id))) {
        return Err(format!("{name}: the earlier release has a row `{id}` in `{section}`: write [[change.{section}]]"));
    }
    let behind = row.as_object_mut().and_then(|row| row.remove("behind"));
    let at = match behind.as_ref().and_then(Value::as_str) {
        None => rows.len(),
        Some(behind) => match rows.iter().position(|row| id_of_value(row) == Some(behind)) {
            Some(at) => at + 1,
            None => return Err(format!("{name}: no row `{behind}` in `{section}` to be placed behind")),
        },
    };
    rows.insert(at, row);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_follows_its_base() {
        let layer = |release, text| Layer::read(release, text).expect("a layer");
        let layers = vec![layer("a", "over = \"b\""), layer("b", ""), layer("c", "over = \"a\"\ntests = true")];
        let ordered = in_order(layers.clone()).expect("an order");
        assert_eq!(ordered.iter().map(|layer| layer.release.as_str()).collect::<Vec<_>>(), ["b", "a", "c"]);
        assert!(ordered[2].tests && !ordered[1].tests);
        let lost = in_order(layers[..1].to_vec());
        assert_eq!(lost, Err("a: laid over a release that has no folder".to_owned()));
        assert_eq!(Layer::read("a", "under = \"b\""), Err("a/layer.toml: `under` is not known".to_owned()));
    }

    const BASE: &str =
        "times = { a = 1 }\n[[flow]]\nid = \"A\"\nports = [1]\nwhen = [[\"x\"]]\n[[flow]]\nid = \"B\"\nports = [2]\n";

    /// JSON with each row on a line of its own.
    fn write(table: &Table) -> String {
        let sections = table.iter().map(|(section, value)| match value {
            Value::Array(rows) => {
                let rows: Vec<String> = rows.iter().map(Value::to_string).collect();
                format!("{}:[\n{}\n]", Value::from(section.as_str()), rows.join(",\n"))
            }
            value => format!("{}:{value}", Value::from(section.as_str())),
        });
        format!("{{{}}}\n", sections.collect::<Vec<_>>().join(",\n"))
    }

    fn laid(own: &str) -> Result<(String, Vec<Value>), String> {
        let base = read(BASE)?;
        lay("f.toml", &base, read(own)?).map(|(table, notes)| (write(&table), notes))
    }

    fn refused(own: &str) -> String {
        laid(own).map(|_| String::new()).unwrap_or_else(|error| error)
    }

    #[test]
    fn rows_are_changed_taken_away_and_put_in_place() {
        let own = "[[change.flow]]\nid = \"A\"\nports = [3]\ncondition = \"o\"\nreason = \"more\"\n[[removed.flow]]\nid = \"B\"\nreason = \"not built\"\n\
            confidence = \"high\"\n[[flow]]\nid = \"C\"\nbehind = \"A\"\nports = [4]\n[[flow]]\nid = \"D\"\n";
        let (text, notes) = laid(own).expect("sound");
        insta::assert_snapshot!(text, @r#"
        {"flow":[
        {"condition":"o","id":"A","ports":[3]},
        {"id":"C","ports":[4]},
        {"id":"D"}
        ],
        "times":{"a":1}}
        "#);
        insta::assert_snapshot!(notes.iter().map(|note| format!("{note}\n")).collect::<String>(), @r#"
        {"file":"f.toml","id":"A","kind":"changed","reason":"more","section":"flow"}
        {"confidence":"high","file":"f.toml","id":"B","kind":"removed","reason":"not built","section":"flow"}
        "#);
    }

    #[test]
    fn a_value_replaces_a_value() {
        assert!(laid("times = { b = 2 }").is_ok_and(|(text, _)| text.contains(r#""times":{"b":2}"#)));
        let lists = |text| read(text).expect("TOML");
        let (table, _) = lay("o.toml", &lists("o = [[\"a\"]]"), lists("o = [[\"b\"]]")).expect("sound");
        assert_eq!(table.get("o").map(Value::to_string).as_deref(), Some("[[\"b\"]]"));
    }

    #[test]
    fn fields_are_taken_away() {
        let (text, _) = laid("[[change.flow]]\nid = \"A\"\nwithout = [\"when\"]\nreason = \"always\"\n").expect("sound");
        assert!(text.contains(r#"{"id":"A","ports":[1]}"#), "{text}");
    }

    #[test]
    fn meaningless_changes_are_refused() {
        let messages: Vec<String> = [
            "[[change.flow]]\nid = \"Z\"\nports = [3]\nreason = \"w\"\n",
            "[[change.flow]]\nid = \"A\"\nports = [3]\n",
            "[[change.flow]]\nid = \"A\"\nports = [1]\nreason = \"w\"\n",
            "[[change.flow]]\nid = \"B\"\nwithout = [\"when\"]\nreason = \"w\"\n",
            "[[change.flo]]\nid = \"A\"\nports = [3]\nreason = \"w\"\n",
            "[[flow]]\nid = \"A\"\n",
            "[[flow]]\nid = \"C\"\nbehind = \"Z\"\n",
            "[[removed.flow]]\nid = \"A\"\n",
            "change = 3\n",
        ]
        .into_iter()
        .map(refused)
        .collect();
        insta::assert_snapshot!(messages.join("\n"), @"
        f.toml: the earlier release has no row `Z` in `flow`
        f.toml: row `A` does not say why it differs
        f.toml: the change of row `A` changes nothing
        f.toml: row `B` has no field `when` to take away
        f.toml: the earlier release has no rows `flo` to change
        f.toml: the earlier release has a row `A` in `flow`: write [[change.flow]]
        f.toml: no row `Z` in `flow` to be placed behind
        f.toml: row `A` does not say why it differs
        f.toml: `change` holds arrays of rows: [[change.flow]]
        ");
    }
}
