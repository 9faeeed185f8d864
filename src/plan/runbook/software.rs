//! What computers run or may run: what is declared, else all that the release runs on.

use super::facts::Facts;
use super::instances::Subject;
use super::value::Value;
use crate::catalog::step::{System, systems};
use crate::catalog::{Software, fact};
use crate::model::{Detail, Group, Named, Server, ServerId};
use crate::product::{GroupKind, Relation};
use crate::schema::{Type, blocks};
use crate::text::joined;

/// Computers whose operating system the release does not decide.
const OTHERS: [GroupKind; 4] = [GroupKind::ReverseProxy, GroupKind::MediaGateway, GroupKind::ExchangeUm, GroupKind::UpdateServer];

impl<'a> Facts<'a> {
    /// The operating systems that the computers of a step run or may run.
    pub(super) fn systems(&self, subject: Subject) -> Vec<System> {
        let mut systems: Vec<System> = match self.computers(subject) {
            None => systems(self.inputs.plans.topology.organization.product),
            Some(servers) => servers.into_iter().flat_map(|server| self.systems_of(self.server(server))).collect(),
        };
        systems.sort();
        systems.dedup();
        systems
    }

    /// The computers that a step is done on; `None` where it is done on no declared one.
    pub(super) fn computers(&self, subject: Subject) -> Option<Vec<ServerId>> {
        match subject {
            Subject::Server(server) => Some(vec![server]),
            Subject::Group(group) => Some(self.group(group).servers.clone()),
            Subject::Certificate(at) => {
                let paths = self.certificate(at).installs.iter().map(|install| &install.path);
                let server = |path| match self.inputs.plans.topology.by_path.get(path) {
                    Some(Named::Server(server)) => vec![*server],
                    Some(Named::Group(group)) => self.group(*group).servers.clone(),
                    _ => Vec::new(),
                };
                Some(paths.flat_map(server).collect())
            }
            _ => None,
        }
    }

    fn systems_of(&self, server: &Server) -> Vec<System> {
        match server.operating_system {
            Some(word) => System::of(word).into_iter().collect(),
            None if OTHERS.contains(&self.group(server.group).kind) => System::ALL.to_vec(),
            None => systems(self.inputs.plans.topology.organization.product),
        }
    }

    /// The operating systems of the release, by name.
    pub(super) fn systems_of_release(&self) -> Option<Value> {
        Some(Value::Text(titles("operating_system", "software", &self.allowed("operating_system"))))
    }

    /// The operating systems of a group's computers, by name: those that are declared, else those of the release.
    pub(super) fn systems_of_group(&self, group: &Group) -> Option<Value> {
        let declared: Vec<Option<&str>> = group.servers.iter().map(|server| self.server(*server).operating_system).collect();
        match declared.iter().copied().collect::<Option<Vec<&str>>>() {
            Some(mut words) if !words.is_empty() => {
                words.sort_unstable();
                words.dedup();
                Some(Value::Text(titles("operating_system", "software", &words)))
            }
            _ => self.systems_of_release(),
        }
    }

    /// Whether all computers of a group say what they run.
    pub(super) fn systems_are_declared(&self, group: &Group) -> bool {
        !group.servers.is_empty() && group.servers.iter().all(|server| self.server(*server).operating_system.is_some())
    }

    /// The release of SQL Server of a back end, or of a server with its database on its own computer, by name: the declared one,
    /// else those that the release of the product takes.
    pub(super) fn sql_server(&self, group: &Group) -> Option<Value> {
        let words = match group.detail {
            Detail::BackEnd { .. } => self.databases(group),
            // What is not stated is left to the one who installs it.
            Detail::Records { sql_version: Some(word), .. } if self.partner(group, Relation::BackEnd).is_none() => vec![word],
            _ => Vec::new(),
        };
        (!words.is_empty()).then(|| Value::Text(titles("version", "back_end", &words)))
    }

    /// The releases that the database of a group is of, or that a back end is of: the declared one, else those that the release
    /// of the product takes.
    pub(super) fn databases(&self, group: &Group) -> Vec<&'static str> {
        let version = |group: &Group| match &group.detail {
            Detail::BackEnd { version, .. } => Some(*version),
            _ => None,
        };
        let version = version(group).or_else(|| self.partner(group, Relation::BackEnd).and_then(version));
        version.map(|word| word.map_or_else(|| self.allowed("sql_server"), |word| vec![word])).unwrap_or_default()
    }

    fn allowed(&self, row: &str) -> Vec<&'static str> {
        let row = fact::<Software>(self.inputs.plans.topology.organization.product, row);
        row.map(|row| row.allowed.iter().map(String::as_str).collect()).unwrap_or_default()
    }
}

/// Words of a choice as people call them: `A, B or C`.
fn titles(attr: &str, block: &str, words: &[&str]) -> String {
    let attr = blocks::of_kind(block).next().and_then(|block| block.attr(attr));
    let choices = match attr.map(|attr| &attr.ty) {
        Some(Type::Choice(choices)) => *choices,
        _ => &[],
    };
    // The text behind the name says which product uses it, which is known by now.
    let title = |word: &&str| {
        let doc = choices.iter().find(|choice| choice.word == *word).map_or(*word, |choice| choice.doc);
        doc.split([';', ':']).next().unwrap_or(doc).trim_end_matches('.').to_owned()
    };
    let titles: Vec<String> = words.iter().map(title).collect();
    joined(&titles, "or")
}
