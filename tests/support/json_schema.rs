//! The part of JSON Schema (draft 7) that the schema of SARIF uses. A word that it does not know is a failure, not a check
//! left out.

use serde_json::{Map, Value};

/// Where `value` is not as `schema` says, and why.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut check = Check { root: schema, faults: Vec::new() };
    check.value(schema, value, "$");
    check.faults
}

struct Check<'a> {
    root: &'a Value,
    faults: Vec<String>,
}

impl<'a> Check<'a> {
    fn value(&mut self, schema: &'a Value, value: &Value, at: &str) {
        let schema = match schema {
            Value::Bool(true) => return,
            Value::Object(schema) => schema,
            _ => return self.faults.push(format!("{at}: must not be there")),
        };
        for (word, rule) in schema {
            let right = match word.as_str() {
                "$schema" | "$id" | "title" | "description" | "default" | "definitions" | "properties" => true,
                "$ref" => {
                    let target = self.root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
                    self.value(target, value, at);
                    true
                }
                "type" => is_of(rule, value),
                "enum" => rule.as_array().unwrap().contains(value),
                "required" => rule.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
                "additionalProperties" => {
                    self.properties(schema, rule, value, at);
                    true
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.value(rule, item, &format!("{at}[{index}]"));
                    }
                    true
                }
                "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
                "uniqueItems" => rule == false || value.as_array().is_none_or(|items| unique(items)),
                "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
                "pattern" => {
                    let pattern = fancy_regex::Regex::new(rule.as_str().unwrap()).unwrap();
                    value.as_str().is_none_or(|text| pattern.is_match(text).unwrap())
                }
                "format" => value.as_str().is_none_or(|text| has_format(rule.as_str().unwrap(), text)),
                "anyOf" => self.matching(rule, value) >= 1,
                "oneOf" => self.matching(rule, value) == 1,
                _ => panic!("`{word}` is not known here"),
            };
            if !right {
                self.faults.push(format!("{at}: {word} {rule}"));
            }
        }
        if !schema.contains_key("additionalProperties") {
            self.properties(schema, &Value::Bool(true), value, at);
        }
    }

    fn properties(&mut self, schema: &'a Map<String, Value>, others: &'a Value, value: &Value, at: &str) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let known = schema.get("properties").and_then(|known| known.get(name));
            self.value(known.unwrap_or(others), value, &format!("{at}.{name}"));
        }
    }

    fn matching(&self, schemas: &Value, value: &Value) -> usize {
        let matches = |schema: &&Value| {
            let mut check = Check { root: self.root, faults: Vec::new() };
            check.value(schema, value, "");
            check.faults.is_empty()
        };
        schemas.as_array().unwrap().iter().filter(matches).count()
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        _ => panic!("type {kind} is not known here"),
    }
}

fn unique(items: &[Value]) -> bool {
    let mut texts: Vec<_> = items.iter().map(Value::to_string).collect();
    texts.sort();
    texts.is_sorted_by(|a, b| a < b)
}

fn has_format(format: &str, text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    match format {
        "uri" => text.contains(':') && text.chars().all(allowed),
        "uri-reference" => {
            text.chars().all(allowed) && !text.split('/').next().is_some_and(|first| first.contains(':') && !text.contains("://"))
        }
        // Nothing that is written here has a time.
        "date-time" => false,
        _ => panic!("format {format} is not known here"),
    }
}
