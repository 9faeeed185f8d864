//! IPv4 addresses, networks, and addresses with a range in their last part.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::AddressPattern;
use super::describe;
use super::mismatch::wrong_type;
use super::problem::Problem;
use super::ranges::{RANGE_MAX, bounds};
use crate::diag::codes::lowering::{BAD_ADDRESS, BAD_NETWORK, BAD_RANGE, HOST_BITS, RANGE_TOO_LARGE};
use crate::schema::Type;

/// Reads the address of a host.
pub(super) fn address(attr: &str, text: &str) -> Result<Ipv4Addr, Problem> {
    if text.contains(':')
        && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.')
        && text.matches(':').count() > 1
    {
        let problem = Problem::new(BAD_ADDRESS, format!("expected an IPv4 address, found the IPv6 address `{text}`"), "IPv6");
        return Err(problem.help("Office Communications Server 2007 uses IPv4 only; write the server's IPv4 address"));
    }
    if let Some((host, port)) = text.split_once(':')
        && describe::is_dotted(host)
    {
        let problem =
            Problem::new(BAD_ADDRESS, format!("`{text}` is an address with a port"), "ports follow from the server's role");
        let problem = problem.at(host.len()..host.len() + 1 + port.len()).help(format!("write `{attr} = {host}`"));
        return Err(if address(attr, host).is_ok() { problem.rewrite(host) } else { problem });
    }
    if let Some((front, prefix)) = text.split_once('/')
        && describe::is_dotted(front)
        && prefix.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        let address = octets(front)?;
        let problem = wrong_type(attr, &Type::Address, text);
        if network(attr, text).is_ok_and(|network| network.network() == address) || host(front, address).is_err() {
            return Err(problem);
        }
        let help = format!("the prefix belongs to the network: write the address alone, `{attr} = {front}`");
        return Err(problem.help(help).rewrite(front));
    }
    if let Some((front, last)) = text.split_once('-')
        && let (Ok(first), Ok(last)) = (octets(front), last.parse::<u8>())
        && first.octets()[3] < last
    {
        let [a, b, c, first] = first.octets();
        let problem =
            Problem::new(BAD_RANGE, format!("`{text}` is not a range"), "a range is written in brackets, with two dots");
        return Err(problem.rewrite(format!("{a}.{b}.{c}.[{first}..{last}]")));
    }
    if !describe::is_dotted(text) {
        return Err(wrong_type(attr, &Type::Address, text));
    }
    host(text, octets(text)?)
}

/// Reads an address whose last part is a range.
pub(super) fn pattern(attr: &str, text: &str) -> Result<AddressPattern, Problem> {
    let (front, rest) = text.split_once('[').unwrap_or((text, ""));
    if !describe::is_dotted(front) {
        return Err(wrong_type(attr, &Type::Address, text));
    }
    let range = front.len()..text.len();
    if front.matches('.').count() != 3 || !front.ends_with('.') || !rest.ends_with(']') {
        let message = "only the last part of an address can be a range";
        return Err(Problem::new(BAD_RANGE, message, "not the whole last part")
            .at(range)
            .help("write it as in `10.10.0.[11..14]`"));
    }
    let inner = &rest[..rest.len() - 1];
    let (first, last) = bounds(inner).map_err(|problem| problem.shifted(front.len() + 1, inner.len()))?;
    for word in [first, last] {
        if word.len() > 1 && word.starts_with('0') {
            let problem = Problem::new(BAD_RANGE, "an address has no leading zeros", format!("`{word}` could be read as octal"));
            let plain = |word: &str| Some(word.trim_start_matches('0')).filter(|w| !w.is_empty()).unwrap_or("0").to_owned();
            return Err(problem.at(range).rewrite(format!("{front}[{}..{}]", plain(first), plain(last))));
        }
    }
    let (Ok(from), Ok(to)) = (first.parse::<u32>(), last.parse::<u32>()) else {
        return Err(Problem::new(RANGE_TOO_LARGE, format!("`{inner}` is too large"), "too large for a number").at(range));
    };
    if to > 255 {
        let problem = Problem::new(
            BAD_ADDRESS,
            format!("the range `{text}` exceeds the last part of the address"),
            format!("{to} is not from 0 to 255"),
        );
        return Err(problem
            .at(range)
            .help("a range counts in the last part only; write a second block for the addresses above 255"));
    }
    let count = (to - from) as usize + 1;
    debug_assert!(count <= RANGE_MAX);
    let first = host(text, octets(&format!("{front}{from}"))?)?;
    host(text, octets(&format!("{front}{to}"))?)?;
    Ok(AddressPattern { first, count })
}

