//! `ocstopo graph`

use clap::Args;

use crate::cli::args::Input;
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::emit::SAMPLE;
use crate::emit::diagram::{FORMS, Form};
use crate::io::Out;
use crate::query::diagram::{Question, Style, VIEWS, View, ask};

/// Draw the topology: an overview, one site, the perimeter, telephony or names; connections of a feature, one path hop by hop, or an outage
///
/// A picture has at most 60 boxes: larger things are counted, and `--site` shows them. The same topology always gives the same bytes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo graph examples/contoso > contoso.svg\n  \
    ocstopo graph examples/contoso --site redmond > redmond.svg\n  \
    ocstopo graph examples/contoso --view perimeter --feature federation > federation.svg\n  \
    ocstopo graph examples/contoso --path \"redmond.clients redmond.pool01\" > sign-in.svg\n  \
    ocstopo graph examples/contoso --fail redmond.inner > outage.svg\n  \
    ocstopo graph examples/contoso --format dot | dot -Tpdf > contoso.pdf\n\n\
    Exit codes: 0 the picture is drawn, 2 a name is unknown, or the topology cannot be read or has errors.")]
pub(in crate::cli) struct Graph {
    #[command(flatten)]
    input: Input,

    /// What is shown; without it the overview, or with `--site` the site
    #[arg(long, value_name = "VIEW", value_parser = choice(VIEWS.map(|view| (view.word, view.title, view))))]
    view: Option<View>,

    /// The site that is shown
    #[arg(long, value_name = "SITE")]
    site: Option<String>,

    /// Show the connections that this feature needs, with their ports, and nothing else
    #[arg(long, value_name = "FEATURE")]
    feature: Option<String>,

    /// Show the connections from one place to another hop by hop; both as in `trace`
    #[arg(long = "path", value_name = "FROM TO", conflicts_with_all = ["view", "site", "feature"])]
    way: Option<String>,

    /// Show what an outage does: what is down, and who loses something; a name as in `fail`, may be repeated
    #[arg(long, value_name = "NODE", conflicts_with_all = ["feature", "way"])]
    fail: Vec<String>,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "svg", value_parser = choice(FORMS.map(|form| (form.word, form.title, form))))]
    format: Form,
}

impl Graph {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let topology = load::resolved(&self.input, out)?;
        let plans = topology.plans();
        let question = Question {
            view: self.view,
            site: self.site.as_deref(),
            feature: self.feature.as_deref(),
            path: self.way.as_deref(),
            fail: &self.fail,
        };
        let note = plans.topology.organization.sample.then_some(SAMPLE);
        let picture = ask(plans, &question, Style { note, places: true, ..Style::default() })?;
        out.print(&(self.format.write)(&picture));
        Ok(Exit::Fine)
    }
}
