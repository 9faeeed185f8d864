//! What `ocstopo fail` finds.

use crate::query::answer::{Grounds, HopKind};
use crate::query::fail::{
    Aspect, Calls, Down, Kind, Known, Load, Loss, Outage, Pairs, Ranking, ServiceUsers, SitePoints, SiteUsers, TakeOver,
};
use crate::report::{table, wrap};
use crate::text::{count, counted, thousands};

/// So many names are listed; more are counted.
const SHOWN: usize = 4;
/// So many sites have their single points listed.
const SITES: usize = 3;
/// Bullets are as deep as this.
const INDENT: usize = 2;

/// One outage, section by section.
pub fn human(outage: &Outage, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    for down in &outage.down {
        page.line(0, &format!("down: {}", down_text(down)));
    }
    page.lost(outage);
    let facts = |aspect| outage.known.iter().filter(move |known: &&Known| known.aspect == aspect);
    let lasting = !outage.lost.is_empty();
    if !outage.taken_over.is_empty() || facts(Aspect::TakesOver).next().is_some() {
        page.head("What takes over");
        outage.taken_over.iter().for_each(|taken| page.taken_over(taken));
        facts(Aspect::TakesOver).for_each(|known| page.fact(known));
    } else if lasting {
        page.head("What takes over");
        page.line(INDENT, "nothing in this topology");
    }
    if !outage.calls.is_empty() {
        page.head("Calls to the telephone network");
        outage.calls.iter().for_each(|calls| page.calls(calls));
    }
    for (aspect, title) in [
        (Aspect::Running, "Running calls, meetings and sessions"),
        (Aspect::Data, "Data that can be lost"),
        (Aspect::ByHand, "By hand"),
    ] {
        let mut known = facts(aspect).peekable();
        match known.peek() {
            Some(_) => {
                page.head(title);
                known.for_each(|known| page.fact(known));
            }
            None if aspect == Aspect::Running && lasting => {
                page.head(title);
                page.line(INDENT, "no source that was read states what becomes of them");
            }
            None => {}
        }
    }
    page.head("How long");
    match facts(Aspect::Time).next() {
        Some(_) => facts(Aspect::Time).for_each(|known| page.fact(known)),
        None => page.line(INDENT, "no source that was read states a time"),
    }
    if !outage.notes.is_empty() {
        page.head("Notes");
        outage.notes.iter().for_each(|note| page.line(INDENT, note));
    }
    page.text
}

/// How to read the rows in brackets; nothing where there are none.
pub fn rows_note(outage: &Outage) -> Option<String> {
    let load = outage.taken_over.iter().filter_map(|taken| taken.load.as_ref()).map(|load| &load.grounds);
    let first = outage.known.iter().map(|known| &known.grounds).chain(load).next()?;
    Some(format!("in brackets: the row of the catalogue, as in `ocstopo catalog show {}`\n", first.row))
}

/// The worst outages, and the single points of failure of the largest sites or of those that are asked for.
pub fn ranking(ranking: &Ranking, limit: usize, sites: &[String], width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    let all = ranking.outages.len();
    if sites.is_empty() {
        page.line(
            0,
            &format!(
                "{} of {} {} at least one service away ({}, {})",
                thousands(all as u64),
                count(all + ranking.harmless, "single outage"),
                if all == 1 { "takes" } else { "take" },
                count(ranking.all, "user"),
                count(ranking.services, "service")
            ),
        );
        if all > 0 {
            page.head("   users  down, and what is lost");
            for one in ranking.outages.iter().take(limit) {
                let kind = one.kind.title();
                page.ranked(one.users, &format!("{} ({kind}): {}", one.path, services(&one.lost, ranking.services)));
            }
            if all > limit {
                page.line(0, &format!("and {}: `--limit {all}` or `--format json` lists them", more(all - limit)));
            }
        }
    }
    single_points(&mut page, &ranking.points, sites);
    if ranking.broken > 0 {
        page.text.push('\n');
        page.line(
            0,
            &format!(
                "{} of users at sites do not work without an outage either, and are not counted: `ocstopo check` reports why",
                count(ranking.broken, "service")
            ),
        );
    }
    page.text
}

