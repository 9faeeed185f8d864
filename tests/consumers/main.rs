//! What is built, judged by those who receive it: the kernel, BIND, openssl, HAProxy, nginx, and readers of the forms whose
//! consumers are not at hand. Needs root and the programs of `tests/run`.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the real consumers are other programs, and they read files")]

#[path = "../../benches/generator/mod.rs"]
mod generator;
#[path = "../support/mod.rs"]
mod support;

mod artifact_files;
mod artifacts;
mod balancers;
mod bind;
mod calendar;
mod certificates;
mod dialects;
mod editors;
mod faults;
mod injection;
mod meaning;
mod openssl;
mod packaging;
mod packets;
mod pages;
mod pictures;
mod publishing;
mod revisions;
mod shells;
mod terminal;
