//! Answers that a person types.

use std::io::{self, BufRead, IsTerminal};

/// Whether a person can be asked: standard input is a terminal.
pub fn is_asked() -> bool {
    io::stdin().is_terminal()
}

/// The next line, without its end; `None` at the end of the input.
pub fn read_answer() -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}