/// The pairs that are worse than both outages alone.
pub fn pairs(pairs: &Pairs, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    let all = pairs.pairs.len() + pairs.more;
    page.line(0, &format!("{} of outages take away what neither of the two takes away alone", count(all, "pair")));
    if !pairs.pairs.is_empty() {
        page.head("   users  down together, and what is lost");
        for pair in &pairs.pairs {
            let [one, other] = &pair.down;
            page.ranked(pair.users, &format!("{} and {}: {}", one.path, other.path, services(&pair.lost, pairs.services)));
        }
    }
    if pairs.more > 0 {
        page.line(0, &format!("and {}: `--limit {all}` lists them", more(pairs.more)));
    }
    if !pairs.complete {
        page.line(0, "there are so many losses that not all pairs were looked at: remove single points of failure first");
    }
    page.text
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn line(&mut self, indent: usize, text: &str) {
        for (at, part) in wrap(text, self.width.saturating_sub(indent + INDENT).max(20)).iter().enumerate() {
            let deep = if at == 0 { indent } else { indent + INDENT };
            self.text += format!("{:deep$}{part}", "").trim_end();
            self.text.push('\n');
        }
    }

    /// A number of users, and what they lose beside it.
    fn ranked(&mut self, users: u64, text: &str) {
        const NUMBER: usize = 8;
        for (at, part) in wrap(text, self.width.saturating_sub(NUMBER + 2 * INDENT).max(20)).iter().enumerate() {
            let (number, deep) = if at == 0 { (thousands(users), INDENT) } else { (String::new(), 2 * INDENT) };
            self.text += format!("{number:>NUMBER$}{:deep$}{part}", "").trim_end();
            self.text.push('\n');
        }
    }

    fn head(&mut self, title: &str) {
        self.text.push('\n');
        self.text += title;
        self.text.push('\n');
    }

    fn fact(&mut self, known: &Known) {
        self.line(INDENT, &format!("{}: {} {}", known.about, known.what, row_of(&known.grounds)));
    }

    fn lost(&mut self, outage: &Outage) {
        self.text.push('\n');
        if outage.lost.is_empty() {
            self.line(
                0,
                &format!(
                    "Lost: nothing; {} for {}",
                    counted(outage.services, "service continues", "services continue"),
                    count(outage.all, "user")
                ),
            );
            return;
        }
        self.line(
            0,
            &format!(
                "Lost: {} of {} for {} of {}",
                outage.lost.len(),
                count(outage.services, "service"),
                thousands(outage.users),
                count(outage.all, "user")
            ),
        );
        let row = |loss: &Loss| {
            let users = if loss.users == loss.all {
                format!("all {}", thousands(loss.users))
            } else {
                format!("{} of {}", thousands(loss.users), thousands(loss.all))
            };
            let at = if loss.users == loss.all && loss.sites.len() > 1 {
                "all sites that have it".to_owned()
            } else {
                places(&loss.sites)
            };
            vec![loss.title.to_owned(), users.replace(' ', table::HARD_BLANK), at]
        };
        let rows: Vec<Vec<String>> = outage.lost.iter().map(row).collect();
        let drawn = table::table(&["service", "users", "at"], &rows, self.width.saturating_sub(INDENT));
        for line in drawn.lines() {
            self.text += &format!("{:INDENT$}{line}\n", "");
        }
    }

    fn calls(&mut self, calls: &Calls) {
        let policies = if calls.policies.len() == 1 { "policy" } else { "policies" };
        let number = calls.number.as_ref().map_or_else(String::new, |number| format!(" (as to {number})"));
        let who = format!("{policies} {}, users of {}", names(&calls.policies), names(&calls.homes));
        self.line(INDENT, &format!("route {}{number}, {who}: {}", calls.route, calls_text(calls)));
    }

    fn taken_over(&mut self, taken: &TakeOver) {
        if !taken.way.is_empty() || taken.roles.is_empty() {
            let way: Vec<String> =
                taken.way.iter().filter(|hop| hop.kind != HopKind::Network).map(|hop| hop.path.clone()).collect();
            let over = if way.is_empty() { "networks that have another connection".to_owned() } else { names(&way) };
            let speed = taken.bandwidth.map_or_else(String::new, |[left, before]| {
                format!(": {} kbps in place of {}", thousands(left / 1000), thousands(before / 1000))
            });
            self.line(INDENT, &format!("traffic of `{}` goes over {over}{speed}", taken.of));
            return;
        }
        let lines = taken
            .lines
            .map_or_else(String::new, |[left, before]| format!(", with {} of {} lines", thousands(left), thousands(before)));
        self.line(
            INDENT,
            &format!(
                "{} of {}: {} of {} left{lines}: {}",
                taken.roles.join(", "),
                taken.of,
                taken.servers.len(),
                taken.before,
                names(&taken.servers.iter().map(|path| short(path, &taken.of)).collect::<Vec<_>>())
            ),
        );
        match &taken.load {
            Some(load) => self.line(2 * INDENT, &load_text(load)),
            None if taken.lines.is_none() => self.line(2 * INDENT, "no source that was read states what one of them carries"),
            None => {}
        }
    }
}

fn calls_text(calls: &Calls) -> String {
    let Calls { before, left, .. } = calls;
    let gateways = match left.as_slice() {
        [] => format!("none of {} left", count(before.len(), "gateway")),
        left => format!("{} of {} left: {}", left.len(), count(before.len(), "gateway"), names(left)),
    };
    let way = match (calls.ending, left.is_empty()) {
        (None, true) => Some("whether another route takes its numbers is not known".to_owned()),
        (None, false) => None,
        (Some("routed"), _) if calls.by == [calls.route.clone()] => None,
        (Some("routed"), _) => Some(format!("its calls go by {}", names(&calls.by))),
        (Some(_), _) => Some("its calls are DROPPED: no gateway of their routes answers".to_owned()),
    };
    gateways + &way.map_or_else(String::new, |way| format!("; {way}"))
}

