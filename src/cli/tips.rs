//! What other tools call a command: who types it is told the word for it here.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Words of other tools, and what is meant.
const WORDS: &[(&[&str], &str)] = &[
    (&["lint", "validate", "verify", "analyze", "test"], "`ocstopo check` checks a topology"),
    (&["format"], "`ocstopo fmt` formats files"),
    (
        &["plan", "preview"],
        "`ocstopo build -o DIR --check` lists the files that a build would change, and `ocstopo diff OLD NEW` compares two versions",
    ),
    (&["apply", "compile", "generate", "make", "export"], "`ocstopo build -o DIR` writes the files"),
    (&["init", "create", "start"], "`ocstopo new` writes a first topology, and `ocstopo design` asks for what it needs"),
    (&["rule", "doc", "docs", "describe"], "`ocstopo explain WORD` explains codes and words"),
    (&["version"], "`ocstopo --version` prints the version"),
    (&["completion", "complete"], "`ocstopo completions SHELL` prints the script of a shell"),
    (&["server", "language-server"], "`ocstopo lsp` is the language server"),
];

/// The error, with a tip where another tool's word was typed.
pub(super) fn with_tip(mut error: Error) -> Error {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    let tip = WORDS.iter().find(|(words, _)| words.contains(&typed.as_str())).map(|(_, tip)| *tip);
    if let Some(tip) = tip {
        // Words that only look alike would be the wrong way.
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(tip)]));
    }
    error
}
