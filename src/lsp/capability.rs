//! What the server can do, as it tells the editor.

use std::path::PathBuf;

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, CompletionOptions, DefinitionProvider, DocumentFormattingProvider,
    DocumentHighlightProvider, DocumentLinkOptions, DocumentRangeFormattingProvider, DocumentSymbolProvider,
    FoldingRangeProvider, Full, HoverProvider, InlayHintProvider, ReferencesProvider, RenameOptions, RenameProvider, Save,
    SemanticTokensLegend, SemanticTokensOptions, SemanticTokensProvider, ServerCapabilities, TextDocumentSync,
    TextDocumentSyncKind, TextDocumentSyncOptions, Uri, WorkspaceSymbolProvider,
};
use serde_json::Value;

use super::convert::{TOKEN_MODIFIERS, token_type};
use super::position::Encoding;
use super::uri::path;
use crate::ide::TokenKind;

/// What an editor and the server have agreed.
#[derive(Debug, Clone, Default)]
pub(super) struct Agreed {
    /// What columns count.
    pub(super) encoding: Encoding,
    /// Whether proposals may have places to fill in.
    pub(super) snippets: bool,
    /// Whether the editor tells when files change on disk.
    pub(super) watches: bool,
    /// The address of the folder with a page for each code, where the editor is told one.
    pub(super) rules_pages: Option<String>,
}

/// The abilities that the initialization options can switch off, as in `{ "formatting": false }`.
const SWITCHES: [&str; 5] = ["formatting", "inlayHints", "semanticTokens", "completion", "codeActions"];

impl Agreed {
    /// Of the parameters of `initialize`. What the server does not use is not read: an editor that gets it wrong is served too.
    pub(super) fn new(params: &Value) -> Self {
        let can = |path: &str| params.pointer(path).and_then(Value::as_bool).unwrap_or_default();
        let encodings = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let options = params.get("initializationOptions");
        let rules_pages = options.and_then(|options| options.get("rulesPage")).and_then(Value::as_str);
        Self {
            encoding: Encoding::chosen(encodings.into_iter().flatten().filter_map(Value::as_str)),
            snippets: can("/capabilities/textDocument/completion/completionItem/snippetSupport"),
            watches: can("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
            rules_pages: rules_pages.map(str::to_owned),
        }
    }
}

/// The folders that an editor has opened; an older one names one in a field that newer ones no longer use.
pub(super) fn folders(params: &Value) -> Vec<PathBuf> {
    let folder = |uri: &Value| path(&Uri(uri.as_str()?.to_owned()));
    let several = params.get("workspaceFolders").and_then(Value::as_array).into_iter().flatten();
    let several: Vec<PathBuf> = several.filter_map(|one| folder(one.get("uri")?)).collect();
    match several.is_empty() {
        true => params.get("rootUri").and_then(folder).into_iter().collect(),
        false => several,
    }
}

/// What the server can do, without what the options switch off.
pub(super) fn capabilities(agreed: &Agreed, options: Option<&Value>) -> ServerCapabilities {
    let is_on = |name: &str| options.and_then(|options| options.get(name)).and_then(Value::as_bool).unwrap_or(true);
    let [formatting, hints, tokens, completion, actions] = SWITCHES.map(is_on);
    ServerCapabilities {
        position_encoding: Some(agreed.encoding.kind()),
        text_document_sync: Some(TextDocumentSync::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(Save::Bool(true)),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProvider::Bool(true)),
        completion_provider: completion.then(|| CompletionOptions {
            trigger_characters: Some(["=", "[", ",", "."].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(DefinitionProvider::Bool(true)),
        references_provider: Some(ReferencesProvider::Bool(true)),
        document_highlight_provider: Some(DocumentHighlightProvider::Bool(true)),
        rename_provider: Some(RenameProvider::RenameOptions(RenameOptions {
            prepare_provider: Some(true),
            ..RenameOptions::default()
        })),
        document_symbol_provider: Some(DocumentSymbolProvider::Bool(true)),
        workspace_symbol_provider: Some(WorkspaceSymbolProvider::Bool(true)),
        document_formatting_provider: formatting.then_some(DocumentFormattingProvider::Bool(true)),
        document_range_formatting_provider: formatting.then_some(DocumentRangeFormattingProvider::Bool(true)),
        code_action_provider: actions.then(|| {
            CodeActionProvider::CodeActionOptions(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::SourceFixAll]),
                ..CodeActionOptions::default()
            })
        }),
        folding_range_provider: Some(FoldingRangeProvider::Bool(true)),
        semantic_tokens_provider: tokens.then(|| {
            SemanticTokensProvider::SemanticTokensOptions(SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: TokenKind::ALL.map(|kind| token_type(kind).to_owned()).to_vec(),
                    token_modifiers: TOKEN_MODIFIERS.map(str::to_owned).to_vec(),
                },
                full: Some(Full::Bool(true)),
                ..SemanticTokensOptions::default()
            })
        }),
        inlay_hint_provider: hints.then_some(InlayHintProvider::Bool(true)),
        document_link_provider: Some(DocumentLinkOptions::default()),
        ..ServerCapabilities::default()
    }
}
