//! nftables, as the kernel lists it.

use ocstopo::packet::Packets;

use super::{ANY, Reading};
use crate::support::kernel::{Allowed, read_back};

pub fn read(text: &str) -> Reading {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rules.nft");
    std::fs::write(&file, text).expect("a file");
    let filter = read_back(&file);
    assert_eq!(filter.policy, "drop");
    let products: Vec<_> = filter.accepts.iter().map(Allowed::product).collect();
    let mut reading = Reading { nats: filter.nats, ..Reading::default() };
    if !products.is_empty() {
        reading.opens.insert((ANY.to_owned(), ANY.to_owned()), Packets::of(&products));
    }
    reading
}
