//! Names and references: what a path names, searched in the own site first, then in the organization, then as a full path.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{Link, Named};
use crate::diag::codes::model::{UNKNOWN_REFERENCE, WRONG_KIND};
use crate::diag::{self, Diag, Effort, Fact, Fix, nearest, unambiguous};
use crate::lower::Decl;
use crate::schema::{a, listed};
use crate::text::{Span, Spanned};

/// What a declared name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol {
    /// Something with a place in the arenas.
    Named(Named),
    /// A block that the model keeps as a declaration: a domain, a location profile, a phone usage.
    Block,
    /// A block that could not be read; that is already reported.
    Unread,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    kind: &'static str,
    symbol: Symbol,
    span: Option<Span>,
}

/// A missing target of references. It may be named in many places, and is one finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Missing {
    /// A site, by its name.
    Site(String),
    /// The full path that it would have.
    Path(String),
}

/// A reference that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Unknown {
    span: Span,
    written: String,
    kinds: &'static [&'static str],
    site: Option<String>,
    /// Full paths in the same list.
    beside: Rc<[String]>,
}

/// All declared names by full path; several kinds may share one path.
#[derive(Debug, Default)]
pub(super) struct Scope {
    entries: FxHashMap<String, Vec<Entry>>,
    paths_by_kind: FxHashMap<&'static str, Vec<String>>,
    unread: BTreeSet<String>,
    /// The sites, each with the place of its name.
    sites: FxHashMap<String, Span>,
    /// References that mean nothing, for the finding of each missing thing.
    unknown: RefCell<BTreeMap<Missing, Vec<Unknown>>>,
    /// The references that mean something.
    links: RefCell<Vec<Link>>,
    /// What is done to guess which names were meant.
    effort: Effort,
    /// The blocks in sites by name, for references that mean one before it is declared or that cannot mean it at all.
    others: FxHashMap<String, Entry>,
}

impl Scope {
    /// A scope without names, over the blocks of `sites`; references with one of the words `unread` are not reported.
    pub(super) fn new(sites: &[&Decl], unread: &BTreeSet<String>) -> Self {
        let mut others = FxHashMap::default();
        for site in sites {
            for block in &site.children {
                for decl in std::iter::once(block).chain(&block.children).filter(|decl| !decl.name.is_empty()) {
                    let entry = Entry { kind: decl.kind(), symbol: Symbol::Block, span: Some(decl.name_span) };
                    others.entry(format!("{}.{}", site.name, decl.name)).or_insert(entry);
                }
            }
        }
        let sites = sites.iter().map(|site| (site.name.clone(), site.name_span)).collect();
        Self { unread: unread.clone(), sites, others, ..Self::default() }
    }

    /// Declares a name.
    pub(super) fn declare(&mut self, path: String, kind: &'static str, symbol: Symbol, span: Option<Span>) {
        self.paths_by_kind.entry(kind).or_default().push(path.clone());
        self.entries.entry(path).or_default().push(Entry { kind, symbol, span });
    }

