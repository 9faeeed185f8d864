//! What holds for the parser whatever the text: bounds, line ends, and one finding for one mistake.

use std::time::Instant;

use super::{messages, parsed};
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{Item, Value, items};

const PROGRAM: &str = r#"
organization contoso {
  sip_domains = ["contoso.com", "retail.contoso.com"]
  features = [
    web_conferencing,
    im_archiving,
  ]
  external_access { share = 10%  federation = discovered }
}

site redmond {
  users = 28_000
  network servers { zone = internal  range = 10.10.0.0/22 }

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

#[test]
fn one_missing_token_is_one_finding() {
    let tree = parsed(PROGRAM).tree;
    for leaf in tree.nodes().skip(1).filter(|node| node.is_leaf() && !node.kind().is_trivia()) {
        let mut text = PROGRAM.to_owned();
        text.replace_range(leaf.span().start as usize..leaf.span().end as usize, "");
        assert!(parsed(&text).diags.len() <= 1, "without {:?} at {}:\n{}", leaf.text(), leaf.span().start, messages(&text));
    }
}

#[test]
fn one_bracket_or_quote_less_is_one_finding_at_its_line() {
    for (at, _) in PROGRAM.char_indices().filter(|(_, c)| "{}[]\"'=".contains(*c)) {
        let mut text = PROGRAM.to_owned();
        text.remove(at);
        let diags = parsed(&text).diags;
        // Without one of its brackets a range is another word, which lowering checks.
        let range = PROGRAM[at..].starts_with('[') && !PROGRAM[..at].ends_with(' ')
            || PROGRAM[at..].starts_with(']') && PROGRAM[..at].ends_with(|c: char| c.is_ascii_digit());
        assert!(diags.len() == 1 || range, "without the character at {at}:\n{}", messages(&text));
        let line = |at: usize| PROGRAM[..at].matches('\n').count();
        for diag in diags {
            let found = text[..diag.primary.span.start as usize].matches('\n').count();
            assert!(line(at).abs_diff(found) <= 1, "without the character at {at}:\n{}", messages(&text));
        }
    }
}

#[test]
fn nested_as_deeply_as_the_bound() {
    for depth in [200, 256] {
        let lists = format!("x = {}1{}", "[".repeat(depth), "]".repeat(depth));
        let text = format!("{}{lists}{}", "a {\n".repeat(depth), "\n}".repeat(depth));
        let parsed = parsed(&text);
        assert_eq!(parsed.diags, []);
        assert_eq!(parsed.tree.nodes().filter(|node| node.kind() == SyntaxKind::Block).count(), depth);
    }
}

#[test]
fn nested_too_deeply() {
    let cases = [("a {", "}"), ("a{", ""), ("[", "]"), ("[", ""), ("{", ""), ("{ \"", ""), ("a = {", "}"), ("[{", "")];
    for (open, close) in cases {
        let text = format!("x = 1\ny = {}{}", open.repeat(100_000), close.repeat(100_000));
        let parsed = parsed(&text);
        assert!(parsed.tree.root().span().len() == text.len() && parsed.diags.len() == 1, "{open}");
    }
    insta::assert_snapshot!(messages(&format!("x = {}", "[".repeat(300))), @r"
    OCS0015 1:261 `[`: expected at most 256 levels of nesting
      this bracket opens one level too many
      help: close the blocks and lists above it; nothing in the language needs more than six levels
    ");
}

#[test]
fn too_large() {
    let parsed = parsed(&"# a comment that is long\n".repeat(800_000));
    insta::assert_snapshot!(&parsed.diags[0].message, @"expected a file of at most 16 MiB, found 20 MiB");
}

/// Twice the text may take a little more than twice the time; what is not linear takes four times. Each is tried a few times,
/// because this measures time on a machine that does other things too.
#[test]
#[allow(clippy::disallowed_methods, reason = "the clock is what is tested with")]
fn unclosed_and_repeated_text_is_linear() {
    let pieces = [
        "x = [",
        "x = [a\n",
        "x = \"a\n",
        "\"",
        "\\\"",
        "a \"x\" ",
        "'",
        "a[",
        "a[1 ",
        "a ",
        "a\n",
        "/*",
        "“",
        ":",
        "a,",
        "= ",
        "->",
        "never a ",
        "} ",
        "] ",
        "a {} ",
        "a = {}",
        "é",
        "x=\n",
        "x=\n[a",
        "a\n# c\n",
        "foo bar\n  ",
        "<<<<<<< ",
        "x = ( ",
        "\u{a0}x",
        "[a {b ",
    ];
    for piece in pieces {
        let time = |count: usize| {
            let text = piece.repeat(count);
            let start = Instant::now();
            let _ = parsed(&text);
            start.elapsed().as_secs_f64()
        };
        let linear = (0..5).any(|_| time(4000 / piece.len()) < 3.2 * time(2000 / piece.len()) + 0.005);
        assert!(linear, "{piece:?} takes more than linear time");
    }
}

#[test]
fn line_ends_marks_and_hidden_characters() {
    let clean = parsed("\u{feff}# c\r\nsite a {\r\n  users = 3\r\n}");
    assert_eq!(clean.diags, []);
    insta::assert_snapshot!(messages("users =\u{a0}3\nvip\u{a0}= 10.0.0.1\na = \0 b\n\u{feff}c = 1 # \u{a0}\rd = 2"), @r"
    OCS0014 1:8 `\u{a0}`: expected text that can be seen, found a no-break space (U+00A0)
      it stands here and in one more place
      help: write a blank; in a string it is written `\u{a0}`
      fixed: users = 3
    OCS0014 3:5 `\u{0}`: expected text that can be seen, found a NUL character (U+0000)
      it stands here
      help: remove it; in a string it is written `\u{0}`
      fixed: a =  b
    OCS0014 4:1 `\u{feff}`: expected text that can be seen, found a byte order mark inside the text (U+FEFF)
      it stands here
      help: remove it; in a string it is written `\u{feff}`
      fixed: c = 1 # \u{a0}\u{d}d = 2
    OCS0014 4:11 `\u{d}`: expected text that can be seen, found a carriage return without a line feed (U+000D)
      it stands here
      help: end lines with a line feed; in a string it is written `\u{d}`
      fixed: \u{feff}c = 1 #
    ");
}

#[test]
fn words_are_not_cut() {
    let text = "a = [10.10.0.[11..14], 10.10.0.0/22, 01:30, tcp/5061, _, -, a-b, 10%, 2027-03-31, redmond.pool01, *, fe80::1, +1425, 64kbps]";
    let parsed = parsed(text);
    assert_eq!(parsed.diags, []);
    let Some(Item::Attr(attr)) = items(&parsed.tree).next() else { panic!("no attribute") };
    let Some(Value::List(list)) = attr.value() else { panic!("no list") };
    let words: Vec<&str> = list.items().map(|value| if let Value::Scalar(word) = value { word.text } else { "?" }).collect();
    assert_eq!(words.join(", "), &text[5..text.len() - 1]);
}

#[test]
fn broken_text_is_not_read() {
    let parsed = parsed("a = \"x\nb = “x”\nc = [x, “y”, zürich, z]\n10 = 3\n'd' = 4\nsite \"e\" { }\nf = ü");
    let read: Vec<String> = items(&parsed.tree)
        .map(|item| match item {
            Item::Attr(attr) => match attr.value() {
                Some(Value::List(list)) => format!("{:?} has {}", attr.key().map(|key| key.text), list.items().count()),
                value => format!("{:?} {}", attr.key().map(|key| key.text), value.is_some()),
            },
            Item::Block(block) => format!("{:?} {:?}", block.kind().map(|kind| kind.text), block.name().map(|name| name.text)),
            Item::Assertion(_) => String::new(),
        })
        .collect();
    insta::assert_snapshot!(read.join("\n"), @r#"
    Some("a") false
    Some("b") false
    Some("c") has 2
    None true
    Some("d") true
    Some("site") Some("e")
    Some("f") false
    "#);
}

#[test]
fn assertions_have_their_parts() {
    let parsed = parsed("never internet->redmond.sql01\nallow a -> b on tcp/5061");
    let parts: Vec<String> = items(&parsed.tree)
        .filter_map(|item| if let Item::Assertion(assertion) = item { Some(assertion) } else { None })
        .map(|it| [it.verb(), it.from(), it.to(), it.on()].map(|word| word.map_or("none", |word| word.text)).join(" "))
        .collect();
    assert_eq!(parts, ["never internet redmond.sql01 none", "allow a b tcp/5061"]);
}
