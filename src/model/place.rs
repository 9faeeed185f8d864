//! Addresses in networks: each is in exactly one, is no network or broadcast address, and belongs to one thing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::holder::Holder;
use super::ranges::{NetworkRanges, Range};
use super::slip::slips;
use super::{Network, NetworkId};
use crate::diag::codes::model::{DUPLICATE_ADDRESS, NO_NETWORK, OVERLAP, RESERVED_ADDRESS};
use crate::diag::{Diag, Fact};
use crate::lower::Decl;
use crate::text::{Span, Spanned};

/// The site of addresses in no network, and the number of networks below them.
type Gap = (Option<Span>, usize);

/// Places addresses and remembers who holds them.
#[derive(Debug)]
pub(super) struct Places {
    ranges: NetworkRanges,
    /// None is empty.
    holders: BTreeMap<Ipv4Addr, Vec<Holder>>,
    /// Addresses in no network.
    outside: RefCell<Vec<Spanned<Ipv4Addr>>>,
    /// Whether all networks could be read.
    complete: bool,
}

impl Places {
    /// Sorts the networks by address; overlapping ones are reported with both places. Where they are not `complete`, an address
    /// that is in none of them is not reported.
    pub(super) fn new(networks: &[Network], complete: bool, diags: &mut Vec<Diag>) -> Self {
        let ranges = NetworkRanges::new(networks);
        // Prefixes are nested or disjoint, so it is enough to compare with the widest one seen so far.
        let mut widest: Option<(u32, NetworkId)> = None;
        for &Range { first, last, network: id, .. } in ranges.iter() {
            match widest {
                Some((end, outer)) if first <= end => overlap(&networks[outer.index()], &networks[id.index()], diags),
                _ => {}
            }
            if widest.is_none_or(|(end, _)| last > end) {
                widest = Some((last, id));
            }
        }
        Self { ranges, holders: BTreeMap::new(), outside: RefCell::default(), complete }
    }

    /// The network of an address; reports an address that is in none or that no server can have.
    pub(super) fn place(&self, address: Spanned<Ipv4Addr>, networks: &[Network], diags: &mut Vec<Diag>) -> Option<NetworkId> {
        // Nested ranges are already an error; here the narrowest around the address counts.
        let Some(id) = self.ranges.around(address.value) else {
            if self.complete {
                self.outside.borrow_mut().push(address);
            }
            return None;
        };
        let network = &networks[id.index()];
        let range = network.range;
        if range.prefix_len() < 31 && (address.value == range.network() || address.value == range.broadcast()) {
            let what = if address.value == range.network() { "network" } else { "broadcast" };
            let diag = Diag::error(
                RESERVED_ADDRESS,
                format!("{} is the {what} address of `{}`", address.value, network.path),
                address.span,
                "no server can have this address",
            )
            .help(format!("use an address from {} to {}", offset(range.network(), 1), offset(range.broadcast(), -1)));
            diags.push(match network.span {
                Some(span) => diag.related(span, format!("`{}` is {range}", network.path)),
                None => diag,
            });
        }
        Some(id)
    }

    /// Gives an address to a holder; one that has another holder already, on another computer, is reported with both places.
    pub(super) fn hold(&mut self, address: Ipv4Addr, holder: Holder, diags: &mut Vec<Diag>) {
        let holders = self.holders.entry(address).or_default();
        if let Some(taken) = holders.first().filter(|_| !holders.iter().any(|taken| taken.may_share(&holder))) {
            let (first, second) = if taken.span <= holder.span { (taken, &holder) } else { (&holder, taken) };
            let mut help = "give one of them another address of its network".to_owned();
            if let Some(way) = first.on_one_computer(second) {
                help += &format!("; or, {way}");
            }
            diags.push(
                Diag::error(
                    DUPLICATE_ADDRESS,
                    format!("{address} is given to both {} and {}", first.name, second.name),
                    second.span,
                    format!("{} uses it too", second.name),
                )
                .related(first.span, format!("{} uses it already", first.name))
                .help(help),
            );
        } else {
            holders.push(holder);
        }
    }

    /// The networks by address, and every address with a holder, with the holder's name.
    pub(super) fn into_parts(self) -> (NetworkRanges, BTreeMap<Ipv4Addr, String>) {
        let names = self.holders.into_iter().filter_map(|(address, holders)| Some((address, holders.into_iter().next()?.name)));
        (self.ranges, names.collect())
    }

    /// The first address that nothing holds in the network of what is declared in a block, after the first that is held there.
    pub(super) fn free_beside(&self, block: Span, networks: &[Network]) -> Option<Ipv4Addr> {
        let within = |span: Span| span.file == block.file && block.start <= span.start && span.end <= block.end;
        let first = self
            .holders
            .iter()
            .find(|(_, holders)| holders.iter().any(|holder| within(holder.span)))
            .map(|(address, _)| *address)?;
        let range = networks[self.ranges.around(first)?.index()].range;
        free_after(range, first, |address| self.holders.contains_key(&address)).next()
    }

    /// An address of a declared network that the written one is one slip away from, where all such addresses are in one network.
    fn meant(&self, written: Ipv4Addr) -> Option<(Ipv4Addr, NetworkId)> {
        let mut near = slips(written).into_iter().filter_map(|address| Some((address, self.ranges.around(address)?)));
        let (address, network) = near.next()?;
        near.all(|(_, other)| other == network).then_some((address, network))
    }

