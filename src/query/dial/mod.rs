//! What becomes of a dialled number: the rule that normalizes it, the route and the gateways of the call with each
//! voice policy; or what the address book makes of a number of the directory.
//! Input: a question, the topology with its plans. Output: a [`Dial`], plain values.

mod answer;
mod call;
mod handed_in;
mod number;

pub use answer::{
    Call, Cleaned, Dial, Emergency, Ground, GroupText, LaterRule, Mode, Normalization, RouteTest, Usage, UsedGateway, UsedRoute,
    UsedRule,
};

use crate::dial::{Policy, Profile, Undecided, check};
use crate::model::{GroupId, Named};
use crate::plan::Plans;
use crate::plan::voice::{NumberForms, Voice, number_forms, voice};
use crate::product::GroupKind;
use crate::query::answer::Page;
use crate::query::choice::{choice, write_one};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The number as it was typed.
    pub number: &'q str,
    /// The location profile, which may be left out where there is one; or what hands the number in, by path.
    pub from: Option<&'q str>,
    /// The voice policy; all when left out.
    pub policy: Option<&'q str>,
    /// How the number is taken.
    pub mode: Mode,
    /// Mediation Servers and media gateways that do not answer, by path.
    pub down: &'q [String],
}

/// What an answer is made from.
struct Asked<'a> {
    plans: Plans<'a>,
    voice: Voice<'a>,
    /// The forms of numbers of gateways and voice mail.
    forms: Vec<NumberForms<'a>>,
}

/// Answers a question; the error is text for people.
pub fn dial(plans: Plans<'_>, question: Question<'_>) -> Result<Dial, String> {
    check(question.number).map_err(|bad| bad.to_string())?;
    let asked = Asked { plans, voice: voice(plans.topology), forms: number_forms(plans.topology) };
    if let Some(path) = question.from.filter(|from| asked.voice.plan.profile(from).is_none() && asked.hands_in(from)) {
        return handed_in::handed_in(&asked, question, path);
    }
    let profile = asked.profile(question)?;
    let down = asked.down(question.down)?;
    let policies = asked.policies(question.policy)?;
    match (question.mode, profile) {
        (Mode::AddressBook, Some(profile)) => number::book(&asked, question.number, profile),
        (mode, profile) => {
            let (normalization, called) = number::normalized(&asked, question, profile)?;
            let matching = asked.voice.plan.matching(&called);
            let calls = call::calls(&asked, &policies, &called, &matching, &down);
            let rows = number::rows(mode, normalization.as_ref()).into_iter().chain(call::rows(&calls));
            Ok(Dial {
                number: question.number.to_owned(),
                mode,
                from: profile.map(|profile| profile.name.to_owned()),
                handed_in_by: None,
                has_its_form: None,
                down: question.down.to_vec(),
                emergency: profile.and_then(|profile| number::emergency(&asked, question, profile, &called, &matching)),
                normalization,
                calls,
                routes: call::tests(&asked, &matching),
                grounds: asked.grounds(rows),
                result: Some(called),
                built_in: None,
            })
        }
    }
}

impl<'a> Asked<'a> {
    fn profile(&self, question: Question<'_>) -> Result<Option<&Profile<'a>>, String> {
        let profiles = &self.voice.plan.profiles;
        let names = || profiles.iter().map(|profile| profile.name);
        match (question.from, profiles.as_slice()) {
            (Some(name), _) => match self.voice.plan.profile(name) {
                Some(profile) => Ok(Some(profile)),
                None => Err(unknown("location profile", name, names())),
            },
            (None, [only]) => Ok(Some(only)),
            (None, _) if question.mode == Mode::Normalized => Ok(None),
            (None, []) => Err("the topology has no location profile: there are no rules for numbers".to_owned()),
            (None, _) => Err(format!("there are several location profiles: write `--from` with {}", choice(names()))),
        }
    }

    /// Whether a path names something that hands numbers in.
    fn hands_in(&self, path: &str) -> bool {
        let kinds = [GroupKind::MediationServer, GroupKind::MediaGateway, GroupKind::ExchangeUm];
        let topology = self.plans.topology;
        matches!(topology.by_path.get(path), Some(Named::Group(id)) if kinds.contains(&topology.group(*id).kind))
    }

    /// The forms of numbers of a gateway or voice mail server.
    fn forms_of(&self, path: &str) -> Option<&NumberForms<'a>> {
        self.forms.iter().find(|forms| forms.path == path)
    }

    fn policies(&self, name: Option<&str>) -> Result<Vec<&Policy<'a>>, String> {
        let policies = &self.voice.plan.policies;
        let Some(name) = name else { return Ok(policies.iter().collect()) };
        let found = self.voice.plan.policy(name);
        found.map(|policy| vec![policy]).ok_or_else(|| unknown("policy", name, policies.iter().map(|policy| policy.name)))
    }

    fn down(&self, paths: &[String]) -> Result<Vec<GroupId>, String> {
        let topology = self.plans.topology;
        let is_one = |kind: GroupKind| matches!(kind, GroupKind::MediationServer | GroupKind::MediaGateway);
        let all = || topology.groups.iter().filter(|group| is_one(group.kind)).map(|group| group.path.as_str());
        let id = |path: &String| match topology.by_path.get(path) {
            Some(Named::Group(id)) if is_one(topology.group(*id).kind) => Ok(*id),
            Some(_) => Err(format!("`{path}` is not a Mediation Server or media gateway: {}", write_one(all()))),
            None => Err(unknown("Mediation Server or media gateway", path, all())),
        };
        paths.iter().map(id).collect()
    }

    fn place(&self, kind: &str, name: &str) -> Option<String> {
        Some(self.plans.lines.place(self.voice.place(kind, name)?))
    }

    fn rule_place(&self, profile: &str, rule: &str) -> Option<String> {
        Some(self.plans.lines.place(self.voice.rule_place(profile, rule)?))
    }

    /// The sentences of some rows, each once.
    fn grounds(&self, rows: impl IntoIterator<Item = &'static str>) -> Vec<Ground> {
        let catalog = self.plans.catalog;
        let mut grounds: Vec<Ground> = Vec::new();
        for id in rows {
            let row = crate::catalog::fact::<crate::catalog::CallRule>(self.plans.topology.organization.product, id);
            let Some(row) = row.filter(|row| grounds.iter().all(|ground| ground.row != row.id)) else { continue };
            let title = |key: &String| Page { key: key.clone(), title: catalog.source_title(key).unwrap_or(key).to_owned() };
            grounds.push(Ground {
                row: row.id.clone(),
                what: row.what.clone(),
                sources: row.provenance.source.iter().map(title).collect(),
                confidence: row.provenance.confidence.word(),
            });
        }
        grounds
    }
}

/// The text for a pattern of which it is not known whether it matches.
fn undecided(what: &str, name: &str, why: Undecided) -> String {
    format!("it is not known whether the {what} `{name}` matches: {why}; write its pattern in a simpler way")
}

fn unknown<'n>(what: &str, name: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    match crate::diag::nearest(name, names.clone()) {
        Some(near) => format!("there is no {what} `{name}`: did you mean `{near}`?"),
        None if names.clone().next().is_none() => format!("there is no {what} `{name}`: the topology has none"),
        None => format!("there is no {what} `{name}`: write {}", choice(names)),
    }
}

#[cfg(test)]
mod tests;
