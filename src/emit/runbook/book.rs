//! Where the steps of a runbook are: all on one page, or, where that page would be too long to be read, those of each site on a page
//! of their own.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::emit::Halt;
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

impl Page<'_> {
    /// How many steps it has.
    pub(super) fn count(&self) -> usize {
        self.phases.iter().map(|(_, steps)| steps.len()).sum()
    }
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

    /// Does something with the page of each site, several at a time.
    pub(super) fn each_site(&self, put: impl Fn(&'p str, &Page<'p>) -> Result<(), Halt> + Sync) -> Result<(), Halt> {
        self.sites.par_iter().try_for_each(|(site, page)| put(site, page))
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

/// The page of a step, from the folder of the first page, which is called `first`.
pub(super) fn page_of(plan: &RunbookPlan, step: &Step, first: &str) -> String {
    step.site.as_deref().filter(|_| is_book(plan)).map_or_else(|| first.to_owned(), site_page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::runbook::markdown::FIRST;
    use crate::emit::runbook::markdown::tests::{assert_clean, pages};
    use crate::emit::runbook::samples::{plan, sites};
    use crate::emit::{EmitContext, Templates};

    #[test]
    fn each_step_is_on_one_page() {
        let (small, large) = (sites(400), sites(600));
        let book = Book::new(&small);
        assert!(book.sites.is_empty() && book.first.phases.iter().map(|(_, steps)| steps.len()).sum::<usize>() == small.count);
        let book = Book::new(&large);
        assert_eq!(book.sites.len(), 600);
        let of_sites = book.sites.values().flat_map(|page| &page.phases).map(|(_, steps)| steps.len()).sum::<usize>();
        let on_first: Vec<&str> = book.first.phases.iter().flat_map(|(_, steps)| steps).map(|step| step.id.as_str()).collect();
        assert_eq!((of_sites, on_first), (1_200, vec!["P1.all", "P2.all"]));
        assert!(book.elsewhere.iter().all(|sites| sites.len() == 600 && sites.iter().all(|(_, count)| *count == 1)));
        let step = &large.phases[1].steps[7];
        assert_eq!(
            (page_of(&large, step, "runbook.md"), page_of(&small, step, "runbook.md")),
            ("sites/s6.md".into(), "runbook.md".into())
        );
    }

    #[test]
    fn the_first_page_of_a_book_names_the_pages_of_sites() {
        let mut plan = plan("Create the pool", "x");
        plan.count = 1_001;
        let cx = EmitContext { templates: &Templates::shipped(), sample: false, organization: "contoso" };
        let pages = pages(&plan, &cx);
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [FIRST, "sites/redmond.md"]);
        let (first, site) = (&pages[0].1, &pages[1].1);
        assert_clean(first);
        assert_clean(site);
        assert!(first.contains("- [ ] site [`redmond`](sites/redmond.md#phase-enterprise-pools): 1 step\n"), "{first}");
        assert!(!first.contains("### `EE2.") && site.contains("### `EE2.redmond.pool01`"));
        insta::assert_snapshot!(site[..site.find("### `EE2").expect("a step")].trim_end(), @"
        # Site `redmond`: deployment runbook of contoso

        Office Communications Server 2007: 1 step of this site in 1 phase, for 1 server.
        [The first page](../runbook.md) says how to use this one, and has the steps that belong to no site. Begin a phase when the first page says
        that the phase before it is done.

        ## Contents

        **[Enterprise pools](#phase-enterprise-pools)**

        - [ ] [`EE2.redmond.pool01`](#ee2redmondpool01-create-the-pool-pool01contosocom) Create the pool `pool01.contoso.com` (server team)

        ## What will exist at the end

        | server | name | addresses | roles |
        |---|---|---|---|
        | `redmond.pool01.fe01` |  | `10.0.0.1`, `10.0.0.2` | Front End |

        ## Phase: Enterprise pools

        Each pool is created.
        ");
    }
}
