//! The completion script in a real shell.

use crate::support::{ocstopo, root, succeed};

#[test]
fn bash_completes_commands_and_values() {
    let script = ocstopo(&root(), &["completions", "bash"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ocstopo.bash");
    std::fs::write(&file, script.stdout).unwrap();
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
