//! Runs batch files as the command interpreter of Windows would, as far as those of this project go: a line at a time, percent
//! signs first, then the parts of a command, then the variables of `for`. Other programs and the disk are a test's own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// More lines than any script here runs; an endless one ends there.
const PATIENCE: usize = 2_000_000;

/// A substitute for a program: its words to its output and its exit code.
pub type Program<'p> = dyn FnMut(&[String]) -> (String, i64) + 'p;

/// A disk.
pub type Files = Rc<RefCell<BTreeMap<String, String>>>;

/// A script that runs.
pub struct Batch<'p> {
    lines: Vec<String>,
    labels: BTreeMap<String, usize>,
    variables: BTreeMap<String, String>,
    /// Files that it, or a program, has written or found, by name.
    pub files: Files,
    /// What it said.
    pub said: String,
    path: String,
    program: Box<Program<'p>>,
    code: i64,
    steps: usize,
}

/// Where a line leads.
enum Next {
    On,
    To(usize),
    Out,
}

type Loop = Vec<(char, String)>;

impl<'p> Batch<'p> {
    pub fn new(script: &str, path: &str, program: impl FnMut(&[String]) -> (String, i64) + 'p) -> Self {
        Self::on(Files::default(), script, path, program)
    }

    /// A script on a disk that holds files already.
    pub fn on(files: Files, script: &str, path: &str, program: impl FnMut(&[String]) -> (String, i64) + 'p) -> Self {
        let lines: Vec<String> = script.lines().map(|line| line.trim().to_owned()).collect();
        let label = |(at, line): (usize, &String)| Some((line.strip_prefix(':')?.to_ascii_lowercase(), at));
        let mut labels = BTreeMap::new();
        for (label, at) in lines.iter().enumerate().filter_map(label) {
            // The interpreter goes to the first one behind the line that it reads.
            assert!(labels.insert(label.clone(), at).is_none(), "two labels {label}");
        }
        let variables =
            [("TEMP", "T:"), ("RANDOM", "7"), ("SYSTEMROOT", "W:")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let (said, path) = (String::new(), path.to_owned());
        Self { lines, labels, variables: variables.into(), files, said, path, program: Box::new(program), code: 0, steps: 0 }
    }

    /// Runs it with arguments; its exit code.
    pub fn run(&mut self, arguments: &[&str]) -> i64 {
        let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        self.code = 0;
        self.from(0, &arguments);
        self.code
    }

    fn from(&mut self, mut at: usize, arguments: &[String]) {
        while at < self.lines.len() {
            self.steps += 1;
            assert!(self.steps < PATIENCE, "it goes in circles");
            let line = self.lines[at].trim_start_matches('@').to_owned();
            at += 1;
            if line.is_empty() || line.starts_with(':') {
                continue;
            }
            let line = self.percent(&line, arguments);
            match self.command(&line, &Vec::new(), arguments) {
                Next::On => {}
                Next::To(label) => at = label,
                Next::Out => return,
            }
        }
    }

    fn percent(&self, line: &str, arguments: &[String]) -> String {
        let argument = |digit: char| match digit {
            '0' => self.path.clone(),
            _ => arguments.get(digit as usize - '1' as usize).cloned().unwrap_or_default(),
        };
        let mut out = String::new();
        let mut rest = line;
        while let Some(at) = rest.find('%') {
            out += &rest[..at];
            rest = &rest[at + 1..];
            let first = rest.chars().next();
            if let Some('%') = first {
                out.push('%');
                rest = &rest[1..];
            } else if let Some('*') = first {
                out += &arguments.join(" ");
                rest = &rest[1..];
            } else if let Some(digit) = first.filter(char::is_ascii_digit) {
                out += &argument(digit);
                rest = &rest[1..];
            } else if let Some(words) = rest.strip_prefix('~') {
                let end = words.find(|c: char| c.is_ascii_digit()).expect("an argument");
                let whole = argument(words.as_bytes()[end] as char).trim_matches('"').to_owned();
                out += match &words[..end] {
                    "" => &whole,
                    "dp" => whole.rfind('\\').map_or("", |end| &whole[..=end]),
                    "dpn" => whole.rsplit_once('.').map_or(whole.as_str(), |(stem, _)| stem),
                    "f" => &whole,
                    other => panic!("%~{other}"),
                };
                rest = &words[end + 1..];
            } else {
                let (name, after) = rest.split_once('%').unwrap_or_else(|| panic!("a variable that does not end: {line}"));
                out += &self.value(name);
                rest = after;
            }
        }
        out + rest
    }

    fn value(&self, name: &str) -> String {
        match name.to_ascii_uppercase().as_str() {
            "ERRORLEVEL" => self.code.to_string(),
            name => self.variables.get(name).cloned().unwrap_or_default(),
        }
    }

    fn command(&mut self, text: &str, with: &Loop, arguments: &[String]) -> Next {
        let text = text.trim();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word.to_ascii_lowercase().as_str() {
            "rem" | "setlocal" => Next::On,
            "if" => self.condition(rest, with, arguments),
            "for" => self.each(rest, with, arguments),
            _ if text.starts_with('(') => {
                let (inner, after) = block(text);
                assert_eq!(after.trim(), "", "{text}");
                self.command(inner, with, arguments)
            }
            _ => self.simple(text, with, arguments),
        }
    }

    fn condition(&mut self, text: &str, with: &Loop, arguments: &[String]) -> Next {
        let mut words = Words(text);
        let (mut wanted, mut fold) = (true, false);
        let mut word = words.next_word();
        while word.eq_ignore_ascii_case("/i") || word.eq_ignore_ascii_case("not") {
            if word.eq_ignore_ascii_case("not") {
                wanted = false
            } else {
                fold = true
            }
            word = words.next_word();
        }
        let met = match word.to_ascii_lowercase().as_str() {
            "exist" => self.files.borrow().contains_key(&plain(&put(words.next_word(), with))),
            "defined" => !self.value(&put(words.next_word(), with)).is_empty(),
            "errorlevel" => self.code >= words.next_word().parse::<i64>().expect("a number"),
            _ => match word.split_once("==") {
                Some((left, right)) => {
                    let (left, right) = (put(left, with), put(right, with));
                    if fold { left.eq_ignore_ascii_case(&right) } else { left == right }
                }
                None => {
                    assert_eq!(words.next_word().to_ascii_lowercase(), "equ", "{text}");
                    put(word, with) == put(words.next_word(), with)
                }
            },
        };
        let rest = words.0.trim_start();
        let (then, otherwise) = if rest.starts_with('(') {
            let (then, after) = block(rest);
            (then, after.trim().strip_prefix("else ").map(str::trim))
        } else {
            (rest, None)
        };
        match (met == wanted, otherwise) {
            (true, _) => self.command(then, with, arguments),
            (false, Some(otherwise)) => self.command(otherwise, with, arguments),
            (false, None) => Next::On,
        }
    }

    fn each(&mut self, text: &str, with: &Loop, arguments: &[String]) -> Next {
        let text = text.strip_prefix("/f ").expect("for /f");
        let (options, rest) = text.strip_prefix('"').and_then(|text| text.split_once('"')).expect("options");
        let rest = rest.trim_start().strip_prefix('%').expect("a variable");
        let first = rest.chars().next().expect("a variable");
        let (source, body) = rest[1..].trim_start().strip_prefix("in (").expect("in").split_once(") do ").expect("do");
        let lines = if let Some(command) = source.strip_prefix('`').and_then(|source| source.strip_suffix('`')) {
            self.output(&put(&command.replace("^=", "=").replace("^|", "|"), with))
        } else {
            self.files.borrow().get(&plain(&put(source, with))).cloned().unwrap_or_else(|| panic!("no file {source}"))
        };
        assert!(options.contains("usebackq"), "{text}");
        let delims = options.split_once("delims=").map_or(" \t", |(_, delims)| delims).to_owned();
        let tokens = options.split_once("tokens=").map_or("1", |(_, tokens)| tokens.split(' ').next().expect("tokens"));
        for line in lines.lines().filter(|line| !line.trim().is_empty() && !line.starts_with(';')) {
            let mut with = with.clone();
            for (at, token) in tokens_of(line, tokens, &delims).into_iter().enumerate() {
                with.push(((first as u8 + at as u8) as char, token));
            }
            match self.command(body, &with, arguments) {
                Next::On => {}
                other => return other,
            }
        }
        Next::On
    }

    /// A leaf: its parts are known before variables of `for` are inserted, so none of those forms a part.
    fn simple(&mut self, text: &str, with: &Loop, arguments: &[String]) -> Next {
        assert!(!outside_quotes(text, '&') && !outside_quotes(text, '|'), "two commands: {text}");
        let (text, to) = redirected(text);
        let (word, rest) = text.split_once(' ').unwrap_or((text.as_str(), ""));
        let said = match word.to_ascii_lowercase().as_str() {
            "set" if rest.starts_with("/a ") => {
                let (name, more) = rest[3..].split_once("+=").expect("set /a NAME+=NUMBER");
                let sum = self.value(name).parse::<i64>().expect("a number") + more.parse::<i64>().expect("a number");
                self.variables.insert(name.to_owned(), sum.to_string());
                self.code = 0;
                return Next::On;
            }
            "set" => {
                let (name, value) = rest.trim_matches('"').split_once('=').expect("set \"NAME=VALUE\"");
                self.variables.insert(name.to_ascii_uppercase(), put(value, with));
                // In a .cmd file it does so.
                self.code = 0;
                return Next::On;
            }
            "echo" if rest == "off" => return Next::On,
            "echo" | "echo." => format!("{}\n", put(rest, with)),
            "type" => self.files.borrow().get(&plain(&put(rest, with))).cloned().expect("a file"),
            "del" => {
                self.files.borrow_mut().remove(&plain(&put(rest, with)));
                return Next::On;
            }
            "goto" => {
                let label = rest.trim_start_matches(':').to_ascii_lowercase();
                return Next::To(*self.labels.get(&label).unwrap_or_else(|| panic!("no label {label}")));
            }
            "exit" => {
                let code = rest.strip_prefix("/b").expect("exit /b").trim();
                if !code.is_empty() {
                    self.code = put(code, with).parse().expect("a code");
                }
                return Next::Out;
            }
            "call" => {
                // What is called is read once more.
                let text = self.percent(&put(rest, with), arguments);
                let mut words = split(&text);
                let label = words.remove(0).trim_start_matches(':').to_ascii_lowercase();
                let at = *self.labels.get(&label).unwrap_or_else(|| panic!("no label {label}"));
                self.from(at, &words);
                return Next::On;
            }
            _ => {
                let words: Vec<String> = split(&text).iter().map(|word| plain(&put(word, with))).collect();
                let (said, code) = (self.program)(&words);
                self.code = code;
                said
            }
        };
        match to {
            None => self.said += &said,
            Some((_, file)) if file == "nul" => {}
            Some((more, file)) => {
                let mut files = self.files.borrow_mut();
                let file = files.entry(plain(&put(&file, with))).or_default();
                if !more {
                    file.clear();
                }
                *file += &said;
            }
        }
        Next::On
    }

    fn output(&mut self, command: &str) -> String {
        let words: Vec<String> = split(command).iter().map(|word| plain(word)).collect();
        (self.program)(&words).0
    }
}

struct Words<'t>(&'t str);

