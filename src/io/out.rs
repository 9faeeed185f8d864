//! The two streams. A closed pipe ends quietly: whoever reads `| head` has seen enough.

use std::io::{self, BufWriter, Write};

use super::environment::{ColorChoice, Environment, terminal};
use crate::report::Style;

struct Stream {
    writer: Box<dyn Write>,
    style: Style,
    closed: bool,
    error: Option<io::Error>,
}

impl Stream {
    fn write(&mut self, text: &str) {
        if !self.closed {
            let result = self.writer.write_all(text.as_bytes());
            self.note(result);
        }
    }

    fn flush(&mut self) {
        if !self.closed {
            let result = self.writer.flush();
            self.note(result);
        }
    }

    /// After the first error nothing more is written; a closed pipe is no error.
    fn note(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.error = Some(error);
            }
        }
    }
}

/// Standard output for results, standard error for everything that is said about them.
pub struct Out {
    output: Stream,
    messages: Stream,
    quiet: bool,
}

impl std::fmt::Debug for Out {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Out").field("output", &self.output.style).field("messages", &self.messages.style).finish_non_exhaustive()
    }
}

impl Out {
    /// The process's streams.
    pub fn of_process(environment: &Environment, choice: ColorChoice, quiet: bool) -> Self {
        let style = |(is_terminal, width): (bool, Option<usize>)| Style {
            color: environment.color(choice, is_terminal),
            width: environment.width(width),
        };
        let (output, messages) = (io::stdout(), io::stderr());
        let (output_style, messages_style) = (style(terminal(&output)), style(terminal(&messages)));
        Self::new(
            (Box::new(BufWriter::with_capacity(1 << 16, output)), output_style),
            (Box::new(BufWriter::new(messages)), messages_style),
            quiet,
        )
    }

    /// Any two streams.
    pub fn new(output: (Box<dyn Write>, Style), messages: (Box<dyn Write>, Style), quiet: bool) -> Self {
        let stream = |(writer, style)| Stream { writer, style, closed: false, error: None };
        Self { output: stream(output), messages: stream(messages), quiet }
    }

    /// Writes a result.
    pub fn print(&mut self, text: &str) {
        self.output.write(text);
    }

    /// Writes a message that is never left out, such as an error.
    pub fn say(&mut self, text: &str) {
        self.messages.write(text);
    }

    /// Writes a message that `--quiet` leaves out, such as a summary.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            self.messages.write(text);
        }
    }

    /// Whether `--quiet` was given.
    pub fn quiet(&self) -> bool {
        self.quiet
    }

    /// How standard output is drawn on.
    pub fn output_style(&self) -> Style {
        self.output.style
    }

    /// How standard error is drawn on.
    pub fn message_style(&self) -> Style {
        self.messages.style
    }

    /// Writes what is buffered. An error is one that a result was lost by; messages that nobody can read are no loss.
    pub fn finish(&mut self) -> io::Result<()> {
        self.output.flush();
        self.messages.flush();
        self.output.error.take().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn out(kind: io::ErrorKind) -> Out {
        let style = Style { color: false, width: 80 };
        Out::new((Box::new(Failing(kind)), style), (Box::new(io::sink()), style), false)
    }

    #[test]
    fn a_closed_pipe_is_success() {
        let mut out = out(io::ErrorKind::BrokenPipe);
        out.print("one");
        out.print("two");
        assert!(out.finish().is_ok());
    }

    #[test]
    fn a_full_disk_is_not() {
        let mut out = out(io::ErrorKind::StorageFull);
        out.print("one");
        assert_eq!(out.finish().map_err(|e| e.kind()), Err(io::ErrorKind::StorageFull));
    }
}
