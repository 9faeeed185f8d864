//! `runbook.md`, with a page for each site where there are many: written for the person who follows it at night.

use rayon::prelude::*;
use serde::Serialize;

use super::book::{Book, Page, site_page};
use super::view::{StepView, anchor, heading_text, line, step};
use super::words::{minutes, work};
use crate::change::ChangePlan;
use crate::emit::language::{MARKDOWN, marked};
use crate::emit::{Artifact, EmitContext, EmitError, Halt, TOOL, Team};
use crate::plan::runbook::{Lane, NetworkRow, Phase, RunbookPlan, ServerRow, ServiceRow, SourceRow, Step};

/// How many steps are rendered at a time: the engine's own form of a step is many times its text.
const PORTION: usize = 200;

/// One portion of the page: its head, some steps of a phase, or its tail.
#[derive(Default, Serialize)]
struct View<'a> {
    head: Option<Head<'a>>,
    /// The phase that begins with these steps.
    heading: Option<Heading<'a>>,
    steps: Vec<StepView<'a>>,
    /// The phase that ends with them.
    end: Option<End<'a>>,
    tail: Option<Tail<'a>>,
}

#[derive(Serialize)]
struct Head<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'a str,
    count: usize,
    phases: Vec<Heading<'a>>,
    lanes: Vec<LaneView>,
    critical: Option<CriticalView<'a>>,
    servers: &'a [&'a ServerRow],
    /// The site whose page this is.
    site: Option<&'a str>,
    /// Whether sites have pages of their own.
    is_book: bool,
    /// The version that runs, on the page of a change.
    since: Option<&'a str>,
    /// Whether that version is of another release.
    other_release: bool,
    /// The steps that cannot be undone.
    irreversible: Vec<&'a str>,
}

#[derive(Serialize)]
struct Heading<'a> {
    text: String,
    anchor: String,
    title: &'a str,
    about: &'a str,
    /// Its steps, for the contents.
    steps: Vec<Entry<'a>>,
    /// The sites whose steps are on other pages.
    sites: Vec<SiteEntry<'a>>,
}

/// The steps of a phase that are on the page of a site.
#[derive(Serialize)]
struct SiteEntry<'a> {
    site: &'a str,
    page: String,
    count: usize,
}

/// A step in the contents.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: String,
    anchor: String,
    team: &'static str,
}

#[derive(Serialize)]
struct End<'a> {
    go: String,
    stop: String,
    title: &'a str,
}

#[derive(Serialize)]
struct LaneView {
    title: &'static str,
    word: &'static str,
    count: usize,
    work: String,
}

#[derive(Serialize)]
struct CriticalView<'a> {
    /// The first steps of it, and how many more there are.
    steps: Vec<&'a str>,
    more: usize,
    count: usize,
    work: String,
    wait: String,
}

#[derive(Serialize)]
struct Tail<'a> {
    services: &'a [ServiceRow],
    networks: &'a [NetworkRow],
    sources: &'a [SourceRow],
}

/// What the first page is called.
pub(super) const FIRST: &str = "runbook.md";

/// The pages of a deployment: each is given to `put` as it is made, with its name in the folder of the first.
pub(super) fn emit(
    plan: &RunbookPlan,
    book: &Book<'_>,
    cx: &EmitContext<'_>,
    put: impl Fn(&str, String) -> Result<(), Halt> + Sync,
) -> Result<(), Halt> {
    put(FIRST, page("runbook", plan, &Sheet { elsewhere: &book.elsewhere, ..Sheet::of(&book.first) }, cx)?)?;
    book.each_site(|site, own| {
        put(&site_page(site), page("runbook_site", plan, &Sheet { site: Some(site), ..Sheet::of(own) }, cx)?)
    })
}

/// The page of a change.
pub fn change(plan: &ChangePlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let book = Book::one_page(&plan.runbook);
    let sheet = Sheet { change: Some(plan), ..Sheet::of(&book.first) };
    let content = page("change", &plan.runbook, &sheet, cx)?;
    let made_from = vec![plan.runbook.organization.clone()];
    Ok(vec![Artifact { path: CHANGE.to_owned(), team: Team::Deployment, made_from, content }])
}

const CHANGE: &str = "change/runbook.md";

/// What one page is made of.
struct Sheet<'p> {
    page: &'p Page<'p>,
    /// The site whose page it is.
    site: Option<&'p str>,
    /// For each phase the sites with steps on other pages; empty where there are none.
    elsewhere: &'p [Vec<(&'p str, usize)>],
    change: Option<&'p ChangePlan>,
}

impl<'p> Sheet<'p> {
    fn of(page: &'p Page<'p>) -> Self {
        Self { page, site: None, elsewhere: &[], change: None }
    }

