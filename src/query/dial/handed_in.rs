//! A number that a gateway or voice mail hands in: the location profile that normalizes it, and what becomes of it.

use super::answer::{Dial, Mode};
use super::{Asked, Question, number};
use crate::model::Named;
use crate::plan::voice::of_mediation;
use crate::query::choice::choice;

/// What becomes of a number that something hands in.
pub(super) fn handed_in(asked: &Asked<'_>, question: Question<'_>, path: &str) -> Result<Dial, String> {
    if question.mode != Mode::Dialled || question.policy.is_some() || !question.down.is_empty() {
        return Err(format!(
            "`{path}` hands numbers in: they have no policy and no route, and are neither normalized nor of the directory"
        ));
    }
    let topology = asked.plans.topology;
    let of_mediation = match topology.by_path.get(path) {
        Some(Named::Group(id)) => of_mediation(topology, *id),
        _ => None,
    };
    // A Mediation Server hands in what its gateway does.
    let forms = asked.forms_of(asked.voice.behind(path).unwrap_or(path));
    let profiles: Vec<&str> =
        of_mediation.map_or_else(|| forms.map(|forms| forms.profiles.clone()).unwrap_or_default(), |profile| vec![profile]);
    let profile = match profiles.as_slice() {
        [only] => asked.voice.plan.profile(only),
        [] => {
            return Err(format!(
                "no location profile normalizes what `{path}` hands in: no Mediation Server or dial plan leads to one"
            ));
        }
        several => {
            let names = choice(several.iter().copied());
            return Err(format!("several location profiles normalize what `{path}` hands in: write `--from` with {names}"));
        }
    };
    let (normalization, called) = number::normalized(asked, question, profile)?;
    let rows = ["number.handed_in"].into_iter().chain(number::rows(Mode::HandedIn, normalization.as_ref()));
    Ok(Dial {
        number: question.number.to_owned(),
        mode: Mode::HandedIn,
        from: profile.map(|profile| profile.name.to_owned()),
        handed_in_by: Some(path.to_owned()),
        has_its_form: forms.and_then(|forms| forms.hands_in(question.number)),
        down: Vec::new(),
        normalization,
        built_in: None,
        emergency: None,
        calls: Vec::new(),
        routes: Vec::new(),
        grounds: asked.grounds(rows.chain(["call.user_first"])),
        result: Some(called),
    })
}
