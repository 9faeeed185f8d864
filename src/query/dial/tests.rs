//! Numbers of the case of a German dial plan, of any text, and of the directory.

use super::*;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::text::SourceMap;

/// A topology with this `voice`.
fn compiled(voice: &str) -> Compiled {
    let base = include_str!("../../lint/bases/voice.ocstopo");
    let (before, _) = base.split_once("\nvoice {").expect("a voice block");
    let text = format!("{before}\n{voice}").replace("location_profile = hq", "location_profile = cologne");
    let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default());
    assert!(!compiled.has_errors(), "{:#?}", compiled.diags);
    compiled
}

/// The dial plan of the case `12-german-dial-plan`, with the order of the rule for help.
fn german(order: u32) -> Compiled {
    let emergency = if order > 20 { "" } else { r#"emergency_numbers = ["110", "112", "0110", "0112"]"# };
    compiled(&format!(
        r"voice {{
  location_profile cologne {{
    {emergency}
    rule emergency {{ match = '^0?(110|112)$'    translate = '+$1'         order = {order} }}
    rule extension {{ match = '^(\d{{4}})$'        translate = '+49221000$1' order = 20 }}
    rule abroad    {{ match = '^000([1-9]\d*)$'  translate = '+$1'         order = 30 }}
    rule national  {{ match = '^00([1-9]\d*)$'   translate = '+49$1'       order = 40 }}
    rule local     {{ match = '^0([1-9]\d*)$'    translate = '+49221$1'    order = 50 }}
  }}
  phone_usage emergency     {{}}
  phone_usage local         {{}}
  phone_usage national      {{}}
  phone_usage international {{}}
  policy everyone {{ usages = [emergency, local, national, international] }}
  policy lobby    {{ usages = [emergency, local] }}
  policy sales    {{ usages = [emergency, local, national, international] }}
  route emergency     {{ match = '^\+(110|112)$'      gateways = [hq.med01]  usages = [emergency] }}
  route local         {{ match = '^\+49221[1-9]\d*$'  gateways = [hq.med01]  usages = [local] }}
  route national      {{ match = '^\+49[1-9]\d*$'     gateways = [hq.med01]  usages = [national] }}
  route international {{ match = '^\+[1-9]\d*$'       gateways = [hq.med01]  usages = [international] }}
}}
"
    ))
}

const DIALLED: Question<'static> = Question { number: "", from: None, policy: None, mode: Mode::Dialled, down: &[] };

fn answer(compiled: &Compiled, question: Question<'_>) -> Result<Dial, String> {
    dial(compiled.plans().expect("a topology"), question)
}

/// In one line: the rule, the result, what is late, and how the calls end.
fn told(compiled: &Compiled, number: &str) -> String {
    let found = answer(compiled, Question { number, ..DIALLED }).expect("an answer");
    let normalization = found.normalization.expect("rules are tried");
    let rule = normalization.rule.map_or("-".to_owned(), |rule| rule.rule);
    let late: Vec<String> = normalization.later.iter().map(|later| later.rule.clone()).collect();
    let calls: Vec<String> = found
        .calls
        .iter()
        .map(|call| {
            let taken = call.usages.iter().flat_map(|usage| &usage.routes).filter(|route| route.taken);
            let taken: Vec<&str> = taken.map(|route| route.route.as_str()).collect();
            format!("{} {} {}", call.policies.join("+"), call.ending.unwrap_or("?"), taken.join("+")).trim_end().to_owned()
        })
        .collect();
    format!("{rule} {} late: {}; {}", found.result.unwrap_or_default(), late.join(","), calls.join("; "))
}

#[test]
fn a_call_for_help_reaches_help_or_an_extension() {
    let sound = german(10);
    assert_eq!(
        told(&sound, "0112"),
        "emergency +112 late: extension,local; everyone+sales routed emergency; lobby routed emergency"
    );
    assert_eq!(told(&sound, "112"), "emergency +112 late: ; everyone+sales routed emergency; lobby routed emergency");
    let found = answer(&sound, Question { number: "0112", ..DIALLED }).expect("an answer").emergency.expect("for help");
    assert_eq!(
        (found.number.as_str(), found.rules.join(","), found.routes.join(",")),
        ("0112", "extension,local".to_owned(), "international".to_owned())
    );
    let wrong = german(25);
    assert_eq!(
        told(&wrong, "0112"),
        "extension +492210000112 late: emergency,local; everyone+sales routed national; lobby refused"
    );
}

#[test]
fn policies_end_differently() {
    let german = german(10);
    assert_eq!(told(&german, "0004414255501"), "abroad +4414255501 late: ; everyone+sales routed international; lobby refused");
    let found = answer(&german, Question { number: "0004414255501", policy: Some("lobby"), ..DIALLED }).expect("an answer");
    assert!(!found.arrives());
    assert_eq!(found.calls[0].reason, "`international` matches, and has no usage of the policy");
    let down = ["hq.gw01".to_owned()];
    let found = answer(&german, Question { number: "112", down: &down, ..DIALLED }).expect("an answer");
    assert_eq!((found.calls[0].ending, found.calls[0].reason.as_str()), (Some("dropped"), "no gateway of its routes answers"));
    let rows: Vec<&str> = found.grounds.iter().map(|ground| ground.row.as_str()).collect();
    assert!(rows.contains(&"call.all_down") && rows.contains(&"call.failed_gateway"), "{rows:?}");
}

