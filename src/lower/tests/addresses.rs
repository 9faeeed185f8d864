//! Addresses and networks.

use insta::assert_snapshot;

use super::{check, network};

fn address(text: &str) -> String {
    check(&format!("site redmond {{ standard_edition se01 {{ address = {text} }} }}"))
}

#[test]
fn part_above_255() {
    assert_snapshot!(address("10.1.300.4"), @r#"
    OCS0037: `10.1.300.4` is not an address
      0:1:55 `300`: 300 is not from 0 to 255
      help: each part goes from 0 to 255
    "#);
}

#[test]
fn leading_zero() {
    assert_snapshot!(address("10.1.010.4"), @r#"
    OCS0037: `10.1.010.4` is not an address
      0:1:55 `010`: `010` has a leading zero and could be read as octal
      help: write `10.1.10.4`
    "#);
}

#[test]
fn wrong_number_of_parts() {
    assert_snapshot!(address("10.10.0"), @r#"
    OCS0037: `10.10.0` is not an address
      0:1:50 `10.10.0`: 3 parts instead of 4
      help: write four numbers with dots between, as in `10.10.0.11`
    "#);
    assert_snapshot!(address("10.10.0.1.1"), @r#"
    OCS0037: `10.10.0.1.1` is not an address
      0:1:50 `10.10.0.1.1`: 5 parts instead of 4
      help: write four numbers with dots between, as in `10.10.0.11`
    "#);
    assert_snapshot!(address("10..0.1"), @r#"
    OCS0037: `10..0.1` is not an address
      0:1:50 `10..0.1`: a number is missing between two dots
      help: write four numbers, as in `10.10.0.11`
    "#);
}

#[test]
fn network_instead_of_an_address() {
    assert_snapshot!(address("10.10.0.0/22"), @r#"
    OCS0031: expected an address, found a network
      0:1:50 `10.10.0.0/22`: `address` takes an address
      help: write it as in `address = 10.10.0.11`
    "#);
}

#[test]
fn other_things_instead_of_an_address() {
    assert_snapshot!(address("se01"), @r#"
    OCS0031: expected an address, found the word `se01`
      0:1:50 `se01`: `address` takes an address
      help: write it as in `address = 10.10.0.11`
    "#);
    assert_snapshot!(address("20min"), @r#"
    OCS0031: expected an address, found a duration
      0:1:50 `20min`: `address` takes an address
      help: write it as in `address = 10.10.0.11`
    "#);
    assert_snapshot!(address("[10.10.0.11]"), @r#"
    OCS0031: expected an address, found a list
      0:1:50 `[10.10.0.11]`: `address` takes an address
      help: write `address = 10.10.0.11`
      fix: `[10.10.0.11]` -> `10.10.0.11`
    "#);
    assert_snapshot!(address("2.5"), @r#"
    OCS0031: expected an address, found a number with a fraction
      0:1:50 `2.5`: `address` takes an address
      help: write it as in `address = 10.10.0.11`
    "#);
    assert_snapshot!(address("\"nowhere\""), @r#"
    OCS0031: expected an address, found a text in quotes
      0:1:50 `"nowhere"`: `address` takes an address
      help: write it as in `address = 10.10.0.11`
    "#);
    assert_snapshot!(address("\"10.10.0.11\""), @r#"
    OCS0032: expected an address, found a text in quotes
      0:1:50 `"10.10.0.11"`: `address` takes an address
      help: write `10.10.0.11` without quotes
      fix: `"10.10.0.11"` -> `10.10.0.11`
    "#);
}

#[test]
fn port_behind_it() {
    assert_snapshot!(address("10.10.0.11:5061"), @r#"
    OCS0037: `10.10.0.11:5061` is an address with a port
      0:1:60 `:5061`: ports follow from the server's role
      help: write `address = 10.10.0.11`
      fix: `10.10.0.11:5061` -> `10.10.0.11`
    "#);
}

#[test]
fn ipv6() {
    assert_snapshot!(address("fe80::1"), @r#"
    OCS0037: expected an IPv4 address, found the IPv6 address `fe80::1`
      0:1:50 `fe80::1`: IPv6
      help: Office Communications Server 2007 uses IPv4 only; write the server's IPv4 address
    "#);
}

#[test]
fn no_host() {
    assert_snapshot!(address("0.0.0.0"), @r#"
    OCS0037: `0.0.0.0` is not the address of a host
      0:1:50 `0.0.0.0`: addresses from 0.0.0.0 to 0.255.255.255 are not hosts
      help: write the address of the computer in its network
    "#);
    assert_snapshot!(address("127.0.0.1"), @r#"
    OCS0037: `127.0.0.1` is not the address of a host
      0:1:50 `127.0.0.1`: addresses from 127.0.0.0 to 127.255.255.255 mean the computer itself
      help: write the address of the computer in its network
    "#);
    assert_snapshot!(address("224.0.0.1"), @r#"
    OCS0037: `224.0.0.1` is not the address of a host
      0:1:50 `224.0.0.1`: addresses from 224.0.0.0 to 239.255.255.255 mean groups of hosts
      help: write the address of the computer in its network
    "#);
    assert_snapshot!(address("255.255.255.255"), @r#"
    OCS0037: `255.255.255.255` is not the address of a host
      0:1:50 `255.255.255.255`: addresses from 240.0.0.0 on are not in use
      help: write the address of the computer in its network
    "#);
}

#[test]
fn host_bits() {
    assert_snapshot!(network("range = 10.10.0.5/22"), @r#"
    OCS0039: `10.10.0.5/22` is an address inside a network
      0:1:53 `10.10.0.5/22`: the network itself is 10.10.0.0/22
      help: write `10.10.0.0/22`
      fix: `10.10.0.5/22` -> `10.10.0.0/22`
    "#);
}

#[test]
fn prefix_length() {
    assert_snapshot!(network("range = 10.10.0.0/33"), @r#"
    OCS0038: `10.10.0.0/33` is not a network
      0:1:63 `33`: `33` is not from 1 to 32
      help: write the number of bits that all addresses share, from 1 to 32
    "#);
    assert_snapshot!(network("range = 10.10.0.0/0"), @r#"
    OCS0038: `10.10.0.0/0` is not a network
      0:1:63 `0`: this covers every address
      help: the network `internet` is predefined and is not declared
    "#);
    assert_snapshot!(network("range = 10.10.0.0/"), @r#"
    OCS0038: `10.10.0.0/` is not a network
      0:1:63 ``: nothing follows
      help: write the number of bits that all addresses share, from 1 to 32
    "#);
    assert_snapshot!(network("range = 10.10.0.0/255.255.252.0"), @r#"
    OCS0038: `10.10.0.0/255.255.252.0` is not a network
      0:1:63 `255.255.252.0`: a mask instead of a prefix length
      help: write `10.10.0.0/22`
      fix: `10.10.0.0/255.255.252.0` -> `10.10.0.0/22`
    "#);
    assert_snapshot!(network("range = 10.10.0.0/255.0.255.0"), @r#"
    OCS0038: `10.10.0.0/255.0.255.0` is not a network
      0:1:63 `255.0.255.0`: a mask instead of a prefix length
      help: write a prefix length from 1 to 32, as in `10.10.0.0/22`
    "#);
}

#[test]
fn address_instead_of_a_network() {
    assert_snapshot!(network("range = 10.10.0.0"), @r#"
    OCS0031: expected a network, found an address
      0:1:53 `10.10.0.0`: `range` takes a network
      help: write the network's address and the length of its prefix, as in `range = 10.10.0.0/22`
    "#);
    assert_snapshot!(network("range = 10.300.0.0/16"), @r#"
    OCS0037: `10.300.0.0` is not an address
      0:1:56 `300`: 300 is not from 0 to 255
      help: each part goes from 0 to 255
    "#);
    assert_snapshot!(network("range = servers"), @r#"
    OCS0031: expected a network, found the word `servers`
      0:1:53 `servers`: `range` takes a network
      help: write the network's address and the length of its prefix, as in `range = 10.10.0.0/22`
    "#);
}
