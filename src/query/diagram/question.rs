//! What is asked for: a view, a site, a feature or a path, in the words of a person.

use super::outage::describe;
use super::view::{Style, View};
use super::views::{OVERVIEW, SITE};
use super::{path, traffic};
use crate::diag::nearest;
use crate::diagram::Picture;
use crate::model::{SiteId, Topology};
use crate::plan::Plans;
use crate::product::Feature;
use crate::query::choice::write_one;
use crate::query::fail::effects;
use crate::query::trace::trace;

/// What a picture is asked to show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Question<'a> {
    /// The view; without one that of the site if one is named, or the overview.
    pub view: Option<View>,
    /// The site, by its name.
    pub site: Option<&'a str>,
    /// The feature whose connections are shown, by its word.
    pub feature: Option<&'a str>,
    /// Source and destination of connections, in the words of `trace`.
    pub path: Option<&'a str>,
    /// What is down, in the words of `fail`.
    pub fail: &'a [String],
}

/// Draws what is asked for; the error says what is wrong with the question.
pub fn ask(plans: Plans<'_>, question: &Question<'_>, style: Style<'_>) -> Result<Picture, String> {
    if let Some(ends) = question.path {
        let words: Vec<&str> = ends.split_whitespace().collect();
        let [from, to] = words[..] else {
            return Err(format!(
                "`--path` takes a source and a destination, as in `--path \"internet redmond.edge\"`, not `{ends}`"
            ));
        };
        return Ok(path::picture(plans, &trace(plans, from, to)?, style));
    }
    let effects = if question.fail.is_empty() { None } else { Some(effects(plans, question.fail)?) };
    let style = Style { outage: effects.as_ref(), ..style };
    let site = question.site.map(|name| site_named(plans.topology, name)).transpose()?;
    let view = question.view.unwrap_or(if site.is_some() { SITE } else { OVERVIEW });
    match question.feature {
        None => {
            let mut picture = view.draw(plans, site, style)?;
            if let Some(effects) = &effects {
                describe(&mut picture, effects);
            }
            Ok(picture)
        }
        Some(word) => {
            let feature = feature_on(plans.topology, word)?;
            let part =
                view.traffic.ok_or_else(|| format!("`--view {}` shows no connections: leave `--feature` out", view.word))?;
            traffic::picture(plans, feature, part, site, style)
        }
    }
}

fn site_named(topology: &Topology, name: &str) -> Result<SiteId, String> {
    let names = || topology.sites.iter().map(|site| site.name.as_str());
    match topology.sites.iter().find(|site| site.name == name) {
        Some(site) => Ok(site.id),
        None => Err(match nearest(name, names()) {
            Some(near) => format!("no site has the name `{name}`: did you mean `{near}`?"),
            None => format!("no site has the name `{name}`: {}", write_one(names())),
        }),
    }
}

fn feature_on(topology: &Topology, word: &str) -> Result<Feature, String> {
    let on = || [Feature::ImPresence].into_iter().chain(topology.organization.features.iter().map(|(feature, _)| *feature));
    match word.parse::<Feature>() {
        Ok(feature) if on().any(|other| other == feature) => Ok(feature),
        Ok(_) => Err(format!("`{word}` is not switched on: {}", write_one(on().map(Feature::word)))),
        Err(_) => Err(match nearest(word, Feature::ALL.iter().map(|feature| feature.word())) {
            Some(near) => format!("no feature has the name `{word}`: did you mean `{near}`?"),
            None => format!("no feature has the name `{word}`: {}", write_one(on().map(Feature::word))),
        }),
    }
}
