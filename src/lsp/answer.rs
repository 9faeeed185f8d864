//! Requests about a file, and their answers.

use std::collections::HashMap;
use std::path::PathBuf;

use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CompletionParams, Contents, DefinitionParams, Diagnostic,
    DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, FoldingRangeParams, Hover, HoverParams, InlayHintParams, Location,
    PrepareRenameParams, ReferenceParams, RenameParams, SemanticTokens, SemanticTokensParams, TextDocumentPositionParams,
    TextEdit, Uri, WorkspaceEdit, WorkspaceSymbolParams,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::capability::Agreed;
use super::convert;
use super::diagnostic::diagnostic;
use super::position::{bytes, offset, range};
use super::uri::{path, uri};
use super::workspace::Workspace;
use crate::compile::CompileOptions;
use crate::diag::Edit;
use crate::ide::{self, Action, ActionKind, Place, Snapshot};
use crate::text::{FileId, SourceFile, Span};

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unanswered {
    /// The server has no such request.
    Unknown,
    /// Its parameters are not those of the protocol.
    Parameters(String),
    /// It cannot be done; a sentence for people.
    Refused(String),
}

/// A file of a topology, ready for questions.
struct File<'a> {
    snapshot: &'a Snapshot,
    paths: &'a [PathBuf],
    id: FileId,
    agreed: &'a Agreed,
    options: CompileOptions,
}

