//! What `ocstopo signin` finds: a story of numbered steps, its end first.

use super::lines::way;
use crate::query::answer::HopKind;
use crate::query::signin::{Beside, Contact, Lookup, Outcome, Presented, SignIn};
use crate::report::{count, wrap};

/// The story, folded to a width.
pub fn human(story: &SignIn, width: usize) -> String {
    let mut text = Text { text: String::new(), width };
    head(story, &mut text);
    let mut steps = Steps { at: 0 };
    if !story.lookups.is_empty() {
        let found = story.contacts.iter().any(|contact| contact.stage != "proxied");
        steps.begin(&mut text, "asks DNS", if found { "ok" } else { "BROKEN" });
        names(story, &mut text);
    }
    for (at, contact) in story.contacts.iter().enumerate() {
        if story.contacts.iter().take(at).any(|before| is_alike(before, contact)) {
            continue;
        }
        steps.begin(&mut text, &title(contact), if contact.works { "ok" } else { "BROKEN" });
        self::contact(contact, story, &mut text);
        let alike = story.contacts.iter().skip(at + 1).filter(|other| is_alike(contact, other));
        let names: Vec<&str> = alike.filter_map(|other| other.name.as_deref()).collect();
        if !names.is_empty() {
            text.word("likewise", &names.join(", "));
        }
    }
    if story.works && !story.beside.is_empty() {
        steps.begin(&mut text, "also opens", "");
        story.beside.iter().for_each(|beside| self::beside(beside, &mut text));
    }
    if !story.rules.is_empty() {
        text.line("", "");
        text.line("", "How the client behaves");
        for rule in &story.rules {
            text.hanging("   ", "   ", &format!("{} [{}, {}]", rule.text, rule.grounds.row, rule.grounds.confidence));
        }
    }
    text.text
}

/// Lines of a width.
struct Text {
    text: String,
    width: usize,
}

impl Text {
    /// A text whose first line begins in one way and whose others in another.
    fn hanging(&mut self, first: &str, others: &str, value: &str) {
        for (at, part) in wrap(value, self.width.saturating_sub(others.chars().count())).iter().enumerate() {
            self.text += format!("{}{part}", if at == 0 { first } else { others }).trim_end();
            self.text.push('\n');
        }
    }

    fn line(&mut self, indent: &str, value: &str) {
        self.hanging(indent, indent, value);
    }

    /// A value with a word in front.
    fn word(&mut self, word: &str, value: &str) {
        self.hanging(&format!("   {word:<9} "), &" ".repeat(13), value);
    }
}

struct Steps {
    at: usize,
}

impl Steps {
    fn begin(&mut self, text: &mut Text, title: &str, mark: &str) {
        self.at += 1;
        let mark = if mark.is_empty() { String::new() } else { format!(": {mark}") };
        text.text.push('\n');
        text.hanging(&format!("{}  ", self.at), "   ", &format!("{title}{mark}"));
    }
}

fn head(story: &SignIn, text: &mut Text) {
    let place = match story.networks.as_slice() {
        [] => story.from.to_owned(),
        networks => format!("{}, in {}", story.from, networks.join(", ")),
    };
    text.line("", &format!("{} with {}, {place}", story.user, story.client_title));
    if !story.down.is_empty() {
        text.line("", &format!("down: {}", story.down.join(", ")));
    }
    match story.works {
        true => text.hanging("works: ", "       ", &story.verdict),
        false => text.hanging("broken: ", "        ", &story.verdict),
    }
    if let Some(fix) = &story.fix {
        text.hanging("to do: ", "       ", fix);
    }
    if story.home_presumed && !story.other_homes.is_empty() {
        let others = match story.other_homes.as_slice() {
            [only] => format!("`{only}`"),
            [first, ..] => format!("one of {} others, such as `{first}`", story.other_homes.len()),
            [] => String::new(),
        };
        let note = format!("the home is presumed to be `{}`; `--pool` shows users of {others}", story.home);
        text.hanging("note: ", "      ", &note);
    }
}

