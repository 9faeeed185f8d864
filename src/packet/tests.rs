//! The sets against brute force over a universe that is small enough to count.

use proptest::prelude::*;

use super::*;

/// A universe of 2 protocols, 6 addresses and 4 ports on each side.
fn universe() -> impl Iterator<Item = Packet> {
    let numbers = (0..2u8).flat_map(|protocol| (0..6u32).map(move |source| (protocol, source)));
    let numbers = numbers.flat_map(|(protocol, source)| (0..6u32).map(move |destination| (protocol, source, destination)));
    numbers.flat_map(|(protocol, source, destination)| {
        (0..16u16).map(move |ports| Packet {
            protocol,
            source: Ipv4Addr::from_bits(source),
            source_port: ports % 4,
            destination: Ipv4Addr::from_bits(destination),
            destination_port: ports / 4,
        })
    })
}

fn holds(product: &Product, packet: &Packet) -> bool {
    product.protocols.contains(packet.protocol.into())
        && product.sources.contains(packet.source.to_bits())
        && product.source_ports.contains(packet.source_port.into())
        && product.destinations.contains(packet.destination.to_bits())
        && product.destination_ports.contains(packet.destination_port.into())
}

fn ranges(below: u32) -> impl Strategy<Value = Ranges> {
    proptest::collection::vec((0..below, 0..below), 1..3).prop_map(Ranges::new)
}

fn product() -> impl Strategy<Value = Product> {
    (ranges(2), ranges(6), ranges(4), ranges(6), ranges(4)).prop_map(
        |(protocols, sources, source_ports, destinations, destination_ports)| Product {
            protocols,
            sources,
            source_ports,
            destinations,
            destination_ports,
        },
    )
}

fn products() -> impl Strategy<Value = Vec<Product>> {
    proptest::collection::vec(product(), 0..7)
}

proptest! {
    #[test]
    fn a_set_holds_what_its_products_hold(products in products()) {
        let set = Packets::of(&products);
        for packet in universe() {
            prop_assert_eq!(set.contains(&packet), products.iter().any(|product| holds(product, &packet)));
        }
    }

    #[test]
    fn a_difference_holds_each_packet_once(a in product(), b in product()) {
        let left = a.difference(&b);
        for packet in universe() {
            let times = left.iter().filter(|product| holds(product, &packet)).count();
            prop_assert_eq!(times, usize::from(holds(&a, &packet) && !holds(&b, &packet)));
        }
    }

    #[test]
    fn operations_are_those_of_sets(a in products(), b in products()) {
        let (a, b) = (Packets::of(&a), Packets::of(&b));
        let (union, intersection, difference) = (a.union(&b), a.intersection(&b), a.difference(&b));
        for packet in universe() {
            let (in_a, in_b) = (a.contains(&packet), b.contains(&packet));
            prop_assert_eq!(union.contains(&packet), in_a || in_b);
            prop_assert_eq!(intersection.contains(&packet), in_a && in_b);
            prop_assert_eq!(difference.contains(&packet), in_a && !in_b);
        }
        prop_assert_eq!(a == b, difference.is_empty() && b.difference(&a).is_empty());
        prop_assert_eq!(difference.union(&intersection), a.clone());
        prop_assert_eq!(a.union(&b), b.union(&a));
    }

    #[test]
    fn equal_sets_are_equal_values(mut products in products(), seed in any::<u64>()) {
        let set = Packets::of(&products);
        // The same packets in other words: in another order, one of them twice, one of them in two halves.
        let turn = usize::try_from(seed % 7).expect("small");
        let turn = turn.min(products.len());
        products.rotate_left(turn);
        if let Some(first) = products.first().cloned() {
            let half = first.sources.intersection(&Ranges::new([(0, 2)]));
            let other = first.sources.difference(&half);
            products.push(Product { sources: half, ..first.clone() });
            products.push(Product { sources: other, ..first.clone() });
            products.push(first);
            products.swap_remove(0);
        }
        prop_assert_eq!(Packets::of(&products), set);
    }

    #[test]
    fn a_witness_is_of_the_set(products in products()) {
        let set = Packets::of(&products);
        prop_assert_eq!(set.witness().is_none(), set.is_empty());
        prop_assert!(set.witness().is_none_or(|packet| set.contains(&packet)));
    }

    #[test]
    fn ranges_are_sets_of_numbers(a in ranges(40), b in ranges(40)) {
        let (union, both, only, others) = (a.union(&b), a.intersection(&b), a.difference(&b), a.complement());
        for number in 0..41 {
            let (in_a, in_b) = (a.contains(number), b.contains(number));
            prop_assert_eq!(union.contains(number), in_a || in_b);
            prop_assert_eq!(both.contains(number), in_a && in_b);
            prop_assert_eq!(only.contains(number), in_a && !in_b);
            prop_assert_eq!(others.contains(number), !in_a);
        }
        prop_assert_eq!(others.complement(), a.clone());
        prop_assert_eq!(a.networks().into_iter().collect::<Ranges>(), a);
    }
}

