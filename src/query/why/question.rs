//! What can be asked, and how it is written.

use std::net::Ipv4Addr;

use crate::catalog::RecordType;
use crate::lower::Fqdn;
use crate::packet::{Product, Ranges, TCP, UDP};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// About packets: `tcp 10.0.0.1 -> 10.0.0.2:5061`.
    Packet(PacketQuestion),
    /// About a rule, by its id.
    Rule(String),
    /// About a name on certificates: `cert sip.contoso.com`; in lower case.
    Certificate(String),
    /// About a name: `dns sip.contoso.com A`.
    Name(NameQuestion),
}

/// A name, and the type of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameQuestion {
    /// The name.
    pub name: Fqdn,
    /// The type; `None` for any.
    pub record: Option<RecordType>,
}

/// Packets from one address to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PacketQuestion {
    /// The number of the protocol.
    pub protocol: u8,
    /// Their source.
    pub source: Ipv4Addr,
    /// Their source port; `None` for any.
    pub source_port: Option<u16>,
    /// Where they go.
    pub destination: Ipv4Addr,
    /// The port that they go to; `None` for any.
    pub destination_port: Option<u16>,
}

impl Question {
    /// Reads a question: what begins with `dns` is about a name, what begins with `cert` about a name on certificates, what has
    /// an arrow is about packets, anything else the id of a rule.
    pub fn read(text: &str) -> Result<Self, String> {
        if let Some(name) = dns(text) {
            return name.map(Question::Name);
        }
        let first = text.split_whitespace().next().unwrap_or_default();
        if first.eq_ignore_ascii_case("cert") {
            return certificate(text.trim_start().get(first.len()..).unwrap_or_default().trim());
        }
        match text.split_once("->") {
            Some((from, to)) => packet(from.trim(), to.trim()).map(Question::Packet),
            None => Ok(Question::Rule(text.trim().to_owned())),
        }
    }
}

impl PacketQuestion {
    /// The packets that are asked about.
    pub fn product(&self) -> Product {
        let ports = |port: Option<u16>| port.map_or_else(Ranges::ports, |port| Ranges::one(port.into()));
        Product {
            sources: Ranges::one(self.source.to_bits()),
            source_ports: ports(self.source_port),
            destinations: Ranges::one(self.destination.to_bits()),
            destination_ports: ports(self.destination_port),
            ..Product::of(self.protocol)
        }
    }
}

impl std::fmt::Display for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Question::Packet(packet) => packet.fmt(f),
            Question::Rule(id) => f.write_str(id),
            Question::Certificate(name) => write!(f, "cert {name}"),
            Question::Name(NameQuestion { name, record: None }) => write!(f, "dns {name}"),
            Question::Name(NameQuestion { name, record: Some(kind) }) => write!(f, "dns {name} {}", kind.word()),
        }
    }
}

impl std::fmt::Display for PacketQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = |address: Ipv4Addr, port: Option<u16>| match port {
            Some(port) => format!("{address}:{port}"),
            None => address.to_string(),
        };
        let word = if self.protocol == TCP { "tcp" } else { "udp" };
        write!(f, "{word} {} -> {}", end(self.source, self.source_port), end(self.destination, self.destination_port))
    }
}

/// Reads a question that begins with `dns`; `None` where it begins with anything else.
fn dns(text: &str) -> Option<Result<NameQuestion, String>> {
    let mut words = text.split_whitespace();
    words.next().filter(|word| word.eq_ignore_ascii_case("dns"))?;
    Some(name(&words.collect::<Vec<_>>()))
}

fn name(words: &[&str]) -> Result<NameQuestion, String> {
    const FORM: &str = "write a name and a type, as in \"dns sip.contoso.com A\"";
    let (name, kind) = match words {
        [name] => (name, None),
        [name, kind] => (name, Some(kind)),
        _ => return Err(FORM.to_owned()),
    };
    let name =
        Fqdn::parse(name.strip_suffix('.').unwrap_or(name)).map_err(|why| format!("`{name}` is no name: {why}; {FORM}"))?;
    let read = |kind: &str| {
        let known = RecordType::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(kind));
        let words: Vec<&str> = RecordType::ALL.iter().map(|known| known.word()).collect();
        known.ok_or_else(|| format!("expected {} as the type, not `{kind}`", words.join(" or ")))
    };
    Ok(NameQuestion { name, record: kind.map(|kind| read(kind)).transpose()? })
}

