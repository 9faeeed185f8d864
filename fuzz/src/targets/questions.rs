//! Questions about a changed example, and their answers for people and programs.

use ocstopo::emit::diagram::FORMS;
use ocstopo::product::{Client, ClientPlace};
use ocstopo::query::diagram::{self, Style, VIEWS, ask};
use ocstopo::query::fail::{fail, pairs, ranking};
use ocstopo::query::flows::flows;
use ocstopo::query::signin::{Question, SignInAddress, signin};
use ocstopo::query::size::size;
use ocstopo::query::trace::trace;
use ocstopo::query::why;
use ocstopo::report::answer;

use super::super::draft::{self, Choices};
use super::compiled;

const WIDTH: usize = 80;

/// Users of the examples, and some that do not exist.
const USERS: &[&str] = &["anna@contoso.com", "anna@fabrikam.com", "a@b", "anna@eu.contoso.com"];

const PACKETS: &[&str] = &[
    "tcp 10.10.64.9 -> 10.10.0.10:5061",
    "udp 203.0.113.9:50000 -> 131.107.155.31:3478",
    "dns sip.contoso.com A",
    "dns _sip._tls.fabrikam.com",
    "cert sip.contoso.com",
    "C01",
    "P02",
];

/// A question about a changed example.
pub(super) fn questions(data: &[u8]) {
    let mut choices = Choices::new(data);
    let compiled = compiled(draft::topology(&mut choices));
    let Some(plans) = compiled.plans().filter(|_| !compiled.has_errors()) else { return };
    let paths: Vec<&String> = plans.topology.by_path.keys().collect();
    let thing = |choices: &mut Choices<'_>| choices.one(&paths).to_string();
    match choices.byte() % 8 {
        0 => {
            let found = flows(plans);
            answer::flows::human(&found, WIDTH);
            answer::flows::csv(&found);
        }
        1 => {
            let found = size(plans);
            answer::size::human(&found, true, WIDTH);
            answer::json(&found);
        }
        2 => {
            answer::fail::ranking(&ranking(plans), 10, &[], WIDTH);
            answer::fail::pairs(&pairs(plans, 10), WIDTH);
        }
        3 => {
            let down = [thing(&mut choices), thing(&mut choices)];
            if let Ok(found) = fail(plans, &down) {
                answer::fail::human(&found, WIDTH);
                answer::json(&found);
            }
        }
        4 => {
            let Ok(address) = SignInAddress::read(choices.one::<&str>(USERS)) else { return };
            let (client, place) = (*choices.one(&Client::ALL), *choices.one(&ClientPlace::ALL));
            let question = Question { address, client, place, site: None, pool: None, down: vec![thing(&mut choices)] };
            if let Ok(found) = signin(plans, &question) {
                answer::signin::human(&found, WIDTH);
                answer::json(&found);
            }
        }
        5 => {
            if let Ok(found) = trace(plans, &thing(&mut choices), &thing(&mut choices)) {
                answer::trace::human(&found, WIDTH);
                answer::json(&found);
            }
        }
        6 => {
            let asked = if choices.is_even() { (*choices.one(PACKETS)).to_owned() } else { choices.typed(40) };
            if let Ok(found) = why::Question::read(&asked).and_then(|question| why::answer(&question, plans)) {
                answer::why::human(&found, WIDTH);
                answer::json(&found);
            }
        }
        _ => {
            let view = choices.one(&VIEWS);
            let fail = [thing(&mut choices)];
            let fail = if choices.is_even() { &fail[..] } else { &[] };
            let question = diagram::Question { view: Some(*view), fail, ..diagram::Question::default() };
            if let Ok(picture) = ask(plans, &question, Style { places: true, ..Style::default() }) {
                for form in FORMS {
                    (form.write)(&picture);
                }
            }
        }
    }
}
