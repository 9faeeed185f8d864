//! Files of certificates that are passed to a command.

use std::path::PathBuf;

use crate::io::read_bytes;
use crate::query::cert_check::{self, CertificateFile, Unreadable};

/// All files that can be read, and what is wrong with the others.
pub(super) fn read(paths: &[PathBuf]) -> (Vec<CertificateFile>, Vec<String>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match read_bytes(path, "stdin") {
            Ok((name, bytes)) => match cert_check::read(&name, &bytes) {
                Ok(file) => files.push(file),
                Err(errors) => problems.extend(unreadable(&name, &errors)),
            },
            Err(error) => problems.push(error.to_string()),
        }
    }
    (files, problems)
}

/// What is wrong with a file: the first problems, and how many more there are.
fn unreadable(name: &str, errors: &[Unreadable]) -> Vec<String> {
    const SHOWN: usize = 100;
    let problems = errors.iter().take(SHOWN).map(|error| format!("{}: {}", error.name, error.problem));
    let more = errors.len().saturating_sub(SHOWN);
    problems.chain((more > 0).then(|| format!("{name}: {more} more blocks cannot be read"))).collect()
}