fn certificate(name: &str) -> Result<Question, String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    match name.is_empty() || name.contains(char::is_whitespace) {
        true => Err(format!("expected one name behind `cert`, such as `cert sip.contoso.com`, not `{name}`")),
        false => Ok(Question::Certificate(name.to_ascii_lowercase())),
    }
}

fn packet(from: &str, to: &str) -> Result<PacketQuestion, String> {
    let Some((word, from)) = from.split_once(char::is_whitespace) else {
        return Err(format!("expected `tcp` or `udp` and an address before the arrow, not `{from}`"));
    };
    let protocol = match word.to_ascii_lowercase().as_str() {
        "tcp" => TCP,
        "udp" => UDP,
        _ => return Err(format!("expected `tcp` or `udp`, not `{word}`: the product speaks nothing else through firewalls")),
    };
    let (source, source_port) = end(from.trim())?;
    let (destination, destination_port) = end(to)?;
    Ok(PacketQuestion { protocol, source, source_port, destination, destination_port })
}

/// `10.0.0.1` or `10.0.0.1:5061`.
fn end(text: &str) -> Result<(Ipv4Addr, Option<u16>), String> {
    let (address, port) = text.split_once(':').map_or((text, None), |(address, port)| (address, Some(port)));
    let address = address.parse().map_err(|_| format!("expected an address such as 10.0.0.1 or 10.0.0.1:5061, not `{text}`"))?;
    let port = port.map(|port| port.parse().map_err(|_| format!("expected a port from 0 to 65535, not `{port}`"))).transpose()?;
    Ok((address, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_read() {
        for text in ["tcp 131.107.155.12:5061 -> 10.10.0.21", "udp 10.0.0.1 -> 10.0.0.2:3478", "tcp 10.0.0.1:1 -> 10.0.0.2:2"] {
            match Question::read(text) {
                Ok(Question::Packet(packet)) => assert_eq!(packet.to_string(), text),
                other => panic!("{text}: {other:?}"),
            }
        }
        assert_eq!(Question::read("P05a~d07ba0a6"), Ok(Question::Rule("P05a~d07ba0a6".to_owned())));
        for text in ["cert sip.contoso.com", " CERT  Sip.Contoso.com. "] {
            assert_eq!(Question::read(text), Ok(Question::Certificate("sip.contoso.com".to_owned())));
        }
    }

    #[test]
    fn invalid_questions_are_reported() {
        let refusal = |text: &str| Question::read(text).expect_err("no question");
        insta::assert_snapshot!(refusal("icmp 10.0.0.1 -> 10.0.0.2"), @"expected `tcp` or `udp`, not `icmp`: the product speaks nothing else through firewalls");
        insta::assert_snapshot!(refusal("10.0.0.1 -> 10.0.0.2"), @"expected `tcp` or `udp` and an address before the arrow, not `10.0.0.1`");
        insta::assert_snapshot!(refusal("tcp pool01 -> 10.0.0.2"), @"expected an address such as 10.0.0.1 or 10.0.0.1:5061, not `pool01`");
        insta::assert_snapshot!(refusal("tcp 10.0.0.1:x -> 10.0.0.2"), @"expected a port from 0 to 65535, not `x`");
        insta::assert_snapshot!(refusal("cert"), @"expected one name behind `cert`, such as `cert sip.contoso.com`, not ``");
        insta::assert_snapshot!(refusal("cert a.com b.com"), @"expected one name behind `cert`, such as `cert sip.contoso.com`, not `a.com b.com`");
        insta::assert_snapshot!(refusal("tcp 10.0.0.1 -> "), @"expected an address such as 10.0.0.1 or 10.0.0.1:5061, not ``");
    }
}
