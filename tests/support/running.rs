//! A program that runs beside a test and ends with it, with all its children: none outlives the value and keeps a port.

use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// How long a program may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program that ends with the value.
pub struct Running(Child);

impl Running {
    pub fn new(child: Child) -> Self {
        Self(child)
    }

    /// The program itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Whether it has ended already.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().expect("its state").is_some()
    }

    /// Asks it to end, so that a master ends its workers; one that does not end is killed, and that is a failure.
    fn end(&mut self) -> Result<(), String> {
        if self.has_ended() {
            return Ok(());
        }
        let id = self.0.id();
        let pid = i32::try_from(id).ok().and_then(Pid::from_raw).expect("a process id");
        kill_process(pid, Signal::TERM).map_err(|error| format!("process {id} takes no signal: {error}"))?;
        let begun = Instant::now();
        while !self.has_ended() {
            if begun.elapsed() > PATIENCE {
                self.0.kill().and_then(|()| self.0.wait()).map_err(|error| format!("process {id} cannot be killed: {error}"))?;
                return Err(format!("process {id} did not end within {PATIENCE:?} after SIGTERM"));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let ended = self.end();
        // A second panic would hide the first.
        if !std::thread::panicking() {
            ended.expect("the program ends");
        }
    }
}
