//! What a command is doing, on a terminal whose user waits: one line after a second, which goes when something else is written.

use std::io::Write;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long a user waits before something is said.
const PATIENCE: Duration = Duration::from_secs(1);

/// After this time without a word a waiting thread looks again.
const FOREVER: Duration = Duration::from_secs(3600);

/// A line that says what is being done, drawn by a thread of its own while the others work. It is erased when this value is dropped.
#[derive(Debug)]
pub(super) struct Progress {
    words: Option<Sender<String>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait for the moment when this is worth saying.
    pub(super) fn begin(what: String, to: impl Write + Send + 'static) -> Self {
        Self::after(PATIENCE, what, to)
    }

    fn after(patience: Duration, what: String, to: impl Write + Send + 'static) -> Self {
        let (words, next) = channel();
        let thread = thread::Builder::new().name("progress".to_owned()).spawn(move || draw(&next, patience, what, to));
        // A system without a thread to spare gets no line.
        Self { words: Some(words), thread: thread.ok() }
    }

    /// What is being done now.
    pub(super) fn now(&self, what: String) {
        if let Some(words) = &self.words {
            // The thread ends with this value, or with the terminal.
            let _ = words.send(what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.words = None;
        if let Some(thread) = self.thread.take() {
            // It has nothing to say when it ends.
            let _ = thread.join();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a person waits is no part of a result")]
fn draw(next: &Receiver<String>, patience: Duration, mut what: String, mut to: impl Write) {
    let begun = Instant::now();
    let mut drawn = false;
    loop {
        let wait = if drawn { FOREVER } else { patience.saturating_sub(begun.elapsed()) };
        match next.recv_timeout(wait) {
            Ok(later) => what = later,
            Err(RecvTimeoutError::Timeout) => drawn = true,
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if drawn && write(&mut to, &what).is_err() {
            return;
        }
    }
    if drawn {
        // A terminal that has gone needs no clean line.
        let _ = write(&mut to, "");
    }
}

/// The line again from its beginning, and nothing behind it.
fn write(to: &mut impl Write, text: &str) -> std::io::Result<()> {
    write!(to, "\r{text}\u{1b}[K")?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Screen {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    #[test]
    fn who_does_not_wait_sees_nothing() {
        let screen = Screen::default();
        drop(Progress::begin("one".to_owned(), screen.clone()));
        assert_eq!(screen.text(), "");
    }

    #[test]
    fn the_line_says_what_is_done_and_is_erased() {
        let screen = Screen::default();
        let progress = Progress::after(Duration::ZERO, "one".to_owned(), screen.clone());
        let until = |text: &str| {
            while !screen.text().ends_with(text) {
                thread::yield_now();
            }
        };
        until("\rone\u{1b}[K");
        progress.now("two".to_owned());
        until("\rtwo\u{1b}[K");
        drop(progress);
        assert!(screen.text().ends_with("two\u{1b}[K\r\u{1b}[K"));
    }
}