    /// The findings of addresses in no network. Those of one site without a network between them have one cause, and one finding.
    pub(super) fn in_no_network(&self, networks: &[Network], sites: &[&Decl]) -> Vec<Diag> {
        let mut blocks: Vec<(Span, Span)> = sites.iter().map(|site| (site.span, site.name_span)).collect();
        blocks.sort_unstable();
        let site_of = |span: Span| {
            let before = blocks.partition_point(|(block, _)| (block.file, block.start) <= (span.file, span.start));
            let (block, name) = blocks[..before].last()?;
            (block.file == span.file && span.end <= block.end).then_some(*name)
        };
        let mut gaps: BTreeMap<Gap, Vec<(Span, Ipv4Addr)>> = BTreeMap::new();
        for address in self.outside.take() {
            let below = self.ranges.up_to(address.value);
            gaps.entry((site_of(address.span), below)).or_default().push((address.span, address.value));
        }
        let mut diags = Vec::new();
        for ((site, _), mut addresses) in gaps {
            addresses.sort_unstable();
            addresses.dedup();
            diags.push(self.of_gap(site, &addresses, networks));
        }
        diags
    }

    fn of_gap(&self, site: Option<Span>, addresses: &[(Span, Ipv4Addr)], networks: &[Network]) -> Diag {
        const SHOWN: usize = 3;
        let (span, value) = addresses[0];
        let is_one_place = addresses.iter().all(|(other, _)| *other == span);
        let mut diag = self.outside_all(Spanned::new(value, span), addresses.len() - 1, is_one_place, networks);
        let mut places: Vec<(Span, Ipv4Addr)> = addresses.iter().copied().filter(|(other, _)| *other != span).collect();
        places.dedup_by_key(|(place, _)| *place);
        for (index, (place, address)) in places.iter().take(SHOWN).enumerate() {
            let more = if index + 1 == SHOWN { places.len() - SHOWN } else { 0 };
            let and = if more == 0 { String::new() } else { format!(", and in {more} more places") };
            diag = diag.related(*place, format!("{address} as well{and}"));
        }
        // It may be in a network that is not declared, or that could not be read.
        diag.needs(Fact::References("network", site)).needs(Fact::Names("network", site))
    }

    /// An address in no network, and how many others there are near it.
    fn outside_all(&self, address: Spanned<Ipv4Addr>, others: usize, is_one_place: bool, networks: &[Network]) -> Diag {
        let bits = address.value.to_bits();
        let distance = |first: u32, last: u32| if bits < first { first - bits } else { bits.saturating_sub(last) };
        let beside = self.ranges.iter().skip(self.ranges.up_to(address.value).saturating_sub(1)).take(2);
        let nearest = beside.min_by_key(|range| distance(range.first, range.last)).map(|range| range.network);
        let message = match others {
            0 => format!("{} is in no declared network", address.value),
            1 => format!("{} and another address are in no declared network", address.value),
            more => format!("{} and {more} other addresses are in no declared network", address.value),
        };
        let diag = Diag::error(NO_NETWORK, message, address.span, "no `network` range contains this address");
        // Several places are no slip of the keyboard.
        let meant = self.meant(address.value).filter(|_| is_one_place);
        match meant.map(|(_, id)| id).or(nearest).map(|id| &networks[id.index()]) {
            Some(network) => {
                let diag = diag.help(match meant {
                    Some((meant, _)) if others == 0 => format!("did you mean `{meant}`, an address of `{}`?", network.path),
                    Some((meant, _)) => format!("did you mean addresses of `{}`, such as `{meant}`?", network.path),
                    None => format!(
                        "the nearest network is `{}` ({}): correct the address, widen the range, or declare another `network`",
                        network.path, network.range
                    ),
                });
                match network.span {
                    Some(span) => diag.related(span, format!("`{}` is {}", network.path, network.range)),
                    None => diag,
                }
            }
            None => diag.help("declare a network: `network servers { zone = internal  range = 10.10.0.0/22 }`"),
        }
    }
}

fn overlap(outer: &Network, inner: &Network, diags: &mut Vec<Diag>) {
    let (Some(a), Some(b)) = (outer.span, inner.span) else { return };
    let (first, second, span, other) = if a <= b { (outer, inner, b, a) } else { (inner, outer, a, b) };
    diags.push(
        Diag::error(
            OVERLAP,
            format!("networks `{}` ({}) and `{}` ({}) overlap", first.path, first.range, second.path, second.range),
            span,
            "an address in both would be in two places",
        )
        .related(other, format!("`{}` is declared here", first.path))
        .help("give the two networks ranges that share no address"),
    );
}

/// The addresses of a network that a server can have and nothing holds, from the one after `first`.
pub(super) fn free_after(range: Ipv4Net, first: Ipv4Addr, is_held: impl Fn(Ipv4Addr) -> bool) -> impl Iterator<Item = Ipv4Addr> {
    let hosts = (first.to_bits().saturating_add(1)..=range.broadcast().to_bits()).map(Ipv4Addr::from_bits);
    hosts.filter(move |address| (range.prefix_len() >= 31 || *address != range.broadcast()) && !is_held(*address))
}

fn offset(address: Ipv4Addr, by: i64) -> Ipv4Addr {
    Ipv4Addr::from_bits((i64::from(address.to_bits()) + by) as u32)
}
