//! Signals while files are written: the first one is noted, so that what was begun is ended or taken back; a second one ends the
//! process at once.
//!
//! signal-hook needs no thread for this, chains to handlers that are there, and can end the process by the signal itself.

#[cfg(unix)]
mod unix {
    use std::sync::Once;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::{flag, low_level};

    /// The signal that came, or 0.
    static RECEIVED: AtomicUsize = AtomicUsize::new(0);
    /// Whether a signal ends the process at once: outside sections, and after a first one.
    static AT_ONCE: AtomicBool = AtomicBool::new(true);
    /// Sections that are open.
    static OPEN: AtomicUsize = AtomicUsize::new(0);
    static FILE_TOO_LARGE: AtomicBool = AtomicBool::new(false);
    static REGISTERED: Once = Once::new();

    pub(super) fn enter() {
        REGISTERED.call_once(|| {
            let ignored = ignored();
            for signal in [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0) {
                // One that cannot be registered does what it always did.
                let _ = flag::register_conditional_default(signal, &AT_ONCE)
                    .and_then(|_| flag::register_usize(signal, &RECEIVED, signal as usize))
                    .and_then(|_| flag::register(signal, &AT_ONCE));
            }
            // With a handler, a write over the limit of `ulimit -f` fails, and what fails is undone.
            let _ = flag::register(SIGXFSZ, &FILE_TOO_LARGE);
        });
        if OPEN.fetch_add(1, SeqCst) == 0 {
            AT_ONCE.store(false, SeqCst);
        }
    }

    pub(super) fn leave() {
        if OPEN.fetch_sub(1, SeqCst) == 1 {
            AT_ONCE.store(true, SeqCst);
            let signal = RECEIVED.swap(0, SeqCst);
            if signal != 0 {
                let _ = low_level::emulate_default_handler(signal as i32);
            }
        }
    }

    pub(super) fn came() -> bool {
        RECEIVED.load(SeqCst) != 0
    }

    /// The signals that the process was started to ignore, as `nohup` and `&` in scripts do: they stay so.
    #[expect(clippy::disallowed_methods, reason = "io is where files are read")]
    fn ignored() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }
}

/// What ends the process from within, such as memory that runs out, ends it with the exit code of what could not be done. The
/// standard library has said what it was by then; in stable Rust nothing can be done before.
pub fn abort_with(code: i32) {
    #[cfg(unix)]
    {
        static ALWAYS: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(true);
        let _ = signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGABRT, code, &ALWAYS);
    }
    #[cfg(not(unix))]
    let _ = code;
}

/// A stretch of work that a signal does not cut off. At its end the process ends by the signal that came in it.
#[derive(Debug)]
pub(super) struct Section(());

impl Section {
    pub(super) fn enter() -> Self {
        #[cfg(unix)]
        unix::enter();
        Self(())
    }

    /// Whether the work should stop and take back what it did.
    pub(super) fn interrupted(&self) -> bool {
        #[cfg(unix)]
        return unix::came();
        #[cfg(not(unix))]
        false
    }
}

impl Drop for Section {
    fn drop(&mut self) {
        #[cfg(unix)]
        unix::leave();
    }
}