/// Reads a network: its own address and a prefix length.
pub(super) fn network(attr: &str, text: &str) -> Result<Ipv4Net, Problem> {
    let Some((front, prefix)) = text.split_once('/') else {
        if describe::is_dotted(text) {
            octets(text)?;
        }
        let help = format!("write the network's address and the length of its prefix, as in `{attr} = 10.10.0.0/22`");
        return Err(wrong_type(attr, &Type::Network, text).help(help));
    };
    if !describe::is_dotted(front) {
        return Err(wrong_type(attr, &Type::Network, text));
    }
    let address = octets(front)?;
    let prefix_at = front.len() + 1..text.len();
    let bad = |label: String| Problem::new(BAD_NETWORK, format!("`{text}` is not a network"), label).at(prefix_at.clone());
    if describe::is_dotted(prefix) {
        let problem = bad("a mask instead of a prefix length".into());
        let mask: Option<Ipv4Addr> = prefix.parse().ok();
        return Err(match mask.and_then(|mask| Ipv4Net::with_netmask(address, mask).ok()) {
            Some(net) => problem.rewrite(format!("{}/{}", net.network(), net.prefix_len())),
            None => problem.help("write a prefix length from 1 to 32, as in `10.10.0.0/22`"),
        });
    }
    let length = prefix.parse::<u8>().ok().filter(|length| *length <= 32 && prefix.bytes().all(|b| b.is_ascii_digit()));
    let Some(length) = length else {
        let label = if prefix.is_empty() { "nothing follows".into() } else { format!("`{prefix}` is not from 1 to 32") };
        return Err(bad(label).help("write the number of bits that all addresses share, from 1 to 32"));
    };
    if length == 0 {
        return Err(bad("this covers every address".into()).help("the network `internet` is predefined and is not declared"));
    }
    let Ok(net) = Ipv4Net::new(address, length) else { return Err(bad(format!("`{prefix}` is not from 1 to 32"))) };
    if net.network() != address {
        let own = format!("{}/{length}", net.network());
        let problem =
            Problem::new(HOST_BITS, format!("`{text}` is an address inside a network"), format!("the network itself is {own}"));
        return Err(problem.rewrite(own));
    }
    Ok(net)
}

/// Refuses addresses that no host can have.
fn host(text: &str, address: Ipv4Addr) -> Result<Ipv4Addr, Problem> {
    let why = match address.octets()[0] {
        0 => "addresses from 0.0.0.0 to 0.255.255.255 are not hosts",
        127 => "addresses from 127.0.0.0 to 127.255.255.255 mean the computer itself",
        224..=239 => "addresses from 224.0.0.0 to 239.255.255.255 mean groups of hosts",
        240.. => "addresses from 240.0.0.0 on are not in use",
        _ => return Ok(address),
    };
    let problem = Problem::new(BAD_ADDRESS, format!("`{text}` is not the address of a host"), why);
    Err(problem.help("write the address of the computer in its network"))
}

/// Four numbers from 0 to 255 with dots between.
fn octets(text: &str) -> Result<Ipv4Addr, Problem> {
    let bad = |label: String| Problem::new(BAD_ADDRESS, format!("`{text}` is not an address"), label);
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() != 4 {
        let problem = bad(format!("{} parts instead of 4", parts.len()));
        return Err(problem.help("write four numbers with dots between, as in `10.10.0.11`"));
    }
    let mut octets = [0u8; 4];
    let mut at = 0;
    for (octet, part) in octets.iter_mut().zip(&parts) {
        let place = at..at + part.len();
        at = place.end + 1;
        if part.is_empty() {
            return Err(bad("a number is missing between two dots".into()).help("write four numbers, as in `10.10.0.11`"));
        }
        if part.len() > 1 && part.starts_with('0') {
            let plain: Vec<_> =
                parts.iter().map(|part| part.trim_start_matches('0')).map(|p| if p.is_empty() { "0" } else { p }).collect();
            let problem = bad(format!("`{part}` has a leading zero and could be read as octal")).at(place);
            return Err(problem.help(format!("write `{}`", plain.join("."))));
        }
        *octet = part
            .parse()
            .map_err(|_| bad(format!("{part} is not from 0 to 255")).at(place).help("each part goes from 0 to 255"))?;
    }
    Ok(Ipv4Addr::from(octets))
}
