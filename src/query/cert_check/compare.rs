//! Compares each certificate or request with the plan: what is missing, extra or different, at its place in its file.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::facts::{Facts, Key, Kind, Template, cut};
use super::file::{CertificateFile, Item};
use super::matching::{Index, accepted, wanted};
use super::shared::others;
use super::wildcard::{covered, covers, is_wildcard};
use super::{dates, issuer};
use crate::catalog::{ExtendedUse, KeyUse, SeparateCertificates, Wildcard, facts};
use crate::diag::codes::certificates as codes;
use crate::diag::{CodeRow, Diag, Severity};
use crate::lower::Date;
use crate::plan::Plans;
use crate::plan::certificate::Certificate;
use crate::query::answer::ServedEnd;
use crate::text::{FileId, Span, joined};

/// More names than this are counted, not listed.
pub(super) const LISTED: usize = 8;

/// For so many unplanned certificates the intended name is searched among all planned ones: more have another reason.
const GUESSED: usize = 100;

/// The most findings that are kept; more are counted.
const MOST_FINDINGS: usize = 1_000;

/// What a comparison found.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// The findings, sorted by place; of a great many only the first.
    #[serde(skip)]
    pub diags: Vec<Diag>,
    /// How many more findings there are.
    pub more: usize,
    /// What each certificate or request is for, in the order of the files.
    pub served: Vec<ServedBy>,
}

/// What a certificate or request is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServedBy {
    /// Its file.
    #[serde(skip)]
    pub file: FileId,
    /// The line that it begins in, from 1.
    pub line: usize,
    /// What it is called in messages.
    pub title: String,
    /// Whether it belongs to an authority.
    pub authority: bool,
    /// The planned certificates that it fits best, by name: none, one, or several equal ones.
    pub planned: Vec<Fitting>,
}

/// A planned certificate that a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fitting {
    /// The folder of its request below `pki/`.
    pub certificate: String,
    /// Who presents it.
    pub serves: Vec<ServedEnd>,
    /// The paths of the computers that it is installed on.
    pub installs: Vec<String>,
}

impl ServedBy {
    fn new(file: FileId, item: &Item, planned: &[&Certificate]) -> Self {
        let fitting = |certificate: &&Certificate| Fitting {
            certificate: certificate.slug.clone(),
            serves: certificate.serves.iter().map(ServedEnd::from).collect(),
            installs: certificate.installs.iter().map(|install| install.path.clone()).collect(),
        };
        Self {
            file,
            line: item.number,
            title: item.facts.title(),
            authority: item.facts.authority,
            planned: planned.iter().map(fitting).collect(),
        }
    }
}

/// Compares files with the plan. Dates are compared with the day, where one is given.
pub fn check<'a>(files: &'a [(FileId, CertificateFile)], plans: Plans<'a>, today: Option<Date>) -> Checked {
    let index = Index::new(plans.certificates());
    let mut checked = Checked { diags: Vec::new(), more: 0, served: Vec::new() };
    let product = plans.topology.organization.product;
    let (separate, wildcards) = (facts::<SeparateCertificates>(product), facts::<Wildcard>(product));
    let mut unplanned = 0;
    for (id, file) in files {
        let mut issuers: Issuers<'_> = Issuers::default();
        for item in &file.items {
            *issuers.entry(&item.facts.issuer).or_default() += 1;
        }
        for item in &file.items {
            let mut planned = index.of(&item.facts, &plans.topology.organization.authorities);
            let span = Span::new(*id, item.line.0, item.line.1);
            let mut case = Case { plans, today, index: &index, separate, wildcards, span, item, planned: &[], diags: Vec::new() };
            // A chain may be in the file; but a certificate named like a planned one is meant as that one, and one that has the
            // name of a server and issued nothing here is no part of a chain.
            let idle = issuers.get(item.facts.subject.as_slice()).copied().unwrap_or_default()
                == usize::from(item.facts.is_self_signed());
            if item.facts.authority && planned.is_empty() && !(idle && item.facts.names_a_server()) {
                case.chain(&issuers, file.items.len());
            } else if planned.is_empty() {
                unplanned += 1;
                case.for_nothing(unplanned <= GUESSED);
            } else if let Some(several) = case.of_several() {
                planned = several;
            } else {
                case.planned = &planned;
                case.compare();
            }
            case.dates();
            let room = MOST_FINDINGS.saturating_sub(checked.diags.len());
            checked.more += case.diags.len().saturating_sub(room);
            checked.diags.extend(case.diags.into_iter().take(room));
            checked.served.push(ServedBy::new(*id, item, &planned));
        }
    }
    // All findings of one certificate have one place, so the order of the codes is what readers see.
    checked.diags.sort_by(|a, b| (a.primary.span, a.code, &a.message).cmp(&(b.primary.span, b.code, &b.message)));
    checked
}

