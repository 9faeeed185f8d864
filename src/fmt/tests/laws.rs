//! What holds for any text: formatting twice is formatting once, and no token, comment or mistake gets lost.

use proptest::prelude::*;

use super::formatted;
use crate::syntax::{SyntaxKind, SyntaxTree, parse};
use crate::text::FileId;

/// Pieces in random order.
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "#c",
    "# c \n",
    "\u{feff}",
    "\u{a0}",
    "\0",
    "a",
    "b",
    "x",
    "site",
    "never",
    "allow",
    "on",
    "10",
    "10.10.0.[11..14]",
    "fe[01..04]",
    "a[01",
    "a[01, 02]",
    "true",
    "users",
    ":",
    "::",
    "->",
    "-->",
    "-",
    "=>",
    "→",
    "=",
    "=",
    "=",
    "==",
    "{",
    "{",
    "{",
    "}",
    "}",
    "}",
    "[",
    "[",
    "]",
    "]",
    ",",
    ",",
    ";",
    "\"",
    "\"a\"",
    "\"a\\\"",
    "'",
    "'r'",
    "“",
    "”",
    "`",
    "(",
    ")",
    "//",
    "/*",
    "*/",
    "é",
    "<<<<<<<",
    "\\",
    "x = 1",
    "a { ",
    "a b {\n",
    "x = [a, b]",
    "[\n",
    ",\n",
    "\n}\n",
    "\n\n\n",
];

const PROGRAM: &str = r#"# a deployment
organization contoso {
  sip_domains = ["contoso.com", "retail.contoso.com"]   # two
  share = 10%

  features = [
    web_conferencing, # in step 6
    im_archiving

    # all
  ]
  external_access { remote_users = true  federation = discovered }
}
site redmond { # head quarters
  network servers { zone = internal  range = 10.10.0.0/22 }
  network clients { zone = internal  range = 10.10.64.0/18 } # desks
  enterprise_pool pool01 {
    path = '\\fs01\ocs'
    front_end fe[01..04] { address = 10.10.0.[11..14] }
  }
}
assert {
  never internet -> redmond.sql01
  allow redmond.clients -> redmond.pool01 on tcp/5061
}
"#;

fn nonsense() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// The program with some of its text taken out and some pieces put in.
fn mutant() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0_usize..12, prop::sample::select(PIECES), any::<bool>());
    prop::collection::vec(edit, 1..6).prop_map(|edits| {
        let mut text: Vec<char> = PROGRAM.chars().collect();
        for (place, len, piece, insert) in edits {
            let start = place.index(text.len() + 1);
            let end = (start + len).min(text.len());
            text.splice(start..end, piece.chars().filter(|_| insert)).for_each(drop);
        }
        text.into_iter().collect()
    })
}

fn bytes() -> impl Strategy<Value = String> {
    prop::collection::vec(any::<u8>(), 0..120).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![4 => nonsense(), 4 => mutant(), 1 => bytes(), 1 => any::<String>()]
}

/// Kinds and texts of all leaves but blanks, without the last comma of a list.
fn tokens(tree: &SyntaxTree) -> Vec<(SyntaxKind, &str)> {
    let mut tokens: Vec<(SyntaxKind, &str)> = Vec::new();
    for leaf in tree.nodes().skip(1).filter(|node| node.is_leaf() && !node.kind().is_trivia()) {
        if leaf.kind() == SyntaxKind::RightBracket && tokens.last().is_some_and(|last| last.0 == SyntaxKind::Comma) {
            tokens.pop();
        }
        tokens.push((leaf.kind(), leaf.text().trim_end()));
    }
    tokens
}

fn comments(tree: &SyntaxTree) -> Vec<&str> {
    tree.nodes().filter(|node| node.kind() == SyntaxKind::Comment).map(|node| node.text().trim_end_matches([' ', '\t'])).collect()
}

fn plain(text: &str) -> SyntaxTree {
    parse(FileId(0), text.into()).tree
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn leaves_tile_the_text(text in any_text()) {
        let tree = parse(FileId(0), text.as_str().into()).tree;
        let leaves: String = tree.nodes().filter(|node| node.is_leaf()).map(|node| node.text()).collect();
        prop_assert_eq!(leaves, text);
    }

    #[test]
    fn each_finding_has_a_place_and_a_way_out(text in any_text()) {
        let parsed = parse(FileId(0), text.as_str().into());
        for diag in &parsed.diags {
            let edits = diag.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in [diag.primary.span].into_iter().chain(diag.related.iter().map(|label| label.span)).chain(edits) {
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{:?}", diag);
            }
            prop_assert!(!diag.primary.text.is_empty() && diag.help.as_ref().is_some_and(|help| !help.is_empty()));
            prop_assert!(diag.message.starts_with("expected"), "{}", diag.message);
            prop_assert!(!diag.message.chars().any(char::is_control));
        }
        let broken = parsed.tree.nodes().any(|node| node.kind().is_error());
        prop_assert!(!broken || !parsed.diags.is_empty(), "a mistake without a diagnostic");
    }

    #[test]
    fn formatting_twice_is_formatting_once(text in any_text()) {
        let once = formatted(&text);
        prop_assert_eq!(&formatted(&once), &once);
    }

    /// What is meant by a text with a mistake shows in its layout alone.
    #[test]
    fn a_text_with_a_mistake_stays(text in any_text()) {
        let parsed = parse(FileId(0), text.as_str().into());
        if parsed.diags.is_empty() {
            prop_assert!(parse(FileId(0), formatted(&text).into()).diags.is_empty());
        } else {
            prop_assert_eq!(formatted(&text), text);
        }
    }

    #[test]
    fn tokens_and_comments_stay(text in any_text()) {
        let (before, after) = (plain(&text), formatted(&text));
        let after = plain(&after);
        prop_assert_eq!(tokens(&before), tokens(&after));
        let (mut before, mut after) = (comments(&before), comments(&after));
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn lines_end_in_one_way(text in any_text()) {
        if !parse(FileId(0), text.as_str().into()).diags.is_empty() {
            return Ok(());
        }
        let out = formatted(&text);
        prop_assert!(out.is_empty() || out.ends_with('\n') && !out.ends_with("\n\n"));
        let bom = out.starts_with('\u{feff}');
        prop_assert!(!bom);
    }
}