fn names(story: &SignIn, text: &mut Text) {
    // The address of a home pool belongs to the step that goes there.
    let lookups = || story.lookups.iter().filter(|lookup| lookup.stage != "home");
    let asked: Vec<&Lookup> = lookups().filter(|lookup| is_shown(lookup)).collect();
    let widest = asked.iter().map(|lookup| lookup.name.len() + lookup.record_type.len() + 1).max().unwrap_or_default();
    let column = widest.min(text.width.saturating_sub(NARROWEST_ANSWER + 5));
    for lookup in asked {
        let name = format!("{} {}", lookup.name, lookup.record_type);
        let indent = match lookup.stage {
            "target" | "home" => "     ",
            _ => "   ",
        };
        let padded = (column + 3).saturating_sub(indent.len());
        let first = format!("{indent}{name:<padded$}  ");
        let value = answer(lookup);
        if first.chars().count() + value.chars().count() <= text.width {
            text.text += &format!("{first}{value}\n");
        } else {
            text.line(indent, &name);
            text.line(&format!("{indent}  "), &value);
        }
        if matches!(lookup.stage, "update" | "time") && lookup.outcome == Outcome::NoRecord {
            text.line("     ", &lookup.purpose);
        }
    }
    let rest: Vec<&Lookup> = lookups().filter(|lookup| !is_shown(lookup)).collect();
    let not_needed: Vec<&str> =
        rest.iter().filter(|lookup| lookup.outcome == Outcome::NotNeeded).map(|lookup| lookup.name.as_str()).collect();
    let again = rest.len() - not_needed.len();
    if let [first, ..] = not_needed.as_slice() {
        let line = match not_needed.len() {
            1 => format!("fall-back not needed: {first}"),
            2 => format!("fall-backs not needed: {first} and 1 other"),
            many => format!("fall-backs not needed: {first} and {} others", many - 1),
        };
        text.line("   ", &line);
    }
    if again > 0 {
        text.line("   ", &format!("with the DNS suffix of the network added: {} without an answer", count(again, "name")));
    }
}

/// The columns that are kept for answers beside the names.
const NARROWEST_ANSWER: usize = 24;

/// Whether a look-up has a line of its own: fall-backs that were not asked for share one, and names with a suffix that are not there.
fn is_shown(lookup: &Lookup) -> bool {
    lookup.outcome != Outcome::NotNeeded && !(lookup.suffixed && lookup.outcome == Outcome::NoRecord && !lookup.taken_away)
}

fn answer(lookup: &Lookup) -> String {
    let answers = lookup.answers.iter().map(|answer| readable(answer)).collect::<Vec<_>>().join(", ");
    let unsure = if lookup.grounds.confidence == "low" { "; unsure" } else { "" };
    let outcome = match lookup.outcome {
        Outcome::Used => answers,
        Outcome::Failed => format!("{answers}  <- fails"),
        Outcome::Unused => format!("{answers}  (not used)"),
        Outcome::NoRecord if lookup.taken_away => "no record: taken away".to_owned(),
        Outcome::NoRecord if lookup.zone.is_none() => "no zone of the topology".to_owned(),
        Outcome::NoRecord => "no record".to_owned(),
        Outcome::NotNeeded => "not needed".to_owned(),
        Outcome::NotAsked => format!("not asked: {} off", lookup.needs.join(", ")),
    };
    outcome + unsure
}

/// `0 0 5061 sip.contoso.com.` is the port of a server; other answers are as in a zone file, without the final dot.
fn readable(answer: &str) -> String {
    let dotless = |name: &str| name.strip_suffix('.').unwrap_or(name).to_owned();
    match answer.split(' ').collect::<Vec<_>>().as_slice() {
        [_, _, port, target] => format!("{}:{port}", dotless(target)),
        _ => dotless(answer),
    }
}

