//! Templates: the shipped ones, and a user's that replace them.
//! The only module that knows the template engine.
//!
//! The escape function belongs to an engine, so each language has an engine of its own, built when it is first needed.
//! A shipped template has two names: `bind/zone`, which a user's file takes over, and `builtin/bind/zone`, which a user's
//! file extends to replace one block of it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use super::language::{HTML, MARKDOWN, html_raw, html_runs, markdown_code, markdown_code_line, markdown_runs};
use super::{Language, languages};

// `build.rs` lists the files of `templates/`: `(language/name, text)`.
include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// A template that cannot be rendered; in practice one that the user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmitError {
    /// The template, such as `bind/zone`.
    pub template: String,
    /// What is wrong, with line and column.
    pub message: String,
}

impl std::fmt::Display for EmitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "template `{}`: {}", self.template, self.message)
    }
}

impl std::error::Error for EmitError {}

/// One engine per output language, each with its own way of escaping.
pub struct Templates {
    /// By the folder of their language.
    overrides: BTreeMap<&'static str, Vec<(String, String)>>,
    engines: BTreeMap<&'static str, OnceLock<Result<Tera, EmitError>>>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates").field("overrides", &self.overrides).finish_non_exhaustive()
    }
}

impl Templates {
    /// The shipped templates.
    pub fn shipped() -> Self {
        let engines = languages().into_iter().map(|language| (language.word(), OnceLock::new())).collect();
        Self { overrides: BTreeMap::new(), engines }
    }

    /// The shipped templates with a user's in place of some: pairs of `language/name` (with or without `.tera`) and text.
    /// A file that replaces no template is an error, and so is one that is not a valid template.
    pub fn with_overrides(files: &[(String, String)]) -> Result<Self, Vec<EmitError>> {
        let mut templates = Self::shipped();
        let mut errors = Vec::new();
        for (file, text) in files {
            let name = file.strip_suffix(".tera").unwrap_or(file);
            match languages().into_iter().find(|language| of(language).any(|(shipped, _)| shipped == name)) {
                Some(language) => {
                    let user = (format!("user/{name}"), text.clone());
                    // Alone first, so that each file's mistakes are found and not only the first file's.
                    errors.extend(engine(language, std::slice::from_ref(&user)).err());
                    templates.overrides.entry(language.word()).or_default().push(user);
                }
                None => errors.push(EmitError { template: file.clone(), message: is_unknown(name) }),
            }
        }
        if errors.is_empty() {
            let replaced = languages().into_iter().filter(|language| templates.overrides.contains_key(language.word()));
            errors.extend(replaced.filter_map(|language| templates.engine(language).err()));
        }
        if errors.is_empty() { Ok(templates) } else { Err(errors) }
    }

    /// The names of all shipped templates, `language/name`.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// The text of a shipped template, to begin an own one from.
    pub fn text(name: &str) -> Option<&'static str> {
        SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text)
    }

    /// Renders the template `name` of a language over `view`, a struct or map whose fields are the template's variables.
    pub fn render(&self, language: &Language, name: &str, view: &impl Serialize) -> Result<String, EmitError> {
        let name = format!("{}/{name}", language.word());
        let context = Context::from_serialize(view).map_err(|error| described(&name, &error))?;
        let text = self.engine(language)?.render(&name, &context).map_err(|error| described(&name, &error))?;
        // An editor may have put one in front of a user's template; in front of a content it says how the file is written.
        Ok(language.broken(text.strip_prefix(super::BYTE_ORDER_MARK).map(str::to_owned).unwrap_or(text)))
    }

    fn engine(&self, language: &Language) -> Result<&Tera, EmitError> {
        let none = || EmitError { template: language.word().to_owned(), message: "no such language".to_owned() };
        let slot = self.engines.get(language.word()).ok_or_else(none)?;
        let user = self.overrides.get(language.word()).map(Vec::as_slice).unwrap_or_default();
        slot.get_or_init(|| engine(language, user)).as_ref().map_err(Clone::clone)
    }
}

/// The shipped templates of a language.
fn of(language: &Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    let word = language.word();
    SHIPPED.iter().copied().filter(move |(name, _)| name.split_once('/').is_some_and(|(folder, _)| folder == word))
}

