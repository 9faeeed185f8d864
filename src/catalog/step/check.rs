//! The requirements of a catalogue of steps. The first fault is reported with the row's name.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::DiGraph;

use super::{After, Kind, LineRow, Pattern, Scope, StepCatalog, StepRow, System, TypedRow, VerifyRow, Within, find, variant};
use crate::catalog::{CatalogError, Source};

/// Refuses duplicate names, unknown references, values that may be missing or do not fit, rows without a source, cycles.
pub(super) fn check(file: &str, catalog: &StepCatalog, sources: &Sources, systems: &[System]) -> Result<(), CatalogError> {
    checked(catalog, sources, systems).map_err(|(row, problem)| CatalogError { file: file.into(), row: Some(row), problem })
}

/// A row, and what is wrong with it.
type Refusal = (String, String);

/// The pages that steps may name, by key.
type Sources = BTreeMap<String, Source>;

fn checked(catalog: &StepCatalog, sources: &Sources, systems: &[System]) -> Result<(), Refusal> {
    let mut phases = BTreeSet::new();
    if let Some(twice) = catalog.phases.iter().find(|phase| !phases.insert(&phase.id)) {
        return Err(refusal(&twice.id, "appears twice"));
    }
    let mut by_id = BTreeMap::new();
    for (at, row) in catalog.steps.iter().enumerate() {
        if by_id.insert(row.id.as_str(), at).is_some() {
            return Err(refusal(&row.id, "appears twice"));
        }
    }
    for row in &catalog.steps {
        check_row(catalog, sources, &by_id, row)
            .and_then(|()| variant::check(row, systems))
            .map_err(|problem| refusal(&row.id, problem))?;
    }
    cycles(catalog, &by_id)
}

fn refusal(row: &str, problem: impl Into<String>) -> Refusal {
    (row.to_owned(), problem.into())
}

fn check_row(catalog: &StepCatalog, sources: &Sources, by_id: &BTreeMap<&str, usize>, row: &StepRow) -> Result<(), String> {
    let phase = catalog.phase(&row.phase).ok_or_else(|| format!("unknown phase `{}`", row.phase))?;
    let grouped = matches!(row.scope, Scope::Group | Scope::Server);
    if grouped == row.kinds.is_empty() {
        return Err("`kinds` belong to the scopes `group` and `server`, and these need them".into());
    }
    if row.provenance.source.is_empty() || !(1..=12).contains(&row.provenance.step) {
        return Err("a row has a source and a step of the guide".into());
    }
    if let Some(unknown) = row.provenance.source.iter().find(|key| !sources.contains_key(*key)) {
        return Err(format!("unknown source `{unknown}`"));
    }
    if row.instructions.is_empty() || row.verify.is_empty() || row.why.is_empty() {
        return Err("a row says what to do, how to see that it worked, and why".into());
    }
    for name in row.needs.iter().chain(&row.lacks) {
        find(row.scope, name).ok_or_else(|| format!("unknown value `{name}`"))?;
    }
    let texts = [Some(&row.title), Some(&row.who), Some(&row.place), row.tool.as_ref(), Some(&row.rollback), row.wait.as_ref()];
    for text in texts.into_iter().flatten() {
        pattern(row, text, None, &[], false)?;
    }
    row.time.each.iter().try_for_each(|list| fields(row, list).map(|_| ()))?;
    if let Some(unknown) = row.time.source.iter().find(|key| !sources.contains_key(*key)) {
        return Err(format!("unknown source `{unknown}`"));
    }
    row.lines().try_for_each(|line| check_line(row, line))?;
    row.verify.iter().try_for_each(|verify| check_verify(row, verify))?;
    row.after.iter().try_for_each(|after| check_after(catalog, by_id, row, phase, after))
}

