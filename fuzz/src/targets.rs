//! What is done with an input: no panic, no hang, and the laws that hold for any text.

use std::sync::OnceLock;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use ocstopo::catalog::DnsView;
use ocstopo::compile::{BuildError, BuildOptions, CompileOptions, Compiled, build, compile, fix, runbook};
use ocstopo::emit::Templates;
use ocstopo::query::dial::{Mode, Question, dial};
use ocstopo::query::diff::{Diff, Version, diff};
use ocstopo::query::{cert_check, dns_check};
use ocstopo::text::{FileId, SourceMap};
use ocstopo::{config, fmt, syntax};
use serde_json::{Value, json};

use crate::draft::{Choices, topology};

/// What is done with an input.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("build", built),
    ("certificate", certificate),
    ("check", checked),
    ("config", configuration),
    ("diff", compared),
    ("fix", fixed),
    ("messages", messages),
    ("number", number),
    ("text", text),
    ("topology", any_topology),
    ("zone", zone),
];

/// Any text: it has a tree, and the layout of a text without errors stays as it is and has none.
fn text(data: &[u8]) {
    let parsed = syntax::parse(FileId(0), String::from_utf8_lossy(data).into());
    let laid_out = fmt::format(&parsed);
    if parsed.diags.is_empty() {
        let again = syntax::parse(FileId(0), laid_out.as_str().into());
        assert!(again.diags.is_empty(), "the layout has errors: {laid_out}");
        assert_eq!(fmt::format(&again), laid_out, "the layout is not stable");
    }
}

/// Any text as a topology.
fn any_topology(data: &[u8]) {
    compiled(one_file("a.ocstopo", data));
}

/// A changed example.
fn checked(data: &[u8]) {
    compiled(topology(&mut Choices::new(data)));
}

/// A changed example, with all artifacts if there are no errors.
fn built(data: &[u8]) {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    let compiled = compiled(topology(&mut Choices::new(data)));
    let options = BuildOptions {
        only: &[],
        dialects: &[],
        serial: None,
        lines: false,
        templates: TEMPLATES.get_or_init(Templates::shipped),
        since: None,
        renewal: None,
        team: None,
    };
    match build(&compiled, &options) {
        Ok(artifacts) => assert!(!artifacts.is_empty()),
        Err(BuildError::Template(error)) => panic!("{error:?}"),
        Err(_) => {}
    }
}

/// A changed example: no correction breaks its text.
fn fixed(data: &[u8]) {
    let fixed = fix(topology(&mut Choices::new(data)), &CompileOptions::default());
    fixed.unwrap_or_else(|broken| panic!("{broken:?}"));
}

/// Two changed examples: nothing is between a version and itself, and what is between two is so from both sides.
fn compared(data: &[u8]) {
    let mut choices = Choices::new(data);
    let [old, new] = [topology(&mut choices), topology(&mut choices)].map(compiled);
    if old.resolved.is_none() || new.resolved.is_none() || old.has_errors() || new.has_errors() {
        return;
    }
    assert!(between(&old, &old).is_empty());
    assert_eq!(between(&old, &new).is_empty(), between(&new, &old).is_empty());
}

fn between(old: &Compiled, new: &Compiled) -> Diff {
    let runbooks = [old, new].map(|version| runbook(version.plans().expect("it has an organization"), &[]));
    diff(
        Version {
            name: "old",
            plans: old.plans().expect("it has an organization"),
            findings: &old.diags,
            whole: old.linted,
            runbook: &runbooks[0],
        },
        Version {
            name: "new",
            plans: new.plans().expect("it has an organization"),
            findings: &new.diags,
            whole: new.linted,
            runbook: &runbooks[1],
        },
        None,
    )
}

/// Any text as a zone file, compared with a topology.
fn zone(data: &[u8]) {
    let sources = one_file("a.zone", data);
    let files: Vec<FileId> = sources.files().map(|(id, _)| id).collect();
    if let Ok(zones) = dns_check::read(&sources, &files, None) {
        let plans = contoso().plans().expect("it has an organization");
        dns_check::compare(plans, DnsView::Internal, &zones);
    }
}

/// Any bytes as a file of certificates, compared with a topology.
fn certificate(data: &[u8]) {
    if let Ok(file) = cert_check::read("a.pem", data) {
        cert_check::check(&[(FileId(0), file)], contoso().plans().expect("it has an organization"), None);
    }
}

