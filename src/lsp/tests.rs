//! Sessions of an editor with the server, over the real protocol in memory and real files.

#![allow(clippy::disallowed_methods, reason = "a test reads and writes the files of an editor")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

use super::serve;
use super::uri::uri;
use crate::compile::{CompileOptions, compile};
use crate::io::read_topology;

const CONTOSO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/contoso");

/// An editor. When it goes, the server must have ended without an unexpected message.
struct Editor {
    connection: Connection,
    server: Option<std::thread::JoinHandle<()>>,
    next: i32,
    version: i32,
    /// The last findings of each file.
    findings: std::collections::BTreeMap<String, Vec<Value>>,
    root: PathBuf,
    _folder: tempfile::TempDir,
}

impl Editor {
    /// Opens a copy of Contoso.
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path").join("contoso");
        std::fs::create_dir(&root).expect("a folder");
        for entry in std::fs::read_dir(CONTOSO).expect("the example") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "ocstopo") {
                std::fs::copy(&path, root.join(path.file_name().expect("a name"))).expect("a copy");
            }
        }
        let (client, server) = Connection::memory();
        let server = std::thread::spawn(move || serve(server, "test").expect("an end"));
        let findings = Default::default();
        let mut editor = Self { connection: client, server: Some(server), next: 0, version: 0, findings, root, _folder: folder };
        let folders = json!([{ "uri": uri(editor.root.parent().expect("the folder")).0, "name": "work" }]);
        let capabilities = json!({
            "general": { "positionEncodings": ["utf-16"] },
            "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
            "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        });
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = editor.request("initialize", params);
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
        editor.notify("initialized", json!({}));
        editor
    }

    fn uri(&self, name: &str) -> String {
        match name.strip_prefix("../") {
            Some(name) => uri(&self.root.with_file_name(name)).0,
            None => uri(&self.root.join(name)).0,
        }
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.root.join(name)).expect("a file")
    }

    fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).expect("a server");
    }

    fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.connection.sender.send(Request::new(id.clone(), method.to_owned(), params).into()).expect("a server");
        id
    }

    /// The response to a request; findings that come before it are kept.
    fn response(&mut self, id: &RequestId) -> Response {
        loop {
            match self.connection.receiver.recv_timeout(Duration::from_secs(60)).expect("a message") {
                Message::Response(response) => {
                    assert_eq!(&response.id, id);
                    return response;
                }
                other => self.take(other),
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Notification(Notification { method, params }) if method == "textDocument/publishDiagnostics" => {
                let uri = params["uri"].as_str().expect("a uri").to_owned();
                self.findings.insert(uri, params["diagnostics"].as_array().expect("a list").clone());
            }
            Message::Request(request) if request.method == "client/registerCapability" => {
                self.connection.sender.send(Response::new_ok(request.id, Value::Null).into()).expect("a server");
            }
            other => panic!("an unexpected message: {other:?}"),
        }
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params);
        let response = self.response(&id);
        response.response_result.unwrap_or_else(|error| panic!("{method}: {error:?}"))
    }

    /// Waits until the server rests, and keeps what it says.
    fn settle(&mut self) {
        while let Ok(message) = self.connection.receiver.recv_timeout(Duration::from_millis(1_500)) {
            self.take(message);
        }
    }

    fn did_open(&mut self, name: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": "ocstopo", "version": 0, "text": self.text(name) });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, name: &str, changes: Value) {
        self.version += 1;
        let document = json!({ "uri": self.uri(name), "version": self.version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    fn at(&self, name: &str, line: usize, character: usize) -> Value {
        json!({ "textDocument": { "uri": self.uri(name) }, "position": { "line": line, "character": character } })
    }

    /// Line and column, both from 0, of a text in a file on disk.
    fn place(&self, name: &str, text: &str) -> (usize, usize) {
        let all = self.text(name);
        let at = all.find(text).expect("the text");
        let line = all[..at].matches('\n').count();
        (line, all[..at].rsplit('\n').next().unwrap_or_default().chars().count())
    }

    fn watched(&self, name: &str, kind: u8) {
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": self.uri(name), "type": kind }] }));
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.settle();
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        self.server.take().expect("a server").join().expect("no panic");
        let rest: Vec<Message> = self.connection.receiver.try_iter().collect();
        assert!(rest.is_empty(), "{rest:?}");
    }
}

/// Code, line and message of findings.
fn lines(findings: &[Value]) -> Vec<String> {
    let line = |finding: &Value| {
        let message = finding["message"].as_str().expect("a text").lines().next().unwrap_or_default();
        format!("{} {}: {message}", finding["code"].as_str().expect("a code"), finding["range"]["start"]["line"])
    };
    findings.iter().map(line).collect()
}

/// What `check` says about a folder, by the name of each file.
fn checked(folder: &Path) -> std::collections::BTreeMap<String, Vec<String>> {
    let compiled = compile(read_topology(folder, "").expect("a topology"), &CompileOptions::default());
    let mut found = std::collections::BTreeMap::new();
    for diag in &compiled.diags {
        let file = compiled.sources.file(diag.primary.span.file);
        let name = file.name().rsplit('/').next().unwrap_or_default().to_owned();
        let line = compiled.sources.line_column(diag.primary.span).line - 1;
        let own: &mut Vec<String> = found.entry(name).or_default();
        own.push(format!("{} {line}: {}", diag.code, diag.message));
    }
    found
}

#[test]
fn findings_follow_the_text_and_the_files() {
    let mut editor = Editor::open();
    editor.did_open("redmond.ocstopo");
    editor.settle();
    assert!(editor.findings[&editor.uri("redmond.ocstopo")].is_empty());
    // An unsaved mistake, with letters outside the first plane before it on its line.
    let (line, _) = editor.place("redmond.ocstopo", "  network gateways");
    let start = json!({ "line": line, "character": 0 });
    let text = "  # 𝄞\n  netwrk x { }\n";
    editor.change("redmond.ocstopo", json!([{ "range": { "start": start, "end": start }, "text": text }]));
    editor.settle();
    let found = lines(&editor.findings[&editor.uri("redmond.ocstopo")]);
    assert!(found.iter().any(|line| line.contains("`netwrk`")), "{found:?}");
    // The comment and the line go away again, counted in UTF-16 units.
    let end = json!({ "line": line + 2, "character": 0 });
    editor.change("redmond.ocstopo", json!([{ "range": { "start": start, "end": end }, "text": "" }]));
    editor.settle();
    assert!(editor.findings[&editor.uri("redmond.ocstopo")].is_empty());
    // A file that comes from outside, and goes.
    std::fs::write(editor.root.join("zz.ocstopo"), "site x {\n  usrs = 1\n}\n").expect("written");
    editor.watched("zz.ocstopo", 1);
    editor.settle();
    assert!(!editor.findings[&editor.uri("zz.ocstopo")].is_empty());
    std::fs::remove_file(editor.root.join("zz.ocstopo")).expect("removed");
    editor.watched("zz.ocstopo", 3);
    editor.settle();
    assert!(editor.findings[&editor.uri("zz.ocstopo")].is_empty(), "findings of a file that is gone go too");
    // Closed without saving: what is on disk counts.
    editor.change("redmond.ocstopo", json!([{ "text": "site {" }]));
    editor.settle();
    assert!(!editor.findings[&editor.uri("redmond.ocstopo")].is_empty());
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri("redmond.ocstopo") } }));
    editor.did_open("voice.ocstopo");
    editor.settle();
    assert!(editor.findings[&editor.uri("redmond.ocstopo")].is_empty());
}