#[test]
fn any_text_has_an_answer() {
    let german = german(10);
    assert_eq!(told(&german, ""), "-  late: ; everyone+sales refused; lobby refused");
    assert_eq!(told(&german, "+49 (221) 000-1234"), "- +49 (221) 000-1234 late: ; everyone+sales refused; lobby refused");
    assert_eq!(told(&german, "+492210001234"), "- +492210001234 late: ; everyone+sales routed national; lobby refused");
    let long = "1".repeat(10_000);
    assert!(told(&german, &long).starts_with("- 1111"));
    let of = |number: &str| answer(&german, Question { number, ..DIALLED }).expect_err("no answer");
    assert_eq!(of(&"1".repeat(10_001)), "the number has 10001 characters, and the maximum is 10000");
    assert_eq!(of("11\n0"), "the number has a line break or another control character, which cannot be dialled");
    let found = answer(&german, Question { number: "00 49/221 12", ..DIALLED }).expect("an answer");
    let hint = found.normalization.and_then(|normalization| normalization.without_separators).expect("a hint");
    assert_eq!((hint.number.as_str(), hint.rule.as_deref(), hint.result.as_str()), ("004922112", Some("national"), "+494922112"));
}

#[test]
fn unknown_names_are_reported() {
    let german = german(10);
    let of = |question: Question<'_>| answer(&german, question).expect_err("no answer");
    insta::assert_snapshot!(of(Question { from: Some("colonge"), ..DIALLED }), @"there is no location profile `colonge`: did you mean `cologne`?");
    insta::assert_snapshot!(of(Question { policy: Some("x"), ..DIALLED }), @"there is no policy `x`: write `everyone`, `lobby` or `sales`");
    insta::assert_snapshot!(of(Question { down: &["hq.se01".to_owned()], ..DIALLED }), @"`hq.se01` is not a Mediation Server or media gateway: write `hq.gw01` or `hq.med01`");
    insta::assert_snapshot!(of(Question { down: &["hq.med1".to_owned()], ..DIALLED }), @"there is no Mediation Server or media gateway `hq.med1`: did you mean `hq.med01`?");
}

#[test]
fn a_pattern_that_goes_on_for_ever_is_reported() {
    let slow = compiled(
        r"voice {
  location_profile cologne {
    rule slow { match = '^((1|1)+)\2x$'  translate = '+$1' }
  }
}
",
    );
    insta::assert_snapshot!(answer(&slow, Question { number: &"1".repeat(60), ..DIALLED }).expect_err("no answer"), @"it is not known whether the rule `slow` matches: its search goes back more than 10000 times on this number; write its pattern in a simpler way");
}

#[test]
fn the_address_book_has_numbers_as_tel_uris() {
    let german = german(10);
    let of = |number| answer(&german, Question { number, mode: Mode::AddressBook, ..DIALLED }).expect("an answer");
    assert_eq!(of("1234").result.as_deref(), Some("tel:+492210001234"));
    let found = of("0221 / 1234");
    assert!(found.result.is_none() && !found.arrives());
    let hint = found.normalization.and_then(|normalization| normalization.without_separators).expect("a hint");
    assert_eq!(hint.rule.as_deref(), Some("local"));
    // No user has an emergency number in the directory.
    assert!(of("112").result.is_none());
}

/// What a gateway hands in is normalized by the profile of its Mediation Server.
#[test]
fn numbers_that_a_gateway_hands_in() {
    let base = include_str!("../../lint/bases/voice.ocstopo").replace(
        "transport = tls }",
        r"transport = tls  hands_in = ['^\d{4}$', '^\+\d+$']  takes = '^\+1\d{10}$' }
  exchange_um um01 { address = 10.10.0.95  dial_plan = 'HQ' }",
    );
    let text = base.replace(
        "voice {\n",
        r"voice {
  phone_usage all {}
  policy default { usages = [all] }
  route world { match = '^\+\d+$'  gateways = [hq.med01]  usages = [all] }
",
    );
    let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default());
    assert!(!compiled.has_errors(), "{:#?}", compiled.diags);
    let of = |number, from| answer(&compiled, Question { number, from: Some(from), ..DIALLED }).expect("an answer");
    for from in ["hq.gw01", "hq.med01", "hq.um01"] {
        let found = of("0100", from);
        assert_eq!((found.mode, found.from.as_deref(), found.handed_in_by.as_deref()), (Mode::HandedIn, Some("hq"), Some(from)));
        assert_eq!((found.result.as_deref(), found.arrives()), (Some("+14255550100"), true));
        assert!(found.calls.is_empty() && found.routes.is_empty());
        let form = if from == "hq.um01" { None } else { Some(true) };
        assert_eq!(found.has_its_form, form, "{from}");
    }
    let lost = of("123", "hq.gw01");
    assert_eq!((lost.result.as_deref(), lost.has_its_form, lost.arrives()), (Some("123"), Some(false), false));
    assert!(answer(&compiled, Question { from: Some("hq.gw01"), policy: Some("default"), ..DIALLED }).is_err());
    let takes = |number| {
        let found = answer(&compiled, Question { number, ..DIALLED }).expect("an answer");
        found.calls[0].usages[0].routes[0].gateways[0].takes
    };
    assert_eq!((takes("0100"), takes("+4922112345")), (Some(true), Some(false)));
}