fn engine(language: &Language, user: &[(String, String)]) -> Result<Tera, EmitError> {
    let mut tera = Tera::new();
    tera.autoescape_on([""]);
    tera.set_escape_fn(language.writer());
    if language.word() == MARKDOWN.word() {
        // Inside code a backslash is a backslash, so code has its own way of being harmless.
        tera.register_filter("code", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown_code(text)));
        tera.register_filter("runs", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown_runs(text)));
        tera.register_filter("code_line", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown_code_line(text)));
    }
    if language.word() == HTML.word() {
        tera.register_filter("runs", |text: &str, _: Kwargs, _: &State| Value::safe_string(&html_runs(text)));
        tera.register_filter("raw_text", |text: &str, _: Kwargs, _: &State| Value::safe_string(&html_raw(text)));
    }
    let named = user.first().map_or(language.word(), |(name, _)| name.strip_prefix("user/").unwrap_or(name));
    tera.set_fallback_prefixes(["user/", "builtin/"]).map_err(|error| described(named, &error))?;
    let builtin = of(language).map(|(name, text)| (format!("builtin/{name}"), text));
    let user = user.iter().map(|(name, text)| (name.clone(), text.as_str()));
    tera.add_raw_templates(builtin.chain(user)).map_err(|error| described(named, &error))?;
    Ok(tera)
}

/// The engine's report has the text of the template in it; what people need is the place and what is wrong there.
fn described(name: &str, error: &tera::Error) -> EmitError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = report.filename();
            EmitError {
                template: if file.is_empty() { name.to_owned() } else { file.strip_prefix("user/").unwrap_or(file).to_owned() },
                message: format!(
                    "line {}, column {}: {}",
                    report.span().start_line,
                    report.span().start_col + 1,
                    report.message()
                ),
            }
        }
        other => EmitError { template: name.to_owned(), message: other.to_string() },
    }
}

fn is_unknown(name: &str) -> String {
    match crate::diag::nearest(name, Templates::names()) {
        Some(near) => format!("replaces no shipped template; did you mean `{near}`?"),
        None => {
            let names: Vec<String> = Templates::names().map(|name| format!("`{name}`")).collect();
            format!("replaces no shipped template; there are {}", names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, text: &str) -> Result<Templates, Vec<EmitError>> {
        Templates::with_overrides(&[(name.to_owned(), text.to_owned())])
    }

    fn readme(templates: &Templates, organization: &str) -> Result<String, EmitError> {
        let view = serde_json::json!({
            "note": null, "tool": "ocstopo", "organization": organization, "product": "OCS",
            "teams": [],
        });
        templates.render(&MARKDOWN, "readme", &view)
    }

    #[test]
    fn all_shipped_templates_can_be_read() {
        for language in languages() {
            assert_eq!(engine(language, &[]).err(), None);
        }
    }

    #[test]
    fn shipped_templates_escape_everything() {
        let folders: Vec<&str> = languages().iter().map(|language| language.word()).collect();
        for (name, text) in SHIPPED {
            assert!(name.split_once('/').is_some_and(|(folder, _)| folders.contains(&folder)), "{name} is of no language");
            assert!(!text.replace(' ', "").contains("|safe"), "{name} switches escaping off");
            assert!(text.contains("{% block"), "{name} has no block that a user could replace");
        }
    }

    #[test]
    fn a_users_file_replaces_a_template() {
        let templates = with("markdown/readme.tera", "= {{ organization }} =").expect("a good template");
        assert_eq!(readme(&templates, "a*b").as_deref(), Ok("= a\\*b ="));
    }

    #[test]
    fn a_users_file_replaces_one_block() {
        let text = "{% extends \"builtin/markdown/readme\" %}{% block title %}# Ours: {{ organization }}{% endblock %}";
        let templates = with("markdown/readme", text).expect("a good template");
        assert!(readme(&templates, "contoso").expect("renders").starts_with("# Ours: contoso"));
    }

    #[test]
    fn template_errors_have_their_place() {
        let errors = |name, text| {
            with(name, text).expect_err("a bad template").iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!(errors("markdown/redme", "x"), @"template `markdown/redme`: replaces no shipped template; did you mean `markdown/readme`?");
        assert!(errors("asa/rules", "x").contains("there are `"));
        insta::assert_snapshot!(errors("markdown/readme", "a\n{% if %}"), @"template `markdown/readme`: line 2, column 7: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`");
        insta::assert_snapshot!(errors("markdown/readme", "{% extends \"builtin/markdown/reedme\" %}"), @"template `markdown/readme`: Template 'user/markdown/readme' is inheriting from 'builtin/markdown/reedme', which doesn't exist or isn't loaded.");
        let templates = with("markdown/readme", "x\n  {{ organisation }}").expect("readable");
        insta::assert_snapshot!(readme(&templates, "contoso").expect_err("an unknown variable"), @"template `markdown/readme`: line 2, column 6: Variable `organisation` is not defined. Available variables: note, organization, product, teams, tool");
    }
}
