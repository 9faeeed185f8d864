//! The `console` blocks of the pages are run, and print what the pages show.
//!
//! Each page has a folder of its own, and its blocks follow each other in it; the chapters of the tutorial share one. trycmd would run the same
//! blocks, but empties the folder after each of them and writes no files from a page.
//!
//! - A block ` ```console ` has commands, each on a line that begins with `$ `, and their output. A line whose first character is `…` stands for any
//!   lines, and `[..]` for any text within a line. A command succeeds, unless the block is ` ```console exit=1 `.
//! - A block ` ```ocstopo file=topology/a.ocstopo ` (or of another language) is written to that file, and ` ```diff file=… ` changes it.
//! - `<!-- copy FROM TO -->` copies a file or folder of the repository, and `<!-- edit FILE: OLD => NEW -->` changes a file; readers do not see them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::root;
use crate::support::both;

/// Where the blocks of a page run.
pub(super) struct Console {
    _folder: TempDir,
    /// The folder that `cd` has chosen.
    here: PathBuf,
}

impl Console {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { here: folder.path().to_owned(), _folder: folder }
    }

    /// The folder in which the last block ended.
    pub(super) fn here(&self) -> &Path {
        &self.here
    }

    /// Runs a page: the page with the output that the program prints now, and what is wrong beyond that.
    pub(super) fn run(&mut self, page: &str) -> (String, Vec<String>) {
        let mut out = Vec::new();
        let mut wrong = Vec::new();
        let mut lines = page.lines();
        let mut before = "";
        while let Some(line) = lines.next() {
            out.push(line.to_owned());
            if let Some(comment) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
                self.prepare(comment);
            }
            if let Some(info) = line.strip_prefix("```") {
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                let mut words = info.split(' ');
                let language = words.next().unwrap_or_default();
                let option = |name: &str| info.split(' ').find_map(|word| word.strip_prefix(name));
                match (language, option("file=")) {
                    ("console", _) => {
                        let exit = option("exit=").map_or(0, |code| code.parse().expect("an exit code"));
                        let (shown, problems) = self.commands(&block, exit);
                        out.extend(shown);
                        wrong.extend(problems);
                    }
                    (language, file) => {
                        if let Some(file) = file {
                            assert!(before.contains(&format!("`{file}`")), "the line before a block names its file `{file}`");
                            self.write(language, file, &block);
                        }
                        out.extend(block.into_iter().map(str::to_owned));
                    }
                }
                out.push("```".to_owned());
            }
            if !line.is_empty() {
                before = line;
            }
        }
        (out.join("\n") + "\n", wrong)
    }

    fn prepare(&self, comment: &str) {
        if let Some((from, to)) = comment.strip_prefix("copy ").and_then(|rest| rest.split_once(' ')) {
            copy(&root().join(from), &self.here.join(to));
        } else if let Some((file, (old, new))) = comment
            .strip_prefix("edit ")
            .and_then(|rest| rest.split_once(": "))
            .and_then(|(file, change)| Some((file, change.split_once(" => ")?)))
        {
            self.replace(file, old, &new.replace("\\n", "\n"));
        }
    }

    fn write(&self, language: &str, file: &str, block: &[&str]) {
        if language == "diff" {
            let side = |other: char| -> String {
                let kept = block.iter().filter(|line| !line.starts_with(other));
                kept.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
            };
            self.replace(file, &side('+'), &side('-'));
        } else {
            let path = self.here.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, block.join("\n") + "\n").unwrap();
        }
    }

    fn replace(&self, file: &str, old: &str, new: &str) {
        let path = self.here.join(file);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(text.matches(old).count(), 1, "{file} has this once:\n{old}\nin\n{text}");
        fs::write(path, text.replace(old, new)).unwrap();
    }

    /// Runs the commands of a block: the block with the output of today, and what is wrong.
    fn commands(&mut self, block: &[&str], exit: i32) -> (Vec<String>, Vec<String>) {
        let mut out = Vec::new();
        let mut wrong = Vec::new();
        let mut lines = block.iter().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else {
                wrong.push(format!("a block begins with a command: {line}"));
                break;
            };
            out.push((*line).to_owned());
            let mut shown = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                shown.push(*line);
            }
            let (text, code) = self.command(command);
            let last = lines.peek().is_none();
            let expected = if last { exit } else { 0 };
            if code != expected {
                wrong.push(format!("`{command}` ends with {code}, not {expected}:\n{text}"));
            }
            let printed: Vec<&str> = text.lines().map(str::trim_end).collect();
            if fits(&shown, &printed) {
                out.extend(shown.into_iter().map(str::to_owned));
            } else if let Some(shaped) = shaped(&shown, &printed) {
                out.extend(shaped);
            } else {
                wrong.push(format!("`{command}` prints something else, and parts of the block are not found in it:\n{text}"));
                out.extend(shown.into_iter().map(str::to_owned));
            }
        }
        (out, wrong)
    }

    /// What a command prints, and its exit code.
    fn command(&mut self, command: &str) -> (String, i32) {
        let (words, file) = words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (text, code) = match words[..] {
            ["ocstopo", ref arguments @ ..] => {
                let mut program = Command::new(env!("CARGO_BIN_EXE_ocstopo"));
                let said =
                    program.args(arguments).current_dir(&self.here).env("NO_COLOR", "1").env("COLUMNS", "80").output().unwrap();
                let text = if file.is_some() { String::from_utf8_lossy(&said.stdout).into_owned() } else { both(&said) };
                (text, said.status.code().unwrap_or(-1))
            }
            ["cd", folder] => {
                self.here = self.here.join(folder).canonicalize().unwrap();
                (String::new(), 0)
            }
            ["mkdir", folder] => {
                fs::create_dir(self.here.join(folder)).unwrap();
                (String::new(), 0)
            }
            ["cp", "-r", from, to] => {
                copy(&self.here.join(from), &self.here.join(to));
                (String::new(), 0)
            }
            ["cat", file] => (fs::read_to_string(self.here.join(file)).unwrap(), 0),
            ["ls", folder] => {
                let entries = fs::read_dir(self.here.join(folder)).unwrap();
                let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
                names.sort();
                (names.join("\n"), 0)
            }
            _ => panic!("pages run ocstopo, cd, mkdir, cp -r, cat and ls only: {command}"),
        };
        match file {
            Some(file) => {
                fs::write(self.here.join(file), text).unwrap();
                (String::new(), code)
            }
            None => (text, code),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}

/// The words of a command as a shell divides them, and the file that takes its output. A comment ends it.
fn words(command: &str) -> (Vec<String>, Option<String>) {
    let mut words: Vec<String> = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, ' ') => words.extend(word.take()),
            (None, c) => {
                assert!(!"|;&$`<*\\".contains(c), "pages run plain commands, without `{c}`: {command}");
                word.get_or_insert_default().push(c);
            }
        }
    }
    assert!(quote.is_none(), "a quote without end: {command}");
    words.extend(word);
    let file = words.iter().position(|word| word == ">").map(|at| {
        let rest = words.split_off(at);
        rest.get(1).expect("the file after `>`").clone()
    });
    (words, file)
}

