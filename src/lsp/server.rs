//! The loop: messages in, answers and findings out.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, unbounded};
use gen_lsp_types::{
    Diagnostic, DiagnosticSeverity, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, Position, PublishDiagnosticsParams, Range,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::answer::{Unanswered, answer};
use super::capability::{Agreed, capabilities, folders};
use super::diagnostic::{diagnostic, finding, of_settings};
use super::document::Document;
use super::queue::Cancelled;
use super::uri::{path, uri};
use super::workspace::Workspace;

/// How long the text must rest before its findings are sent: as long as finding them took the last time, within these bounds. A burst of
/// changes is one text, and the time between two keys is longer.
const REST: [Duration; 2] = [Duration::from_millis(5), Duration::from_millis(20)];

/// Why the server ended other than by the editor's wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LspError(pub String);

impl From<ProtocolError> for LspError {
    fn from(error: ProtocolError) -> Self {
        Self(error.to_string())
    }
}

/// Serves an editor until it says that it ends. `version` is what the server calls itself.
pub fn serve(connection: Connection, version: &str) -> Result<(), LspError> {
    let (id, params) = connection.initialize_start()?;
    let agreed = Agreed::new(&params);
    let capabilities = capabilities(&agreed, params.get("initializationOptions"));
    let server = json!({ "name": "ocstopo", "version": version });
    connection.initialize_finish(id, json!({ "capabilities": capabilities, "serverInfo": server }))?;
    let Connection { sender, receiver } = connection;
    let cancelled = Cancelled::default();
    let (waiting, messages) = unbounded();
    let noted = cancelled.clone();
    let taken = std::thread::spawn(move || {
        for message in receiver {
            let is_last = matches!(&message, Message::Notification(own) if own.method == "exit");
            if !noted.note(&message) && waiting.send(message).is_err() || is_last {
                break;
            }
        }
    });
    let mut server = Server { workspace: Workspace::new(folders(&params)), agreed, cancelled, sender, ended: false };
    server.watch_files();
    server.run(&messages);
    drop(messages);
    // The thread ends with the editor's last message.
    drop(server);
    let _ = taken.join();
    Ok(())
}

struct Server {
    workspace: Workspace,
    agreed: Agreed,
    cancelled: Cancelled,
    sender: crossbeam_channel::Sender<Message>,
    /// Whether the editor has asked to end.
    ended: bool,
}

impl Server {
    fn run(&mut self, messages: &Receiver<Message>) {
        let mut rest = REST[0];
        loop {
            let message = match messages.recv_timeout(rest) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => {
                    rest = self.timed_publish().clamp(REST[0], REST[1]);
                    match messages.recv() {
                        Ok(message) => message,
                        Err(_) => return,
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            match message {
                Message::Request(request) => self.request(request),
                Message::Notification(Notification { method, .. }) if method == "exit" => return,
                Message::Notification(notification) => self.notification(notification),
                Message::Response(_) => {}
            }
        }
    }

    fn send(&self, message: impl Into<Message>) {
        // An editor that is gone wants no more messages; the loop ends with the next one.
        let _ = self.sender.send(message.into());
    }

    fn notify(&self, method: &str, params: impl serde::Serialize) {
        self.send(Notification::new(method.to_owned(), params));
    }

    /// Asks to be told when files change on disk.
    fn watch_files(&self) {
        if !self.agreed.watches {
            return;
        }
        let watchers = ["**/*.ocstopo", "**/ocstopo.toml"].map(|glob| json!({ "globPattern": glob }));
        let registration =
            json!({ "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers } });
        let params = json!({ "registrations": [registration] });
        self.send(Request { id: "files".to_owned().into(), method: "client/registerCapability".to_owned(), params });
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let response = if method == "shutdown" {
            self.ended = true;
            Response::new_ok(id, Value::Null)
        } else if self.ended {
            Response::new_err(id, ErrorCode::InvalidRequest as i32, "the server has been told to end".to_owned())
        } else if self.cancelled.take(&id) {
            Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned())
        } else {
            match self.answered(&method, params) {
                Ok(value) => Response::new_ok(id, value),
                Err(Unanswered::Unknown) => {
                    Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("there is no request `{method}`"))
                }
                Err(Unanswered::Parameters(why)) => Response::new_err(id, ErrorCode::InvalidParams as i32, why),
                Err(Unanswered::Refused(why)) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
            }
        };
        self.send(response);
    }

    /// An answer. A mistake in the server ends one request and no other.
    fn answered(&mut self, method: &str, params: Value) -> Result<Value, Unanswered> {
        let asked = std::panic::AssertUnwindSafe(|| answer(&mut self.workspace, &self.agreed, method, params));
        std::panic::catch_unwind(asked)
            .unwrap_or_else(|_| Err(Unanswered::Refused("internal error: please report this, with the file".to_owned())))
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Some(params) = read::<DidOpenTextDocumentParams>(params)
                    && let Some(path) = path(&params.text_document.uri)
                {
                    let document = Document { version: params.text_document.version, text: params.text_document.text };
                    self.workspace.open(path, document);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = read::<DidChangeTextDocumentParams>(params)
                    && let Some(path) = path(&params.text_document.text_document_identifier.uri)
                    && let Some(document) = self.workspace.open.get_mut(&path)
                {
                    document.change(params.text_document.version, params.content_changes, self.agreed.encoding);
                    self.workspace.edited(&path);
                }
            }
            "textDocument/didSave" => {
                let saved = read::<DidSaveTextDocumentParams>(params).and_then(|params| path(&params.text_document.uri));
                self.workspace.files_changed(saved.as_deref());
            }
            "textDocument/didClose" => {
                if let Some(path) = read::<DidCloseTextDocumentParams>(params).and_then(|params| path(&params.text_document.uri))
                {
                    self.workspace.close(&path);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(params) = read::<DidChangeWatchedFilesParams>(params) {
                    let paths: Vec<PathBuf> = params.changes.iter().filter_map(|change| path(&change.uri)).collect();
                    self.workspace.files_changed(paths.iter().map(PathBuf::as_path));
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(params) = read::<DidChangeWorkspaceFoldersParams>(params) {
                    let paths = |folders: &[gen_lsp_types::WorkspaceFolder]| {
                        folders.iter().filter_map(|folder| path(&folder.uri)).collect::<Vec<_>>()
                    };
                    self.workspace.change_folders(paths(&params.event.added), &paths(&params.event.removed));
                }
            }
            _ => {}
        }
    }

    #[expect(clippy::disallowed_methods, reason = "how long an editor waits is no part of a result")]
    fn timed_publish(&mut self) -> Duration {
        let begun = Instant::now();
        self.publish();
        begun.elapsed()
    }

    /// Sends the findings of all topologies whose texts have changed.
    fn publish(&mut self) {
        let options = self.workspace.options();
        let mut reports: Vec<PublishDiagnosticsParams> = Vec::new();
        let (topologies, open) = self.workspace.topologies();
        let roots: Vec<PathBuf> =
            topologies.iter().filter(|topology| !topology.ended()).map(|topology| topology.root.clone()).collect();
        for topology in topologies.iter_mut().filter(|topology| !topology.published) {
            // A file within a topology of its own has the findings of that one alone.
            let own = topology.root.clone();
            let is_elsewhere =
                |path: &PathBuf| roots.iter().any(|root| *root != own && root.starts_with(&own) && path.starts_with(root));
            if !topology.ended() {
                topology.make(open, &options);
            }
            let mut found: std::collections::BTreeMap<PathBuf, Vec<Diagnostic>> = std::collections::BTreeMap::new();
            if let Some((snapshot, paths)) = topology.made() {
                for diag in &snapshot.compiled.diags {
                    if let Some(path) = paths.get(diag.primary.span.file.0 as usize) {
                        let diagnostic = diagnostic(snapshot, paths, diag, self.agreed.encoding);
                        found.entry(path.clone()).or_default().push(diagnostic);
                    }
                }
            }
            if !topology.ended() {
                for (path, why) in topology.unread(open) {
                    found.entry(path.clone()).or_default().push(unread(why));
                }
            }
            if let Some((file, diags)) = topology.settings().filter(|_| !topology.ended()) {
                for diag in diags {
                    let path = PathBuf::from(file.file(diag.primary.span.file).name());
                    found.entry(path).or_default().push(of_settings(file, diag, self.agreed.encoding));
                }
            }
            found.retain(|path, _| !is_elsewhere(path));
            // A file without findings has its old ones taken away, also where another topology reports next; one that is open hears
            // that it has none.
            let mut marked: BTreeSet<PathBuf> = found.keys().cloned().collect();
            let shown = open.keys().filter(|path| topology.holds(path) && !topology.ended() && !is_elsewhere(path));
            topology.marked.iter().chain(shown).for_each(|path| {
                found.entry(path.clone()).or_default();
            });
            std::mem::swap(&mut topology.marked, &mut marked);
            topology.published = true;
            reports.extend(found.into_iter().map(|(path, diagnostics)| PublishDiagnosticsParams {
                uri: uri(&path),
                version: open.get(&path).map(|document| document.version),
                diagnostics,
            }));
        }
        self.workspace.forget_ended();
        reports.into_iter().for_each(|report| self.notify("textDocument/publishDiagnostics", report));
    }
}

/// The finding of a file that cannot be read.
fn unread(why: &str) -> Diagnostic {
    let start = Position { line: 0, character: 0 };
    finding(Range { start, end: start }, DiagnosticSeverity::Error, why.to_owned())
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