/// Whether a browser meets the same server, with the same result, by another name.
fn is_alike(first: &Contact, second: &Contact) -> bool {
    let of = |contact: &Contact| (contact.stage, contact.to.clone(), contact.address, contact.port, contact.works);
    first.stage == "page" && of(first) == of(second)
}

fn title(contact: &Contact) -> String {
    let to = contact.to.as_deref().unwrap_or("nothing");
    let port = contact.port.map(|port| format!(", TCP {port}")).unwrap_or_default();
    match contact.stage {
        "proxied" => format!("{} passes on to {to}{port}", contact.from),
        "redirected" => format!("sent on to {to}{port}"),
        _ => format!("{to}{port}"),
    }
}

fn contact(contact: &Contact, story: &SignIn, text: &mut Text) {
    let address = contact.address.map(|address| address.to_string());
    let connects = match (&contact.name, address) {
        (Some(name), Some(address)) => format!("{name} ({address})"),
        (Some(one), None) => one.clone(),
        (None, one) => one.unwrap_or_default(),
    };
    let servers = match (contact.servers, contact.servers_down) {
        (0 | 1, _) => String::new(),
        (all, 0) => format!(", {all} servers"),
        (all, down) => format!(", {all} servers, of which {down} down"),
    };
    text.word("connects", &(connects + &servers));
    for found in &contact.ways {
        text.word("way", &way(&found.hops));
        let rules: Vec<String> = found.rules.iter().map(|rule| format!("{} on {}", rule.rule, rule.firewall)).collect();
        match rules.is_empty() {
            true => text.word("rule", "none: no firewall in between"),
            false => text.word("rule", &rules.join(", ")),
        }
    }
    if let Some(presented) = &contact.certificate {
        text.word("shows", &certificate(presented));
    }
    // The first one is at the top.
    if let Some(problem) = contact.problem.as_ref().filter(|problem| **problem != story.verdict) {
        text.word("problem", problem);
    }
}

fn certificate(presented: &Presented) -> String {
    let carried = match presented.carries_as {
        Some("common_name") => "the name is its common name",
        Some(_) => "the name is one of its alternative names",
        None => "the name is NOT on it",
    };
    let strict = match presented.strict {
        Some(true) => ", and directly in the user's domain",
        Some(false) => ", and NOT directly in the user's domain",
        None => "",
    };
    let issuer = presented.issuer.as_ref().map(|issuer| format!(" of {issuer}")).unwrap_or_default();
    format!("certificate {}{issuer}: {carried}{strict}", presented.certificate)
}

fn beside(beside: &Beside, text: &mut Text) {
    let found = &beside.way;
    let mut transports: Vec<&str> = found.transports.iter().map(|transport| transport.word()).collect();
    transports.sort_unstable();
    let ports: Vec<String> = found.ports.iter().map(ToString::to_string).collect();
    let mut to: Vec<&str> = found.to.iter().map(|party| party.path.as_str()).take(2).collect();
    let more = format!("{} more", found.to.len().saturating_sub(2));
    if found.to.len() > 2 {
        to.push(&more);
    }
    let firewalls: Vec<String> =
        found.hops.iter().filter(|hop| hop.kind == HopKind::Firewall).map(|hop| format!("[{}]", hop.path)).collect();
    let through = if firewalls.is_empty() { String::new() } else { format!(" through {}", firewalls.join(" ")) };
    let stopped = match beside.stopped_by.is_empty() {
        true => String::new(),
        false => format!("; STOPPED: {} down", beside.stopped_by.join(", ")),
    };
    let line = format!("{} {} to {}{through}: {}{stopped}", transports.join("+"), ports.join(","), to.join(", "), found.purpose,);
    text.hanging(&format!("   {:<5} ", found.grounds.row), &" ".repeat(9), &line);
}
