//! Output languages, each with its way of making foreign text harmless.
//! Knows nothing of templates or plans: text in, text out.

use super::width::{self, Breaks};
use crate::text::{is_control, one_line};

/// An output language: the folder of its templates, and how text is made harmless in it. A language that one dialect alone uses
/// is declared in the file of that dialect.
pub struct Language {
    word: &'static str,
    escape: fn(&str) -> String,
    write: Write,
    breaks: Breaks,
}

/// Writes a text escaped, with the signature that the template engine expects.
pub(super) type Write = fn(&str, &mut dyn std::io::Write) -> std::io::Result<()>;

/// Declares a language: the folder of its templates, and its escape function.
macro_rules! language {
    ($word:literal, $escape:expr) => {
        $crate::emit::language::Language::new($word, $escape, |text, out| {
            let escape: fn(&str) -> String = $escape;
            out.write_all(escape(text).as_bytes())
        })
    };
}
pub(super) use language;

impl Language {
    /// Use [`language!`], which writes the escape function once.
    pub(super) const fn new(word: &'static str, escape: fn(&str) -> String, write: Write) -> Self {
        Self { word, escape, write, breaks: Breaks::Nowhere }
    }

    /// The same language, whose comments begin with this mark.
    pub(super) const fn comments(self, mark: &'static str) -> Self {
        Self { breaks: Breaks::Comments(mark), ..self }
    }

    /// The same language, whose paragraphs are broken as those of Markdown.
    const fn paragraphs(self) -> Self {
        Self { breaks: Breaks::Markdown, ..self }
    }

    /// A finished text of this language, with its wide lines broken where it allows that.
    pub(super) fn broken(&self, text: String) -> String {
        width::broken(text, self.breaks)
    }

    /// The folder of its templates.
    pub fn word(&self) -> &'static str {
        self.word
    }

    /// Makes text safe wherever a template of this language may print it: in quotes, in a comment, in running text.
    /// The result never holds a line break.
    pub fn escape(&self, text: &str) -> String {
        (self.escape)(text)
    }

    /// The same for the template engine.
    pub(super) fn writer(&self) -> Write {
        self.write
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word)
    }
}

/// The languages of more than one form.
pub(super) const SHARED: [&Language; 13] =
    [&BIND, &OPENSSL, &CERTREQ, &BATCH, &POWERSHELL, &SHELL, &NSUPDATE, &HOSTS, &YAML, &JAVASCRIPT, &NGINX, &MARKDOWN, &HTML];

/// BIND zone files.
pub(super) static BIND: Language = language!("bind", bind).comments(";");
/// openssl request configuration.
pub(super) static OPENSSL: Language = language!("openssl", openssl).comments("#");
/// certreq INF.
pub(super) static CERTREQ: Language = language!("certreq", certreq).comments(";");
/// Batch files of the Windows command interpreter.
pub(super) static BATCH: Language = language!("batch", batch).comments("rem");
/// PowerShell scripts.
pub(super) static POWERSHELL: Language = language!("powershell", powershell).comments("#");
/// Scripts of the shell of POSIX. What begins or ends a string or an expansion becomes `_`.
pub(super) static SHELL: Language = language!("shell", |text| device(text, "\"'\\$`")).comments("#");
/// Scripts of nsupdate.
pub(super) static NSUPDATE: Language = language!("nsupdate", |text| one_line(text).into_owned()).comments(";");
/// Hosts files.
pub(super) static HOSTS: Language = language!("hosts", hosts).comments("#");
/// YAML.
pub(super) static YAML: Language = language!("yaml", quoted).comments("#");
/// JavaScript.
pub(super) static JAVASCRIPT: Language = language!("javascript", quoted).comments("//");
/// Configurations of nginx.
pub(super) static NGINX: Language = language!("nginx", nginx).comments("#");
/// Markdown.
pub(super) static MARKDOWN: Language = language!("markdown", markdown).paragraphs();
/// HTML: the text of an element, and the value of an attribute in quotes.
pub(super) static HTML: Language = language!("html", html);

/// The command line of a network device knows printable ASCII only. What it could act on even inside quotes or a comment (help, a
/// variable, the end of a string, what a web console takes for an attack) becomes `_`.
pub(super) fn device(text: &str, special: &str) -> String {
    one_line(text).chars().map(|c| if (' '..='~').contains(&c) && !special.contains(c) { c } else { '_' }).collect()
}

/// Neither quotes nor backslashes: for languages whose quoted strings have no escapes.
pub(super) fn without_quotes(text: &str) -> String {
    one_line(text).chars().filter(|c| !matches!(c, '"' | '\\')).collect()
}

/// A string in double quotes, with a backslash before quote and backslash.
fn quoted(text: &str) -> String {
    escaped(&one_line(text), |c| matches!(c, '"' | '\\'))
}

