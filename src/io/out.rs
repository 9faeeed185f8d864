//! The two streams. A closed pipe ends quietly, because a reader such as `| head` needs no more.

use std::io::{self, BufWriter, Write};

use super::environment::{ColorChoice, Environment, terminal};
use super::progress::Progress;
use crate::text::without_commands;

/// How a stream is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canvas {
    /// Whether colours are written.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
}

struct Stream {
    writer: Box<dyn Write>,
    canvas: Canvas,
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
    /// Whether standard output is a terminal that can be cleared.
    clears: bool,
    /// Whether a person reads the messages, who may be shown what is being done.
    watched: bool,
    progress: Option<Progress>,
}

/// What a command reads, in bytes, before it may take a second: smaller inputs start no thread.
const SMALL: usize = 1 << 16;

impl std::fmt::Debug for Out {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Out")
            .field("output", &self.output.canvas)
            .field("messages", &self.messages.canvas)
            .finish_non_exhaustive()
    }
}

impl Out {
    /// The process's streams.
    pub fn of_process(environment: &Environment, choice: ColorChoice, quiet: bool) -> Self {
        let canvas = |(is_terminal, width): (bool, Option<usize>)| Canvas {
            color: environment.color(choice, is_terminal),
            width: environment.width(width),
        };
        let (output, messages) = (io::stdout(), io::stderr());
        let (output_canvas, messages_canvas) = (canvas(terminal(&output)), canvas(terminal(&messages)));
        let clears = terminal(&io::stdout()).0 && environment.term.as_deref() != Some("dumb");
        let out = Self::new(
            (Box::new(BufWriter::with_capacity(1 << 16, output)), output_canvas),
            (Box::new(BufWriter::new(messages)), messages_canvas),
            quiet,
        );
        let watched = terminal(&io::stderr()).0 && !quiet && environment.shows_progress();
        Self { clears, watched, ..out }
    }

    /// Any two streams.
    pub fn new(output: (Box<dyn Write>, Canvas), messages: (Box<dyn Write>, Canvas), quiet: bool) -> Self {
        let stream = |(writer, canvas)| Stream { writer, canvas, closed: false, error: None };
        Self { output: stream(output), messages: stream(messages), quiet, clears: false, watched: false, progress: None }
    }

    /// Says on a terminal what is being done with an input of so many bytes, when that takes longer than a second. What is written next
    /// takes its place.
    pub fn doing(&mut self, what: &str, size: usize) {
        if !self.watched || size < SMALL {
            return;
        }
        self.messages.flush();
        let what = format!("{what}…");
        match &self.progress {
            Some(progress) => progress.now(what),
            None => self.progress = Some(Progress::begin(what, io::stderr())),
        }
    }

    /// Writes a result. No line of it is a command to a build server, whatever a stranger wrote.
    pub fn print(&mut self, text: &str) {
        self.progress = None;
        self.output.write(&without_commands(text));
    }

    /// Writes a result byte for byte: what is a text of the user again, or commands that are meant.
    pub fn print_raw(&mut self, text: &str) {
        self.progress = None;
        self.output.write(text);
    }

    /// Writes a message that is never left out, such as an error.
    pub fn say(&mut self, text: &str) {
        self.progress = None;
        self.messages.write(&without_commands(text));
    }

    /// Writes a message that `--quiet` leaves out, such as a summary.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            self.progress = None;
            self.messages.write(&without_commands(text));
        }
    }

    /// Writes the messages so far, before something that may take long.
    pub fn flush_messages(&mut self) {
        self.progress = None;
        self.messages.flush();
    }

    /// Clears the screen where standard output is one; a file or a pipe keeps what it has.
    pub fn clear_screen(&mut self) {
        self.progress = None;
        if self.clears {
            self.output.write("\u{1b}[2J\u{1b}[3J\u{1b}[H");
        }
    }

    /// Whether the reader of standard output has gone.
    pub fn is_closed(&self) -> bool {
        self.output.closed
    }

    /// Whether `--quiet` was given.
    pub fn quiet(&self) -> bool {
        self.quiet
    }

    /// How standard output is drawn on.
    pub fn output_canvas(&self) -> Canvas {
        self.output.canvas
    }

    /// How standard error is drawn on.
    pub fn message_canvas(&self) -> Canvas {
        self.messages.canvas
    }

    /// Writes what is buffered. Only the loss of a result is an error; messages that cannot be written are no loss.
    pub fn finish(&mut self) -> io::Result<()> {
        self.progress = None;
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
        let canvas = Canvas { color: false, width: 80 };
        Out::new((Box::new(Failing(kind)), canvas), (Box::new(io::sink()), canvas), false)
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
