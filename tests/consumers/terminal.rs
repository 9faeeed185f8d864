//! What a person sees who waits at a terminal.

use crate::generator;
use crate::support::{both, ocstopo, run, text};

/// Runs a program on a terminal, holds it up for more than the second after which something is said, and prints what came there.
const WATCH: &str = r#"
import os, pty, signal, sys, time

pid, terminal = pty.fork()
if pid == 0:
    os.environ.pop("CI", None)
    os.environ["TERM"] = "xterm"
    os.execv(sys.argv[1], sys.argv[1:])
time.sleep(0.2)
os.kill(pid, signal.SIGSTOP)
time.sleep(1.2)
os.kill(pid, signal.SIGCONT)
seen = b""
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        break
    if not part:
        break
    seen += part
os.waitpid(pid, 0)
sys.stdout.buffer.write(seen)
"#;

/// The topology is so large that the program still works when it is held up.
#[test]
fn who_waits_is_told_what_is_being_done() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in generator::files(1000) {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let program = env!("CARGO_BIN_EXE_ocstopo");
    let watch = |arguments: &[&str]| {
        let said = run("python3", &[&["-c", WATCH, program], arguments].concat());
        assert!(said.status.success(), "{}", both(&said));
        String::from_utf8(said.stdout).unwrap()
    };
    let path = text(folder.path());
    let seen = watch(&["check", path]);
    let line = "\rcompiling 1,001 files…\u{1b}[K\r\u{1b}[K";
    assert!(seen.contains(line), "{seen:?}");
    assert!(seen.rsplit_once(line).is_some_and(|(_, rest)| rest.contains("in 1,001 files")), "the summary follows: {seen:?}");
    assert!(!watch(&["check", "--quiet", path]).contains("compiling"), "--quiet says nothing of it");
    let piped = both(&ocstopo(folder.path(), &["check", "."]));
    assert!(!piped.contains("compiling"), "{piped:?}");
}