    /// The target of a reference of a block; `None` when there is none. `beside` are the paths of all references
    /// in its list.
    fn resolve(
        &self,
        words: Spanned<&[String]>,
        kinds: &'static [&'static str],
        site: Option<&str>,
        beside: &dyn Fn() -> Rc<[String]>,
        diags: &mut Vec<Diag>,
    ) -> Option<Symbol> {
        let written = words.value.join(".");
        let candidates = [site.map(|site| format!("{site}.{written}")), Some(written.clone())];
        let mut wrong = None;
        for path in candidates.iter().flatten() {
            for entry in self.entries.get(path).into_iter().flatten() {
                if kinds.contains(&entry.kind) {
                    self.links.borrow_mut().extend(entry.span.map(|to| Link { at: words.span, to }));
                    return Some(entry.symbol);
                }
                wrong = wrong.or(Some(entry));
            }
        }
        let other = || candidates.iter().flatten().find_map(|path| self.others.get(path));
        wrong = wrong.or_else(|| other().filter(|entry| !kinds.contains(&entry.kind)));
        if let Some(entry) = wrong {
            diag::push(diags, self.wrong_kind(words, &written, kinds, site, entry));
            return None;
        }
        if words.value.iter().any(|word| self.unread.contains(word)) {
            return Some(Symbol::Unread);
        }
        let missing = match self.unknown_site(&written, kinds) {
            Some(other) => Missing::Site(other.to_owned()),
            None if in_sites(kinds) => Missing::Path(full_path(&written, site)),
            None => Missing::Path(written.clone()),
        };
        let unknown = Unknown { span: words.span, written, kinds, site: site.map(str::to_owned), beside: beside() };
        self.unknown.borrow_mut().entry(missing).or_default().push(unknown);
        None
    }

    /// Resolves a reference attribute of a block; reports and answers `None` when it refers to nothing.
    pub(super) fn attribute(
        &self,
        decl: &Decl,
        name: &str,
        site: Option<&str>,
        diags: &mut Vec<Diag>,
    ) -> Option<Spanned<Symbol>> {
        let words = decl.reference(name)?;
        let symbol = self.resolve(words, kinds_of(decl, name), site, &|| Rc::new([]), diags)?;
        Some(Spanned::new(symbol, words.span))
    }

    /// Resolves each reference of a list attribute.
    pub(super) fn list(&self, decl: &Decl, name: &str, site: Option<&str>, diags: &mut Vec<Diag>) -> Vec<Spanned<Symbol>> {
        let list: Vec<_> = decl.references(name).collect();
        let kinds = kinds_of(decl, name);
        // All wrong references of a list share its other elements.
        let paths = OnceCell::new();
        let path = |other: &Spanned<&[String]>| full_path(&other.value.join("."), site);
        let beside = || Rc::clone(paths.get_or_init(|| list.iter().map(path).collect()));
        let symbol = |words: &Spanned<_>| Some(Spanned::new(self.resolve(*words, kinds, site, &beside, diags)?, words.span));
        list.iter().filter_map(symbol).collect()
    }

    /// The references that mean something, by place.
    pub(super) fn links(&self) -> Vec<Link> {
        let mut links = self.links.take();
        // The blocks of a range have one text.
        links.sort_unstable();
        links.dedup();
        links
    }

    /// A finding for each undeclared target of references.
    pub(super) fn unknown_references(&self) -> Vec<Diag> {
        let finding = |(missing, mut places): (Missing, Vec<Unknown>)| {
            places.sort();
            places.dedup();
            self.unknown(&missing, &places)
        };
        self.unknown.take().into_iter().filter_map(finding).collect()
    }

    fn unknown(&self, missing: &Missing, places: &[Unknown]) -> Option<Diag> {
        const SHOWN: usize = 3;
        let (first, others) = places.split_first()?;
        let Unknown { span, written, kinds, site, .. } = first;
        let (kinds, site) = (*kinds, site.as_deref());
        let here =
            site.map_or_else(|| "in the organization".to_owned(), |site| format!("in site `{site}` or in the organization"));
        let (message, label) = match (missing, kinds) {
            (Missing::Site(name), _) if !others.is_empty() => {
                (format!("site `{name}` is not declared"), format!("`{written}` refers to it"))
            }
            (Missing::Site(_), [kind]) => (format!("{kind} `{written}` is not declared"), "there is no such site".to_owned()),
            (Missing::Site(_), _) => (format!("`{written}` is not declared"), "there is no such site".to_owned()),
            (_, [kind]) => (format!("{kind} `{written}` is not declared"), format!("nothing {here} has this name")),
            _ => (format!("`{written}` is not declared"), format!("no {} {here} has this name", kind_list(kinds))),
        };
        let looked = self.effort.allows(6 * self.count(kinds) + 2 * self.sites.len());
        let help = if looked { self.way_out(written, kinds, site, others.is_empty()) } else { declare(written, kinds) };
        let correction = if looked { self.correction(first) } else { None };
        let mut diag = Diag::error(UNKNOWN_REFERENCE, message, *span, label).help(help);
        if let Missing::Site(name) = missing
            && looked
            && let Some(near) = nearest(name, self.sites.keys().map(String::as_str))
        {
            diag = diag.related(self.sites[near], format!("site `{near}` is declared here"));
        }
        for (index, other) in others.iter().take(SHOWN).enumerate() {
            let more = if index + 1 == SHOWN { others.len() - SHOWN } else { 0 };
            diag = diag.related(
                other.span,
                if more == 0 { "named here too".to_owned() } else { format!("here and in {more} more places") },
            );
        }
        // The same word in several references is hardly a slip in each of them.
        if let (Some(name), []) = (&correction, others) {
            diag = diag.fix(Fix::write(*span, name));
        }
        let within = self.within(first);
        for &kind in kinds {
            diag = diag.needs(Fact::Names(kind, within));
            // A slip in the reference puts no declaration in doubt.
            if correction.is_none() {
                diag = diag.blames(Fact::References(kind, within));
            }
        }
        if matches!(missing, Missing::Site(_)) {
            diag = diag.needs(Fact::Names("site", None));
        }
        Some(diag)
    }

    /// The site in which a reference is searched; `None` for one outside all sites.
    fn within(&self, reference: &Unknown) -> Option<Span> {
        let site = match reference.written.split_once('.') {
            Some((site, _)) => Some(site),
            None => reference.site.as_deref(),
        };
        site.filter(|_| in_sites(reference.kinds)).and_then(|site| self.sites.get(site)).copied()
    }

    /// The only name that a reference can be a slip of. It means the same site, for another site has its own things of the same
    /// name, and no other element of its list.
    fn correction(&self, reference: &Unknown) -> Option<String> {
        let site = reference.site.as_deref();
        let own = |written: &str| full_path(written, site).split('.').next().map(str::to_owned);
        let names = self.names(reference.kinds, site);
        let name = unambiguous(&reference.written, names.iter().map(String::as_str))?;
        // More letters make another word: `edge_outside` is no slip of `edge_inside`.
        let slips = strsim::damerau_levenshtein(&reference.written.to_lowercase(), &name.to_lowercase());
        if slips > SLIPS {
            return None;
        }
        let same_site = !in_sites(reference.kinds) || own(name) == own(&reference.written);
        (same_site && !reference.beside.contains(&full_path(name, site))).then(|| name.to_owned())
    }

    /// How many names some kinds have.
    fn count(&self, kinds: &[&'static str]) -> usize {
        kinds.iter().filter_map(|kind| self.paths_by_kind.get(kind)).map(Vec::len).sum()
    }

    /// The name that was probably meant, else the names that there are, else the block to declare.
    fn way_out(&self, written: &str, kinds: &[&'static str], site: Option<&str>, once: bool) -> String {
        let elsewhere = self.unknown_site(written, kinds);
        if let Some(other) = elsewhere
            && let Some(near) = nearest(other, self.sites.keys().map(String::as_str))
        {
            return format!("did you mean site `{near}`? The name here and the name of the block must be the same");
        }
        if let Some(suggestion) = self.suggestion(written, kinds, site, once).filter(|_| elsewhere.is_none()) {
            return suggestion;
        }
        let declare = declare(written, kinds);
        let names = self.candidates(kinds, site);
        if let Some(elsewhere) = elsewhere {
            let other = if names.is_empty() || !once { String::new() } else { format!(", or write {}", some_of(&names)) };
            return format!("check that the file of site `{elsewhere}` is among the files read{other}");
        }
        match (names.is_empty(), written.contains('.')) {
            (true, true) => format!("declare {}, and refer to it by its name", a(kinds.first().unwrap_or(&"block"))),
            (true, false) => declare,
            (false, true) => format!("write {}", some_of(&names)),
            (false, false) => format!("write {}, or {declare}", some_of(&names)),
        }
    }

    /// The site that a path begins with, if there is none of this name.
    fn unknown_site<'w>(&self, written: &'w str, kinds: &[&'static str]) -> Option<&'w str> {
        let (first, _) = written.split_once('.')?;
        (in_sites(kinds) && !self.sites.contains_key(first)).then_some(first)
    }

    /// The declared names of some kinds as they would be written here, those of the own site first; names of networks include
    /// the internet.
    pub(super) fn candidates(&self, kinds: &[&'static str], site: Option<&str>) -> Vec<String> {
        let mut names: Vec<(bool, &str)> = Vec::new();
        for path in kinds.iter().filter_map(|kind| self.paths_by_kind.get(kind)).flatten() {
            let own = site.and_then(|site| path.strip_prefix(site)?.strip_prefix('.'));
            names.push((own.is_none(), own.unwrap_or(path)));
        }
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(|(_, name)| name.to_owned()).collect()
    }

    /// The declared names of some kinds; those of the own site may be written in full too.
    fn names(&self, kinds: &[&'static str], site: Option<&str>) -> Vec<String> {
        let mut names = self.candidates(kinds, site);
        names.extend(kinds.iter().filter_map(|kind| self.paths_by_kind.get(kind)).flatten().cloned());
        names.sort();
        names.dedup();
        names
    }

    /// A declared name that is near the written one, as it would be written here.
    fn suggestion(&self, written: &str, kinds: &[&'static str], site: Option<&str>, once: bool) -> Option<String> {
        if let Some(near) = self.near(written, kinds, site) {
            return Some(format!("did you mean `{near}`?"));
        }
        // The target of several references is a thing of their own site, not one of another site.
        if !once {
            return None;
        }
        let names = self.names(kinds, site);
        let last = written.rsplit('.').next().unwrap_or(written);
        let elsewhere = names.iter().find(|name| name.rsplit('.').next() == Some(last))?;
        Some(format!("`{elsewhere}` exists: write its full path"))
    }

    /// A declared name that is near the written one.
    fn near(&self, written: &str, kinds: &[&'static str], site: Option<&str>) -> Option<String> {
        nearest(written, self.names(kinds, site).iter().map(String::as_str)).map(str::to_owned)
    }

    fn wrong_kind(
        &self,
        words: Spanned<&[String]>,
        written: &str,
        kinds: &[&'static str],
        site: Option<&str>,
        entry: &Entry,
    ) -> Diag {
        let message = format!("expected {}, but `{written}` is {}", kind_list(kinds), a(entry.kind));
        let looked = self.effort.allows(3 * self.count(kinds));
        let names = if looked { self.candidates(kinds, site) } else { Vec::new() };
        let way_out = if names.is_empty() {
            format!("name a block of the kind {}", kind_list(kinds))
        } else {
            format!("write {}", some_of(&names))
        };
        let diag = Diag::error(WRONG_KIND, message, words.span, format!("this names {}", a(entry.kind)));
        let diag = diag.help(looked.then(|| self.suggestion(written, kinds, site, true)).flatten().unwrap_or(way_out));
        match entry.span {
            Some(span) => diag.related(span, format!("`{written}` is declared here")),
            None => diag,
        }
    }
}

/// The block to declare.
fn declare(written: &str, kinds: &[&'static str]) -> String {
    match kinds {
        ["network"] => format!("declare it: `network {written} {{ zone = internal  range = 10.0.0.0/24 }}`"),
        [kind, ..] => format!("declare it with a `{kind} {written} {{ … }}` block"),
        [] => "name a declared block".to_owned(),
    }
}

/// How many letters a misspelt reference differs in at most.
const SLIPS: usize = 2;

/// The kinds that a reference of a block may mean.
fn kinds_of(decl: &Decl, name: &str) -> &'static [&'static str] {
    decl.schema.attr(name).map(|attr| attr.ty.reference_kinds()).unwrap_or_default()
}

/// Whether blocks of these kinds are in sites.
fn in_sites(kinds: &[&'static str]) -> bool {
    !kinds.iter().any(|kind| matches!(*kind, "domain" | "location_profile" | "phone_usage" | "policy" | "route"))
}

/// The full path of what a reference in a site means.
fn full_path(written: &str, site: Option<&str>) -> String {
    match site {
        Some(site) if !written.contains('.') && written != "internet" => format!("{site}.{written}"),
        _ => written.to_owned(),
    }
}

/// A few names, as alternatives.
pub(super) fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = listed(names.iter().take(SHOWN).map(String::as_str), "or");
    if names.len() > SHOWN { format!("{shown}, or another one of the {} declared", names.len()) } else { shown }
}

/// `a`, `a or b`, `a, b or c`.
fn kind_list(kinds: &[&'static str]) -> String {
    match kinds {
        [] => "a block".to_owned(),
        [one] => (*one).to_owned(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}
