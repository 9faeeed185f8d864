//! A session of an editor: edits and requests at places that the bytes choose, and any parameters.

use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Map, Value, json};

use super::super::draft::Choices;

const REQUESTS: &[&str] = &[
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/inlayHint",
    "textDocument/codeAction",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/documentLink",
    "workspace/symbol",
];

const NOTES: &[&str] = &[
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didSave",
    "textDocument/didClose",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "$/cancelRequest",
];

/// Words of the protocol.
const KEYS: &[&str] = &[
    "textDocument",
    "uri",
    "version",
    "text",
    "position",
    "line",
    "character",
    "range",
    "start",
    "end",
    "contentChanges",
    "newName",
    "query",
    "context",
    "diagnostics",
    "options",
    "changes",
    "event",
    "added",
    "removed",
    "id",
    "languageId",
];

const URIS: [&str; 3] = ["file:///nowhere/a.ocstopo", "file:///nowhere/b.ocstopo", "untitled:%zz"];

/// The most messages of a session.
const MOST: i32 = 12;

/// The id of the last request.
const LAST: i32 = 1_000;

/// A session.
pub(super) fn messages(data: &[u8]) {
    let mut choices = Choices::new(data);
    let (client, server) = Connection::memory();
    let served = std::thread::spawn(move || ocstopo::lsp::serve(server, "fuzz"));
    let send = |message: Message| assert!(client.sender.send(message).is_ok(), "the server has ended");
    let encodings = if choices.is_even() { json!(["utf-8"]) } else { json!([]) };
    send(request(0, "initialize", json!({ "capabilities": { "general": { "positionEncodings": encodings } } })));
    send(note("initialized", json!({})));
    send(note("textDocument/didOpen", opened(URIS[0])));
    for id in 1..MOST {
        if choices.is_empty() {
            break;
        }
        send(message(&mut choices, id));
    }
    send(request(LAST, "shutdown", Value::Null));
    loop {
        let message = client.receiver.recv_timeout(Duration::from_secs(60)).expect("the server answers");
        let Message::Response(Response { id, response_result }) = message else { continue };
        let said = response_result.err().map(|error| error.message).unwrap_or_default();
        assert!(!said.starts_with("internal error"), "{id}: {said}");
        if id == RequestId::from(LAST) {
            break;
        }
    }
    send(note("exit", Value::Null));
    served.join().expect("no panic").expect("an end as asked for");
}

fn request(id: i32, method: &str, params: Value) -> Message {
    Request::new(RequestId::from(id), method.to_owned(), params).into()
}

fn note(method: &str, params: Value) -> Message {
    Notification::new(method.to_owned(), params).into()
}

fn opened(uri: &str) -> Value {
    let text = include_str!("../../../examples/fabrikam/fabrikam.ocstopo");
    json!({ "textDocument": { "uri": uri, "languageId": "ocstopo", "version": 0, "text": text } })
}

fn message(choices: &mut Choices<'_>, id: i32) -> Message {
    // Most messages are about the file that is open.
    let uri = URIS[[0, 0, 0, 0, 0, 0, 1, 2][choices.byte() % 8]];
    match choices.byte() % 8 {
        0..=2 => {
            let range = if choices.byte().is_multiple_of(8) { Value::Null } else { range(choices) };
            let change = match range {
                Value::Null => json!({ "text": choices.text() }),
                range => json!({ "range": range, "text": choices.text() }),
            };
            let version = json!({ "uri": uri, "version": id });
            note("textDocument/didChange", json!({ "textDocument": version, "contentChanges": [change] }))
        }
        3..=5 => {
            let method = *choices.one(REQUESTS);
            let typed = choices.typed(12);
            let params = json!({
                "textDocument": { "uri": uri }, "position": place(choices), "range": range(choices), "newName": typed, "query": typed,
                "context": { "includeDeclaration": true, "diagnostics": [] }, "options": { "tabSize": 2, "insertSpaces": true },
            });
            request(id, method, params)
        }
        6 => match *choices.one(NOTES) {
            "textDocument/didOpen" => note("textDocument/didOpen", opened(uri)),
            method => note(method, json!({ "textDocument": { "uri": uri }, "changes": [{ "uri": uri, "type": 2 }], "id": id })),
        },
        _ if choices.is_even() => request(id, choices.one::<&str>(REQUESTS), any(choices, 4)),
        _ => note(choices.one::<&str>(NOTES), any(choices, 4)),
    }
}

fn range(choices: &mut Choices<'_>) -> Value {
    json!({ "start": place(choices), "end": place(choices) })
}

fn place(choices: &mut Choices<'_>) -> Value {
    match choices.byte() {
        255 => json!({ "line": u32::MAX, "character": u32::MAX }),
        line => json!({ "line": line, "character": choices.byte() % 100 }),
    }
}

/// Any value, of words of the protocol.
fn any(choices: &mut Choices<'_>, depth: usize) -> Value {
    match choices.byte() % if depth == 0 { 6 } else { 12 } {
        0 => Value::Null,
        1 => choices.is_even().into(),
        2 => choices.byte().into(),
        3 => (*choices.one(&URIS)).into(),
        4 => choices.text().into(),
        5 => [json!(i64::MIN), json!(u64::MAX), json!(1e300)][choices.byte() % 3].clone(),
        6 | 7 => (0..choices.byte() % 4).map(|_| any(choices, depth - 1)).collect(),
        _ => {
            let members = (0..choices.byte() % 6).map(|_| ((*choices.one(KEYS)).to_owned(), any(choices, depth - 1)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}
