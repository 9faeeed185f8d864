//! A panic is a bug: it is reported as one, with the details of a report, and ends the process with 2.

use std::ffi::OsString;
use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

use super::Exit;
use crate::io::abort_with;
use crate::text::printable;

/// Runs `work`; a panic in it ends with [`Exit::Failed`] after a message.
pub(super) fn guarded(arguments: &[OsString], work: impl FnOnce() -> Exit) -> Exit {
    let command = shown(arguments);
    abort_with(2);
    set_hook(Box::new(move |info| {
        let _ = std::io::stderr().write_all(message(info, &command).as_bytes());
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Exit::Failed)
}

fn message(info: &PanicHookInfo<'_>, command: &str) -> String {
    let payload = info.payload();
    let what = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let what = what.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned());
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    format!(
        "error: ocstopo has met a mistake of its own; nothing is wrong with how you use it. Please report this:\n  \
         version: {}\n  command: {command}\n  problem: {} ({place})\n",
        env!("CARGO_PKG_VERSION"),
        printable(&what),
    )
}

fn shown(arguments: &[OsString]) -> String {
    let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    printable(&words.join(" ")).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_exit_code() {
        let arguments = ["ocstopo".into(), "check".into(), "a\nb".into()];
        assert_eq!(shown(&arguments), "ocstopo check a b");
        let old = std::panic::take_hook();
        let exit = guarded(&arguments, || panic!("on purpose"));
        set_hook(old);
        assert_eq!(exit, Exit::Failed);
        assert_eq!(guarded(&[], || Exit::Findings), Exit::Findings);
        let _ = std::panic::take_hook();
    }
}
