//! Figures of examples, and what the reference works out.

use super::*;
use crate::formula::number;
use crate::product::Product;

fn asked_with(edit: impl FnOnce(&mut Asked)) -> SizingPlan {
    let mut question = Asked {
        product: Product::Ocs2007,
        users: 42_000,
        outside: None,
        availability: true,
        voice_users: None,
        call_volume: "light",
        ports_of_a_gateway: None,
        archiving: false,
        retention: None,
        address_book_days: None,
        web_access_sessions: None,
        model: Vec::new(),
    };
    edit(&mut question);
    asked(&question)
}

fn value(plan: &SizingPlan, figure: &str) -> String {
    plan.figures.iter().find(|found| found.row.id == figure).map_or_else(|| "none".to_owned(), |found| number(&found.value))
}

/// Notes on voice, 1.5: users of each kind, and the ports that they need.
#[test]
fn gateway_ports_are_those_of_the_guide() {
    let ports = |users: u64, volume| {
        let plan = asked_with(|question| (question.voice_users, question.call_volume) = (Some(users), volume));
        (value(&plan, "voice.gateway_ports"), value(&plan, "voice.gateways"))
    };
    assert_eq!(ports(20, "light").0, "2");
    assert_eq!(ports(100, "moderate").0, "10");
    assert_eq!(ports(47_000, "heavy"), ("9,400".into(), "10".into()));
    assert_eq!(ports(10_000, "moderate").0, "1,000");
}

/// Notes on voice, 1.5: the rule of the guide beside Erlang's formula, for calls of three minutes.
#[test]
fn lines_are_those_of_erlang() {
    let lines = |volume| {
        let plan = asked_with(|question| (question.voice_users, question.call_volume) = (Some(1_000), volume));
        (value(&plan, "voice.load"), value(&plan, "voice.trunks_1"), value(&plan, "voice.gateway_ports"))
    };
    assert_eq!(lines("moderate"), ("100".into(), "117".into(), "100".into()));
    assert_eq!(lines("heavy"), ("150".into(), "170".into(), "200".into()));
    assert_eq!(lines("light"), ("50".into(), "64".into(), "67".into()));
}

/// The load balancer's page: 100,000 users need two addresses.
#[test]
fn users_need_addresses_of_the_load_balancer() {
    let plan = asked_with(|question| question.users = 100_000);
    let of = |subject: &str| {
        let found = plan.figures.iter().find(|figure| figure.row.id == "pool.snat_addresses" && figure.subject.path == subject);
        found.map(|figure| number(&figure.value))
    };
    assert_eq!(of("expanded").as_deref(), Some("2"));
    assert_eq!(of("4 × consolidated").as_deref(), Some("1"));
}

/// The tested topologies meet themselves.
#[test]
fn tested_topologies_need_what_they_have() {
    for product in Product::ALL {
        for row in crate::catalog::facts::<crate::catalog::PoolCapacity>(product) {
            let plan = asked_with(|question| {
                (question.product, question.users, question.availability) = (product, row.users, false);
            });
            let own = plan.figures.iter().find(|found| found.row.id == "pool.front_ends" && found.subject.path == row.id);
            assert_eq!(own.map(|found| number(&found.value)), Some(row.front_ends.to_string()), "{} {}", product.word(), row.id);
        }
    }
}

#[test]
fn ends_of_the_scale_have_figures() {
    for users in [0, 1, 10_000_000] {
        let plan = asked_with(|question| {
            question.users = users;
            question.outside = Some(Number::from_integer(100));
            question.voice_users = Some(users);
            question.call_volume = "heavy";
            question.archiving = true;
            question.retention = Some(2_562);
        });
        assert!(plan.open.is_empty(), "{:?}", plan.open);
        assert!(plan.figures.iter().all(|figure| figure.value >= Number::from_integer(0)));
    }
}

/// Every constant that a figure uses can be looked up with `ocstopo catalog show`.
#[test]
fn every_name_of_every_formula_has_a_meaning() {
    for product in Product::ALL {
        for row in crate::catalog::facts::<FigureRow>(product) {
            let formula = row.formula().expect("it was accepted");
            for name in formula.names() {
                let is_constant = crate::catalog::CONSTANTS.iter().any(|kind| name.starts_with(kind));
                assert!(!is_constant || constants::constant(product, name).is_some(), "{}: {}: `{name}`", product.word(), row.id);
            }
        }
    }
}

#[test]
fn a_figure_of_the_question_replaces_that_of_the_model() {
    let plan = asked_with(|question| question.model = vec![("meetings.concurrent".into(), Number::from_integer(10))]);
    assert_eq!(value(&plan, "organization.in_conferences"), "4,200");
    let figure = plan.figures.iter().find(|found| found.row.id == "organization.in_conferences").expect("a figure");
    let origin = &figure.inputs.iter().find(|used| used.name == "user_model.meetings.concurrent").expect("an input").origin;
    assert!(matches!(origin, Origin::Override { default, .. } if *default == Number::from_integer(5)), "{origin:?}");
}

#[test]
fn amounts_are_readable() {
    let shown_of = |value: i128, unit| shown(&Number::from_integer(value), unit);
    assert_eq!(shown_of(45_000, "bps"), "45 kbps");
    assert_eq!(shown_of(1_234_567, "bps"), "1.2 Mbps");
    assert_eq!(shown_of(104_857_600, "bytes"), "100 MB");
    assert_eq!(shown_of(-2_048, "bytes"), "-2 KB");
    assert_eq!(shown_of(1, "servers"), "1 server");
    assert_eq!(shown_of(1, "addresses"), "1 address");
    assert_eq!(shown_of(12_000, "users"), "12,000 users");
    assert_eq!(shown(&Number::new(5, 2), "Erlang"), "2.5 Erlang");
}

/// Notes on voice, 4.1: 465 files of 2007 after 30 days, 1,800 of 2007 R2 after 59.
#[test]
fn address_book_files_are_those_of_the_guide() {
    let files = |product, days| {
        let plan = asked_with(|question| (question.product, question.address_book_days) = (product, Some(days)));
        value(&plan, "pool.address_book_files_by_then")
    };
    let first: Vec<String> = [0, 1, 2, 3, 29, 30, 31, 1_000].map(|days| files(Product::Ocs2007, days)).into();
    assert_eq!(first, ["0", "1", "3", "6", "435", "465", "465", "465"]);
    let second: Vec<String> = [1, 30, 31, 58, 59, 60].map(|days| files(Product::Ocs2007R2, days)).into();
    assert_eq!(second, ["2", "930", "988", "1,798", "1,800", "1,800"]);
}
