//! A dial plan: location profiles with their rules, voice policies and routes, ready to be tried.

use super::number_rule::NumberRule;
use super::{Machine, Pattern, covered, numbers};

/// How people dial, what they may call, and by which gateways calls leave.
#[derive(Debug, Default)]
pub struct DialPlan<'a> {
    /// The location profiles, by name.
    pub profiles: Vec<Profile<'a>>,
    /// The voice policies, by name.
    pub policies: Vec<Policy<'a>>,
    /// The routes, by name.
    pub routes: Vec<Route<'a>>,
}

/// The dialling habits of one location.
#[derive(Debug)]
pub struct Profile<'a> {
    /// Its name.
    pub name: &'a str,
    /// The numbers that people dial for help here.
    pub emergency_numbers: Vec<&'a str>,
    /// Its rules, in the order in which they are tried.
    pub rules: Vec<Rule<'a>>,
}

/// A normalization rule.
#[derive(Debug)]
pub struct Rule<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its pattern.
    pub pattern: &'a str,
    /// Its translation.
    pub translation: &'a str,
    /// Both, ready to be tried; none where .NET reads the pattern differently.
    pub(super) compiled: Option<NumberRule<'a>>,
}

/// The calls that a group of users may make.
#[derive(Debug)]
pub struct Policy<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its usages, in the order in which they are tried.
    pub usages: Vec<&'a str>,
}

/// A way for calls to certain numbers.
#[derive(Debug)]
pub struct Route<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its pattern.
    pub pattern: &'a str,
    /// The usages that may use it.
    pub usages: Vec<&'a str>,
    /// Its gateways, as written: used in turn.
    pub gateways: Vec<String>,
    pub(super) compiled: Option<Pattern>,
}

/// How many numbers a rule for emergency numbers only may match.
const FEW: usize = 100;

impl<'a> Rule<'a> {
    /// A rule.
    pub fn new(name: &'a str, pattern: &'a str, translation: &'a str) -> Self {
        Self { name, pattern, translation, compiled: NumberRule::new(pattern, translation) }
    }

    /// Whether it matches a number, as far as that is known.
    pub fn matches(&self, number: &str) -> bool {
        self.compiled.as_ref().is_some_and(|rule| rule.apply(number).is_ok_and(|made| made.is_some()))
    }
}

impl Profile<'_> {
    /// Whether a rule matches nothing but emergency numbers, and numbers that become the same as one of them, such as 9911.
    pub fn is_for_help(&self, rule: &Rule<'_>) -> bool {
        let Some(listed) = Machine::new(rule.pattern).and_then(|machine| numbers(&machine, FEW)) else { return false };
        let called: Vec<String> =
            self.emergency_numbers.iter().filter_map(|number| Some(self.normalize(number).ok()?.number)).collect();
        let becomes_help = |number: &String| {
            let made = rule.compiled.as_ref().and_then(|rule| rule.apply(number).ok()?);
            made.is_some_and(|made| called.contains(&made))
        };
        let is_help = |number: &String| self.emergency_numbers.contains(&number.as_str()) || becomes_help(number);
        !listed.is_empty() && listed.iter().all(is_help)
    }
}

impl<'a> Route<'a> {
    /// A route.
    pub fn new(name: &'a str, text: &'a str, usages: Vec<&'a str>, gateways: Vec<String>) -> Self {
        Self { name, pattern: text, usages, gateways, compiled: Pattern::new(text) }
    }

    /// Whether it matches no other numbers than these, and not all numbers that begin or end so.
    pub fn is_only_for(&self, numbers: &[String]) -> bool {
        let escaped: Vec<String> = numbers.iter().map(|number| number.replace('+', r"\+")).collect();
        let plain = numbers.iter().all(|number| number.bytes().all(|byte| byte == b'+' || byte.is_ascii_digit()));
        let all = Machine::new(&format!("^({})$", escaped.join("|"))).filter(|_| plain && !numbers.is_empty());
        let own = Machine::new(self.pattern);
        own.zip(all).is_some_and(|(own, all)| covered(&own, &[&all]) == Some(true))
    }
}

impl<'a> DialPlan<'a> {
    /// The profile of a name.
    pub fn profile(&self, name: &str) -> Option<&Profile<'a>> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// The policy of a name.
    pub fn policy(&self, name: &str) -> Option<&Policy<'a>> {
        self.policies.iter().find(|policy| policy.name == name)
    }
}
