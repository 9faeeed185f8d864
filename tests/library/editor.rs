//! The language server as a process: what an editor gets over standard input and output.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// What the server writes for some messages; then its input ends.
fn session(messages: &[Value]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ocstopo"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for message in messages {
        let text = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }
    drop(input);
    child.wait_with_output().unwrap()
}

fn initialize() -> [Value; 2] {
    let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
    [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }),
        json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
    ]
}

#[test]
fn a_session_ends_as_the_editor_wishes() {
    let [first, second] = initialize();
    let end = [json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }), json!({ "jsonrpc": "2.0", "method": "exit" })];
    let output = session(&[first, second, end[0].clone(), end[1].clone()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("Content-Length: ") && text.contains("\"serverInfo\""), "{text}");
    assert!(text.contains("\"id\":2"), "{text}");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_editor_that_goes_ends_the_server() {
    let output = session(&initialize());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let output = session(&[]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("the editor's messages ended"), "{said}");
}