/// RFC 1035: a backslash before the quote and the backslash, `\DDD` for what is no printable character.
fn bind(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if is_control(c) => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out += &format!("\\{byte:03}");
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// openssl reads `#` as a comment, `$` as a variable, quotes and backslashes as quoting.
fn openssl(text: &str) -> String {
    escaped(&one_line(text), |c| matches!(c, '\\' | '#' | '$' | '"' | '\'' | '`'))
}

/// An INF value is in double quotes: quotes are doubled, and `%` too, which would otherwise name a string of the file.
/// A backslash at the very end could join the next line, so a space follows it.
fn certreq(text: &str) -> String {
    let mut out = one_line(text).replace('"', "\"\"").replace('%', "%%");
    if out.ends_with('\\') {
        out.push(' ');
    }
    out
}

/// To the command interpreter a remark is a line like any other until it has read `rem`, so all that it could act on, and what
/// its code page may not hold, becomes a question mark.
pub(super) fn batch(text: &str) -> String {
    let safe =
        |c: char| if (' '..='~').contains(&c) && !matches!(c, '%' | '^' | '&' | '|' | '<' | '>' | '"' | '!') { c } else { '?' };
    text.chars().map(safe).collect()
}

/// A comment extends to the end of its line and nothing in it counts; characters that old readers may not know become a question
/// mark.
fn hosts(text: &str) -> String {
    one_line(text).chars().map(|c| if (' '..='~').contains(&c) { c } else { '?' }).collect()
}

/// In a string in double quotes a backslash is before quote and backslash. A dollar begins a variable and cannot be escaped,
/// so it becomes `_`.
fn nginx(text: &str) -> String {
    escaped(&one_line(text).replace('$', "_"), |c| matches!(c, '"' | '\\'))
}

/// A string in single quotes holds all but quotes, which are doubled; to PowerShell the typographic ones are quotes too.
fn powershell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            out.push(c);
        }
        out.push(c);
    }
    out
}

/// A backslash before what Markdown may read: everywhere for what forms markup inside a line, at the start for what forms
/// lists and headings. Addresses of pages are kept from becoming links that the author did not write.
fn markdown(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    markdown_into(line.trim_start(), true, &mut out);
    out
}

/// Appends a line, or a part of one that begins nothing. All that is escaped is ASCII, so the text between is copied unchanged.
fn markdown_into(line: &str, begins: bool, out: &mut String) {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut copied = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let special = match byte {
            b'\\' | b'`' | b'*' | b'_' | b'{' | b'}' | b'[' | b']' | b'<' | b'>' | b'#' | b'|' | b'!' | b'~' | b'&' => true,
            b'-' | b'+' | b'=' => begins && at == 0,
            b'.' | b')' => {
                let numbers = begins && at > 0 && at == digits && matches!(bytes.get(at + 1), None | Some(b' '));
                numbers || (*byte == b'.' && at >= 3 && bytes[at - 3..at].eq_ignore_ascii_case(b"www"))
            }
            b':' => bytes[at + 1..].starts_with(b"//"),
            _ => false,
        };
        if special {
            out.push_str(&line[copied..at]);
            out.push('\\');
            copied = at;
        }
    }
    out.push_str(&line[copied..]);
}

/// What begins a tag or an entity, or ends the value of an attribute, becomes an entity.
fn html(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 16);
    for c in line.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '`' => out += "&#96;",
            c => out.push(c),
        }
    }
    out
}

/// A marked line as HTML.
pub(super) fn html_runs(line: &str) -> String {
    let parts = line.split([CODE.0, CODE.1]).enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(at, part)| if at % 2 == 1 { format!("<code>{}</code>", html(part)) } else { html(part) }).collect()
}

/// What a `script` or `style` element holds, where entities mean nothing: an end tag or a comment cannot begin in it. In JSON that is
/// the same text; scripts and styles of this program have neither.
pub(super) fn html_raw(text: &str) -> String {
    text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
}

fn escaped(text: &str, special: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A Markdown code span that shows exactly this text, in table cells.
pub(super) fn markdown_code(text: &str) -> String {
    markdown_span(text).replace('|', "\\|")
}

/// Marks that code begins and ends with in a line; as control characters they are in no printed text.
const CODE: (char, char) = ('\u{2}', '\u{3}');

/// Text and code as one line, for [`markdown_runs`]. Printed without it, such a line is its plain text.
pub(super) fn marked<'t>(runs: impl Iterator<Item = (&'t str, bool)>) -> String {
    let mut out = String::new();
    for (text, code) in runs {
        out.extend(code.then_some(CODE.0));
        match text.bytes().any(|byte| [CODE.0, CODE.1].contains(&char::from(byte))) {
            true => out.extend(text.split([CODE.0, CODE.1])),
            false => out += text,
        }
        out.extend(code.then_some(CODE.1));
    }
    out
}

