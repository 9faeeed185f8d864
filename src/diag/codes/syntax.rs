//! Codes of the syntax: text that is not in the language.

use super::{CodeRow, LANGUAGE};
use crate::diag::Code;

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[
    &NO_ITEM,
    &MISSING_VALUE,
    &MISSING_BRACE,
    &MISSING_BRACKET,
    &MISSING_COMMA,
    &MISSING_QUOTE,
    &STRAY,
    &MISSING_EQUALS,
    &WRONG_ASSIGNMENT,
    &WRONG_QUOTES,
    &FOREIGN_COMMENT,
    &SEPARATOR,
    &NOT_A_WORD,
    &NOT_ASCII,
    &BOUND,
    &SECOND_VALUE,
    &ASSERTION,
    &NOT_A_VALUE,
    &MISSING_OPENING,
];

/// Text that is no item.
pub static NO_ITEM: CodeRow = CodeRow {
    code: Code("OCS0001"),
    name: "no-item",
    doc: "A file and a block contain attributes, `name = value`, and blocks, `kind name { … }`. This text is neither, most often because `=` or `{` is missing. It is skipped to the end of its line; the text around it is still checked.",
    ..LANGUAGE
};

/// `x =`
pub static MISSING_VALUE: CodeRow = CodeRow {
    code: Code("OCS0002"),
    name: "missing-value",
    doc: "A value is missing after the `=` of an attribute, between two commas of a list, or after the `->` or `on` of an assertion. Write the value, or remove the sign in front of it.",
    ..LANGUAGE
};

/// `a { `
pub static MISSING_BRACE: CodeRow = CodeRow {
    code: Code("OCS0003"),
    name: "missing-closing-brace",
    doc: "A block was opened with `{` and has no `}`. Its place is derived from the indentation: before the first line that is not indented deeper than the line that opens the block. Write `}` there.",
    ..LANGUAGE
};

/// `[a, b`
pub static MISSING_BRACKET: CodeRow = CodeRow {
    code: Code("OCS0004"),
    name: "missing-closing-bracket",
    doc: "A list was opened with `[` and has no `]`. The list ends at the first text that cannot be part of a list. Write `]` after its last value.",
    ..LANGUAGE
};

/// `[a b]`
pub static MISSING_COMMA: CodeRow = CodeRow {
    code: Code("OCS0005"),
    name: "missing-comma",
    doc: "The values of a list are separated by commas, `[a, b]`, also when each is on a separate line. A comma after the last value is allowed.",
    ..LANGUAGE
};

/// `"abc`
pub static MISSING_QUOTE: CodeRow = CodeRow {
    code: Code("OCS0006"),
    name: "missing-closing-quote",
    doc: "A string ends on the line on which it begins. In `\"…\"` a `\\` escapes the next character, so write `\\\\` at the end of a path that ends in `\\`; in `'…'` no character is special, which suits UNC paths and regular expressions.",
    ..LANGUAGE
};

/// `}`
pub static STRAY: CodeRow = CodeRow {
    code: Code("OCS0007"),
    name: "stray-bracket",
    doc: "A `}` or `]` has no matching bracket. Remove it, or add the missing `{` or `[` above.",
    ..LANGUAGE
};

/// `users 28_000`
pub static MISSING_EQUALS: CodeRow = CodeRow {
    code: Code("OCS0008"),
    name: "missing-equals",
    doc: "An attribute is a name, `=` and a value: `users = 28_000`. Here a name is directly followed by its value; write `=` between them.",
    ..LANGUAGE
};

/// `users: 28_000`
pub static WRONG_ASSIGNMENT: CodeRow = CodeRow {
    code: Code("OCS0009"),
    name: "wrong-assignment",
    doc: "An attribute is written with `=`, as in `users = 28_000`; a block has no sign between its name and its brace, as in `inside {`. The `:`, `==` and `=>` of other languages are not used.",
    ..LANGUAGE
};

/// `“abc”`
pub static WRONG_QUOTES: CodeRow = CodeRow {
    code: Code("OCS0010"),
    name: "wrong-quotes",
    doc: "Strings are written in `\"…\"` or `'…'`. Word processors and mail programs replace these by typographic quotes; replace them again.",
    ..LANGUAGE
};

/// `// text`
pub static FOREIGN_COMMENT: CodeRow = CodeRow {
    code: Code("OCS0011"),
    name: "foreign-comment",
    doc: "A comment begins with `#` and goes to the end of its line. There is no `//`, `;` or `/* … */`.",
    ..LANGUAGE
};

/// `a = 1,`
pub static SEPARATOR: CodeRow = CodeRow {
    code: Code("OCS0012"),
    name: "separator",
    doc: "Items are on separate lines, or on one line with blanks between them. Commas are used in lists only, and `;` is not used.",
    ..LANGUAGE
};

/// `10 = 3`
pub static NOT_A_WORD: CodeRow = CodeRow {
    code: Code("OCS0013"),
    name: "not-a-word",
    doc: "The name of an attribute and the kind of a block are words: a letter, then letters, digits, `_` and `-`, without quotes, dots and \
          ranges. The name of a block has no quotes either, except where it is a text, as that of a `test`.",
    ..LANGUAGE
};

/// `größe = 3`
pub static NOT_ASCII: CodeRow = CodeRow {
    code: Code("OCS0014"),
    name: "not-ascii",
    doc: "Outside strings and comments a file has ASCII characters only. Some letters of other alphabets look like Latin ones, and some blanks look the same, so two different names could look the same. Strings and comments may have any characters.",
    ..LANGUAGE
};

/// A thousand `{`.
pub static BOUND: CodeRow = CodeRow {
    code: Code("OCS0015"),
    name: "syntax-bound",
    doc: "A file may have at most 16 MiB and 256 levels of nesting. The limits protect the compiler; real topologies are far below them.",
    ..LANGUAGE
};

/// `users = 28 000`
pub static SECOND_VALUE: CodeRow = CodeRow {
    code: Code("OCS0016"),
    name: "second-value",
    doc: "An attribute has one value and a block one name. Several values are written as a list, `[a, b]`; text with blanks is written in quotes; a unit follows its number without a blank, `20min`; digits are grouped with `_`, `28_000`.",
    ..LANGUAGE
};

/// `internet -> a`
pub static ASSERTION: CodeRow = CodeRow {
    code: Code("OCS0017"),
    name: "malformed-assertion",
    doc: "An assertion is `never FROM -> TO` or `allow FROM -> TO`, with `on tcp/5061` at the end to name certain ports.",
    ..LANGUAGE
};

/// `[a = 1]`
pub static NOT_A_VALUE: CodeRow = CodeRow {
    code: Code("OCS0018"),
    name: "not-a-value",
    doc: "A list has values: words, numbers, strings, lists. An element with attributes is written as a separate block.",
    ..LANGUAGE
};

/// `site redmond` without `{`
pub static MISSING_OPENING: CodeRow = CodeRow {
    code: Code("OCS0019"),
    name: "missing-opening-brace",
    doc: "A line has the kind and name of a block, and the lines below it are indented deeper and end in `}`, but the `{` is missing.",
    ..LANGUAGE
};
