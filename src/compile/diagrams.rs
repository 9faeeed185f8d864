//! The pictures of a build: an overview that leads to one of each site, and those for single teams.

use rayon::prelude::*;

use super::inputs::PartInputs;
use crate::emit::diagram::svg;
use crate::emit::{Artifact, EmitContext, Halt, Sink, Team, put};
use crate::query::diagram::{Style, VIEWS, site_file};

/// The folder of pictures.
pub(super) const FOLDER: &str = "diagrams/";

/// All pictures.
pub(super) fn emit(inputs: &PartInputs<'_>, cx: &EmitContext<'_>, sink: &dyn Sink) -> Result<(), Halt> {
    let plans = inputs.plans;
    let style = Style { note: cx.note(), places: plans.lines.show, links: true, ..Style::default() };
    let sites = &plans.topology.sites;
    let mut wanted = Vec::new();
    for view in VIEWS {
        if view.is_of_one_site {
            let of_site = |site: &crate::model::Site| (view, Some(site.id), site_file(&site.name), site.name.clone());
            wanted.extend(sites.iter().map(of_site));
        } else {
            wanted.push((view, None, format!("{}.svg", view.word), plans.topology.organization.name.clone()));
        }
    }
    // A thousand sites are a thousand pictures.
    wanted.into_par_iter().try_for_each(|(view, site, file, made_from)| {
        // What a picture would show may not be there, such as a perimeter.
        let Ok(picture) = view.draw(plans, site, style) else { return Ok(()) };
        let content = svg::file(&picture);
        put(sink, Artifact { path: format!("{FOLDER}{file}"), team: Team::Deployment, made_from: vec![made_from], content })
    })
}
