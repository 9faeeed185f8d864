//! What access lists of ASA and IOS have in common.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, Ranges};

use super::{masked, network, protocol};

/// What the lines that begin with a blank belong to: its kind and its name.
pub type Open = (&'static str, String);

/// A device that is typed into.
pub trait Typed: Sized {
    /// A line of its own; `open` becomes what it opens, or nothing.
    fn line(&mut self, open: &mut Open, line: &str) -> Result<(), String>;

    /// A line of what is open.
    fn inner(&mut self, open: &Open, line: &str) -> Result<(), String>;

    /// Types lines into it; `moment` sees it after each. A line that the device refuses, or that would open an interface, is an
    /// error.
    fn apply(&mut self, text: &str, mut moment: impl FnMut(&Self)) -> Result<(), String> {
        let mut open = Open::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('!')) {
            let done = match line.strip_prefix(' ') {
                Some(inner) => self.inner(&open, inner),
                None => {
                    open = Open::default();
                    self.line(&mut open, line)
                }
            };
            done.map_err(|problem| format!("{problem}: {line}"))?;
            moment(self);
        }
        Ok(())
    }
}

/// Groups of a configuration by name.
#[derive(Default)]
pub struct Groups {
    pub networks: BTreeMap<String, Ranges>,
    pub ports: BTreeMap<String, Ranges>,
}

/// The words of a line that are still to be read.
pub struct Line<'l> {
    pub words: Vec<&'l str>,
    text: &'l str,
}

impl<'l> Line<'l> {
    pub fn new(text: &'l str) -> Self {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        words.reverse();
        Self { words, text }
    }

    pub fn next(&mut self) -> &'l str {
        self.words.pop().unwrap_or_else(|| panic!("it ends too early: {}", self.text))
    }

    /// `any`, `host A`, `object-group G` or `A MASK`; `mask` reads a mask.
    pub fn address(&mut self, groups: &Groups, mask: fn(&str) -> String) -> Ranges {
        match self.next() {
            "any" => Ranges::addresses(),
            "host" => network(self.next()),
            "object-group" => {
                let name = self.next();
                groups.networks.get(name).unwrap_or_else(|| panic!("no group {name}: {}", self.text)).clone()
            }
            address => {
                let mask = mask(self.next());
                if mask == "0.0.0.0" { Ranges::addresses() } else { masked(address, &mask) }
            }
        }
    }

    /// `eq N`, `range A B` or a group of ports; every port where none is named.
    pub fn ports(&mut self, groups: &Groups) -> Ranges {
        let number = |text: &str| text.parse::<u16>().unwrap_or_else(|_| panic!("no port: {text}")).into();
        match self.words.as_slice() {
            [.., "eq"] => {
                self.next();
                Ranges::one(number(self.next()))
            }
            [.., "range"] => {
                self.next();
                let first = number(self.next());
                Ranges::new([(first, number(self.next()))])
            }
            [.., name, "object-group"] if groups.ports.contains_key(*name) => {
                let ports = groups.ports[*name].clone();
                self.next();
                self.next();
                ports
            }
            _ => Ranges::ports(),
        }
    }

    /// `permit tcp SOURCE [PORTS] DESTINATION [PORTS]`, and what is left of the line.
    pub fn rule(mut self, groups: &Groups, mask: fn(&str) -> String) -> (bool, Product, Vec<&'l str>) {
        let permit = match self.next() {
            "permit" => true,
            "deny" => false,
            other => panic!("no action: {other}"),
        };
        let base = match self.next() {
            "ip" => Product::all(),
            word => Product::of(protocol(word)),
        };
        let sources = self.address(groups, mask);
        let source_ports = self.ports(groups);
        let destinations = self.address(groups, mask);
        let destination_ports = self.ports(groups);
        self.words.reverse();
        (permit, Product { sources, source_ports, destinations, destination_ports, ..base }, self.words)
    }
}
