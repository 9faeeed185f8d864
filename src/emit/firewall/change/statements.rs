//! Configurations that are lines, each of which sets one thing of an object: Junos and PAN-OS.

use std::collections::BTreeMap;

use super::only;

/// An object: the words that name it, and what is set of it.
#[derive(Debug)]
pub(super) struct Object<'t> {
    /// Without the word `set`.
    pub(super) path: &'t str,
    /// What follows the path in each line.
    pub(super) settings: Vec<&'t str>,
    /// What is said of it.
    comments: Vec<&'t str>,
}

/// A configuration: its objects in order.
#[derive(Debug, Default)]
pub(super) struct Objects<'t> {
    pub(super) all: Vec<Object<'t>>,
    by_path: BTreeMap<&'t str, usize>,
}

impl<'t> Objects<'t> {
    /// Reads a configuration. `depth` is the number of words that name the object of a line, `set` not counted.
    pub(super) fn new(text: &'t str, depth: impl Fn(&[&str]) -> usize) -> Self {
        let mut objects = Self::default();
        let mut comments = Vec::new();
        // What is said at the top is said of the whole.
        for line in text.lines().skip_while(|line| line.starts_with('#')) {
            let Some(statement) = line.strip_prefix("set ") else {
                match line.starts_with('#') {
                    true => comments.push(line),
                    false => comments.clear(),
                }
                continue;
            };
            let words: Vec<&str> = statement.split(' ').collect();
            let length = words.iter().take(depth(&words)).map(|word| word.len() + 1).sum::<usize>();
            let (path, setting) = match statement.get(length..) {
                Some(setting) => (&statement[..length - 1], setting),
                None => (statement, ""),
            };
            let at = *objects.by_path.entry(path).or_insert_with(|| {
                objects.all.push(Object { path, settings: Vec::new(), comments: Vec::new() });
                objects.all.len() - 1
            });
            objects.all[at].settings.push(setting);
            objects.all[at].comments.append(&mut comments);
        }
        objects
    }

    pub(super) fn find(&self, path: &str) -> Option<&Object<'t>> {
        self.by_path.get(path).and_then(|at| self.all.get(*at))
    }
}

impl Object<'_> {
    /// All lines that make it.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.settings.iter().map(|setting| line("set", self.path, setting))
    }

    /// All lines that make it, with what is said of it.
    pub(super) fn made(&self) -> Vec<String> {
        self.comments.iter().map(|comment| (*comment).to_owned()).chain(self.lines()).collect()
    }

    /// The lines that make it what another one of its path is. A setting of which there is one, whose name `single` gives, is
    /// replaced by the next; the others are added to. What comes is there before what goes, because a list may not be empty.
    pub(super) fn became(&self, to: &Object<'_>, single: impl Fn(&str) -> Option<&str>) -> Vec<String> {
        let mut lines: Vec<String> =
            only(&to.settings, &self.settings).into_iter().map(|setting| line("set", self.path, setting)).collect();
        for setting in only(&self.settings, &to.settings) {
            match single(setting) {
                Some(name) if to.settings.iter().any(|now| single(now) == Some(name)) => {}
                Some(name) => lines.push(line("delete", self.path, name)),
                None => lines.push(line("delete", self.path, setting)),
            }
        }
        lines
    }
}

fn line(verb: &str, path: &str, setting: &str) -> String {
    if setting.is_empty() { format!("{verb} {path}") } else { format!("{verb} {path} {setting}") }
}

/// Where a new entry of an ordered list goes, beside one that is in its place already: after its predecessor, or before the first
/// that stays. `None` where none stays.
pub(super) fn beside<'p>(order: &[&'p str], at: usize, stays: impl Fn(&str) -> bool) -> Option<(&'static str, &'p str)> {
    let kept = order.iter().find(|path| stays(path))?;
    match at.checked_sub(1).and_then(|before| order.get(before)) {
        Some(before) => Some(("after", before)),
        None => Some(("before", kept)),
    }
}
