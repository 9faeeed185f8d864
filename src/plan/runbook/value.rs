//! Values that fill the places of a pattern.

use std::net::Ipv4Addr;

use super::Line;
use crate::lower::Fqdn;

/// One value; its kind decides where it may be used and how it is shown.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Name(String),
    Address(Ipv4Addr),
    Number(u64),
    Word(&'static str),
    File(String),
    Argument(String),
    Code(String),
    /// Several of them, each shown as code.
    Codes(Vec<String>),
    /// Whole commands that the catalogue wrote; often none.
    Command(Vec<String>),
    Text(String),
    Line(Line),
    Flag,
    List(Vec<Item>),
}

/// The fields of one item of a list.
pub(crate) type Item = Vec<(&'static str, Value)>;

impl Value {
    /// A list, if it has anything in it.
    pub(crate) fn list(items: Vec<Item>) -> Option<Self> {
        (!items.is_empty()).then_some(Value::List(items))
    }

    /// A flag, if it is set.
    pub(crate) fn flag(set: bool) -> Option<Self> {
        set.then_some(Value::Flag)
    }

    /// Several texts, each shown as code.
    pub(crate) fn codes<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Value::Codes(texts.into_iter().map(Into::into).collect())
    }

    pub(crate) fn name(name: &Fqdn) -> Self {
        Value::Name(name.as_str().to_owned())
    }

    /// Whether it is what the vocabulary says.
    #[cfg(test)]
    pub(crate) fn is_of(&self, kind: crate::catalog::step::Kind) -> bool {
        use crate::catalog::step::Kind;
        matches!(
            (self, kind),
            (Value::Name(_), Kind::Name)
                | (Value::Address(_), Kind::Address)
                | (Value::Number(_), Kind::Number)
                | (Value::Word(_), Kind::Word)
                | (Value::File(_), Kind::File)
                | (Value::Argument(_), Kind::Argument)
                | (Value::Code(_) | Value::Codes(_), Kind::Code)
                | (Value::Command(_), Kind::Command)
                | (Value::Text(_), Kind::Text)
                | (Value::Line(_), Kind::Line)
                | (Value::Flag, Kind::Flag)
                | (Value::List(_), Kind::List(_))
        )
    }

    /// What is printed, and whether it is code by itself.
    pub(super) fn shown(&self) -> (String, bool) {
        match self {
            Value::Name(text) | Value::File(text) | Value::Argument(text) | Value::Code(text) => (text.clone(), true),
            Value::Codes(texts) => (texts.join(", "), true),
            Value::Command(lines) => (lines.join("\n"), true),
            Value::Address(address) => (address.to_string(), true),
            Value::Number(number) => (number.to_string(), false),
            Value::Word(word) => ((*word).to_owned(), false),
            Value::Text(text) => (text.clone(), false),
            Value::Line(line) => (line.0.iter().map(|run| run.text.as_ref()).collect(), false),
            Value::Flag | Value::List(_) => (String::new(), false),
        }
    }
}

/// Text of the user as one argument of a Windows command line, or `None` where no quoting makes it safe.
///
/// Plain text stays as it is; other text is put in double quotes. Between them `& | < > ^ ( )` and spaces mean nothing
/// to `cmd.exe`; a quote would end them, `%` and `!` would still be expanded, a line break would end the command, and a
/// backslash before the closing quote would escape it. What begins like a switch is quoted text all the same to a program,
/// so it is refused. A step without the command says the same in words.
pub fn argument(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '\\' | ':' | '$');
    let quotable = |c: char| c == ' ' || c.is_alphanumeric() || c.is_ascii_punctuation() && !matches!(c, '"' | '%' | '!' | '`');
    if text.is_empty() || text.starts_with(['-', '/', '@']) || text.ends_with('\\') || !text.chars().all(quotable) {
        return None;
    }
    Some(if text.chars().all(plain) { text.to_owned() } else { format!("\"{text}\"") })
}

#[cfg(test)]
mod tests {
    use super::argument;

    #[test]
    fn arguments_are_quoted_when_they_must_be() {
        assert_eq!(argument(r"dc01.contoso.com\Contoso-CA").as_deref(), Some(r"dc01.contoso.com\Contoso-CA"));
        assert_eq!(argument(r"dc01.contoso.com\Contoso Issuing CA").as_deref(), Some(r#""dc01.contoso.com\Contoso Issuing CA""#));
        assert_eq!(argument(r"\\fs01\ocs").as_deref(), Some(r"\\fs01\ocs"));
        assert_eq!(argument(r"\\fs01\a & b (x)").as_deref(), Some(r#""\\fs01\a & b (x)""#));
        assert_eq!(argument("ca\\Müller").as_deref(), Some("\"ca\\Müller\""));
    }

    #[test]
    fn unquotable_text_is_refused() {
        for text in
            ["", "a\" & del *", "%PATH%", "a!b!", "a\nb", "a`b", "-config", "/x", "@file", r"\\fs01\ocs\", "a\u{202e}b", "a\u{0}"]
        {
            assert_eq!(argument(text), None, "{text:?}");
        }
    }
}