/// A marked line as Markdown, for running text: outside a table a bar needs no backslash, and in code it may have none.
pub(super) fn markdown_runs(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    for (at, part) in line.split([CODE.0, CODE.1]).enumerate().filter(|(_, part)| !part.is_empty()) {
        match (at % 2 == 1, out.is_empty()) {
            (true, _) => out += &markdown_span(part),
            (false, true) => out += &markdown(part),
            // What begins a line means something there only, and blanks stay.
            (false, false) => markdown_into(&one_line(part), false, &mut out),
        }
    }
    out
}

fn markdown_span(text: &str) -> String {
    let line = one_line(text);
    if !line.is_empty() && !line.contains('`') && !line.starts_with(' ') && !line.ends_with(' ') {
        return ["`", &line, "`"].concat();
    }
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if line.is_empty() || line.starts_with(['`', ' ']) || line.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// One line of a fenced code block: a line that could close the block is indented, so that it cannot.
pub(super) fn markdown_code_line(text: &str) -> String {
    let line = one_line(text);
    if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
        format!("    {}", line.trim_start())
    } else {
        line.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{balancer, firewall, languages};
    use super::*;

    const HOSTILE: &str = "a\"b\\c\r\nd; # $x %y% <b>|*_`\u{202e}";

    #[test]
    fn each_language_has_its_own_way() {
        let shown: Vec<String> = languages().iter().map(|l| format!("{}: {}", l.word(), l.escape(HOSTILE))).collect();
        insta::assert_snapshot!(shown.join("\n"));
    }

    #[test]
    fn markdown_forms_no_lists_headings_or_links() {
        for (text, safe) in [
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("1.2.3.4", "1.2.3.4"),
            ("# head", "\\# head"),
            ("pool-01.contoso.com", "pool-01.contoso.com"),
            ("https://evil", "https\\://evil"),
            ("see www.evil.com", "see www\\.evil.com"),
            ("    indented", "indented"),
        ] {
            assert_eq!(MARKDOWN.escape(text), safe);
        }
    }

    #[test]
    fn an_element_is_ended_by_nothing_that_is_in_it() {
        let json = html_raw(r#"["</script><!--", "<b>"]"#);
        assert!(!json.contains("</") && !json.contains("<!--"), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).expect("JSON"), ["</script><!--", "<b>"]);
    }

    #[test]
    fn code_holds_what_it_shows() {
        assert_eq!(markdown_code("a"), "`a`");
        assert_eq!(markdown_code("a``b"), "```a``b```");
        assert_eq!(markdown_code("`"), "`` ` ``");
        assert_eq!(markdown_code("a|b"), "`a\\|b`");
        assert_eq!(markdown_code_line("```\nrm"), "    ``` rm");
        let runs = [("Type ", false), ("a|b", true), (" and *", false), ("`", true), (" - 1. x", false)];
        let html = html_runs(&marked([("Type ", false), ("<b>", true), (" & go", false)].into_iter()));
        assert_eq!(html, "Type <code>&lt;b&gt;</code> &amp; go");
        assert_eq!(markdown_runs(&marked(runs.into_iter())), "Type `a|b` and \\*`` ` `` - 1. x");
    }

    proptest! {
        #[test]
        fn nothing_breaks_a_line(text in any::<String>()) {
            for language in languages() {
                prop_assert!(!language.escape(&text).chars().any(is_control));
            }
        }

        #[test]
        fn quotes_stay_closed(text in any::<String>()) {
            for language in firewall::languages().chain(balancer::languages()).filter(|language| language.word != "cisco") {
                prop_assert!(!language.escape(&text).contains(['"', '\\']));
            }
            // Command lines of devices.
            let plain = ["nftables", "iptables", "haproxy"];
            for language in firewall::languages().chain(balancer::languages()).filter(|language| !plain.contains(&language.word)) {
                let out = language.escape(&text);
                prop_assert!(out.chars().all(|c| (' '..='~').contains(&c)) && !out.contains(['"', '?', '!']));
            }
            for language in [&BIND, &OPENSSL, &YAML, &JAVASCRIPT, &NGINX] {
                let out = language.escape(&text);
                let mut escaped = false;
                for c in out.chars() {
                    prop_assert!(escaped || c != '"');
                    escaped = c == '\\' && !escaped;
                }
                prop_assert!(!escaped);
            }
            prop_assert!(HOSTS.escape(&text).chars().all(|c| (' '..='~').contains(&c)));
            prop_assert!(!NGINX.escape(&text).contains('$'));
            prop_assert!(!HTML.escape(&text).contains(['<', '>', '"', '\'', '`']));
            prop_assert!(!BATCH.escape(&text).contains(['"', '%', '!', '^', '&', '|', '<', '>']));
            let quotes = |c: &char| matches!(c, '\'' | '\u{2018}'..='\u{201b}');
            let runs: Vec<char> = POWERSHELL.escape(&text).chars().collect();
            prop_assert!(runs.chunk_by(|a, b| quotes(a) == quotes(b)).all(|run| !quotes(&run[0]) || run.len().is_multiple_of(2)));
            prop_assert!(CERTREQ.escape(&text).replace("\"\"", "").find('"').is_none());
        }
    }
}