fn check_line(row: &StepRow, line: &LineRow) -> Result<(), String> {
    for name in line.needs.iter().chain(&line.lacks) {
        find(row.scope, name).ok_or_else(|| format!("unknown value `{name}`"))?;
    }
    let list = line.each.as_deref();
    let repeated = list.filter(|_| line.item.is_none());
    pattern(row, &line.text, repeated, &line.needs, false)?;
    for (texts, command) in [(&line.values, false), (&line.commands, true)] {
        texts.iter().try_for_each(|typed| check_typed(row, line, typed, command))?;
    }
    line.item_command.iter().try_for_each(|text| pattern(row, text, list, &line.needs, true))?;
    line.item_expect.iter().try_for_each(|text| pattern(row, text, list, &line.needs, false))?;
    match (&line.item, list) {
        (Some(item), Some(_)) => pattern(row, item, list, &line.needs, false),
        (Some(_), None) => Err("`item` without `each`".into()),
        (None, _) if line.item_command.is_some() || line.item_expect.is_some() => {
            Err("what is typed for an item needs `item`".into())
        }
        (None, Some(list)) => fields(row, list).map(|_| ()),
        (None, None) => Ok(()),
    }
}

fn check_typed(row: &StepRow, line: &LineRow, typed: &TypedRow, command: bool) -> Result<(), String> {
    for name in typed.needs.iter().chain(&typed.lacks) {
        find(row.scope, name).ok_or_else(|| format!("unknown value `{name}`"))?;
    }
    let needs: Vec<String> = line.needs.iter().chain(&typed.needs).cloned().collect();
    typed.each.iter().try_for_each(|list| fields(row, list).map(|_| ()))?;
    pattern(row, &typed.text, typed.each.as_deref(), &needs, command)
}

fn check_verify(row: &StepRow, verify: &VerifyRow) -> Result<(), String> {
    if verify.check.is_none() && verify.command.is_none() {
        return Err("a check is looked at or typed: `check`, `command` or both".into());
    }
    for name in verify.needs.iter().chain(&verify.lacks) {
        find(row.scope, name).ok_or_else(|| format!("unknown value `{name}`"))?;
    }
    let list = verify.each.as_deref();
    verify.check.iter().try_for_each(|text| pattern(row, text, list, &verify.needs, false))?;
    verify.command.iter().try_for_each(|text| pattern(row, text, list, &verify.needs, true))?;
    pattern(row, &verify.expect, list, &verify.needs, false)
}

fn check_after(
    catalog: &StepCatalog,
    by_id: &BTreeMap<&str, usize>,
    row: &StepRow,
    phase: usize,
    after: &After,
) -> Result<(), String> {
    let earlier = by_id.get(after.step.as_str()).map(|at| &catalog.steps[*at]);
    let earlier = earlier.ok_or_else(|| format!("`after` names the unknown step `{}`", after.step))?;
    if catalog.phase(&earlier.phase).is_some_and(|earlier| earlier > phase) {
        return Err(format!("it comes after `{}`, which belongs to a later phase", earlier.id));
    }
    let has = |scope: Scope, within: Within| match within {
        Within::Organization => true,
        Within::Domain => matches!(scope, Scope::Domain | Scope::Site | Scope::Group | Scope::Server),
        Within::Site => matches!(scope, Scope::Site | Scope::Group | Scope::Server),
        Within::Server => scope == Scope::Server,
        Within::Group | Within::To(_) | Within::From(_) => {
            matches!(scope, Scope::Group | Scope::Server | Scope::Certificate | Scope::Firewall | Scope::LoadBalancer)
        }
    };
    if !has(row.scope, after.within) || !has(earlier.scope, after.within) {
        return Err(format!("`{}:…`: one of the two steps has no such relation", after.step));
    }
    Ok(())
}

/// The fields of a list.
fn fields(row: &StepRow, list: &str) -> Result<&'static [(&'static str, Kind)], String> {
    match find(row.scope, list).map(|placeholder| placeholder.kind) {
        Some(Kind::List(fields)) => Ok(fields),
        _ => Err(format!("`{list}` is no list")),
    }
}

