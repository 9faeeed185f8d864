//! The files of a release, read and checked with the types of their rows, and stored (`store`). The build script does that; the program
//! has what is stored and none of this. Tests read files with single faults.

pub(crate) mod store;

mod requirements;
pub(super) mod steps;
mod traffic;

#[cfg(test)]
mod tests_refusals;