impl<'t> Words<'t> {
    /// The next word; quotes hold it together.
    fn next_word(&mut self) -> &'t str {
        let text = self.0.trim_start();
        let mut quoted = false;
        let end = text.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ' ' && !quoted
        });
        let (word, rest) = text.split_at(end.map_or(text.len(), |(at, _)| at));
        self.0 = rest;
        word
    }
}

fn split(text: &str) -> Vec<String> {
    let mut words = Words(text);
    std::iter::from_fn(|| Some(words.next_word().to_owned()).filter(|word| !word.is_empty())).collect()
}

fn plain(word: &str) -> String {
    word.replace('"', "")
}

/// `(…)` and the text behind it.
fn block(text: &str) -> (&str, &str) {
    let (mut depth, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return (&text[1..at], &text[at + 1..]);
                }
            }
            _ => {}
        }
    }
    panic!("a block that does not end: {text}")
}

/// Variables of `for` in a text.
fn put(text: &str, with: &Loop) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let value = (letter == '%').then(|| with.iter().rev().find(|(name, _)| Some(name) == letters.peek())).flatten();
        match value {
            Some((_, value)) => {
                letters.next();
                out += value;
            }
            None => out.push(letter),
        }
    }
    out
}

fn tokens_of(line: &str, wanted: &str, delims: &str) -> Vec<String> {
    let mut rest = line.trim_start_matches(|c| delims.contains(c));
    if wanted == "*" {
        return vec![rest.to_owned()];
    }
    let mut found = Vec::new();
    let (last, tail) = match wanted.strip_suffix('*') {
        Some(head) => (head.rsplit(['-', ',']).next().expect("a number").parse::<usize>().expect("a number"), true),
        None => (wanted.rsplit(['-', ',']).next().expect("a number").parse::<usize>().expect("a number"), false),
    };
    for _ in 0..last {
        let end = rest.find(|c| delims.contains(c)).unwrap_or(rest.len());
        found.push(rest[..end].to_owned());
        rest = rest[end..].trim_start_matches(|c| delims.contains(c));
    }
    if tail {
        found.push(rest.to_owned());
    }
    // Only ranges from the first on are used here, so a token's place is its number.
    assert!(wanted.starts_with('1'), "{wanted}");
    found
}

fn outside_quotes(text: &str, wanted: char) -> bool {
    let mut quoted = false;
    text.replace("2>&1", "").chars().any(|c| {
        quoted ^= c == '"';
        c == wanted && !quoted
    })
}

/// The command and the file that it prints to, with whether it adds to it.
fn redirected(text: &str) -> (String, Option<(bool, String)>) {
    let text = text.replace("2>&1", "").replace("2>nul", "");
    let mut quoted = false;
    let Some((at, _)) = text.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    }) else {
        return (text.trim_end().to_owned(), None);
    };
    let (command, file) = text.split_at(at);
    let more = file.starts_with(">>");
    (command.trim_end().to_owned(), Some((more, file.trim_start_matches('>').trim().to_owned())))
}