/// How often each name is the issuer in a file.
type Issuers<'a> = FxHashMap<&'a [(String, String)], usize>;

/// One certificate or request, and what it is compared with.
pub(super) struct Case<'c, 'a> {
    pub(super) plans: Plans<'a>,
    today: Option<Date>,
    pub(super) index: &'c Index<'a>,
    pub(super) separate: &'a [SeparateCertificates],
    pub(super) wildcards: &'a [Wildcard],
    span: Span,
    item: &'a Item,
    planned: &'c [&'a Certificate],
    pub(super) diags: Vec<Diag>,
}

impl<'a> Case<'_, 'a> {
    pub(super) fn facts(&self) -> &'a Facts {
        &self.item.facts
    }

    pub(super) fn find(&mut self, code: &CodeRow, message: String, label: impl Into<String>, help: impl Into<String>) {
        self.find_milder(code, code.severity, message, label, help);
    }

    pub(super) fn find_milder(
        &mut self,
        code: &CodeRow,
        severity: Severity,
        message: String,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let mut diag = Diag::new(severity, code.code, message, self.span, label).help(help);
        if let Some(planned) = self.planned.first() {
            let reason = &planned.reason;
            let titles = reason.source.iter().map(|key| self.plans.catalog.source_title(key).unwrap_or(key));
            let titles: Vec<&str> = titles.collect();
            diag = diag
                .related(planned.span, format!("`{}` is planned here: {}", slugs(self.planned), reason.purpose))
                .source(format!("{}, step {}: {}", reason.row, reason.step, titles.join("; ")));
        }
        self.diags.push(diag);
    }

    /// It has none of the planned names, as they are written.
    fn for_nothing(&mut self, guess: bool) {
        let facts = self.facts();
        let names = accepted(facts);
        let wildcards: Vec<&str> = names.iter().map(String::as_str).filter(|name| is_wildcard(name)).collect();
        let covered = covered(self.index, &wildcards);
        if !covered.is_empty() {
            return self.wildcard_alone(&wildcards, &covered);
        }
        let index = Some(self.index).filter(|_| guess && wildcards.is_empty());
        let near = facts.common_name().and_then(|name| index?.nearest(&name));
        let help = match near {
            None if !wildcards.is_empty() => "have it issued for whole names of `certificates.csv`".to_owned(),
            Some(near) => format!("did you mean `{near}`? Have it issued for that name"),
            None => "declare in the topology what needs the name, or have it issued for a name of `certificates.csv`".to_owned(),
        };
        self.find(&codes::FOR_NOTHING, format!("nothing in the topology needs {}", facts.title()), carries(facts), help);
    }

    /// A certificate of an authority, which should have issued another of the file.
    fn chain(&mut self, issuers: &Issuers<'_>, items: usize) {
        let facts = self.facts();
        let issued = issuers.get(facts.subject.as_slice()).copied().unwrap_or_default();
        if items > 1 && issued == usize::from(facts.is_self_signed()) {
            let message = format!("{} issued no other certificate of this file", facts.title());
            self.find(
                &codes::CHAIN,
                message,
                "it is not part of a chain",
                "replace it with the certificate of the issuer, or remove it",
            );
        }
    }

    fn compare(&mut self) {
        let Some(planned) = self.planned.first().copied() else { return };
        self.names(planned);
        self.subject(planned);
        self.extended_uses(planned);
        self.key(planned);
        let facts = self.facts();
        if let Some(problem) = issuer::problem(facts, planned, &self.plans.topology.organization.authorities) {
            let message = format!("{} {}", facts.title(), problem.message);
            self.find(&codes::ISSUER, message, problem.label, problem.help);
        }
        if let (Template::Name(own), Some(template)) = (&facts.template, &planned.template)
            && !own.eq_ignore_ascii_case(template)
        {
            let message =
                format!("{} must be issued from the template `{template}`, and is issued from `{}`", facts.title(), cut(own));
            let help = format!("have it issued from `{template}`, or make sure that the other settings are the same");
            self.find(&codes::TEMPLATE, message, format!("from `{}`", cut(own)), help);
        }
        if facts.authority {
            let message = format!("{} says that it belongs to an authority", facts.title());
            self.find(&codes::AUTHORITY, message, "`CA:TRUE`", "have it issued by the authority, without `CA:TRUE`");
        }
    }

    fn names(&mut self, planned: &Certificate) {
        let facts = self.facts();
        let (accepted, wanted) = (accepted(facts), wanted(planned));
        let again = format!("have it issued again with a request of `pki/{}`", planned.slug);
        let common_name = facts.common_name();
        if common_name.as_deref() != Some(planned.common_name.as_str()) {
            let has = common_name.as_ref().map_or("is missing".to_owned(), |name| format!("is `{}`", cut(name)));
            let message = format!("the common name of {} must be `{}`, and {has}", facts.title(), planned.common_name);
            self.find(&codes::COMMON_NAME, message, carries(facts), again.clone());
        }
        let wildcards: Vec<&str> = accepted.iter().map(String::as_str).filter(|name| is_wildcard(name)).collect();
        let lacking = wanted.iter().copied().filter(|name| !accepted.contains(*name));
        let (covered, missing): (Vec<&str>, Vec<&str>) =
            lacking.partition(|name| wildcards.iter().any(|wildcard| covers(wildcard, name)));
        if !wildcards.is_empty() {
            self.wildcard_beside(planned, &wildcards, &covered);
        }
        if !missing.is_empty() {
            let help = match missing.as_slice() {
                [only] if common_name.as_deref() == Some(*only) => {
                    format!("{again}; it is the common name, which must be repeated among the alternative names")
                }
                _ => format!("{again}; connections to such a name fail"),
            };
            let place = if facts.names.is_empty() { "on" } else { "among the alternative names of" };
            let message = format!("{} {} missing {place} {}", listed(&missing), is(&missing), facts.title());
            self.find(&codes::NAME_MISSING, message, carries(facts), help);
        }
        let unplanned: Vec<&str> =
            accepted.iter().map(String::as_str).filter(|name| !wanted.contains(name) && !is_wildcard(name)).collect();
        let (others, unclaimed) = others(self.index, &unplanned, &accepted);
        if !others.is_empty() {
            self.shared(planned, &others);
        }
        let mut extra: Vec<&str> = unclaimed.iter().map(String::as_str).collect();
        extra.extend(facts.others.iter().map(String::as_str));
        if !extra.is_empty() {
            let message = format!("{} {} too many on {}", listed(&extra), is(&extra), facts.title());
            let help = "have it issued without the name, or declare in the topology what needs the name";
            self.find(&codes::NAME_EXTRA, message, "the owner of the key can impersonate it", help);
        }
        let mut seen = BTreeSet::new();
        let twice: Vec<&str> = facts.names.iter().map(String::as_str).filter(|name| !seen.insert(*name)).collect();
        if !twice.is_empty() {
            let message = format!("{} {} twice among the names of {}", listed(&twice), is(&twice), facts.title());
            self.find(&codes::NAME_EXTRA, message, "once is enough", "have it issued with each name once");
        }
    }

    fn subject(&mut self, planned: &Certificate) {
        let facts = self.facts();
        let subject = &planned.subject;
        let parts = [
            ("O", "organization", &subject.organization),
            ("OU", "unit", &subject.unit),
            ("L", "locality", &subject.locality),
            ("ST", "state", &subject.state),
            ("C", "country", &subject.country),
        ];
        // The number of blanks and the case of letters do not count.
        let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        let (mut differ, mut attributes) = (Vec::new(), Vec::new());
        for (part, attribute, value) in parts {
            let Some(value) = value.as_deref().filter(|value| !value.is_empty()) else { continue };
            let own = facts.part(part);
            if own.map(words) != Some(words(value)) {
                let has = own.map_or("is missing".to_owned(), |own| format!("is `{}`", cut(own)));
                differ.push(format!("`{part}` must be `{value}` and {has}"));
                attributes.push(format!("`{attribute}`"));
            }
        }
        if !differ.is_empty() {
            let message = format!("in the subject of {} {}", facts.title(), differ.join(", "));
            let severity = if facts.kind == Kind::Request { Severity::Warning } else { Severity::Note };
            let help = format!("{} of `certificate_subject` requires it", attributes.join(", "));
            self.find_milder(&codes::SUBJECT, severity, message, "the rest of the subject", help);
        }
    }

    fn extended_uses(&mut self, planned: &Certificate) {
        let facts = self.facts();
        let again = format!("have it issued again with a request of `pki/{}`", planned.slug);
        let Some(own) = &facts.extended_uses else {
            // The uses of a requested certificate are decided by the authority.
            if facts.kind == Kind::Certificate {
                let message = format!("{} has no extended key usage", facts.title());
                self.find_milder(&codes::EXTENDED_USE, Severity::Warning, message, "the extension is missing", again);
            }
            return;
        };
        let missing: Vec<&str> =
            planned.ekus.iter().filter(|eku| !own.iter().any(|own| own == eku.oid())).map(|eku| words(*eku)).collect();
        if !missing.is_empty() {
            let message = format!("{} may not be used for {}", facts.title(), missing.join(" and "));
            self.find(&codes::EXTENDED_USE, message, "its extended key usage does not include that", again);
        }
        let extra: Vec<&str> = own
            .iter()
            .filter(|own| !planned.ekus.iter().any(|eku| eku.oid() == own.as_str()))
            .map(|own| match own.as_str() {
                "1.3.6.1.5.5.7.3.1" => words(ExtendedUse::ServerAuthentication),
                "1.3.6.1.5.5.7.3.2" => words(ExtendedUse::ClientAuthentication),
                "2.5.29.37.0" => "any use",
                oid => oid,
            })
            .collect();
        if !extra.is_empty() {
            let message = format!("{} may be used for {} too, which is not needed", facts.title(), extra.join(" and "));
            let help = "have it issued without that use, or accept it: `ignore` in `ocstopo.toml`";
            self.find_milder(&codes::EXTENDED_USE, Severity::Warning, message, "its extended key usage includes that", help);
        }
    }

    fn key(&mut self, planned: &Certificate) {
        let facts = self.facts();
        if let Some(uses) = facts.key_uses {
            let missing: Vec<&str> =
                planned.form.key_usage.iter().filter(|usage| uses & usage.bit() == 0).map(|usage| key_words(*usage)).collect();
            if !missing.is_empty() {
                let message = format!("the key of {} may not be used for {}", facts.title(), missing.join(" and "));
                let help = format!("have it issued again with a request of `pki/{}`", planned.slug);
                self.find(&codes::KEY_USE, message, "its key usage does not include that", help);
            }
        }
        let (shortest, longest) = (usize::from(planned.form.key_length), usize::from(planned.form.longest_key));
        let problem = match &facts.key {
            Key::Rsa(bits) if *bits < shortest => format!("must have at least {shortest} bits, and has {bits}"),
            Key::Rsa(bits) if *bits > longest => format!("may have at most {longest} bits, and has {bits}"),
            Key::Rsa(_) => return,
            Key::Other(algorithm) => format!("must be an RSA key, and uses {algorithm}"),
        };
        let help = format!("create a new key with a request of `pki/{}`", planned.slug);
        self.find(&codes::KEY, format!("the key of {} {problem}", facts.title()), "this key", help);
    }

    fn dates(&mut self) {
        let facts = self.facts();
        let Some(problem) = self.today.and_then(|today| dates::problem(facts.valid?, today)) else { return };
        let message = format!("{} {}", facts.title(), problem.message);
        self.find_milder(&codes::DATE, problem.severity, message, problem.label, problem.help);
    }
}

/// The slugs of planned certificates with equal requirements.
fn slugs(planned: &[&Certificate]) -> String {
    planned.iter().map(|certificate| certificate.slug.as_str()).collect::<Vec<_>>().join("` or `")
}

fn words(eku: ExtendedUse) -> &'static str {
    match eku {
        ExtendedUse::ServerAuthentication => "server authentication",
        ExtendedUse::ClientAuthentication => "client authentication",
    }
}

fn key_words(usage: KeyUse) -> &'static str {
    match usage {
        KeyUse::DigitalSignature => "digital signature",
        KeyUse::KeyEncipherment => "key encipherment",
    }
}

pub(super) fn carries(facts: &Facts) -> String {
    let names = accepted(facts);
    match names.len() {
        0 => "it has no name".to_owned(),
        _ => format!("it has {}", listed(&names.iter().map(String::as_str).collect::<Vec<_>>())),
    }
}

fn is(names: &[&str]) -> &'static str {
    if names.len() == 1 { "is" } else { "are" }
}

/// The first few names, and how many more there are.
pub(super) fn listed(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{}`", cut(name))).collect();
    if names.len() > LISTED {
        shown.push(format!("{} more", names.len() - LISTED));
    }
    joined(&shown, "and")
}
