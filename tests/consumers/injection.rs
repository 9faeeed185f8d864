//! Request injection: any text in the subject or in a name of a topology is refused there, or is in every form of the
//! request as it was written and changes nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use crate::support::small_topology::standard_edition;
use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, build, compile};
use ocstopo::diag::Severity;
use ocstopo::query::cert_check::{self, Facts};
use ocstopo::text::SourceMap;

/// The certificate under test; it has alternative names.
const SLUG: &str = "office-ocs01-default";
/// What is replaced in the topology.
const ORGANIZATION: &str = "Fabrikam Inc";

/// Texts that would be another request where a form took them for its own.
const HOSTILE: &[&str] = &[
    "Contoso, Ltd",
    "Contoso; Ltd",
    "Contoso \"Ltd\"",
    "\"",
    "\"\"",
    "C:\\Contoso",
    "Contoso\\",
    "Contoso = Ltd",
    "CN=evil.example",
    "x,CN=evil.example",
    "x;CN=evil.example;OU=y",
    "x\";CN=evil.example;OU=\"y",
    "x\"\";CN=evil.example",
    "x+CN=evil.example",
    "x/CN=evil.example",
    "x\\,CN=evil.example",
    "x\\\\,CN=evil.example",
    "x\\\";CN=evil.example",
    "[extensions]",
    "$ENV::HOME",
    "${subject::CN}",
    "$subject::CN",
    "# comment",
    "x # comment",
    "x ; comment",
    "%PATH%",
    "100%",
    "%%Strings%%",
    "x\" & del * & \"",
    "a&dns=evil.example",
    "dns=evil.example&dns=b",
    "x\",\"CN\":\"evil.example",
    "{text}",
    "_continue_",
    "email:move",
    "@names",
    "DNS:evil.example",
    ".",
    ".include /etc/passwd",
    "!important",
    "-----BEGIN CERTIFICATE REQUEST-----",
    "'quoted'",
    "`command`",
    "<script>",
    "K\u{f6}ln \u{2014} \u{4e2d}\u{6587} \u{1f600}",
    "e\u{301}",
];

/// What a topology refuses: it would be another text in a form, or no authority takes it.
const REFUSED: &[(&str, &str)] = &[
    ("a\nb", "OCS0043"),
    ("a\r\nCN = evil.example", "OCS0043"),
    ("a\tb", "OCS0043"),
    ("a\u{0}b", "OCS0043"),
    ("a\u{1b}b", "OCS0043"),
    ("a\u{2028}b", "OCS0043"),
    ("a\u{202e}b", "OCS0043"),
    ("a\u{200b}b", "OCS0043"),
    ("", "OCS0043"),
    (" a", "OCS0421"),
    ("a ", "OCS0421"),
    ("12345678901234567890123456789012345678901234567890123456789012345", "OCS0421"),
];

fn compiled(text: &str) -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

/// The topology with a text as the organization of the subject.
fn topology(organization: &str) -> String {
    let written = organization.replace('\\', "\\\\").replace('"', "\\\"");
    standard_edition().replace(&format!("\"{ORGANIZATION}\""), &format!("\"{written}\""))
}

fn errors(compiled: &Compiled) -> Vec<&'static str> {
    compiled.diags.iter().filter(|diag| diag.severity == Severity::Error).map(|diag| diag.code.0).collect()
}