/// Whether a line stands for any lines.
fn elides(line: &str) -> bool {
    line.trim_start().starts_with('…')
}

/// Whether output is what a page shows of it.
fn fits(shown: &[&str], printed: &[&str]) -> bool {
    match shown {
        [] => printed.is_empty(),
        [first, rest @ ..] if elides(first) => (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..])),
        [first, rest @ ..] => printed.split_first().is_some_and(|(line, others)| line_fits(first, line) && fits(rest, others)),
    }
}

fn line_fits(shown: &str, printed: &str) -> bool {
    match shown.split_once("[..]") {
        None => shown == printed,
        Some((before, rest)) => printed
            .strip_prefix(before)
            .is_some_and(|left| (0..=left.len()).filter(|at| left.is_char_boundary(*at)).any(|at| line_fits(rest, &left[at..]))),
    }
}

/// The output in the shape in which a page shows it: as many lines before the first elision and after the last, and the parts between
/// where they are found.
fn shaped(shown: &[&str], printed: &[&str]) -> Option<Vec<String>> {
    let parts: Vec<&[&str]> = shown.split(|line| elides(line)).collect();
    let elisions: Vec<&&str> = shown.iter().filter(|line| elides(line)).collect();
    let (_, [.., last]) = parts.split_first()? else { return Some(printed.iter().map(|line| (*line).to_owned()).collect()) };
    let end = printed.len().checked_sub(last.len())?;
    let mut out = Vec::new();
    let mut at = 0;
    for (number, part) in parts.iter().enumerate() {
        let begin = match (number, part.first()) {
            (0, _) => 0,
            (number, _) if number == elisions.len() => end,
            (_, Some(first)) => at + printed.get(at..)?.iter().position(|line| line_fits(first, line))?,
            (_, None) => at,
        };
        at = begin + part.len();
        let lines = printed.get(begin..at)?.iter().map(|line| (*line).to_owned());
        out.extend(lines);
        out.extend(elisions.get(number).map(|line| (**line).to_owned()));
    }
    Some(out)
}

#[test]
fn blocks_are_run_in_order_and_compared() {
    let page = "Write `a.txt`:\n\n```text file=a.txt\none\ntwo\n```\n\nIn `a.txt`:\n\n```diff file=a.txt\n one\n-two\n+three\n```\n\n\
                ```console\n$ cat a.txt\none\n…\n$ mkdir b\n$ cp -r a.txt b/c.txt\n$ cd b\n$ ls .\nc.[..]t\n```\n\n\
                ```console exit=2\n$ ocstopo nothing\n…\n```\n";
    let (same, wrong) = Console::new().run(page);
    assert_eq!((same.as_str(), wrong), (page, vec![]));
    let stale = page.replace("c.[..]t", "d.txt").replace("exit=2", "exit=1");
    let (mended, wrong) = Console::new().run(&stale);
    assert_eq!(mended, page.replace("c.[..]t", "c.txt").replace("exit=2", "exit=1"));
    assert!(wrong.len() == 1 && wrong[0].starts_with("`ocstopo nothing` ends with 2, not 1"), "{wrong:?}");
}

