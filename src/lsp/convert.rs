//! The values of `ide` as those of the protocol.

use gen_lsp_types::{
    BaseSymbolInformation, CompletionItem, CompletionItemKind, CompletionItemTextEdit, DocumentSymbol, Documentation,
    FoldingRange, FoldingRangeKind, InlayHint, InsertTextFormat, Label, Location, MarkupContent, MarkupKind, SemanticToken,
    SymbolKind, TextEdit, WorkspaceSymbol, WorkspaceSymbolLocation,
};

use super::position::{Encoding, position, range};
use crate::diag::Edit;
use crate::ide::{Fold, Found, Hint, Proposal, ProposalKind, Symbol, Token, TokenKind};
use crate::text::{SourceFile, SourceMap};

/// What a token can be beside its kind.
pub(super) const TOKEN_MODIFIERS: [&str; 1] = ["declaration"];

/// The protocol's word for a kind of token.
pub(super) fn token_type(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Kind => "keyword",
        TokenKind::Name => "variable",
        TokenKind::Key => "property",
        TokenKind::Word => "enumMember",
        TokenKind::Number => "number",
        TokenKind::Text => "string",
        TokenKind::Raw => "regexp",
        TokenKind::Comment => "comment",
        TokenKind::Verb => "operator",
    }
}

pub(super) fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}

pub(super) fn text_edit(sources: &SourceMap, edit: &Edit, encoding: Encoding) -> TextEdit {
    TextEdit { range: range(sources.file(edit.span.file), edit.span, encoding), new_text: edit.text.clone() }
}

/// A proposal; its place in the list is kept by `order`.
pub(super) fn completion(
    file: &SourceFile,
    proposal: Proposal,
    order: usize,
    snippets: bool,
    encoding: Encoding,
) -> CompletionItem {
    let (new_text, format) = match proposal.snippet.filter(|_| snippets) {
        Some(snippet) => (snippet, InsertTextFormat::Snippet),
        None => (proposal.text, InsertTextFormat::PlainText),
    };
    let kind = match proposal.kind {
        ProposalKind::Required | ProposalKind::Attribute => CompletionItemKind::Property,
        ProposalKind::Block => CompletionItemKind::Struct,
        ProposalKind::Word => CompletionItemKind::EnumMember,
        ProposalKind::Name => CompletionItemKind::Reference,
        ProposalKind::Address => CompletionItemKind::Value,
    };
    let required = proposal.kind == ProposalKind::Required;
    let detail = if required { "required".to_owned() } else { proposal.detail };
    CompletionItem {
        // Without it Neovim 0.11 takes the list for one that is filtered.
        filter_text: Some(proposal.label.clone()),
        label: proposal.label,
        kind: Some(kind),
        detail: (!detail.is_empty()).then_some(detail),
        documentation: (!proposal.doc.is_empty()).then(|| Documentation::MarkupContent(markdown(proposal.doc))),
        sort_text: Some(format!("{order:04}")),
        insert_text_format: Some(format),
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range: range(file, proposal.span, encoding), new_text })),
        ..CompletionItem::default()
    }
}

#[expect(deprecated, reason = "the protocol's structure has a field that is not to be set")]
pub(super) fn symbol(file: &SourceFile, symbol: Symbol, encoding: Encoding) -> DocumentSymbol {
    let inside: Vec<DocumentSymbol> = symbol.inside.into_iter().map(|inner| self::symbol(file, inner, encoding)).collect();
    DocumentSymbol {
        detail: (symbol.kind != symbol.name).then_some(symbol.kind),
        name: symbol.name,
        kind: symbol_kind(symbol.computer),
        tags: None,
        deprecated: None,
        range: range(file, symbol.span, encoding),
        selection_range: range(file, symbol.head, encoding),
        children: (!inside.is_empty()).then_some(inside),
    }
}

pub(super) fn found(found: Found, location: Location) -> WorkspaceSymbol {
    let within = if found.within.is_empty() { found.kind.to_owned() } else { format!("{} in {}", found.kind, found.within) };
    WorkspaceSymbol {
        location: WorkspaceSymbolLocation::Location(location),
        data: None,
        base_symbol_information: BaseSymbolInformation {
            name: found.name,
            kind: symbol_kind(found.computer),
            tags: None,
            container_name: Some(within),
        },
    }
}

fn symbol_kind(computer: bool) -> SymbolKind {
    if computer { SymbolKind::Object } else { SymbolKind::Namespace }
}

pub(super) fn fold(fold: Fold) -> FoldingRange {
    FoldingRange {
        start_line: fold.first as u32,
        end_line: fold.last as u32,
        kind: Some(if fold.comment { FoldingRangeKind::Comment } else { FoldingRangeKind::Region }),
        ..FoldingRange::default()
    }
}

pub(super) fn hint(file: &SourceFile, hint: Hint, encoding: Encoding) -> InlayHint {
    let place = position(file, hint.span.start, encoding);
    InlayHint::new(place, Label::String(hint.text), None, None, None, Some(true), None, None)
}

/// Tokens, each relative to the one before.
pub(super) fn tokens(file: &SourceFile, tokens: &[Token], encoding: Encoding) -> Vec<SemanticToken> {
    let (mut line, mut column) = (0, 0);
    let mut found = Vec::new();
    for token in tokens {
        let start = position(file, token.span.start, encoding);
        let text = &file.text()[token.span.start as usize..token.span.end as usize];
        let kind = TokenKind::ALL.iter().position(|kind| *kind == token.kind).unwrap_or_default();
        found.push(SemanticToken {
            delta_line: start.line - line,
            delta_start: if start.line == line { start.character - column } else { start.character },
            length: encoding.length(text),
            token_type: kind as u32,
            token_modifiers_bitset: u32::from(token.declares),
        });
        (line, column) = (start.line, start.character);
    }
    found
}