    fn headings(&self, contents: bool) -> impl Iterator<Item = Heading<'p>> {
        let sites = |at: usize| self.elsewhere.get(at).map(Vec::as_slice).unwrap_or_default();
        self.page.phases.iter().enumerate().map(move |(at, (phase, steps))| heading(phase, steps, sites(at), contents))
    }
}

fn page(template: &str, plan: &RunbookPlan, sheet: &Sheet<'_>, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let render = |view: &View<'_>| cx.templates.render(&MARKDOWN, template, view);
    let phases = &sheet.page.phases;
    let is_first = sheet.site.is_none();
    let head = Head {
        note: cx.note(),
        tool: TOOL,
        organization: &plan.organization,
        product: plan.product,
        count: if is_first { plan.count } else { sheet.page.count() },
        phases: sheet.headings(true).collect(),
        lanes: if is_first { plan.lanes.iter().map(lane).collect() } else { Vec::new() },
        critical: critical(plan).filter(|_| is_first),
        servers: &sheet.page.servers,
        site: sheet.site,
        is_book: !sheet.elsewhere.is_empty(),
        since: sheet.change.map(|change| change.since.as_str()),
        other_release: sheet.change.is_some_and(|change| change.is_other_release),
        irreversible: (sheet.change.iter().flat_map(|change| change.runbook.steps()))
            .filter(|step| step.irreversible)
            .map(|step| step.id.as_str())
            .collect(),
    };
    let mut content = render(&View { head: Some(head), ..View::default() })?;
    let headings: Vec<Heading<'_>> = sheet.headings(false).collect();
    let note = |step: &Step| sheet.change.and_then(|change| change.notes.get(&step.id)).map(String::as_str);
    let portions: Vec<Portion<'_, '_>> = (phases.iter().zip(headings))
        .flat_map(|((phase, steps), heading)| {
            let mut heading = Some(heading);
            let many = steps.chunks(PORTION).chain(steps.is_empty().then_some(steps.as_slice()));
            many.enumerate().map(move |(at, own)| {
                let is_last = (at + 1) * PORTION >= steps.len();
                (heading.take(), own, is_last.then_some(*phase))
            })
        })
        .collect();
    let portion = |(heading, steps, ends): Portion<'_, '_>| {
        let steps = steps.iter().map(|shown| step(shown, note(shown))).collect();
        render(&View { heading, steps, end: ends.map(end), ..View::default() })
    };
    // Each portion is a page of its own to the engine, and the longest work of a build.
    let texts: Vec<String> = portions.into_par_iter().map(portion).collect::<Result<_, _>>()?;
    content.reserve(texts.iter().map(String::len).sum());
    for text in texts {
        content += &text;
    }
    if is_first {
        let tail = Tail { services: &plan.services, networks: &plan.networks, sources: &plan.sources };
        content += &render(&View { tail: Some(tail), ..View::default() })?;
    }
    Ok(content)
}

/// The phase that begins, some steps of it, and the phase that ends with them.
type Portion<'s, 'p> = (Option<Heading<'s>>, &'s [&'p Step], Option<&'p Phase>);

fn heading<'p>(phase: &'p Phase, steps: &[&'p Step], elsewhere: &[(&'p str, usize)], contents: bool) -> Heading<'p> {
    let text = format!("Phase: {}", phase.title);
    let anchor = anchor(&text);
    let steps = if contents { steps.iter().map(|step| entry(step)).collect() } else { Vec::new() };
    let site = |(site, count): &(&'p str, usize)| SiteEntry { site, page: site_page(site), count: *count };
    let sites = elsewhere.iter().map(site).collect();
    Heading { text, title: &phase.title, about: &phase.about, steps, sites, anchor }
}

fn entry(step: &Step) -> Entry<'_> {
    Entry { id: &step.id, title: line(&step.title), anchor: anchor(&heading_text(step)), team: step.team.title() }
}

fn end(phase: &Phase) -> End<'_> {
    End { go: code_marked(&phase.go), stop: code_marked(&phase.stop), title: &phase.title }
}

/// A sentence of the catalogue, with what is between backticks as code.
fn code_marked(text: &str) -> String {
    marked(text.split('`').enumerate().map(|(at, part)| (part, at % 2 == 1)))
}

fn lane(lane: &Lane) -> LaneView {
    LaneView { title: lane.team.title(), word: lane.team.word(), count: lane.count, work: work(lane.work) }
}

/// So many steps of the longest chain are named; the others are in `runbook.json`.
const NAMED: usize = 40;

