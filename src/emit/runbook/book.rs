//! Where the steps of a runbook are: all on one page, or, where that page would be too long to be read, those of each site on a page
//! of their own.

use std::collections::BTreeMap;

use super::view::{anchor, heading_text};
use crate::plan::runbook::{Phase, RunbookPlan, ServerRow, Step};

/// The most steps of one page: about as much as the usual viewers of Markdown still show.
const PAGE: usize = 1_000;

/// The pages of a runbook.
pub(super) struct Book<'p> {
    /// What is on the first page.
    pub(super) first: Page<'p>,
    /// The other pages, by site; none where all is on the first.
    pub(super) sites: BTreeMap<&'p str, Page<'p>>,
    /// For the first page: the sites whose steps of each phase are on other pages, and how many these are.
    pub(super) elsewhere: Vec<Vec<(&'p str, usize)>>,
}

/// What is on one page.
#[derive(Default)]
pub(super) struct Page<'p> {
    /// The phases with their steps; on the page of a site those that have steps there.
    pub(super) phases: Vec<(&'p Phase, Vec<&'p Step>)>,
    /// The servers.
    pub(super) servers: Vec<&'p ServerRow>,
}

impl<'p> Book<'p> {
    /// The pages of a plan.
    pub(super) fn new(plan: &'p RunbookPlan) -> Self {
        let mut book = Self::one_page(plan);
        if !is_book(plan) {
            return book;
        }
        for (phase, steps) in &mut book.first.phases {
            let mut elsewhere: Vec<(&str, usize)> = Vec::new();
            let mut stay = Vec::new();
            for step in std::mem::take(steps) {
                let Some(site) = step.site.as_deref() else {
                    stay.push(step);
                    continue;
                };
                let page = book.sites.entry(site).or_default();
                match page.phases.last_mut().filter(|(last, _)| last.position == phase.position) {
                    Some((_, own)) => own.push(step),
                    None => page.phases.push((*phase, vec![step])),
                }
            }
            for (site, page) in &book.sites {
                if let Some((_, own)) = page.phases.last().filter(|(last, _)| last.position == phase.position) {
                    elsewhere.push((site, own.len()));
                }
            }
            *steps = stay;
            book.elsewhere.push(elsewhere);
        }
        for server in &plan.servers {
            let site = server.path.split('.').next().unwrap_or_default();
            if let Some(page) = book.sites.get_mut(site) {
                page.servers.push(server);
            }
        }
        book
    }

    /// All on one page, however long it is.
    pub(super) fn one_page(plan: &'p RunbookPlan) -> Self {
        let phases = plan.phases.iter().map(|phase| (phase, phase.steps.iter().collect())).collect();
        let first = Page { phases, servers: plan.servers.iter().collect() };
        Self { first, sites: BTreeMap::new(), elsewhere: Vec::new() }
    }
}

/// Whether a plan has more pages than one.
fn is_book(plan: &RunbookPlan) -> bool {
    plan.count > PAGE
}

/// The page of a site, from the folder of the first page.
pub(super) fn site_page(site: &str) -> String {
    format!("sites/{site}.md")
}

/// The place of a step, from the folder of the first page, which is called `first`.
pub(super) fn place(plan: &RunbookPlan, step: &Step, first: &str) -> String {
    let page = step.site.as_deref().filter(|_| is_book(plan)).map(site_page);
    format!("{}#{}", page.as_deref().unwrap_or(first), anchor(&heading_text(step)))
}
