//! Networks and addresses from the ranges that were given.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::question::Question;

/// So many addresses has a block of one kind of server at most: a range counts in the last part of an address only.
pub(super) const MOST_OF_A_KIND: u64 = 250;

/// A network whose addresses are given out one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Supply {
    pub(super) network: Ipv4Net,
    next: u32,
}

impl Supply {
    /// The addresses of a network from the tenth on, of a small one from the second on: the first are those of routers.
    fn new(network: Ipv4Net) -> Self {
        let first = u32::from(network.network());
        Self { network, next: first + if network.prefix_len() <= 26 { 10 } else { 2 } }
    }

    /// The first address of the next ones.
    pub(super) fn take(&mut self, count: u64) -> Result<u32, String> {
        let network = self.network;
        let room =
            |first: u32, count: u32| first.checked_add(count - 1).is_some_and(|last| last < u32::from(network.broadcast()));
        let small = || format!("{network} has too few addresses: give a larger range");
        let count = u32::try_from(count.max(1)).map_err(|_| small())?;
        // A range stays within the last part.
        let first = if self.next % 256 + count > 255 { (self.next / 256 + 1) * 256 + 10 } else { self.next };
        if !room(first, count) {
            return Err(small());
        }
        self.next = first + count;
        Ok(first)
    }

    /// One address.
    pub(super) fn one(&mut self) -> Result<String, String> {
        Ok(Ipv4Addr::from(self.take(1)?).to_string())
    }

    /// Addresses of a range of servers: `10.0.0.[11..14]`.
    pub(super) fn range(&mut self, count: u64) -> Result<String, String> {
        let first = self.take(count)?;
        let [a, b, c, d] = Ipv4Addr::from(first).octets();
        Ok(match count {
            0 | 1 => format!("{a}.{b}.{c}.{d}"),
            _ => format!("{a}.{b}.{c}.[{d}..{}]", u64::from(d) + count - 1),
        })
    }

    /// Several addresses of one attribute: `[10.0.0.8, 10.0.0.9]`.
    pub(super) fn list(&mut self, count: u64) -> Result<String, String> {
        let first = self.take(count)?;
        let all: Vec<String> = (0..count.max(1) as u32).map(|at| Ipv4Addr::from(first + at).to_string()).collect();
        Ok(format!("[{}]", all.join(", ")))
    }

    /// Goes on at the next full network of 256 addresses, where one is left.
    pub(super) fn skip(&mut self) {
        let next = (self.next / 256 + 1) * 256 + 10;
        if next < u32::from(self.network.broadcast()) {
            self.next = next;
        }
    }
}

/// The networks of all sites.
#[derive(Debug)]
pub(super) struct AddressPlan {
    pub(super) servers: Supply,
    pub(super) gateways: Supply,
    pub(super) admins: Ipv4Net,
    pub(super) inside: Supply,
    pub(super) outside: Supply,
    /// The clients of each site.
    pub(super) clients: Vec<Ipv4Net>,
}

impl AddressPlan {
    /// Each site has an equal part of the internal range: the upper half is for clients, the lower for servers.
    pub(super) fn of(question: &Question, pools: u64) -> Result<Self, String> {
        let internal = question.internal.value;
        let bits = question.sites.len().max(1).next_power_of_two().trailing_zeros();
        let bits = u8::try_from(bits).unwrap_or(u8::MAX);
        let small = |least: u8| {
            format!(
                "the internal range {internal} is too small for {} sites: it needs to be /{least} or larger",
                question.sites.len()
            )
        };
        // A /22 of each site: 256 servers, gateways, administrators and clients.
        let largest = if pools > 1 { 12 } else { 16 };
        let prefix = internal.prefix_len().saturating_add(bits).max(largest);
        if prefix > 22 {
            return Err(small(22_u8.saturating_sub(bits)));
        }
        let parts = |network: Ipv4Net, prefix: u8| network.subnets(prefix).map_err(|error| error.to_string());
        let sites: Vec<Ipv4Net> = parts(internal, prefix)?.take(question.sites.len().max(1)).collect();
        let Some(center) = sites.first().copied() else { return Err(small(22)) };
        let upper = |network: Ipv4Net| parts(network, prefix + 1)?.nth(1).ok_or_else(|| small(22));
        let lower = parts(center, prefix + 1)?.next().ok_or_else(|| small(22))?;
        // The first half of that for servers, the last two networks of 128 for gateways and administrators.
        let servers = parts(lower, prefix + 2)?.next().ok_or_else(|| small(22))?;
        let rest = parts(lower, prefix + 2)?.nth(1).ok_or_else(|| small(22))?;
        let mut small_ones = parts(rest, rest.prefix_len().max(24) + 1)?;
        let (Some(gateways), Some(admins)) = (small_ones.next(), small_ones.next()) else { return Err(small(22)) };
        let perimeter = question.perimeter.value;
        if perimeter.prefix_len() > 26 {
            return Err(format!("the perimeter range {perimeter} is too small: it needs to be /26 or larger"));
        }
        Ok(Self {
            servers: Supply::new(servers),
            gateways: Supply::new(gateways),
            admins,
            inside: Supply::new(perimeter),
            outside: Supply::new(question.public.value),
            clients: sites.into_iter().map(upper).collect::<Result<_, _>>()?,
        })
    }
}
