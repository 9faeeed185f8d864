//! Cisco ASA and IOS. Groups and lists have names with a version, so both states are side by side: the main file makes the second
//! and binds its lists, and a second file takes the first away when all checks passed. Translations of an ASA are replaced one by
//! one: of an address there can be one at a time.

use super::{Delta, Part, State};

/// A command with the lines of what it opens, and what is said of it.
#[derive(Debug)]
struct Command<'t> {
    line: &'t str,
    inner: Vec<&'t str>,
    comments: Vec<&'t str>,
}

/// The differences of two configurations of an ASA.
pub(in super::super) fn asa(from: &State, to: &State) -> Result<Delta, String> {
    let (old, new) = (commands(&from.rules), commands(&to.rules));
    let interfaces = |commands: &[Command<'_>]| {
        let bound = commands.iter().filter(|command| command.line.starts_with(BIND));
        let mut names: Vec<String> = bound.filter_map(|command| command.line.rsplit(' ').next()).map(str::to_owned).collect();
        names.sort();
        names
    };
    if interfaces(&old) != interfaces(&new) {
        return Err(OTHER_INTERFACES.to_owned());
    }
    let nats = translations(&old, &new);
    let of_nat = |command: &&Command<'_>| command.nat().is_some();
    let bind = |command: &&Command<'_>| command.line.starts_with(BIND);
    let lists = |commands: &[Command<'_>]| written(commands.iter().filter(|command| !of_nat(command) && !bind(command)), false);
    let same = lists(&old) == lists(&new);
    let made = written(new.iter().filter(|command| !of_nat(command) && !bind(command)), true);
    let bound = written(new.iter().filter(bind), false);
    let main = [
        Part::new("Groups and lists, beside those of the state before.", if same { Vec::new() } else { made }),
        Part::new("Translations that differ.", nats),
        Part::new("From here on these lists decide.", if same { Vec::new() } else { bound }),
    ];
    Ok(Delta { main: main.into_iter().flatten().collect(), after: if same { Vec::new() } else { gone(from) } })
}

/// The differences of two configurations of a router. A list is bound by hand, where its end says.
pub(in super::super) fn ios(from: &State, to: &State) -> Result<Delta, String> {
    if !from.sides.keys().eq(to.sides.keys()) {
        return Err(OTHER_INTERFACES.to_owned());
    }
    let (old, new) = (commands(&from.rules), commands(&to.rules));
    if written(old.iter(), false) == written(new.iter(), false) {
        return Ok(Delta::default());
    }
    let mut lines = written(new.iter(), true);
    // What binds the last list is said below it.
    let last = to.rules.lines().rev().take_while(|line| line.starts_with('!')).map(str::to_owned).collect::<Vec<_>>();
    lines.extend(last.into_iter().rev());
    let main =
        Part::new("Groups and lists, beside those of the state before. The end of each list says where it is bound.", lines);
    Ok(Delta { main: main.into_iter().collect(), after: gone(from) })
}

const BIND: &str = "access-group ";
const OTHER_INTERFACES: &str = "it joins other networks: a list stays on an interface that the new version does not name";

impl Command<'_> {
    /// What a translation is, without its name.
    fn nat(&self) -> Option<(&str, &[&str])> {
        let name = self.line.strip_prefix("object network ")?;
        self.inner.iter().any(|line| line.starts_with(" nat ")).then_some((name, self.inner.as_slice()))
    }
}

/// Lines that end translations which are no more, give the others the names that they have now, and make new ones.
fn translations(old: &[Command<'_>], new: &[Command<'_>]) -> Vec<String> {
    let of = |commands: &'_ [Command<'_>]| {
        commands.iter().filter_map(Command::nat).map(|(name, is)| (name.to_owned(), is.join("\n"))).collect::<Vec<_>>()
    };
    let (was, now) = (of(old), of(new));
    let mut lines = Vec::new();
    for (name, is) in was.iter().filter(|(_, is)| now.iter().all(|(_, other)| other != is)) {
        lines.push(format!("object network {name}"));
        lines.extend(is.lines().filter(|line| line.starts_with(" nat ")).map(|line| format!(" no{line}")));
        lines.push(format!("no object network {name}"));
    }
    for (name, is) in &was {
        let renamed = now.iter().find(|(other, now)| now == is && other != name);
        lines.extend(renamed.map(|(now, _)| format!("object network {name} rename {now}")));
    }
    let made =
        new.iter().filter(|command| command.nat().is_some_and(|(_, is)| was.iter().all(|(_, other)| *other != is.join("\n"))));
    lines.extend(written(made, true));
    lines
}

/// The lines of commands.
fn written<'c, 't: 'c>(commands: impl Iterator<Item = &'c Command<'t>>, comments: bool) -> Vec<String> {
    let said = |command: &'c Command<'t>| command.comments.iter().filter(move |_| comments);
    let lines = commands.flat_map(|command| said(command).chain([&command.line]).chain(&command.inner));
    lines.filter(|line| comments || !line.starts_with('!')).map(|line| (*line).to_owned()).collect()
}

/// What takes the lists and groups of a state away.
fn gone(from: &State) -> Vec<Part> {
    let lines = from.remove.lines().filter(|line| !line.starts_with('!')).map(str::to_owned).collect();
    Part::new("The lists and groups of the state before.", lines).into_iter().collect()
}

/// Reads a configuration; a comment belongs to the command below it.
fn commands(text: &str) -> Vec<Command<'_>> {
    let mut commands: Vec<Command<'_>> = Vec::new();
    let mut comments: Vec<&str> = Vec::new();
    let begins = text.lines().position(|line| !line.starts_with('!')).unwrap_or(0);
    for line in text.lines().skip(begins).filter(|line| !line.is_empty()) {
        if line.starts_with('!') {
            comments.push(line);
        } else if let (true, Some(command)) = (line.starts_with(' '), commands.last_mut()) {
            command.inner.append(&mut comments);
            command.inner.push(line);
        } else {
            commands.push(Command { line, inner: Vec::new(), comments: std::mem::take(&mut comments) });
        }
    }
    commands
}