fn pattern(row: &StepRow, pattern: &Pattern, list: Option<&str>, needs: &[String], command: bool) -> Result<(), String> {
    for name in pattern.names() {
        let (kind, always) = match name.strip_prefix("item.") {
            Some(field) => {
                let list = list.ok_or_else(|| format!("`{{{name}}}` without `each`"))?;
                let known = fields(row, list)?.iter().find(|(known, _)| *known == field);
                (known.ok_or_else(|| format!("unknown placeholder `{{{name}}}`"))?.1, true)
            }
            None => {
                let known = find(row.scope, name).ok_or_else(|| format!("unknown placeholder `{{{name}}}`"))?;
                (known.kind, known.always)
            }
        };
        if !always && !row.needs.iter().chain(needs).any(|need| need == name) {
            return Err(format!("`{{{name}}}` may be missing, so the line must say that it needs it"));
        }
        if !kind.fits_text() || command && !kind.fits_command() {
            return Err(format!("`{{{name}}}` does not fit in {}", if command { "a command" } else { "a text" }));
        }
    }
    Ok(())
}

fn cycles(catalog: &StepCatalog, by_id: &BTreeMap<&str, usize>) -> Result<(), Refusal> {
    let mut graph = DiGraph::<usize, ()>::new();
    let nodes: Vec<_> = (0..catalog.steps.len()).map(|at| graph.add_node(at)).collect();
    for (at, row) in catalog.steps.iter().enumerate() {
        for after in &row.after {
            if let Some(earlier) = by_id.get(after.step.as_str()) {
                graph.add_edge(nodes[*earlier], nodes[at], ());
            }
        }
    }
    petgraph::algo::toposort(&graph, None)
        .map(|_| ())
        .map_err(|cycle| refusal(&catalog.steps[graph[cycle.node_id()]].id, "waits for itself"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::catalog::read::steps::step_catalog;
    use crate::catalog::step::System;
    use crate::catalog::{CatalogError, Source, StepCatalog};

    const PHASES: &str = "[[phase]]\nid = 'one'\ntitle = 'One'\nabout = 'First.'\ngo = 'On.'\nstop = 'Halt.'\n[[phase]]\nid = 'two'\ntitle = 'Two'\nabout = 'Second.'\ngo = 'On.'\nstop = 'Halt.'\n";

    const ONE: &str = "{ text = 'Do it.', system = ['windows_SYSTEM'], variant = 'it' }";

    fn row(id: &str, rest: &str) -> String {
        let own = |key: &str| rest.lines().any(|line| line.starts_with(key));
        let mut text = format!("[[step]]\nid = '{id}'\n");
        for (key, value) in [
            ("phase", "'one'"),
            ("title", "'Do'"),
            ("why", "'Because.'"),
            ("scope", "'organization'"),
            ("team", "'servers'"),
            ("time", "{ work = 5 }"),
            ("who", "'Anyone'"),
            ("where", "'Anywhere'"),
            ("do", "['Do it.']"),
            ("verify", "[{ check = 'Look', expect = 'Done' }]"),
            ("rollback", "'None.'"),
            ("step", "3"),
            ("source", "['edge:CL-RTM']"),
            ("confidence", "'high'"),
        ] {
            if !own(key) {
                text += &format!("{key} = {value}\n");
            }
        }
        text + rest + "\n"
    }

    fn load(text: &str) -> Result<StepCatalog, CatalogError> {
        let catalog = step_catalog("steps.toml", text)?;
        let page = Source { title: "Reference".into(), address: "https://example.com".into() };
        let sources = BTreeMap::from([("edge:CL-RTM".to_owned(), page)]);
        super::check("steps.toml", &catalog, &sources, &System::ALL).map(|()| catalog)
    }

    fn refused(steps: &[String]) -> String {
        load(&format!("{PHASES}{}", steps.concat())).expect_err("unsound").to_string()
    }

    #[test]
    fn a_sound_row_is_taken() {
        let text = format!("{PHASES}{}", row("A", ""));
        assert!(load(&text).is_ok());
    }

    #[test]
    fn catalogue_errors_name_the_row() {
        let cases = [
            refused(&[row("A", ""), row("A", "")]),
            refused(&[row("A", "after = ['B:organization']")]),
            refused(&[row("A", "after = ['A:organization']")]),
            refused(&[row("A", "after = ['B:organization']"), row("B", "after = ['A:organization']")]),
            refused(&[row("A", "after = ['B:organization']"), row("B", "phase = 'two'")]),
            refused(&[row("A", "after = ['B:group']"), row("B", "")]),
            refused(&[row("A", "title = 'Do {nothing}'")]),
            refused(&[row("A", "title = 'Route {federation_route}'")]),
            refused(&[row("A", "do = [{ text = 'Do it.', commands = ['ping {organization}'] }]")]),
            refused(&[row("A", "do = [{ text = 'Each:', each = 'pools', item = '{item.colour}' }]")]),
            refused(&[row("A", "source = []")]),
            refused(&[row("A", "source = ['edge:NONE']")]),
            refused(&[row("A", "phase = 'three'")]),
            refused(&[row("A", "scope = 'group'")]),
            refused(&[row("A", "verify = []")]),
            refused(&[row("A", "do = [{ text = 'Do it.', item_command = 'ping' }]")]),
            refused(&[row("A", "time = { work = 5, each = 'nothing' }")]),
            refused(&[row("A", "time = { work = 5, source = ['edge:NONE'] }")]),
            refused(&[row("A", "do = [{ text = 'Do it.', system = ['windows_2003'], variant = 'it' }]")]),
            refused(&[row("A", &format!("do = [{}, {}]", ONE.replace("SYSTEM", "2003"), ONE.replace("SYSTEM", "2003")))]),
            refused(&[row(
                "A",
                &format!(
                    "do = [{}, {{ text = 'So.', system = ['windows_2008'], variant = 'it', when = [['web_access']] }}]",
                    ONE.replace("SYSTEM", "2003")
                ),
            )]),
            refused(&[row("A", "do = [{ text = 'Do it.', variant = 'it' }]")]),
        ];
        insta::assert_snapshot!(cases.join("\n"), @r"
        steps.toml: row `A`: appears twice
        steps.toml: row `A`: `after` names the unknown step `B`
        steps.toml: row `A`: waits for itself
        steps.toml: row `B`: waits for itself
        steps.toml: row `A`: it comes after `B`, which belongs to a later phase
        steps.toml: row `A`: `B:…`: one of the two steps has no such relation
        steps.toml: row `A`: unknown placeholder `{nothing}`
        steps.toml: row `A`: `{federation_route}` may be missing, so the line must say that it needs it
        steps.toml: row `A`: `{organization}` does not fit in a command
        steps.toml: row `A`: unknown placeholder `{item.colour}`
        steps.toml: row `A`: a row has a source and a step of the guide
        steps.toml: row `A`: unknown source `edge:NONE`
        steps.toml: row `A`: unknown phase `three`
        steps.toml: row `A`: `kinds` belong to the scopes `group` and `server`, and these need them
        steps.toml: row `A`: a row says what to do, how to see that it worked, and why
        steps.toml: row `A`: what is typed for an item needs `item`
        steps.toml: row `A`: `nothing` is no list
        steps.toml: row `A`: unknown source `edge:NONE`
        steps.toml: row `A`: `it` has no variant for Windows Server 2008
        steps.toml: row `A`: `it` has two variants for Windows Server 2003
        steps.toml: row `A`: `it` has no variant for Windows Server 2008
        steps.toml: row `A`: `it` is a variant and names no `system`
        ");
        for unread in ["colour = 'red'", "confidence = 'sure'", "scope = 'planet'", "after = ['B']", "after = ['B:to.nothing']"] {
            assert!(!refused(&[row("A", unread)]).is_empty());
        }
        let no_confidence = row("A", "").replace("confidence = 'high'\n", "");
        assert!(refused(&[no_confidence]).contains("confidence"));
    }
}
