//! `ocstopo` compiles a written description of an Office Communications Server 2007 deployment.
//!
//! bytes → `syntax` → `lower` (against `schema`) → `model` → `graph` → `flow` → `lint`, `plan` → `emit` → files.
//! One direction, no way back; ARCHITECTURE.md is the map.

pub mod artifact;
pub mod catalog;
pub mod change;
pub mod cli;
pub mod compile;
pub mod config;
pub mod design;
pub mod diag;
pub mod diagram;
pub mod dial;
pub mod edit;
pub mod emit;
pub mod fix;
pub mod flow;
pub mod fmt;
pub mod formula;
pub mod graph;
pub mod io;
pub mod lint;
pub mod lower;
pub mod model;
pub mod packet;
pub mod plan;
pub mod product;
pub mod query;
pub mod report;
pub mod schema;
pub mod syntax;
pub mod text;
