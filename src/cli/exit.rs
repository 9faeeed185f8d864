//! How a command ends.

use std::process::ExitCode;

use crate::io::FileError;

/// The exit codes of every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// 0
    Fine,
    /// 1: findings at or above the denied level, or files that are not as they should be.
    Findings,
    /// 2: usage, input or output failed.
    Failed,
}

impl Exit {
    /// [`Exit::Findings`] if something was found.
    pub(super) fn found(something: bool) -> Self {
        if something { Exit::Findings } else { Exit::Fine }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) struct Failure {
    /// A line or more each; none if all is said already.
    pub(super) problems: Vec<String>,
}

impl From<String> for Failure {
    fn from(problem: String) -> Self {
        Self { problems: vec![problem] }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        error.to_string().into()
    }
}

impl From<Vec<FileError>> for Failure {
    fn from(errors: Vec<FileError>) -> Self {
        Self { problems: errors.iter().map(ToString::to_string).collect() }
    }
}
