//! What an outage takes away, and what becomes of calls.

use super::*;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::text::SourceMap;

const VOICE: &str = include_str!("../../../examples/contoso/voice.ocstopo");

/// Contoso with these routes and policies.
fn contoso(routes: &str) -> Compiled {
    let cut = VOICE.find("  policy everyone").expect("the policy comes first");
    let files = [
        ("dublin.ocstopo", include_str!("../../../examples/contoso/dublin.ocstopo").to_owned()),
        ("organization.ocstopo", include_str!("../../../examples/contoso/organization.ocstopo").to_owned()),
        ("redmond.ocstopo", include_str!("../../../examples/contoso/redmond.ocstopo").to_owned()),
        ("voice.ocstopo", format!("{}{routes}\n}}\n", &VOICE[..cut])),
    ];
    compile(SourceMap::new(files.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()), &CompileOptions::default())
}

/// Route, policies, number, gateways left, and what becomes of a call, of each route that has lost a gateway.
fn calls(routes: &str, down: &[&str]) -> Vec<String> {
    let compiled = contoso(routes);
    let plans = compiled.plans().expect("a topology without errors");
    let down: Vec<String> = down.iter().map(|name| (*name).to_owned()).collect();
    let found = fail(plans, &down).unwrap_or_else(|error| panic!("{error}")).calls;
    let line = |calls: &Calls| {
        format!(
            "{} of {}, {}: {} of {} left, {} by {}",
            calls.route,
            calls.policies.join("+"),
            calls.number.as_deref().unwrap_or("no number"),
            calls.left.len(),
            calls.before.len(),
            calls.ending.unwrap_or("not known"),
            calls.by.join("+"),
        )
    };
    found.iter().map(line).collect()
}

const ROUTES: &str = r"
  policy everyone { usages = [local, far] }
  policy lobby { usages = [local] }
  route redmond_local { match = '^\+1(425|206|253)(\d{7})$'  gateways = [redmond.med01]  usages = [local] }
  route universal { match = '^\+?(\d*)$'  gateways = [redmond.med01, redmond.med02]  usages = [far] }
";

#[test]
fn calls_go_by_the_next_usage_and_are_dropped_without_one() {
    let local = [
        "redmond_local of everyone, +12060000000: 0 of 1 left, routed by universal",
        "redmond_local of lobby, +12060000000: 0 of 1 left, dropped by ",
        "universal of everyone, +1000000: 1 of 2 left, routed by universal",
    ];
    assert_eq!(calls(ROUTES, &["redmond.med01"]), local);
    assert_eq!(calls(ROUTES, &["redmond.gw01"]), local, "a gateway behind the only Mediation Server");
    assert_eq!(calls(ROUTES, &["redmond.med02"]), ["universal of everyone, +1000000: 1 of 2 left, routed by universal"]);
    let all = calls(ROUTES, &["redmond.gw01", "redmond.med02"]);
    assert!(all.len() == 2 && all.iter().all(|line| line.ends_with("dropped by ")), "{all:?}");
    assert!(calls(ROUTES, &["redmond.admins"]).is_empty());
}

#[test]
fn a_network_between_a_pool_and_a_gateway_counts() {
    let all = calls(ROUTES, &["redmond.gateways"]);
    assert!(all.len() == 2 && all.iter().all(|line| line.ends_with("dropped by ")), "{all:?}");
}

#[test]
fn a_pattern_without_an_example_says_so() {
    let routes = r"
  policy everyone { usages = [local, far] }
  route hard { match = '^\+(?!1900)(\d*)$'  gateways = [redmond.med01, redmond.med02]  usages = [local] }
";
    assert_eq!(calls(routes, &["redmond.med01"]), ["hard of everyone, no number: 1 of 2 left, not known by "]);
}
