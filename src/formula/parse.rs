//! The grammar of formulas: `+ - * /` with brackets, whole numbers, names with points, and the functions of [`Function`].

use std::fmt;

use super::number::Number;

/// The deepest nesting of brackets.
const DEEPEST: usize = 32;

/// A formula that was read; its names are those of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula<'t> {
    root: Node<'t>,
}

/// Why a text is not a formula, and how many bytes of it were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub problem: String,
    /// Where.
    pub at: usize,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.problem, self.at)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node<'t> {
    Number(Number),
    Name(&'t str),
    Binary(Operator, Box<Node<'t>>, Box<Node<'t>>),
    Call(Function, Vec<Node<'t>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// The functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    /// The next whole number.
    Ceil,
    /// The whole number below.
    Floor,
    /// The larger of two.
    Max,
    /// The smaller of two.
    Min,
    /// `trunks(erlangs, percent)`: the lines that lose at most so many percent of calls.
    Trunks,
}

impl Function {
    const ALL: [(&'static str, Function, usize); 5] = [
        ("ceil", Function::Ceil, 1),
        ("floor", Function::Floor, 1),
        ("max", Function::Max, 2),
        ("min", Function::Min, 2),
        ("trunks", Function::Trunks, 2),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, function, _)| *function == self).map_or("", |(word, ..)| word)
    }
}

impl<'t> Formula<'t> {
    /// Reads a formula.
    ///
    /// # Errors
    /// The first mistake.
    pub fn read(text: &'t str) -> Result<Self, Mistake> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let root = reader.sum()?;
        match reader.peek() {
            None => Ok(Self { root }),
            Some(_) => Err(reader.mistake("an operator is expected")),
        }
    }

    pub(super) fn root(&self) -> &Node<'t> {
        &self.root
    }

    /// Its names, in the order of the text, each once.
    pub fn names(&self) -> Vec<&'t str> {
        let mut found = Vec::new();
        names(&self.root, &mut found);
        found
    }
}

fn names<'t>(node: &Node<'t>, found: &mut Vec<&'t str>) {
    match node {
        Node::Number(_) => {}
        Node::Name(name) if found.contains(name) => {}
        Node::Name(name) => found.push(name),
        Node::Binary(_, left, right) => {
            names(left, found);
            names(right, found);
        }
        Node::Call(_, arguments) => arguments.iter().for_each(|argument| names(argument, found)),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn mistake(&self, problem: &str) -> Mistake {
        Mistake { problem: problem.to_owned(), at: self.at }
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        self.at += rest.iter().take_while(|byte| **byte == b' ').count();
        self.text.as_bytes().get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn sum(&mut self) -> Result<Node<'t>, Mistake> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Some(b'+') => Operator::Add,
                Some(b'-') => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Node::Binary(operator, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Node<'t>, Mistake> {
        let mut left = self.factor()?;
        loop {
            let operator = match self.peek() {
                Some(b'*') => Operator::Multiply,
                Some(b'/') => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Node::Binary(operator, Box::new(left), Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Result<Node<'t>, Mistake> {
        match self.peek() {
            Some(b'(') => {
                self.at += 1;
                let inner = self.nested()?;
                self.closed().map(|()| inner)
            }
            Some(byte) if byte.is_ascii_digit() => self.number(),
            Some(byte) if byte.is_ascii_lowercase() => self.name(),
            _ => Err(self.mistake("a number, a name or a bracket is expected")),
        }
    }

    fn nested(&mut self) -> Result<Node<'t>, Mistake> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.mistake("brackets are nested too deeply"));
        }
        let inner = self.sum();
        self.depth -= 1;
        inner
    }

    fn closed(&mut self) -> Result<(), Mistake> {
        if self.takes(b')') { Ok(()) } else { Err(self.mistake("a closing bracket is expected")) }
    }

    fn word(&mut self, belongs: impl Fn(u8) -> bool) -> &'t str {
        let from = self.at;
        let rest = &self.text.as_bytes()[from..];
        self.at += rest.iter().take_while(|byte| belongs(**byte)).count();
        &self.text[from..self.at]
    }

    fn number(&mut self) -> Result<Node<'t>, Mistake> {
        let value = self.word(|byte| byte.is_ascii_digit()).parse();
        value.map(|value| Node::Number(Number::from_integer(value))).map_err(|_| self.mistake("the number is too large"))
    }

    fn name(&mut self) -> Result<Node<'t>, Mistake> {
        let name = self.word(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.'));
        if !self.takes(b'(') {
            return Ok(Node::Name(name));
        }
        let Some((_, function, count)) = Function::ALL.into_iter().find(|(word, ..)| *word == name) else {
            return Err(self.mistake("this function is unknown: ceil, floor, max, min and trunks exist"));
        };
        let mut arguments = vec![self.nested()?];
        while self.takes(b',') {
            arguments.push(self.nested()?);
        }
        self.closed()?;
        match arguments.len() == count {
            true => Ok(Node::Call(function, arguments)),
            false => Err(self.mistake(&format!("`{name}` takes {count} values"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_come_in_order() {
        let formula = Formula::read("ceil(users * a.b / a.b) + c_1").expect("a formula");
        assert_eq!(formula.names(), ["users", "a.b", "c_1"]);
    }

    #[test]
    fn mistakes_have_a_place() {
        let mistake = |text: &str| Formula::read(text).expect_err("a mistake").to_string();
        assert_eq!(mistake(""), "a number, a name or a bracket is expected at byte 0");
        assert_eq!(mistake("1 +"), "a number, a name or a bracket is expected at byte 3");
        assert_eq!(mistake("(1"), "a closing bracket is expected at byte 2");
        assert_eq!(mistake("1 2"), "an operator is expected at byte 2");
        assert_eq!(mistake("sin(1)"), "this function is unknown: ceil, floor, max, min and trunks exist at byte 4");
        assert_eq!(mistake("max(1)"), "`max` takes 2 values at byte 6");
        assert_eq!(mistake(&"9".repeat(60)), "the number is too large at byte 60");
        assert!(mistake(&"(".repeat(1_000)).starts_with("brackets are nested too deeply"));
    }

    proptest! {
        #[test]
        fn no_text_is_fatal(text in "[a-z0-9_.+*/() ,é-]{0,40}") {
            if let Ok(formula) = Formula::read(&text) {
                let _ = formula.value(&|_| Some(Number::from_integer(3)));
                prop_assert!(Formula::read(&formula.worked(&|_| None).replace('×', "*").replace(',', "").replace(';', ",")).is_ok());
            }
        }
    }
}
