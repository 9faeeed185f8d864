//! One file for each command: its arguments, its help and what it does.

pub(super) mod build;
pub(super) mod catalog;
pub(super) mod cert;
pub(super) mod check;
pub(super) mod dns;
pub(super) mod explain;
pub(super) mod flows;
pub(super) mod fmt;
pub(super) mod schema;
pub(super) mod trace;
pub(super) mod why;
