//! Typed reading of a declaration's attributes, with the defaults of the schema filled in.
//!
//! A getter answers `None` when the attribute is neither written nor has a default, or when what was written was refused
//! (lowering has reported that). The place of a default is the block's name.

use std::net::Ipv4Addr;
use std::str::FromStr;

use ipnet::Ipv4Net;

use super::defaults::parse_default;
use super::{Date, Decl, Fqdn, Value};
use crate::text::Spanned;

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $variant:ident, $ty:ty) => {
        $(#[$doc])*
        pub fn $name(&self, name: &str) -> Option<Spanned<$ty>> {
            match self.spanned(name)? {
                Spanned { value: Value::$variant(value), span } => Some(Spanned::new(value, span)),
                _ => None,
            }
        }
    };
}

impl Decl {
    /// The value that the schema gives an attribute which is not written.
    pub fn default_of(&self, name: &str) -> Option<Value> {
        let attr = self.schema.attr(name)?;
        parse_default(&attr.ty, attr.default?)
    }

    /// The value that counts: as written, else the default.
    pub fn value(&self, name: &str) -> Option<Value> {
        self.spanned(name).map(|spanned| spanned.value)
    }

    /// The value that counts with the place to blame for it.
    pub fn spanned(&self, name: &str) -> Option<Spanned<Value>> {
        match self.get(name) {
            Some(written) => Some(written.clone()),
            None => self.default_of(name).map(|value| Spanned::new(value, self.name_span)),
        }
    }

    /// Whether the attribute is written, even with a value that was refused.
    pub fn is_written(&self, name: &str) -> bool {
        self.get(name).is_some() || self.is_refused(name)
    }

    /// Whether the attribute is written with a value that was refused.
    pub fn is_refused(&self, name: &str) -> bool {
        self.refused.contains(&name)
    }

    /// Text, a regular expression or a UNC path.
    pub fn text(&self, name: &str) -> Option<Spanned<&str>> {
        match self.get(name)? {
            Spanned { value: Value::Text(text), span } => Some(Spanned::new(text.as_str(), *span)),
            _ => None,
        }
    }

    /// `true` or `false`; `false` when there is neither value nor default.
    pub fn boolean(&self, name: &str) -> bool {
        matches!(self.value(name), Some(Value::Bool(true)))
    }

    getter!(
        /// A whole number.
        integer, Integer, u64
    );
    getter!(
        /// Percent in hundredths of a percent: `10%` is 1,000.
        percent, Percent, u32
    );
    getter!(
        /// Seconds.
        duration, Duration, u64
    );
    getter!(
        /// Bytes.
        size, Size, u64
    );
    getter!(
        /// Bits per second.
        rate, Rate, u64
    );
    getter!(
        /// Hertz.
        frequency, Frequency, u64
    );
    getter!(
        /// A calendar date.
        date, Date, Date
    );
    getter!(
        /// Minutes after midnight.
        time_of_day, TimeOfDay, u16
    );
    getter!(
        /// A domain name.
        fqdn, Name, Fqdn
    );
    getter!(
        /// An address.
        address, Address, Ipv4Addr
    );
    getter!(
        /// A network.
        network, Network, Ipv4Net
    );
    getter!(
        /// A TCP or UDP port.
        port, Port, u16
    );
    getter!(
        /// A word of a closed choice.
        choice, Choice, &'static str
    );

    /// A reference as written: the words between the dots.
    pub fn reference(&self, name: &str) -> Option<Spanned<&[String]>> {
        match self.get(name)? {
            Spanned { value: Value::Reference(path), span } => Some(Spanned::new(path.as_slice(), *span)),
            _ => None,
        }
    }

    /// The elements of a list as written; none when the attribute is not written (every default list is empty).
    pub fn list(&self, name: &str) -> &[Spanned<Value>] {
        match self.get(name) {
            Some(Spanned { value: Value::List(items), .. }) => items,
            _ => &[],
        }
    }

    /// The words of a list of choices.
    pub fn choices(&self, name: &str) -> impl Iterator<Item = Spanned<&'static str>> {
        self.list(name).iter().filter_map(|item| match item.value {
            Value::Choice(word) => Some(Spanned::new(word, item.span)),
            _ => None,
        })
    }

    /// A word of a list of the product, as its type. The schema offers the words of the same list, so none is lost.
    pub fn word<T: FromStr>(&self, name: &str) -> Option<Spanned<T>> {
        let written = self.choice(name)?;
        Some(Spanned::new(written.value.parse().ok()?, written.span))
    }

    /// Words of a list of the product, each as its type.
    pub fn words<T: FromStr>(&self, name: &str) -> impl Iterator<Item = Spanned<T>> {
        self.choices(name).filter_map(|written| Some(Spanned::new(written.value.parse().ok()?, written.span)))
    }

    /// The references of a list.
    pub fn references(&self, name: &str) -> impl Iterator<Item = Spanned<&[String]>> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Reference(path) => Some(Spanned::new(path.as_slice(), item.span)),
            _ => None,
        })
    }

    /// Texts or regular expressions, of a list or as a single value.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = Spanned<&str>> {
        let of_list = self.list(name).iter().filter_map(|item| Some(Spanned::new(item.value.as_text()?, item.span)));
        self.text(name).into_iter().chain(of_list)
    }

    /// Domain names, of a list or as a single value.
    pub fn names(&self, name: &str) -> impl Iterator<Item = Spanned<&Fqdn>> {
        let single = self.get(name).and_then(|written| Some(Spanned::new(written.value.as_fqdn()?, written.span)));
        single.into_iter().chain(self.fqdns(name))
    }

    /// The addresses of a list.
    pub fn addresses(&self, name: &str) -> impl Iterator<Item = Spanned<Ipv4Addr>> {
        self.list(name).iter().filter_map(|item| match item.value {
            Value::Address(address) => Some(Spanned::new(address, item.span)),
            _ => None,
        })
    }

    /// The domain names of a list.
    pub fn fqdns(&self, name: &str) -> impl Iterator<Item = Spanned<&Fqdn>> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Name(fqdn) => Some(Spanned::new(fqdn, item.span)),
            _ => None,
        })
    }
}

impl Value {
    /// The domain name, if it is one.
    pub fn as_fqdn(&self) -> Option<&Fqdn> {
        if let Value::Name(name) = self { Some(name) } else { None }
    }

    /// The address, if it is one.
    pub fn as_address(&self) -> Option<Ipv4Addr> {
        if let Value::Address(address) = self { Some(*address) } else { None }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// The words of the reference, if it is one.
    pub fn as_reference(&self) -> Option<&[String]> {
        if let Value::Reference(path) = self { Some(path) } else { None }
    }

    /// The word, if it is one of a closed choice.
    pub fn as_choice(&self) -> Option<&'static str> {
        if let Value::Choice(word) = self { Some(word) } else { None }
    }
}
