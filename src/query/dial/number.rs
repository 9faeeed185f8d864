//! The number: which rule normalizes it, which rules come too late, and whether it is one that people dial for help.

use super::answer::{Cleaned, Dial, Emergency, GroupText, LaterRule, Mode, Normalization, UsedRule};
use super::{Asked, Question, undecided};
use crate::dial::{Later, Normalized, Profile, Rule, Taken, Undecided, built_in, is_e164, tel, without_separators};

/// How a number is normalized, and what it is then.
pub(super) fn normalized(
    asked: &Asked<'_>,
    question: Question<'_>,
    profile: Option<&Profile<'_>>,
) -> Result<(Option<Normalization>, String), String> {
    let number = question.number;
    let Some(profile) = profile.filter(|_| question.mode != Mode::Normalized) else { return Ok((None, number.to_owned())) };
    let found = match profile.normalize(number) {
        Ok(found) => found,
        Err((rule, why)) => return Err(undecided("rule", rule.name, why)),
    };
    let already_e164 = is_e164(number);
    let mut normalization = told(asked, profile, &found, already_e164);
    if found.taken.is_none() && !already_e164 {
        normalization.without_separators = cleaned(number, |number| profile.normalize(number));
    }
    let called = if already_e164 { number.to_owned() } else { found.number };
    Ok((Some(normalization), called))
}

/// What the rules found; of a number that needs no rule, those that match are among the later ones.
fn told(asked: &Asked<'_>, profile: &Profile<'_>, found: &Normalized<'_, '_>, needless: bool) -> Normalization {
    let place = |rule: &Rule<'_>| asked.rule_place(profile.name, rule.name);
    let used = |taken: &Taken<'_, '_>| UsedRule {
        rule: taken.rule.name.to_owned(),
        pattern: taken.rule.pattern.to_owned(),
        translation: taken.rule.translation.to_owned(),
        place: place(taken.rule),
        matched: taken.replaced.matched.clone(),
        places: taken.replaced.places,
        groups: taken
            .replaced
            .groups
            .iter()
            .map(|group| GroupText { group: group.name.clone(), text: group.text.clone() })
            .collect(),
    };
    let later = |later: &Later<'_, '_>| LaterRule {
        rule: later.rule.name.to_owned(),
        result: later.result.clone().ok(),
        undecided: later.result.as_ref().err().map(ToString::to_string),
        place: place(later.rule),
    };
    let skipped = found.taken.as_ref().filter(|_| needless).map(|taken| LaterRule {
        rule: taken.rule.name.to_owned(),
        result: Some(taken.replaced.result.clone()),
        undecided: None,
        place: place(taken.rule),
    });
    Normalization {
        rule: found.taken.as_ref().filter(|_| !needless).map(used),
        already_e164: needless,
        rules: profile.rules.len(),
        later: skipped.into_iter().chain(found.later.iter().map(later)).collect(),
        without_separators: None,
    }
}

/// The number without blanks and punctuation, where a rule takes it then.
fn cleaned<'p, 'a: 'p>(
    number: &str,
    normalize: impl Fn(&str) -> Result<Normalized<'p, 'a>, (&'p Rule<'a>, Undecided)>,
) -> Option<Cleaned> {
    let number = without_separators(number)?;
    let found = normalize(&number).ok()?;
    let rule = found.taken.as_ref().map(|taken| taken.rule.name.to_owned());
    let is_better = rule.is_some() || is_e164(&number);
    let result = if is_e164(&number) { number.clone() } else { found.number };
    is_better.then_some(Cleaned { number, rule, result })
}

/// The rows that the normalization rests on.
pub(super) fn rows(mode: Mode, normalization: Option<&Normalization>) -> Vec<&'static str> {
    let Some(normalization) = normalization else { return Vec::new() };
    let mut rows = Vec::new();
    match (&normalization.rule, normalization.already_e164) {
        (_, true) => rows.push("number.already_e164"),
        (Some(_), _) => rows.extend(["number.first_rule", "number.replaced"]),
        (None, _) if mode == Mode::Dialled => rows.push("number.no_rule"),
        (None, _) => {}
    }
    if normalization.without_separators.is_some() {
        rows.push("number.as_typed");
    }
    rows
}

/// Whether a number is dialled for help, and who else catches it.
pub(super) fn emergency(
    asked: &Asked<'_>,
    question: Question<'_>,
    profile: &Profile<'_>,
    called: &str,
    matching: &[Result<bool, Undecided>],
) -> Option<Emergency> {
    let help = &profile.emergency_numbers;
    let becomes = |number: &str| profile.normalize(number).is_ok_and(|found| found.number == called);
    let written = help.iter().find(|number| **number == question.number).or_else(|| help.iter().find(|number| becomes(number)));
    let number = (*written?).to_owned();
    let dialled = if question.mode == Mode::Normalized { number.as_str() } else { question.number };
    let rules = profile.rules.iter().filter(|rule| !profile.is_for_help(rule) && rule.matches(dialled));
    let numbers: Vec<String> = help.iter().filter_map(|number| Some(profile.normalize(number).ok()?.number)).collect();
    let routes = asked.voice.plan.routes.iter().zip(matching).filter(|(_, matches)| **matches == Ok(true));
    let routes = routes.filter(|(route, _)| !route.is_only_for(&numbers)).map(|(route, _)| route.name.to_owned());
    Some(Emergency { rules: rules.map(|rule| rule.name.to_owned()).collect(), routes: routes.collect(), number })
}

/// What the address book makes of a number of the directory.
pub(super) fn book(asked: &Asked<'_>, number: &str, profile: &Profile<'_>) -> Result<Dial, String> {
    let found = match profile.book(number) {
        Ok(found) => found,
        Err((rule, why)) => return Err(undecided("rule", rule.name, why)),
    };
    let mut normalization = told(asked, profile, &found, false);
    let mut rows = vec!["book.company_rules", "book.form"];
    let result = found.taken.is_some().then(|| tel(&found.number));
    if result.is_none() {
        normalization.without_separators = cleaned(number, |number| profile.book(number));
        rows.extend(["book.no_rule", "book.raw"]);
    }
    let built_in = built_in(number).filter(|_| result.is_none());
    if built_in.is_some() {
        rows.push("book.built_in");
    }
    Ok(Dial {
        number: number.to_owned(),
        mode: Mode::AddressBook,
        from: Some(profile.name.to_owned()),
        handed_in_by: None,
        has_its_form: None,
        down: Vec::new(),
        normalization: Some(normalization),
        result,
        built_in,
        emergency: None,
        calls: Vec::new(),
        routes: Vec::new(),
        grounds: asked.grounds(rows),
    })
}
