//! Numbers, units, dates and times.

use insta::assert_snapshot;

use super::{check, check_files, server};

fn balancer(attr: &str) -> String {
    check(&format!("site redmond {{ load_balancer lb {{ nat = snat  {attr} }} }}"))
}

fn hardware(attr: &str) -> String {
    server(&format!("hardware {{ {attr} }}"))
}

fn link(attr: &str) -> String {
    check(&format!("wan_link l {{ joins = [a, b]  {attr} }}"))
}

#[test]
fn no_such_unit() {
    assert_snapshot!(balancer("idle_timeout = 20monkeys"), @r#"
    OCS0034: `monkeys` is not a unit of time
      0:1:64 `monkeys`: `idle_timeout` is a duration
      help: units of time are `s`, `min`, `h`, `d`: write it as in `20min`
    "#);
}

#[test]
fn no_unit() {
    assert_snapshot!(balancer("idle_timeout = 20"), @r#"
    OCS0034: `20` has no unit
      0:1:62 `20`: `idle_timeout` is a duration
      help: write a unit after it, such as `20min`; the units are `s`, `min`, `h`, `d`
    "#);
    assert_snapshot!(hardware("memory = 4"), @r#"
    OCS0034: `4` has no unit
      0:1:82 `4`: `memory` is a size
      help: write a unit after it, such as `4GB`; the units are `KB`, `MB`, `GB`, `TB`
    "#);
}

#[test]
fn unit_of_another_quantity() {
    assert_snapshot!(link("bandwidth = 64KB"), @r#"
    OCS0034: expected a rate, found a size
      0:1:44 `KB`: `KB` is a unit of size
      help: units of transfer rate are `bps`, `kbps`, `Mbps`, `Gbps`: write it as in `bandwidth = 10Mbps`
    "#);
    assert_snapshot!(hardware("memory = 10Mbps"), @r#"
    OCS0034: expected a size, found a rate
      0:1:84 `Mbps`: `Mbps` is a unit of transfer rate
      help: units of size are `KB`, `MB`, `GB`, `TB`: write it as in `memory = 72GB`
    "#);
}

#[test]
fn unit_in_another_spelling() {
    assert_snapshot!(link("bandwidth = 64Kbps"), @r#"
    OCS0034: `Kbps` is not a unit of transfer rate
      0:1:44 `Kbps`: `bandwidth` is a rate
      help: write `64kbps`
      fix: `64Kbps` -> `64kbps`
    "#);
    assert_snapshot!(balancer("idle_timeout = 20minutes"), @r#"
    OCS0034: `minutes` is not a unit of time
      0:1:64 `minutes`: `idle_timeout` is a duration
      help: write `20min`
      fix: `20minutes` -> `20min`
    "#);
    assert_snapshot!(hardware("memory = 4GiB"), @r#"
    OCS0034: `GiB` is not a unit of size
      0:1:83 `GiB`: `memory` is a size
      help: write `4GB`
      fix: `4GiB` -> `4GB`
    "#);
}

#[test]
fn other_things_instead_of_a_quantity() {
    assert_snapshot!(balancer("idle_timeout = long"), @r#"
    OCS0031: expected a duration, found the word `long`
      0:1:62 `long`: `idle_timeout` takes a duration
      help: write it as in `idle_timeout = 20min`
    "#);
    assert_snapshot!(balancer("idle_timeout = \"20min\""), @r#"
    OCS0032: expected a duration, found a text in quotes
      0:1:62 `"20min"`: `idle_timeout` takes a duration
      help: write `20min` without quotes
      fix: `"20min"` -> `20min`
    "#);
    assert_snapshot!(balancer("idle_timeout = 10.10.0.1"), @r#"
    OCS0031: expected a duration, found an address
      0:1:62 `10.10.0.1`: `idle_timeout` takes a duration
      help: write it as in `idle_timeout = 20min`
    "#);
}

#[test]
fn too_large_or_too_fine() {
    assert_snapshot!(balancer("idle_timeout = 99999999d"), @r#"
    OCS0036: `99999999d` is too large
      0:1:62 `99999999d`: `idle_timeout` goes up to 36_500d
      help: write a duration such as `20min`
    "#);
    assert_snapshot!(balancer("idle_timeout = 99999999999999999999999s"), @r#"
    OCS0036: `99999999999999999999999` is too large
      0:1:62 `99999999999999999999999`: too large for a number
      help: write a smaller number
    "#);
    assert_snapshot!(balancer("idle_timeout = 0.3s"), @r#"
    OCS0035: `0.3s` cannot be represented exactly
      0:1:62 `0.3s`: too many digits after the dot
      help: write a whole number
    "#);
    assert_snapshot!(link("bandwidth = 1.544Mbps"), @"");
}

#[test]
fn percentages() {
    let share = |text: &str| {
        let attrs = "product = ocs_2007  sip_domains = [\"contoso.com\"]";
        check_files(&[&format!("organization contoso {{ {attrs} external_access {{ share = {text} }} }}")])
    };
    assert_snapshot!(share("10"), @r#"
    OCS0034: `10` has no unit
      0:1:100 `10`: `share` is a percentage
      help: write `10%`
      fix: `10` -> `10%`
    "#);
    assert_snapshot!(share("110%"), @r#"
    OCS0036: `110%` is more than 100%
      0:1:100 `110%`: `share` goes from 0% to 100%
      help: write a percentage from 0% to 100%
    "#);
    assert_snapshot!(share("0.125%"), @r#"
    OCS0035: `0.125%` is finer than a hundredth of a percent
      0:1:100 `0.125%`: at most two digits after the dot
      help: write a rounder number
    "#);
    assert_snapshot!(share("10percent"), @r#"
    OCS0034: expected `%`, found `percent`
      0:1:102 `percent`: `share` is a percentage
      help: write `share = 10%`
    "#);
}

#[test]
fn numbers() {
    assert_snapshot!(server("users = 1_0_000_000_000"), @r#"
    OCS0036: `1_0_000_000_000` is out of range
      0:1:70 `1_0_000_000_000`: `users` goes from 0 to 10_000_000 users
      help: write a number from 0 to 10_000_000
    "#);
    assert_snapshot!(server("users = 007"), @r#"
    OCS0035: `007` has leading zeros
      0:1:70 `007`: it could be read as octal
      help: write `7`
    "#);
    assert_snapshot!(server("users = 1__000"), @r#"
    OCS0035: `1__000` is not a number
      0:1:70 `1__000`: `_` separates two digits
      help: write thousands as in `42_000`
    "#);
    assert_snapshot!(server("users = 2.5"), @r#"
    OCS0035: expected a whole number, found `2.5`
      0:1:70 `2.5`: `users` does not allow a fraction
      help: write `users = 2`
    "#);
    assert_snapshot!(server("users = 100users"), @r#"
    OCS0034: expected a whole number without a unit, found `100users`
      0:1:73 `users`: `users` counts users
      help: write `users = 100`
    "#);
    assert_snapshot!(server("users = -5"), @r#"
    OCS0036: `-5` is out of range
      0:1:70 `-5`: `users` goes from 0 to 10_000_000 users
      help: write a number from 0 to 10_000_000
    "#);
    assert_snapshot!(server("users = many"), @r#"
    OCS0031: expected a number of users, found the word `many`
      0:1:70 `many`: `users` takes a number from 0 to 10_000_000
      help: write it as in `users = 10`
    "#);
    assert_snapshot!(server("users = 10%"), @r#"
    OCS0034: expected a whole number without a unit, found `10%`
      0:1:72 `%`: `users` counts users
      help: write `users = 10`
    "#);
    assert_snapshot!(server("address_book { retention = 91 }"), @r#"
    OCS0036: `91` is out of range
      0:1:89 `91`: `retention` goes from 1 to 90 days
      help: write a number from 1 to 90
    "#);
    assert_snapshot!(server("address_book { retention = 30d }"), @r#"
    OCS0034: expected a whole number without a unit, found `30d`
      0:1:91 `d`: `retention` counts days
      help: write `retention = 30`
    "#);
}

#[test]
fn ports() {
    let port = |text: &str| {
        check(&format!(
            "site r {{ archiving_server a {{ address = 10.1.1.1  back_end s {{ address = 10.1.1.2  port = {text} }} }} }}"
        ))
    };
    assert_snapshot!(port("0"), @r#"
    OCS0036: `0` is out of range
      0:1:91 `0`: `port` goes from 1 to 65535
      help: write a number from 1 to 65535
    "#);
    assert_snapshot!(port("65536"), @r#"
    OCS0036: `65536` is out of range
      0:1:91 `65536`: `port` goes from 1 to 65535
      help: write a number from 1 to 65535
    "#);
    assert_snapshot!(port("tcp/1433"), @r#"
    OCS0031: expected a port, found `tcp/1433`
      0:1:91 `tcp/1433`: `port` takes a port
      help: write it as in `port = 5061`
    "#);
}

#[test]
fn dates() {
    let until = |text: &str| check(&format!("waive OCS0512 {{ until = {text} }}"));
    assert_snapshot!(until("2027-02-30"), @r#"
    OCS0040: `2027-02-30` is not a date
      0:1:33 `30`: February 2027 has days 01 to 28
      help: the last day of the month is `2027-02-28`
    "#);
    assert_snapshot!(until("2027-13-01"), @r#"
    OCS0040: `2027-13-01` is not a date
      0:1:30 `13`: a year has months 01 to 12
      help: write the year with four digits, month and day with two, as in `2027-03-31`
    "#);
    assert_snapshot!(until("2027-3-1"), @r#"
    OCS0040: `2027-3-1` is not a date
      0:1:25 `2027-3-1`: not in the form year-month-day
      help: write `2027-03-01`
      fix: `2027-3-1` -> `2027-03-01`
    "#);
    assert_snapshot!(until("31.3.2027"), @r#"
    OCS0040: `31.3.2027` is not a date
      0:1:25 `31.3.2027`: not in the form year-month-day
      help: write `2027-03-31`
      fix: `31.3.2027` -> `2027-03-31`
    "#);
    assert_snapshot!(until("\"2027-03-31\""), @r#"
    OCS0032: expected a date, found a text in quotes
      0:1:25 `"2027-03-31"`: `until` takes a date
      help: write `2027-03-31` without quotes
      fix: `"2027-03-31"` -> `2027-03-31`
    "#);
    assert_snapshot!(until("soon"), @r#"
    OCS0031: expected a date, found the word `soon`
      0:1:25 `soon`: `until` takes a date
      help: write it as in `until = 2027-03-31`
    "#);
}

#[test]
fn times_of_day() {
    let time = |text: &str| server(&format!("address_book {{ run_time = {text} }}"));
    assert_snapshot!(time("24:00"), @r#"
    OCS0041: `24:00` is not a time of day
      0:1:88 `24`: a day has hours 00 to 23
      help: write a time from `00:00`, which is midnight, to `23:59`
    "#);
    assert_snapshot!(time("1:30"), @r#"
    OCS0041: `1:30` is not a time of day
      0:1:88 `1:30`: two digits each
      help: write `01:30`
      fix: `1:30` -> `01:30`
    "#);
    assert_snapshot!(time("01:75"), @r#"
    OCS0041: `01:75` is not a time of day
      0:1:91 `75`: an hour has minutes 00 to 59
      help: write it as in `01:30`
    "#);
    assert_snapshot!(time("0130"), @r#"
    OCS0031: expected a time of day, found a number without a unit
      0:1:88 `0130`: `run_time` takes a time of day
      help: write it as in `run_time = 01:30`
    "#);
}