#[test]
fn settings_with_a_mistake_are_reported_and_used_when_they_are_right() {
    let mut editor = Editor::open();
    std::fs::write(editor.root.join("ocstopo.toml"), "rules = 1\n").expect("written");
    editor.did_open("redmond.ocstopo");
    editor.settle();
    let found = lines(&editor.findings[&editor.uri("ocstopo.toml")]);
    assert!(found.len() == 1 && found[0].contains("unknown key `rules`"), "{found:?}");
    std::fs::remove_file(editor.root.join("ocstopo.toml")).expect("removed");
    editor.watched("ocstopo.toml", 3);
    editor.settle();
    assert!(editor.findings[&editor.uri("ocstopo.toml")].is_empty());
}

#[test]
fn a_file_has_the_findings_of_the_nearest_topology_alone() {
    let mut editor = Editor::open();
    // Above the topology, in the folder of the editor: a topology of its own, whose folder holds the other one.
    std::fs::write(editor.root.join("../stray.ocstopo"), "site redmond {\n  usrs = 1\n}\n").expect("written");
    editor.did_open("redmond.ocstopo");
    editor.settle();
    editor.did_open("../stray.ocstopo");
    editor.settle();
    assert!(editor.findings[&editor.uri("redmond.ocstopo")].is_empty(), "{:?}", editor.findings);
    let stray = uri(&editor.root.parent().expect("the folder").join("stray.ocstopo")).0;
    assert!(!editor.findings[&stray].is_empty());
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": stray } }));
    editor.settle();
    assert!(editor.findings[&stray].is_empty(), "nothing that is open belongs to its topology any more");
    assert!(editor.findings[&editor.uri("redmond.ocstopo")].is_empty());
}

