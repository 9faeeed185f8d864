//! What the server can do, as it tells the editor.

use std::path::PathBuf;

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProvider, CompletionOptions, DefinitionProvider, DocumentFormattingProvider,
    DocumentHighlightProvider, DocumentLinkOptions, DocumentRangeFormattingProvider, DocumentSymbolProvider,
    FoldingRangeProvider, Full, HoverProvider, InitializeParams, InlayHintProvider, ReferencesProvider, RenameOptions,
    RenameProvider, Save, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensProvider, ServerCapabilities,
    TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions, WorkspaceSymbolProvider,
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
    pub(super) fn new(params: &InitializeParams) -> Self {
        let (capabilities, options) = (&params.capabilities, params.initialization_options.as_ref());
        let general = capabilities.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default();
        let document = capabilities.text_document.as_ref();
        let item = document.and_then(|document| document.completion.as_ref()).and_then(|own| own.completion_item.as_ref());
        let workspace = capabilities.workspace.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Self {
            encoding: Encoding::chosen(offered),
            snippets: item.and_then(|item| item.snippet_support).unwrap_or_default(),
            watches: watched.and_then(|watched| watched.dynamic_registration).unwrap_or_default(),
            rules_pages: options.and_then(|options| options.get("rulesPage")).and_then(Value::as_str).map(str::to_owned),
        }
    }
}

/// The folders that an editor has opened; an older one names one in a field that newer ones no longer use.
#[expect(deprecated, reason = "older editors send nothing else")]
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let several = params.workspace_folders_initialize_params.workspace_folders.as_ref().and_then(|value| {
        let folders: Vec<gen_lsp_types::WorkspaceFolder> = serde_json::from_value(serde_json::to_value(value).ok()?).ok()?;
        Some(folders.iter().filter_map(|folder| path(&folder.uri)).collect::<Vec<_>>())
    });
    several.filter(|folders| !folders.is_empty()).unwrap_or_else(|| params.root_uri.as_ref().and_then(path).into_iter().collect())
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