fn load_text(load: &Load) -> String {
    let Load { unit, before, after, tested, over, grounds } = load;
    let verdict = match (over, tested) {
        (true, 0) => "OVER CAPACITY".to_owned(),
        (true, _) => format!("OVER CAPACITY, {} %", after.saturating_mul(100) / tested),
        (false, _) => "within capacity".to_owned(),
    };
    format!(
        "{verdict}: {} {unit} each, {} before; tested with {} each {}",
        thousands(*after),
        thousands(*before),
        thousands(*tested),
        row_of(grounds)
    )
}

/// The row, and whether it is only recalled.
fn row_of(grounds: &Grounds) -> String {
    let recalled = if grounds.confidence == "low" { "recalled, no source; " } else { "" };
    format!("[{recalled}{}]", grounds.row)
}

fn down_text(down: &Down) -> String {
    let with = match down.servers.as_slice() {
        [] => String::new(),
        servers if matches!(down.kind, Kind::Group | Kind::Site | Kind::Network) => {
            format!(", {}: {}", count(servers.len(), "server"), names(servers))
        }
        servers => format!(", with {} on the same computer", names(servers)),
    };
    let expired = if down.kind == Kind::Certificate { ", expired" } else { "" };
    format!("{} {}{expired}{with}", down.kind.title(), down.path)
}

/// A path without the group or site that it is in.
fn short(path: &str, of: &str) -> String {
    path.strip_prefix(of).and_then(|rest| rest.strip_prefix('.')).unwrap_or(path).to_owned()
}

/// `3 more`.
fn more(number: usize) -> String {
    format!("{number} more")
}

/// The first few names, and how many more there are.
fn names(all: &[String]) -> String {
    let more = all.len().saturating_sub(SHOWN);
    let shown = all.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

fn places(sites: &[SiteUsers]) -> String {
    match sites {
        [one] => one.site.clone(),
        several => names(&several.iter().map(|one| format!("{} ({})", one.site, thousands(one.users))).collect::<Vec<_>>()),
    }
}

/// The services that are lost, in few words.
fn services(lost: &[ServiceUsers], all: usize) -> String {
    if lost.len() == all {
        return format!("all {all} services");
    }
    let titles: Vec<&str> = lost.iter().map(|one| one.title).collect();
    match titles.as_slice() {
        [first, second, _, _, ..] => format!("{} of {all} services, such as {first}, {second}", titles.len()),
        few => few.join(", "),
    }
}

/// The single points by site: those of all services once, then what each service has more.
fn single_points(page: &mut Page, points: &[SitePoints], wanted: &[String]) {
    let mut sites: Vec<(&str, Vec<&SitePoints>)> = Vec::new();
    for point in points {
        match sites.last_mut().filter(|(site, _)| *site == point.site) {
            Some((_, own)) => own.push(point),
            None => sites.push((&point.site, vec![point])),
        }
    }
    let all = sites.len();
    if wanted.is_empty() {
        sites.sort_by_key(|(_, own)| std::cmp::Reverse(own.iter().map(|point| point.users).max().unwrap_or_default()));
        sites.truncate(SITES);
    } else {
        sites.retain(|(site, _)| wanted.iter().any(|name| name == site));
    }
    if sites.is_empty() {
        return;
    }
    if !page.text.is_empty() {
        page.text.push('\n');
    }
    page.line(0, "Single points of failure");
    for (site, own) in &sites {
        let shared: Vec<String> = match own.split_first() {
            Some((first, rest)) => {
                first.points.iter().filter(|part| rest.iter().all(|other| other.points.contains(part))).cloned().collect()
            }
            None => Vec::new(),
        };
        let users = own.iter().map(|point| point.users).max().unwrap_or_default();
        page.line(INDENT, &format!("{site}, {}", count(users, "user")));
        if !shared.is_empty() {
            page.line(2 * INDENT, &format!("every service: {}", shared.join(", ")));
        }
        let mut groups: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
        for point in own {
            let more: Vec<&str> = point.points.iter().filter(|part| !shared.contains(part)).map(String::as_str).collect();
            match groups.iter_mut().find(|(points, _)| *points == more) {
                Some((_, titles)) => titles.push(point.title),
                None => groups.push((more, vec![point.title])),
            }
        }
        for (more, titles) in groups.iter().filter(|(more, _)| !more.is_empty() || shared.is_empty()) {
            let listed = if more.is_empty() { "none".to_owned() } else { more.join(", ") };
            let also = if shared.is_empty() { "" } else { "also " };
            page.line(2 * INDENT, &format!("{}: {also}{listed}", titles.join("; ")));
        }
    }
    if all > sites.len() && wanted.is_empty() {
        page.line(INDENT, &format!("and {} with fewer users: `--site NAME` shows one", count(all - sites.len(), "site")));
    }
}
