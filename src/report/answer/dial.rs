//! What `ocstopo dial` finds.

use super::lines::Lines;
use crate::query::dial::{Call, Dial, Emergency, LaterRule, Mode, Normalization, RouteTest, Usage, UsedGateway, UsedRule};
use crate::report::count;
use crate::text::printable;

/// The longest number that is shown whole.
const SHOWN: usize = 60;

/// The most answers, rules and routes that are shown; more are counted.
const LISTED: usize = 20;

/// The answer, folded to a width.
pub fn human(dial: &Dial, width: usize) -> String {
    let mut parts = vec![number(dial, width)];
    parts.extend(dial.calls.iter().take(LISTED).map(|found| call(found, width)));
    if dial.calls.len() > LISTED {
        parts.push(format!("{} with other answers: `--policy` chooses one\n", count(dial.calls.len() - LISTED, "more policy")));
    }
    if matches!(dial.mode, Mode::Dialled | Mode::Normalized) {
        if dial.calls.is_empty() {
            parts.push("the topology has no voice policy: no user may call out\n".to_owned());
        }
        parts.extend(routes(&dial.routes, width));
    }
    parts.push(grounds(dial, width));
    parts.retain(|part| !part.is_empty());
    // The number was typed by a person, and patterns are text too.
    printable(&parts.join("\n")).into_owned()
}

/// A number as text: in quotes where it is more than digits, cut where it is long.
fn shown(number: &str) -> String {
    let length = number.chars().count();
    let plain = number.bytes().all(|byte| byte == b'+' || byte.is_ascii_digit());
    match (length > SHOWN, plain) {
        _ if number.is_empty() => "an empty number".to_owned(),
        (true, _) => format!("{}… ({length} characters)", number.chars().take(SHOWN / 2).collect::<String>()),
        (false, true) => number.to_owned(),
        (false, false) => format!("\"{number}\""),
    }
}

fn number(dial: &Dial, width: usize) -> String {
    let from = match (&dial.handed_in_by, &dial.from) {
        (Some(path), _) => format!(" handed in by {path}"),
        (None, Some(from)) => format!(" from {from}"),
        (None, None) => String::new(),
    };
    let number = shown(&dial.number);
    let title = match (&dial.result, dial.mode) {
        (_, Mode::Normalized) => format!("{number} is normalized already"),
        (Some(result), Mode::AddressBook) => format!("{number} of the directory{from} becomes {result}", result = shown(result)),
        (None, Mode::AddressBook) => format!("{number} of the directory{from}: no company rule matches"),
        (Some(result), _) if *result == dial.number => format!("{number}{from} stays as it is"),
        (Some(result), _) => format!("{number}{from} becomes {}", shown(result)),
        (None, _) => format!("{number}{from}"),
    };
    let mut lines = Lines::new(&title, width);
    if dial.handed_in_by.is_some() {
        lines.line_if("profile", dial.from.as_deref().unwrap_or_default());
    }
    if dial.has_its_form == Some(false) {
        lines.line("form", "the topology states other forms of the numbers that it hands in (`hands_in`)");
    }
    if let Some(normalization) = &dial.normalization {
        rules(&mut lines, normalization, dial.mode);
    }
    if dial.mode == Mode::AddressBook && dial.result.is_none() {
        lines
            .line("then", "the generic rules of ABServer.exe decide, which are not public: `abserver -testPhoneNorm` tries them");
    }
    if let Some(built_in) = &dial.built_in {
        lines
            .line("E164", &format!("the built-in rule of this name would make {built_in}; the file of a build does not have it"));
    }
    if let Some(result) = dial.result.as_ref().filter(|result| result.starts_with('+') && dial.emergency.is_none()) {
        let number = shown(result);
        lines.line("user", &format!("where {number} is the primary number of a user, that user is called and no route is used"));
    }
    if dial.mode == Mode::HandedIn && !dial.arrives() {
        lines.line("user", "no user is found by a number that is not in E.164 form: the call fails");
    }
    lines.line_if("down", &dial.down.join(", "));
    if let Some(emergency) = &dial.emergency {
        help(&mut lines, emergency);
    }
    lines.text()
}

fn rules(lines: &mut Lines, normalization: &Normalization, mode: Mode) {
    match (&normalization.rule, normalization.already_e164) {
        (Some(rule), _) => used(lines, rule),
        (None, true) => lines.line("rule", "none is tried: the number has the form of E.164"),
        (None, false) => {
            let rules = if mode == Mode::AddressBook { "company rule" } else { "rule" };
            lines.line("rule", &format!("none of {} matches", count(normalization.rules, rules)));
        }
    }
    let word = if normalization.already_e164 { "matches" } else { "too late" };
    for (at, later) in normalization.later.iter().take(LISTED).enumerate() {
        lines.line(if at == 0 { word } else { "" }, &late(later));
    }
    if normalization.later.len() > LISTED {
        lines.line("", &format!("and {} more", normalization.later.len() - LISTED));
    }
    if let Some(cleaned) = &normalization.without_separators {
        let rule = match &cleaned.rule {
            Some(rule) => format!("the rule {rule} would make {}", shown(&cleaned.result)),
            None => "it would have the form of E.164".to_owned(),
        };
        lines.line("hint", &format!("as {}, without blanks and punctuation, {rule}", shown(&cleaned.number)));
    }
}