/// Any text as a dialled number.
fn number(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let mode = [Mode::Dialled, Mode::HandedIn, Mode::Normalized, Mode::AddressBook][usize::from(first & 3)];
    let from = [None, Some("redmond"), Some("dublin"), Some("nowhere")][usize::from(first >> 2 & 3)];
    let typed = String::from_utf8_lossy(rest);
    let plans = contoso().plans().expect("it has an organization");
    let _ = dial(plans, Question { number: &typed, from, policy: None, mode, down: &[] });
}

/// Any text as `ocstopo.toml`.
fn configuration(data: &[u8]) {
    let _ = config::read(&one_file("ocstopo.toml", data));
}

/// A session of an editor: edits and requests at places that the bytes choose, and any message.
fn messages(data: &[u8]) {
    const REQUESTS: &[&str] = &[
        "textDocument/completion",
        "textDocument/hover",
        "textDocument/definition",
        "textDocument/references",
        "textDocument/rename",
        "textDocument/documentSymbol",
        "textDocument/foldingRange",
        "textDocument/semanticTokens/full",
        "textDocument/inlayHint",
        "textDocument/codeAction",
        "textDocument/formatting",
        "textDocument/rangeFormatting",
        "workspace/symbol",
    ];
    const URI: &str = "file:///nowhere/a.ocstopo";
    let (client, server) = Connection::memory();
    let served = std::thread::spawn(move || ocstopo::lsp::serve(server, "fuzz"));
    let request = |id: i32, method: &str, params: Value| Request::new(RequestId::from(id), method.to_owned(), params).into();
    let note = |method: &str, params: Value| Notification::new(method.to_owned(), params).into();
    let send = |message: Message| client.sender.send(message).is_ok();
    send(request(0, "initialize", json!({ "capabilities": {} })));
    send(note("initialized", json!({})));
    let text = include_str!("../../examples/fabrikam/fabrikam.ocstopo");
    let document = json!({ "uri": URI, "languageId": "ocstopo", "version": 0, "text": text });
    send(note("textDocument/didOpen", json!({ "textDocument": document })));
    for (n, part) in data.chunks(8).take(16).enumerate() {
        let at = |from: usize| part.get(from).copied().unwrap_or_default();
        let place = |from: usize| json!({ "line": at(from), "character": at(from + 1) % 100 });
        let range = json!({ "start": place(1), "end": place(3) });
        let id = i32::try_from(n).unwrap_or_default() + 1;
        let typed = String::from_utf8_lossy(part.get(5..).unwrap_or_default()).into_owned();
        let alive = match at(0) % 3 {
            0 => {
                let version = json!({ "uri": URI, "version": id });
                let changes = json!([{ "range": range, "text": typed }]);
                send(note("textDocument/didChange", json!({ "textDocument": version, "contentChanges": changes })))
            }
            1 => {
                let method = REQUESTS[usize::from(at(5)) % REQUESTS.len()];
                let params = json!({
                    "textDocument": { "uri": URI }, "position": place(1), "range": range, "newName": typed, "query": typed,
                    "context": { "includeDeclaration": true, "diagnostics": [] }, "options": { "tabSize": 2, "insertSpaces": true },
                });
                send(request(id, method, params))
            }
            _ => match serde_json::from_slice::<Value>(part) {
                Ok(any) => send(request(id, &typed, any)),
                Err(_) => true,
            },
        };
        assert!(alive, "the server has ended");
    }
    send(request(1_000, "shutdown", Value::Null));
    let answered = |message: &Message| matches!(message, Message::Response(own) if own.id == RequestId::from(1_000));
    while !answered(&client.receiver.recv_timeout(Duration::from_secs(10)).expect("the server answers")) {}
    send(note("exit", Value::Null));
    served.join().expect("no panic").expect("an end as asked for");
}

fn one_file(name: &str, data: &[u8]) -> SourceMap {
    SourceMap::new(vec![(name.to_owned(), String::from_utf8_lossy(data).into_owned())])
}

fn compiled(sources: SourceMap) -> Compiled {
    compile(sources, &CompileOptions::default())
}

fn contoso() -> &'static Compiled {
    static CONTOSO: OnceLock<Compiled> = OnceLock::new();
    CONTOSO.get_or_init(|| {
        let files = crate::draft::CONTOSO.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        compiled(SourceMap::new(files.collect()))
    })
}