/// The answer to a request; `null` where the file is none of a topology.
pub(super) fn answer(workspace: &mut Workspace, agreed: &Agreed, method: &str, params: Value) -> Result<Value, Unanswered> {
    if method == "workspace/symbol" {
        return Ok(symbols_of_all(workspace, agreed, &read::<WorkspaceSymbolParams>(params)?.query));
    }
    let about = |answer: fn(&File<'_>, Value) -> Result<Value, Unanswered>| Some(answer);
    let answer = match method {
        "textDocument/hover" => about(hover),
        "textDocument/completion" => about(completion),
        "textDocument/definition" => about(definition),
        "textDocument/references" => about(references),
        "textDocument/documentHighlight" => about(highlights),
        "textDocument/prepareRename" => about(prepare_rename),
        "textDocument/rename" => about(rename),
        "textDocument/documentSymbol" => about(symbols),
        "textDocument/formatting" => about(formatting),
        "textDocument/rangeFormatting" => about(range_formatting),
        "textDocument/codeAction" => about(actions),
        "textDocument/foldingRange" => about(folds),
        "textDocument/semanticTokens/full" => about(tokens),
        "textDocument/inlayHint" => about(hints),
        "textDocument/documentLink" => about(links),
        _ => None,
    };
    let answer = answer.ok_or(Unanswered::Unknown)?;
    let named = params.get("textDocument").and_then(|document| document.get("uri")).and_then(Value::as_str);
    let Some(path) = named.and_then(|text| path(&Uri(text.to_owned()))) else { return Ok(Value::Null) };
    let options = workspace.options();
    let Some((topology, open)) = workspace.topology_of(&path) else { return Ok(Value::Null) };
    topology.make(open, &options);
    let Some(id) = topology.file(&path) else { return Ok(Value::Null) };
    let Some((snapshot, paths)) = topology.made() else { return Ok(Value::Null) };
    answer(&File { snapshot, paths, id, agreed, options }, params)
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Unanswered> {
    serde_json::from_value(params).map_err(|error| Unanswered::Parameters(error.to_string()))
}

/// A value as JSON; the types of the protocol always have a form.
fn written(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

impl File<'_> {
    fn source(&self) -> &SourceFile {
        self.snapshot.compiled.sources.file(self.id)
    }

    fn place(&self, params: &TextDocumentPositionParams) -> Place {
        Place { file: self.id, offset: offset(self.source(), params.position, self.agreed.encoding) }
    }

    fn location(&self, span: Span) -> Option<Location> {
        let file = self.snapshot.compiled.sources.file(span.file);
        Some(Location { uri: uri(self.paths.get(span.file.0 as usize)?), range: range(file, span, self.agreed.encoding) })
    }

    fn edits(&self, edits: &[Edit]) -> Vec<TextEdit> {
        edits.iter().map(|edit| convert::text_edit(&self.snapshot.compiled.sources, edit, self.agreed.encoding)).collect()
    }

    fn workspace_edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
        for edit in edits {
            if let Some(path) = self.paths.get(edit.span.file.0 as usize) {
                changes.entry(uri(path)).or_default().extend(self.edits(std::slice::from_ref(edit)));
            }
        }
        WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
    }

    fn diagnostic(&self, finding: usize) -> Option<Diagnostic> {
        let diag = self.snapshot.compiled.diags.get(finding)?;
        Some(diagnostic(self.snapshot, self.paths, diag, self.agreed.encoding))
    }
}

fn hover(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: HoverParams = read(params)?;
    let found = ide::hover(file.snapshot, file.place(&params.text_document_position_params));
    Ok(written(found.map(|hover| Hover {
        range: Some(range(file.source(), hover.span, file.agreed.encoding)),
        contents: Contents::MarkupContent(convert::markdown(hover.text)),
    })))
}

fn completion(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: CompletionParams = read(params)?;
    let proposals = ide::complete(file.snapshot, file.place(&params.text_document_position_params));
    let item =
        |(order, proposal)| convert::completion(file.source(), proposal, order, file.agreed.snippets, file.agreed.encoding);
    Ok(written(proposals.into_iter().enumerate().map(item).collect::<Vec<_>>()))
}

fn definition(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: DefinitionParams = read(params)?;
    let found = ide::definition(file.snapshot, file.place(&params.text_document_position_params));
    Ok(written(found.and_then(|span| file.location(span))))
}

fn references(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: ReferenceParams = read(params)?;
    let place = file.place(&params.text_document_position_params);
    let found = ide::occurrences(file.snapshot, place, params.context.include_declaration);
    Ok(written(found.into_iter().filter_map(|span| file.location(span)).collect::<Vec<_>>()))
}

fn highlights(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: DocumentHighlightParams = read(params)?;
    let found = ide::occurrences(file.snapshot, file.place(&params.text_document_position_params), true);
    let own = found.into_iter().filter(|span| span.file == file.id);
    let highlight = |span| DocumentHighlight { range: range(file.source(), span, file.agreed.encoding), kind: None };
    Ok(written(own.map(highlight).collect::<Vec<_>>()))
}

fn prepare_rename(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: PrepareRenameParams = read(params)?;
    let span = ide::renamed_name(file.snapshot, file.place(&params.text_document_position_params));
    let span = span.map_err(|ide::Refusal(why)| Unanswered::Refused(why))?;
    Ok(written(range(file.source(), span, file.agreed.encoding)))
}

fn rename(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: RenameParams = read(params)?;
    let place = file.place(&params.text_document_position_params);
    let edits = ide::rename(file.snapshot, place, &params.new_name, &file.options);
    let edits = edits.map_err(|ide::Refusal(why)| Unanswered::Refused(why))?;
    Ok(written(file.workspace_edit(&edits)))
}

fn symbols(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let _: DocumentSymbolParams = read(params)?;
    let symbols = ide::symbols(file.snapshot, file.id).into_iter();
    Ok(written(symbols.map(|symbol| convert::symbol(file.source(), symbol, file.agreed.encoding)).collect::<Vec<_>>()))
}

fn symbols_of_all(workspace: &mut Workspace, agreed: &Agreed, query: &str) -> Value {
    let options = workspace.options();
    let (topologies, open) = workspace.topologies();
    let mut found = Vec::new();
    for topology in topologies {
        topology.make(open, &options);
        let Some((snapshot, paths)) = topology.made() else { continue };
        let file = File { snapshot, paths, id: FileId(0), agreed, options };
        for symbol in ide::symbols_named(snapshot, query) {
            if let Some(location) = file.location(symbol.span) {
                found.push(convert::found(symbol, location));
            }
        }
    }
    written(found)
}

fn formatting(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let _: DocumentFormattingParams = read(params)?;
    Ok(written(file.edits(&ide::format(file.snapshot, file.id, None))))
}

fn range_formatting(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: DocumentRangeFormattingParams = read(params)?;
    let lines = (params.range.start.line as usize, params.range.end.line as usize);
    Ok(written(file.edits(&ide::format(file.snapshot, file.id, Some(lines)))))
}

fn actions(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: CodeActionParams = read(params)?;
    let wanted = |kind: &CodeActionKind| params.context.only.as_ref().is_none_or(|only| only.contains(kind));
    let mut found = Vec::new();
    if wanted(&CodeActionKind::QuickFix) {
        let range = bytes(file.source(), params.range, file.agreed.encoding);
        found.extend(ide::actions(file.snapshot, file.id, range).into_iter().map(|action| code_action(file, action)));
    }
    if wanted(&CodeActionKind::SourceFixAll)
        && let Some(edits) = ide::fix_all(file.snapshot, file.id)
    {
        found.push(CodeAction {
            title: "apply all corrections of this file".to_owned(),
            kind: Some(CodeActionKind::SourceFixAll),
            edit: Some(file.workspace_edit(&edits)),
            ..CodeAction::default()
        });
    }
    Ok(written(found))
}

fn code_action(file: &File<'_>, action: Action) -> CodeAction {
    let findings: Vec<Diagnostic> = action.findings.iter().filter_map(|finding| file.diagnostic(*finding)).collect();
    CodeAction {
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: (!findings.is_empty()).then_some(findings),
        is_preferred: Some(action.kind == ActionKind::Correction),
        edit: Some(file.workspace_edit(&action.edits)),
        title: action.title,
        ..CodeAction::default()
    }
}

fn folds(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let _: FoldingRangeParams = read(params)?;
    Ok(written(ide::folds(file.snapshot, file.id).into_iter().map(convert::fold).collect::<Vec<_>>()))
}

fn tokens(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let _: SemanticTokensParams = read(params)?;
    let data = convert::tokens(file.source(), &ide::tokens(file.snapshot, file.id), file.agreed.encoding);
    Ok(written(SemanticTokens { result_id: None, data }))
}

fn hints(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let params: InlayHintParams = read(params)?;
    let range = bytes(file.source(), params.range, file.agreed.encoding);
    let hints = ide::hints(file.snapshot, file.id, range).into_iter();
    Ok(written(hints.map(|hint| convert::hint(file.source(), hint, file.agreed.encoding)).collect::<Vec<_>>()))
}

fn links(file: &File<'_>, params: Value) -> Result<Value, Unanswered> {
    let _: DocumentLinkParams = read(params)?;
    let Some(pages) = &file.agreed.rules_pages else { return Ok(json!([])) };
    let link = |(span, code): (Span, &'static str)| DocumentLink {
        range: range(file.source(), span, file.agreed.encoding),
        target: Some(Uri(format!("{}/{code}.md", pages.trim_end_matches('/')))),
        tooltip: Some(format!("the page of {code}")),
        data: None,
    };
    Ok(written(ide::codes(file.snapshot, file.id).into_iter().map(link).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_none_is_unknown() {
        let answered = answer(&mut Workspace::default(), &Agreed::default(), "textDocument/other", json!({}));
        assert_eq!(answered, Err(Unanswered::Unknown));
    }

    #[test]
    fn a_file_outside_every_topology_has_no_answer() {
        for uri in ["untitled:1", "file:///nowhere/a.ocstopo"] {
            let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
            assert_eq!(answer(&mut Workspace::default(), &Agreed::default(), "textDocument/hover", params), Ok(Value::Null));
        }
    }
}