fn used(lines: &mut Lines, rule: &UsedRule) {
    lines.line("rule", &format!("{}: {} makes {}{}", rule.rule, rule.pattern, rule.translation, placed(rule.place.as_deref())));
    let groups = rule.groups.iter().take(LISTED).map(|group| {
        let text = group.text.as_ref().map_or_else(|| "nothing".to_owned(), |text| shown(text));
        format!("${} = {text}", group.group)
    });
    lines.line_if("groups", &groups.collect::<Vec<_>>().join(", "));
    if rule.places > 1 {
        lines.line("places", &format!("{} of the number are replaced, and the rest of it stays", rule.places));
    }
}

fn late(later: &LaterRule) -> String {
    let place = placed(later.place.as_deref());
    match (&later.result, &later.undecided) {
        (Some(result), _) => format!("{} would make {}{place}", later.rule, shown(result)),
        (None, why) => format!("{}{place}: not known, {}", later.rule, why.as_deref().unwrap_or_default()),
    }
}

fn placed(place: Option<&str>) -> String {
    place.map(|place| format!(" ({place})")).unwrap_or_default()
}

fn help(lines: &mut Lines, emergency: &Emergency) {
    let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    lines.line("help", &format!("{} is an emergency number of this location", emergency.number));
    lines.line("", &format!("rules that match it and other numbers: {}", list(&emergency.rules)));
    lines.line("", &format!("routes that take it and other numbers: {}", list(&emergency.routes)));
}

fn call(call: &Call, width: usize) -> String {
    let policies = match call.policies.len() {
        0..=LISTED => call.policies.join(", "),
        more => format!("{} and {} more", call.policies[..LISTED].join(", "), more - LISTED),
    };
    let ending = call.ending.map_or("not known", |ending| ending);
    let mut lines = Lines::new(&format!("{policies}: {ending}"), width);
    lines.line("why", &call.reason);
    let mut taken = false;
    for found in call.usages.iter().take(LISTED) {
        lines.line("usage", &usage(found, taken));
        taken |= found.routes.iter().any(|route| route.taken);
    }
    if call.usages.len() > LISTED {
        lines.line("", &format!("and {} more", count(call.usages.len() - LISTED, "usage")));
    }
    lines.text()
}

/// A usage with its routes; those behind a route that is `taken` wait for its failure.
fn usage(usage: &Usage, taken: bool) -> String {
    let routes = usage.routes.iter().take(LISTED).map(|route| {
        let waits = if taken { "if that fails, " } else { "" };
        let gateways: Vec<String> = route.gateways.iter().map(gateway).collect();
        let how = if gateways.len() > 1 { "in turn by" } else { "by" };
        format!("{waits}route {} {how} {}", route.route, gateways.join(", "))
    });
    let routes: Vec<String> = routes.collect();
    match routes.is_empty() {
        true => format!("{}: no route matches", usage.usage),
        false => format!("{}: {}", usage.usage, routes.join("; ")),
    }
}

fn gateway(gateway: &UsedGateway) -> String {
    let mut notes = Vec::new();
    notes.extend(gateway.behind.as_ref().map(|behind| format!("to {behind}")));
    notes.extend(gateway.down.then(|| "down".to_owned()));
    notes.extend((gateway.takes == Some(false)).then(|| "does not take numbers of this form".to_owned()));
    notes.extend(gateway.tried_before.then(|| "tried before".to_owned()));
    if notes.is_empty() { gateway.path.clone() } else { format!("{} ({})", gateway.path, notes.join(", ")) }
}

fn routes(routes: &[RouteTest], width: usize) -> Option<String> {
    if routes.is_empty() {
        return None;
    }
    let mut lines = Lines::new("Every route alone", width);
    // Those that match come first; they are what is looked for in a long list.
    let (matching, others): (Vec<_>, Vec<_>) = routes.iter().partition(|test| test.matches != Some(false));
    for test in matching.iter().chain(&others).take(LISTED) {
        let word = match test.matches {
            Some(true) => "matches",
            Some(false) => "no",
            None => "unknown",
        };
        let why = test.undecided.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        lines.line(word, &format!("{} {}{}{why}", test.route, test.pattern, placed(test.place.as_deref())));
    }
    if routes.len() > LISTED {
        lines.line("", &format!("and {}", count(routes.len() - LISTED, "more route")));
    }
    Some(lines.text())
}

/// What is an assumption in full, and the rows of the rest.
fn grounds(dial: &Dial, width: usize) -> String {
    if dial.grounds.is_empty() {
        return String::new();
    }
    let mut lines = Lines::new("What this rests on", width);
    for ground in dial.grounds.iter().filter(|ground| ground.confidence == "low") {
        lines.line("assumed", &format!("{} ({})", ground.what, ground.row));
    }
    for confidence in ["medium", "high"] {
        let rows = dial.grounds.iter().filter(|ground| ground.confidence == confidence);
        lines.line_if(confidence, &rows.map(|ground| ground.row.as_str()).collect::<Vec<_>>().join(", "));
    }
    lines.line("", "`ocstopo catalog show ROW` prints a row with its sources");
    lines.text()
}