/// The files of the certificate by their name, as they are written.
fn files(text: &str) -> BTreeMap<String, Vec<u8>> {
    let compiled = compiled(text);
    assert_eq!(errors(&compiled), [""; 0], "{text}");
    let templates = crate::support::templates();
    let options =
        BuildOptions { only: &[], dialects: &[], serial: None, lines: true, templates, since: None, team: None, renewal: None };
    let artifacts = build(&compiled, &options).unwrap();
    let of_this = artifacts.iter().filter_map(|artifact| {
        let name = artifact.path.strip_prefix(&format!("pki/{SLUG}/{SLUG}")).or_else(|| artifact.path.strip_prefix("pki/"))?;
        Some((name.to_owned(), artifact.bytes().into_owned()))
    });
    of_this.collect()
}

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    program("openssl", &["genrsa", "-out", path(&folder.path().join("key")), "2048"]);
    folder
});

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn program(name: &str, arguments: &[&str]) -> String {
    let said = Command::new(name).args(arguments).output().expect("openssl and cfssl are installed: see tests/run");
    assert!(said.status.success(), "{name} {arguments:?}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

/// What a request says, read by a reader that knows nothing of the forms.
fn read(request: &[u8]) -> Facts {
    cert_check::read("request", request).unwrap().items.remove(0).facts
}

fn by_openssl(cnf: &[u8], at: usize) -> Facts {
    let file = |name: &str| FOLDER.path().join(format!("{at}.{name}"));
    fs::write(file("cnf"), cnf).unwrap();
    let key = FOLDER.path().join("key");
    program("openssl", &["req", "-new", "-config", path(&file("cnf")), "-key", path(&key), "-out", path(&file("csr"))]);
    read(&fs::read(file("csr")).unwrap())
}

fn by_cfssl(json: &[u8], at: usize) -> Facts {
    let file = FOLDER.path().join(format!("{at}.json"));
    fs::write(&file, json).unwrap();
    let made: serde_json::Value = serde_json::from_str(&program("cfssl", &["genkey", path(&file)])).unwrap();
    read(made["csr"].as_str().unwrap().as_bytes())
}

/// The subject of an INF file, read as Windows reads it: the value between quotes with `""` for a quote and `%%` for a percent
/// sign, then parts between semicolons outside quotes, each value again with `""` for a quote where it is quoted.
fn subject_of_inf(bytes: &[u8]) -> Vec<(String, String)> {
    let text = match bytes.strip_prefix(&[0xff, 0xfe]) {
        Some(units) => {
            let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => {
            assert!(bytes.is_ascii(), "certreq takes it for the code page of the computer");
            String::from_utf8(bytes.to_vec()).unwrap()
        }
    };
    let mut subjects = text.lines().filter_map(|line| line.strip_prefix("Subject = "));
    let (subject, None) = (subjects.next().unwrap(), subjects.next()) else { panic!("two subjects: {text}") };
    let inner = subject.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_else(|| panic!("{subject}"));
    assert!(!inner.replace("\"\"", "").contains('"') && !inner.replace("%%", "").contains('%'), "{subject}");
    let inner = inner.replace("\"\"", "\"").replace("%%", "%");
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in inner.chars() {
        quoted ^= c == '"';
        match c {
            ';' | ',' if !quoted => parts.push(String::new()),
            c => parts.last_mut().unwrap().push(c),
        }
    }
    assert!(!quoted, "{subject}");
    let part = |part: &String| {
        let (name, value) = part.split_once('=').unwrap();
        let value = match value.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"').unwrap_or_else(|| panic!("{part}")).replace("\"\"", "\""),
            None => {
                assert!(!value.contains(['"', '=', '+', '#', '<', '>', '\\', '\n']), "{part}");
                value.to_owned()
            }
        };
        (name.to_owned(), value)
    };
    parts.iter().map(part).collect()
}

/// The lines of an INF file beside comments and subject.
fn rest_of_inf(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).replace('\0', "");
    let lines =
        text.lines().filter(|line| !line.starts_with(';') && !line.starts_with("Subject = ") && !line.contains("\u{fffd}"));
    lines.map(str::to_owned).collect()
}

/// The words of the command of a batch file, without their quotes; `None` where it holds none and says why.
fn words_of_batch(bytes: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.is_ascii(), "{text}");
    // A caret at the end of a line joins the next one to it.
    let text = text.replace("\r\n", "\n").replace(" ^\n  ", " ");
    let mut commands =
        text.lines().filter(|line| !line.starts_with("rem ") && !line.starts_with("@echo off") && !line.starts_with("setlocal"));
    let command = commands.next().unwrap();
    assert_eq!(commands.next(), None);
    if command == "exit /b 1" {
        assert!(text.contains("No command here: "), "{text}");
        return None;
    }
    assert!(!command.contains('%'), "{command}");
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            '&' | '|' | '<' | '>' | '^' if !quoted => panic!("the interpreter acts on {c}: {command}"),
            c => words.last_mut().unwrap().push(c),
        }
    }
    assert!(!quoted, "{command}");
    Some(words)
}

/// The parts of an RFC 4514 subject.
fn parts_of_table(csv: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(csv).unwrap();
    let (_, table) = text.split_once('\n').unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| row["certificate"] == SLUG).unwrap();
    let mut parts = vec![(String::new(), None::<String>)];
    let mut letters = row["subject"].chars();
    while let Some(c) = letters.next() {
        let (name, value) = parts.last_mut().unwrap();
        match (c, value) {
            ('\\', Some(value)) => value.extend(letters.next()),
            (',', _) => parts.push((String::new(), None)),
            ('=', value @ None) => *value = Some(String::new()),
            (c, Some(value)) => value.push(c),
            (c, None) => name.push(c),
        }
    }
    parts.into_iter().map(|(name, value)| (name, value.unwrap())).collect()
}

#[test]
fn subjects_appear_in_every_form_and_change_nothing_else() {
    let plain = files(&topology("Plain"));
    let good = by_openssl(&plain[".cnf"], 1000);
    assert_eq!(good.part("O"), Some("Plain"));
    std::thread::scope(|scope| {
        for half in [0, 1] {
            let (plain, good) = (&plain, &good);
            scope.spawn(move || {
                for (at, text) in HOSTILE.iter().enumerate().filter(|(at, _)| at % 2 == half) {
                    judge(text, at, plain, good);
                }
            });
        }
    });
}

