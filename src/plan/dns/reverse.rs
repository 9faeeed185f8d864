//! The way back: for each address inside the name that it belongs to. A record is made only where the name leads to the address
//! too.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use rustc_hash::{FxHashMap, FxHashSet};

use super::RecordData;
use super::records::Draft;
use crate::lower::Fqdn;
use crate::model::Topology;
use crate::product::Side;

/// The parent of all reverse zones.
const TOP: &str = "in-addr.arpa";

/// If an address has several names, the first kind counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The server's own.
    Server,
    /// The one of the pool, array or service behind a virtual address.
    Endpoint,
    /// Any other.
    Other,
}

/// The records of reverse zones, from those of the internal view.
pub(super) fn records(
    topology: &Topology,
    names: &BTreeMap<Fqdn, BTreeMap<RecordData, Draft>>,
) -> BTreeMap<Fqdn, BTreeMap<RecordData, Draft>> {
    let own: FxHashSet<&Fqdn> = topology.servers.iter().filter_map(|server| server.fqdn.as_ref()).collect();
    let inside = topology.endpoints.iter().filter(|endpoint| endpoint.side == Side::Inside);
    let shared: FxHashSet<&Fqdn> = inside.filter_map(|endpoint| endpoint.fqdn.as_ref()).map(|name| &name.value).collect();
    let mut best: FxHashMap<Ipv4Addr, (Rank, &Fqdn, &Draft)> = FxHashMap::default();
    for (name, records) in names {
        let rank = match (own.contains(name), shared.contains(name)) {
            (true, _) => Rank::Server,
            (_, true) => Rank::Endpoint,
            _ => Rank::Other,
        };
        for (data, draft) in records {
            let RecordData::A(address) = data else { continue };
            let candidate = (rank, name, draft);
            let known = best.entry(*address).or_insert(candidate);
            if (rank, name) < (known.0, known.1) {
                *known = candidate;
            }
        }
    }
    let record = |(address, (_, name, draft)): (Ipv4Addr, (Rank, &Fqdn, &Draft))| {
        let mut draft = draft.clone();
        let data = RecordData::Ptr(name.clone());
        draft.claim.data = format!("{} {data}", data.record_type().word());
        for reason in &mut draft.reasons {
            reason.purpose = format!("the name of the address, in reverse: {}", reason.purpose);
        }
        Some((owner(address)?, BTreeMap::from([(data, draft)])))
    };
    // The map of names brings them into order.
    best.into_iter().filter_map(record).collect()
}

/// `10.0.10.10.in-addr.arpa`.
fn owner(address: Ipv4Addr) -> Option<Fqdn> {
    let [a, b, c, d] = address.octets();
    Fqdn::parse(&format!("{d}.{c}.{b}.{a}.{TOP}")).ok()
}