#[test]
fn the_ends_of_the_numbers_are_numbers() {
    let all = Ranges::addresses();
    assert!(all.contains(u32::MAX) && all.complement().is_empty());
    assert_eq!(Ranges::default().complement(), all);
    assert_eq!(Ranges::one(u32::MAX).complement(), Ranges::new([(0, u32::MAX - 1)]));
    let everything = Packets::of([&Product::all()]);
    let last = Packet {
        protocol: u8::MAX,
        source: Ipv4Addr::BROADCAST,
        source_port: u16::MAX,
        destination: Ipv4Addr::BROADCAST,
        destination_port: u16::MAX,
    };
    assert!(everything.contains(&last));
    let tcp = Packets::of([&Product::of(TCP)]);
    let rest = everything.difference(&tcp);
    assert!(rest.contains(&last) && rest.intersection(&tcp).is_empty());
    assert_eq!(rest.union(&tcp), everything);
}

#[test]
fn a_difference_shows_a_packet() {
    let product = |net: &str| Product {
        destinations: [net.parse::<Ipv4Net>().expect("a network")].into_iter().collect(),
        destination_ports: Ranges::one(443),
        ..Product::of(TCP)
    };
    let (narrow, wide) = (Packets::of([&product("10.0.0.0/31")]), Packets::of([&product("10.0.0.0/30")]));
    assert!(narrow.difference(&wide).is_empty());
    let shown = wide.difference(&narrow).witness().expect("it is wider").to_string();
    assert_eq!(shown, "tcp 0.0.0.0:0 -> 10.0.0.2:443");
}

#[test]
fn many_rules_with_large_sets_are_compared_in_time() {
    // 4,000 rules of 1,000 sources each, and 4 rules that cover every address: pairs of rules would be 16 million.
    let host = |number: u32| Ranges::one(0x0a00_0000 + 2 * number);
    let sources = Ranges::new((0..1000u32).map(|i| (0x0b00_0000 + 4 * i, 0x0b00_0001 + 4 * i)));
    let mut products: Vec<Product> = (0..4000u32)
        .map(|i| Product {
            sources: sources.clone(),
            destinations: host(i),
            destination_ports: Ranges::one(5060 + i % 40),
            ..Product::of(TCP)
        })
        .collect();
    products.extend((0..4u32).map(|i| Product {
        destination_ports: Ranges::new([(1024 + i, 60000)]),
        sources: host(i),
        ..Product::of(UDP)
    }));
    let set = Packets::of(&products);
    products.reverse();
    assert_eq!(set, Packets::of(&products));
    products.pop();
    assert_eq!(set.difference(&Packets::of(&products)).witness().map(|packet| packet.destination_port), Some(5060));
}
