//! stub
/// h
#[derive(Debug)]
pub struct Hop;
/// t
#[derive(Debug)]
pub struct Traced;
/// t
pub fn trace() {}