#[test]
fn a_hundred_edits_leave_what_a_fresh_check_finds() {
    const NAME: &str = "redmond.ocstopo";
    let mut editor = Editor::open();
    editor.did_open(NAME);
    let mut text: Vec<u16> = editor.text(NAME).encode_utf16().collect();
    // The same numbers on every run.
    let mut seed = 12_345u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    let put = ["", "x", " = 1", "\n", "}", "{", "𝄞", "\"é\"", "  users = 3\n", "]"];
    for round in 0..100 {
        let units = |place: usize, text: &[u16]| {
            let before = &text[..place];
            let line = before.iter().filter(|unit| **unit == u16::from(b'\n')).count();
            let column = before.iter().rev().take_while(|unit| **unit != u16::from(b'\n')).count();
            json!({ "line": line, "character": column })
        };
        let is_pair = |place: usize, text: &[u16]| text.get(place).is_some_and(|unit| (0xDC00..0xE000).contains(unit));
        let mut start = next(text.len());
        let mut end = (start + next(4)).min(text.len());
        start -= usize::from(is_pair(start, &text));
        end -= usize::from(is_pair(end, &text));
        let end = end.max(start);
        let new: Vec<u16> = put[next(put.len())].encode_utf16().collect();
        let (from, to) = (units(start, &text), units(end, &text));
        let new_text = String::from_utf16(&new).expect("text");
        editor.change(NAME, json!([{ "range": { "start": from, "end": to }, "text": new_text }]));
        text.splice(start..end, new);
        if round % 25 == 24 {
            let written = String::from_utf16(&text).expect("text");
            std::fs::write(editor.root.join(NAME), &written).expect("written");
            editor.settle();
            let known = checked(&editor.root);
            for (uri, findings) in &editor.findings {
                let name = uri.rsplit('/').next().unwrap_or_default();
                assert_eq!(lines(findings), known.get(name).cloned().unwrap_or_default(), "round {round}, {name}");
            }
            assert!(known.keys().all(|name| editor.findings.contains_key(&editor.uri(name))), "round {round}");
        }
    }
}

#[test]
fn requests_are_answered_in_the_words_of_the_protocol() {
    const NAME: &str = "redmond.ocstopo";
    let mut editor = Editor::open();
    editor.did_open(NAME);
    let (line, column) = editor.place(NAME, "gw01\n");
    let definition = editor.request("textDocument/definition", editor.at(NAME, line, column + 1));
    let (own, start) = editor.place(NAME, "gw01 { address");
    assert_eq!(definition["range"]["start"], json!({ "line": own, "character": start }));
    let mut params = editor.at(NAME, line, column);
    params["context"] = json!({ "includeDeclaration": true });
    assert_eq!(editor.request("textDocument/references", params).as_array().map(Vec::len), Some(2));
    let mut params = editor.at(NAME, line, column);
    params["newName"] = "gateway1".into();
    let edit = editor.request("textDocument/rename", params);
    assert_eq!(edit["changes"][editor.uri(NAME)].as_array().map(Vec::len), Some(2));
    let (line, column) = editor.place(NAME, "transport = tls");
    let hover = editor.request("textDocument/hover", editor.at(NAME, line, column));
    assert!(hover["contents"]["value"].as_str().expect("a text").contains("`transport`"), "{hover}");
    let completion = editor.request("textDocument/completion", editor.at(NAME, line, column + 12));
    assert_eq!(completion[0]["textEdit"]["newText"], "tcp");
    let document = json!({ "textDocument": { "uri": editor.uri(NAME) } });
    for method in ["documentSymbol", "foldingRange", "semanticTokens/full", "documentLink"] {
        let answer = editor.request(&format!("textDocument/{method}"), document.clone());
        assert!(!answer.is_null(), "{method}");
    }
    let mut formatting = document.clone();
    formatting["options"] = json!({ "tabSize": 2, "insertSpaces": true });
    assert_eq!(editor.request("textDocument/formatting", formatting), json!([]), "the example has its layout");
    let mut whole = document.clone();
    whole["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
    assert!(editor.request("textDocument/inlayHint", whole.clone()).as_array().is_some_and(|hints| hints.len() > 10));
    whole["context"] = json!({ "diagnostics": [] });
    assert!(editor.request("textDocument/codeAction", whole).is_array());
    assert!(editor.request("workspace/symbol", json!({ "query": "gw01" }))[0]["name"] == "gw01");
    let id = editor.send("textDocument/unheard", document);
    let error = editor.response(&id);
    assert!(error.response_result.is_err_and(|error| error.code == ErrorCode::MethodNotFound as i32));
}

#[test]
fn a_cancelled_request_is_not_answered() {
    let mut editor = Editor::open();
    editor.did_open("redmond.ocstopo");
    let place = editor.at("redmond.ocstopo", 3, 3);
    let first = editor.send("textDocument/hover", place.clone());
    let second = editor.send("textDocument/hover", place);
    editor.notify("$/cancelRequest", json!({ "id": editor.next }));
    editor.response(&first);
    // Whichever came first: the answer or the wish that there be none.
    let response = editor.response(&second);
    if let Err(error) = response.response_result {
        assert_eq!(error.code, ErrorCode::RequestCanceled as i32);
    }
}
