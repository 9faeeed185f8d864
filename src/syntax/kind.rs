//! The kinds of node in a syntax tree.

/// What a node is. Leaves tile the file; inner nodes hold leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SyntaxKind {
    /// The whole file.
    File,
    /// `kind name { … }`
    Block,
    /// `key = value`
    Attr,
    /// `never a -> b on tcp/5061`
    Assertion,
    /// `[ … ]`
    List,
    /// A bare word or scalar: kind, name, key, number, quantity, address, network, date, reference.
    Scalar,
    /// A string in double quotes, with escapes.
    Quoted,
    /// A string in single quotes, raw.
    Raw,
    /// `=`
    Equals,
    /// `{`
    LeftBrace,
    /// `}`
    RightBrace,
    /// `[`
    LeftBracket,
    /// `]`
    RightBracket,
    /// `,`
    Comma,
    /// `->`
    Arrow,
    /// Spaces and tabs.
    Blank,
    /// One line end: `\n` with the `\r` in front of it.
    Newline,
    /// `#` to the end of the line, without the line end.
    Comment,
    /// The byte order mark at the start of a file.
    Bom,
    /// Zero-width: a value is missing here.
    MissingValue,
    /// Zero-width: a `=` is missing here.
    MissingEquals,
    /// Zero-width: a `]` is missing here.
    MissingBracket,
    /// Zero-width: a `}` is missing here.
    MissingBrace,
    /// Zero-width: a `{` is missing here.
    MissingOpening,
    /// Zero-width: a `,` is missing here.
    MissingComma,
    /// Zero-width: the closing quote is missing here.
    MissingQuote,
    /// Text that is no item.
    Bad,
    /// A `}` that closes nothing.
    Stray,
}

impl SyntaxKind {
    /// Blanks, line ends and comments.
    pub fn is_trivia(self) -> bool {
        matches!(self, Self::Blank | Self::Newline | Self::Comment | Self::Bom)
    }

    /// Error nodes.
    pub fn is_error(self) -> bool {
        matches!(
            self,
            Self::MissingValue
                | Self::MissingEquals
                | Self::MissingBracket
                | Self::MissingBrace
                | Self::MissingOpening
                | Self::MissingComma
                | Self::MissingQuote
                | Self::Bad
                | Self::Stray
        )
    }
}
