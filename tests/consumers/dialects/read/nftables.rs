//! nftables, as the kernel lists it.

use ocstopo::packet::Packets;

use super::{ANY, Judge, MASK, Names, PORT, Reading, SWAP};
use crate::support::kernel::{Allowed, read_back};

pub const JUDGE: Judge = Judge {
    word: "nftables",
    read,
    names: Names::Neither,
    translates: true,
    comment: '#',
    typed: false,
    mutations: [
        (PORT, "tcp dport 5061 accept", "tcp dport 0-65535 accept"),
        (SWAP, "ip saddr 172.16.1.0/24 ip daddr 10.10.0.10", "ip saddr 10.10.0.10 ip daddr 172.16.1.0/24"),
        (MASK, "ip saddr 172.16.1.0/24", "ip saddr 172.16.0.0/23"),
    ],
    limits: &[],
};

fn read(text: &str) -> Reading {
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