fn critical(plan: &RunbookPlan) -> Option<CriticalView<'_>> {
    let path = &plan.critical;
    (!path.steps.is_empty()).then(|| CriticalView {
        steps: path.steps.iter().take(NAMED).map(String::as_str).collect(),
        more: path.steps.len().saturating_sub(NAMED),
        count: path.steps.len(),
        work: work(path.work),
        wait: minutes(path.wait),
    })
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::emit::runbook::samples::plan;
    use crate::emit::{SAMPLE, Templates};

    fn page(plan: &RunbookPlan, sample: bool) -> String {
        let cx = EmitContext { templates: &Templates::shipped(), sample, organization: "contoso" };
        let (name, first) = pages(plan, &cx).swap_remove(0);
        assert_eq!(name, FIRST);
        first
    }

    /// All pages with their names, the first page first and the others by name.
    pub(in crate::emit::runbook) fn pages(plan: &RunbookPlan, cx: &EmitContext<'_>) -> Vec<(String, String)> {
        let made = Mutex::new(Vec::new());
        let put = |name: &str, text| {
            made.lock().expect("no thread panics").push((name.to_owned(), text));
            Ok(())
        };
        emit(plan, &Book::new(plan), cx, put).expect("the shipped templates render");
        let mut pages = made.into_inner().expect("no thread panics");
        pages.sort();
        pages
    }

    /// The columns of each table row, not counting bars that are escaped.
    fn columns(row: &str) -> usize {
        row.replace("\\|", "").matches('|').count()
    }

    /// What must hold of every page: closed blocks, whole tables, single blank lines.
    pub(in crate::emit::runbook) fn assert_clean(page: &str) {
        let (mut fenced, mut table) = (false, None);
        for text in page.lines() {
            if text.starts_with("```") {
                fenced = !fenced;
            } else if !fenced && text.starts_with('|') {
                assert_eq!(*table.get_or_insert(columns(text)), columns(text), "{text}");
            } else {
                table = None;
            }
        }
        assert!(!fenced && !page.contains("\n\n\n") && page.ends_with('\n') && !page.ends_with("\n\n"));
    }

    #[test]
    fn a_step_reads_well() {
        let page = page(&plan("Create the pool", r"\\fs01\ocs (a|b)"), false);
        assert_clean(&page);
        let from = page.find("## Phase:").expect("a phase");
        let to = page.find("## Names and addresses").expect("the end");
        insta::assert_snapshot!(page[from..to].trim_end(), @r"
        ## Phase: Enterprise pools

        Each pool is created.

        ### `EE2.redmond.pool01`: Create the pool `pool01.contoso.com`

        - [ ] Done at … by …
        - **Team:** server team
        - **Who:** Domain Admins
        - **Where:** `sql01.contoso.com`
        - **Tool:** Deployment Wizard
        - **After:** all `AD3.*`
        - **Time:** 1 h 30 min of work (an estimate)
        - **Files:** `dns/records.csv`

        1. \\\\fs01\\ocs (a\|b)
            - [ ] `\\fs01\ocs (a|b)`: in
              ```text
              LCSCmd.exe /Forest /Action:CheckPoolState /PoolName:pool01
              ```
              Expect: a log.

            ```text
            Share: \\fs01\ocs (a|b)
            Name:  pool01
            ```
        2. Know this:
            - a fact

            ```text
            hostname
            ```

        **Expect**

        - `nslookup pool01.contoso.com`: \\\\fs01\\ocs (a\|b).

        **Roll back:** Remove it.

        **Wait:** Wait for replication.

        *Why:* Makes the pool. EE2, guide step 2; from redmond.pool01 (contoso.ocstopo:4); edge:CL-RTM, high confidence.

        ### End of the phase: Enterprise pools

        - [ ] **Continue when** every box above is ticked: The pool is there.
        - **Stop when:** It is not: see `Setup.log`.
        ");
    }

    #[test]
    fn a_sample_is_marked_at_the_top() {
        let plan = plan("Create the pool", "x");
        assert!(page(&plan, true).lines().take(4).any(|text| text.contains(SAMPLE)));
        assert!(!page(&plan, false).contains(SAMPLE));
    }

    #[test]
    fn foreign_text_stays_in_its_place() {
        let calm = page(&plan("Create", "x"), false);
        let shape = |page: &str| {
            let mut fenced = false;
            let kind = |text: &str| {
                fenced ^= text.starts_with("```");
                match text.split_whitespace().next() {
                    _ if fenced => "code".to_owned(),
                    Some(first) if first.starts_with(['#', '|', '-', '`']) => first.chars().take(3).collect(),
                    Some(_) => "text".to_owned(),
                    None => String::new(),
                }
            };
            page.lines().map(kind).collect::<Vec<_>>()
        };
        for evil in [
            "```",
            "~~~\n# x",
            "a\n\n# Step 9",
            "| a | b |",
            "<script>",
            "[x](http://evil)",
            "`",
            "- [x] done",
            "1. x",
            "\u{202e}",
        ] {
            let page = page(&plan("Create", evil), false);
            assert_clean(&page);
            assert_eq!(shape(&page), shape(&calm), "{evil:?}");
            assert!(!page.contains("<script>") || page.contains("`<script>`"), "{evil:?}");
        }
    }
}
