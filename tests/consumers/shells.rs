//! The completion scripts in real shells: each completes a command, and the values of an option.

use std::path::PathBuf;

use crate::support::{ocstopo, root, run, succeed, text};

/// The script of a shell in a file of this name, in a folder of its own.
fn script(shell: &str, name: &str) -> (tempfile::TempDir, PathBuf) {
    let script = ocstopo(&root(), &["completions", shell]);
    assert!(script.status.success() && script.stderr.is_empty(), "{shell}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, script.stdout).unwrap();
    (folder, file)
}

#[test]
fn bash_completes_commands_and_values() {
    let (_folder, file) = script("bash", "ocstopo.bash");
    let complete = |words: &[&str]| {
        let (last, before) = (words.last().unwrap(), words.len().checked_sub(2).map_or("", |at| words[at]));
        let line: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let run = format!(
            "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; _ocstopo ocstopo '{last}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            file.display(),
            line.join(" "),
            words.len() - 1
        );
        succeed("bash", &["-c", &run]).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let commands = complete(&["ocstopo", ""]);
    for command in ["check", "build", "explain", "completions", "man"] {
        assert!(commands.iter().any(|own| own == command), "{command}: {commands:?}");
    }
    assert_eq!(complete(&["ocstopo", "che"]), ["check"]);
    assert!(complete(&["ocstopo", "check", "--format", ""]).iter().any(|own| own == "sarif"));
}

#[test]
fn fish_completes_commands_and_values() {
    let (_folder, file) = script("fish", "ocstopo.fish");
    let complete = |line: &str| {
        let said = run("fish", &["--no-config", "-c", &format!("source '{}'; complete -C '{line}'", text(&file))]);
        assert!(said.status.success() && said.stderr.is_empty(), "{said:?}");
        let word = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
        String::from_utf8(said.stdout).unwrap().lines().map(word).collect::<Vec<_>>()
    };
    let commands = complete("ocstopo ");
    for command in ["check", "build", "explain", "completions", "man"] {
        assert!(commands.iter().any(|own| own == command), "{command}: {commands:?}");
    }
    assert_eq!(complete("ocstopo che"), ["check"]);
    assert!(complete("ocstopo check --format ").iter().any(|own| own == "sarif"));
}

/// zsh completes in a terminal only: the keys are typed into one.
#[test]
fn zsh_completes_commands_and_values() {
    const TYPE: &str = r#"
import os, pty, select, sys, time

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "dumb"
    os.execvp("zsh", ["zsh", "-f", "-i"])

def until(mark):
    seen, end = "", time.time() + 60
    while mark not in seen:
        if not select.select([terminal], [], [], max(0, end - time.time()))[0]:
            sys.exit(f"no {mark!r} in {seen!r}")
        seen += os.read(terminal, 4096).decode(errors="replace")
    return seen

setting = f"PS1='re''ady> '; fpath=({sys.argv[1]} $fpath); autoload -Uz compinit; compinit -D -u"
os.write(terminal, (setting + "\n").encode())
until("ready> ")
os.write(terminal, b"ocstopo expl\t")
until("ocstopo explain ")
os.write(terminal, b"\x15ocstopo check --format sa\t")
until("--format sarif ")
os.write(terminal, b"\x15exit\n")
"#;
    let (folder, _file) = script("zsh", "_ocstopo");
    // The terminal has the shell's name for the program only; nothing is run.
    succeed("zsh", &["--version"]);
    succeed("python3", &["-c", TYPE, text(folder.path())]);
}