fn judge(hostile: &str, at: usize, plain: &BTreeMap<String, Vec<u8>>, good: &Facts) {
    let files = files(&topology(hostile));
    assert_eq!(files.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>(), "{hostile}");
    let same = |found: &Facts, good: &Facts| {
        assert_eq!(found.part("O"), Some(hostile));
        let others = |facts: &Facts| facts.subject.iter().filter(|(name, _)| name != "O").cloned().collect::<Vec<_>>();
        assert_eq!(found.subject.len(), good.subject.len(), "{hostile}");
        assert_eq!(others(found), others(good), "{hostile}");
        assert_eq!((&found.names, &found.others), (&good.names, &good.others), "{hostile}");
        assert_eq!((&found.extended_uses, found.key_uses), (&good.extended_uses, good.key_uses), "{hostile}");
    };
    same(&by_openssl(&files[".cnf"], at), good);
    // cfssl leaves uses to the authority, and has its own order of parts.
    let by_cfssl = by_cfssl(&files["-cfssl.json"], at);
    let mut expected = Facts { extended_uses: None, key_uses: None, ..good.clone() };
    expected.subject.sort();
    same(
        &Facts {
            subject: {
                let mut parts = by_cfssl.subject.clone();
                parts.sort();
                parts
            },
            ..by_cfssl
        },
        &expected,
    );

    let reversed = |name: &'static str| {
        let parts = good.subject.iter().rev().map(move |(part, value)| {
            let value = if part == "O" { hostile } else { value };
            (if part == "ST" { name } else { part }.to_owned(), value.to_owned())
        });
        parts.collect::<Vec<_>>()
    };
    for form in ["-2003.inf", "-2008.inf"] {
        assert_eq!(subject_of_inf(&files[form]), reversed("S"), "{hostile} in {form}");
        assert_eq!(rest_of_inf(&files[form]), rest_of_inf(&plain[form]), "{hostile} in {form}");
    }
    assert_eq!(parts_of_table(&files["certificates.csv"]), reversed("ST"), "{hostile} in certificates.csv");
    let (words, plain) = (words_of_batch(&files["-lcscmd.cmd"]), words_of_batch(&plain["-lcscmd.cmd"]).unwrap());
    let holdable = hostile.is_ascii() && !hostile.contains(['"', '%']);
    assert_eq!(words.is_some(), holdable, "{hostile} in lcscmd.cmd");
    for (word, plain) in words.iter().flatten().zip(&plain) {
        match word.strip_prefix("/org:") {
            // A backslash before the closing quote is doubled.
            Some(value) => assert!(value == hostile || (hostile.ends_with('\\') && value == format!("{hostile}\\")), "{word}"),
            None => assert_eq!(word, plain, "{hostile}"),
        }
    }
}

#[test]
fn inexpressible_subjects_are_refused_in_the_topology() {
    for (text, code) in REFUSED {
        let escaped: String = text
            .chars()
            .map(|c| if c.is_ascii_graphic() || c == ' ' { c.to_string() } else { format!("\\u{{{:x}}}", u32::from(c)) })
            .collect();
        let written = standard_edition().replace(ORGANIZATION, &escaped);
        assert_eq!(errors(&compiled(&written)), [*code], "{text:?}");
        // As it is it may be refused for another reason, but refused it is.
        assert!(!errors(&compiled(&topology(text))).is_empty(), "{text:?}");
    }
    // The same for each other part.
    for part in ["IT", "Seattle", "Washington", "US"] {
        let text = standard_edition().replace(&format!("= \"{part}\""), "= \"a\nb\"");
        assert!(!errors(&compiled(&text)).is_empty(), "{part}");
    }
}

#[test]
fn invalid_names_are_refused_in_the_topology() {
    let label = "x".repeat(64);
    let long = format!("{}.fabrikam.net", ["x"; 130].join("."));
    for name in [
        &format!("{label}.fabrikam.net"),
        &long,
        "a,b.fabrikam.net",
        "a;b.fabrikam.net",
        "a=b.fabrikam.net",
        "a\\\"b.fabrikam.net",
        "a\\\\b.fabrikam.net",
        "a&dns=evil.example",
        "a b.fabrikam.net",
        "*.fabrikam.net",
        "a..fabrikam.net",
        "-a.fabrikam.net",
        "K\u{f6}ln.fabrikam.net",
    ] {
        for from in ["webconf.fabrikam.net", "ocsweb.fabrikam.net", "\"fabrikam.net\"]"] {
            let to = if from.ends_with(']') { format!("\"{name}\"]") } else { name.to_string() };
            let text = standard_edition();
            assert!(text.contains(from), "{from}");
            let found = errors(&compiled(&text.replace(from, &to)));
            assert!(!found.is_empty(), "{name} in place of {from}");
        }
    }
    // A common name holds 64 characters at most, and an alternative name can be longer.
    let name = |length: usize| format!("{}.fabrikam.net", "x".repeat(length - ".fabrikam.net".len()));
    let with = |name: &str| errors(&compiled(&standard_edition().replace("webconf.fabrikam.net", name)));
    assert_eq!(with(&name(64)), [""; 0]);
    assert_eq!(with(&name(65)), ["OCS0420"]);
    // A name twice, and one that no public authority certifies.
    let twice =
        standard_edition().replace("sip_domains = [\"fabrikam.net\"]", "sip_domains = [\"fabrikam.net\", \"Fabrikam.NET\"]");
    assert_eq!(errors(&compiled(&twice)), ["OCS0057"]);
    assert_eq!(with("webconf.fabrikam.local"), ["OCS0436"]);
}