#[test]
fn output_keeps_the_shape_that_a_page_gives_it() {
    assert!(fits(&["a", "…", "d"], &["a", "b", "c", "d"]) && fits(&["…"], &[]) && !fits(&["a"], &["a", "b"]));
    let printed = ["1", "2", "3", "4", "5"];
    assert_eq!(shaped(&["x", "… (all)", "y"], &printed).unwrap(), ["1", "… (all)", "5"]);
    assert_eq!(shaped(&["x", "…", "3", "…"], &printed).unwrap(), ["1", "…", "3", "…"]);
    assert_eq!(shaped(&["x"], &printed).unwrap(), printed);
    assert_eq!(shaped(&["…", "6", "…"], &printed), None);
    assert_eq!(words("a 'b c' \"d\"e > f # g"), (vec!["a".to_owned(), "b c".to_owned(), "de".to_owned()], Some("f".to_owned())));
}

/// The folder of the tutorial's final topology in `examples/`.
const TUTORIAL: &str = "lucerne";

/// What the blocks of pages print is what the program prints. With `INSTA_UPDATE=always` the pages are written, and the topology of the tutorial.
#[test]
fn blocks_of_the_pages_print_what_the_program_prints() {
    let write = std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always");
    let tutorial = root().join("docs/tutorial");
    let pages: Vec<_> = super::pages().into_iter().filter(|(_, text)| text.contains("\n```console")).collect();
    let (chapters, others): (Vec<_>, Vec<_>) = pages.into_iter().partition(|(page, _)| page.starts_with(&tutorial));
    assert!(chapters.len() > 4 && others.len() > 4, "{} chapters, {} pages", chapters.len(), others.len());
    let mut wrong = String::new();
    let mut compare = |page: &Path, text: &str, (now, problems): (String, Vec<String>)| {
        let name = page.strip_prefix(root()).unwrap().display();
        wrong.extend(problems.into_iter().map(|problem| format!("{name}: {problem}\n")));
        if write {
            fs::write(page, &now).unwrap();
        } else if let Some((at, (was, is))) = text.lines().zip(now.lines()).enumerate().find(|(_, (was, is))| was != is) {
            wrong += &format!("{name}:{}: the page has\n  {was}\nand the program prints\n  {is}\n", at + 1);
        } else if text != now {
            wrong += &format!("{name}: the program prints more or less\n");
        }
    };
    let learned = std::thread::scope(|scope| {
        let learning = scope.spawn(|| {
            let mut console = Console::new();
            let ran: Vec<_> = chapters.iter().map(|(_, text)| console.run(text)).collect();
            (console, ran)
        });
        for (page, text) in &others {
            compare(page, text, Console::new().run(text));
        }
        let (console, ran) = learning.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        for ((page, text), ran) in chapters.iter().zip(ran) {
            compare(page, text, ran);
        }
        console
    });
    let example = root().join("examples").join(TUTORIAL);
    for (name, text) in crate::support::read_tree(&learned.here().join("topology")) {
        if write {
            fs::write(example.join(&name), &text).unwrap();
        }
        let kept = fs::read_to_string(example.join(&name)).unwrap_or_default();
        if kept != text {
            wrong += &format!("examples/{TUTORIAL}/{name} is not what the tutorial ends with\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}`bash tests/update docs` writes the pages");
}

/// The commands that pages show without running them, in `sh` blocks and between backticks, have the names and options of the program.
#[test]
fn commands_that_pages_name_exist() {
    let mut named = 0;
    let mut wrong = Vec::new();
    for (page, text) in super::pages().into_iter().filter(|(page, _)| !page.starts_with(root().join("docs/commands"))) {
        let code = super::prose(&text).flat_map(|line| line.split('`').skip(1).step_by(2));
        let mut fence = None;
        let shell = text.lines().filter(|line| {
            if let Some(info) = line.strip_prefix("```") {
                fence = if fence.is_some() { None } else { Some(info) };
            }
            matches!(fence, Some("sh"))
        });
        let code = code.filter(|code| code.starts_with("ocstopo "));
        let commands = code.chain(shell).flat_map(|line| line.split("ocstopo ").skip(1));
        for command in commands {
            let mut words = command.split(['|', '>', '#', '&', '\'', '"']).next().unwrap_or_default().split_whitespace();
            let Some(name) = words.next().filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())) else { continue };
            let Ok(help) = fs::read_to_string(root().join(format!("docs/commands/{name}.md"))) else {
                wrong.push(format!("{}: there is no command `{name}`", page.display()));
                continue;
            };
            named += 1;
            for option in words.filter(|word| word.starts_with("--")).map(|word| word.split('=').next().unwrap_or_default()) {
                let option = option.trim_end_matches([',', ';', ':', ')']);
                let known = help.split(|c: char| c.is_whitespace() || ",[]<>=`".contains(c)).any(|word| word == option);
                if !known {
                    wrong.push(format!("{}: `ocstopo {name}` has no `{option}`", page.display()));
                }
            }
        }
    }
    assert!(named > 150, "{named}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
