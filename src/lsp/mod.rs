//! The language server: the protocol around `ide`. Input: messages of an editor. Output: answers, and the findings of each topology
//! while it is written. All state is in one thread; a second one only takes messages in, so that a request can be cancelled while
//! another one is answered.

mod answer;
mod capability;
mod convert;
mod diagnostic;
mod document;
mod position;
mod queue;
mod server;
mod topology;
mod uri;
mod workspace;

pub use server::{LspError, serve};

#[cfg(test)]
mod tests;
