//! Entries to records: directives, owners, classes, types and data, each record with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::name::absolute;
use super::scan::{Entries, Entry, Word};
use super::types;
use crate::diag::Diag;
use crate::diag::codes::zones::ZONE_FILE;
use crate::lower::Fqdn;
use crate::text::{FileId, SourceMap, Span};

/// What a record says, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// An address.
    A(Ipv4Addr),
    /// An address of the newer kind.
    Aaaa(Ipv6Addr),
    /// Another name.
    Cname(String),
    /// A service.
    Srv {
        /// Lower comes first.
        priority: u16,
        /// More often among equals.
        weight: u16,
        /// The port.
        port: u16,
        /// The computer.
        target: String,
    },
    /// A computer of an address.
    Ptr(String),
    /// All names below are elsewhere (RFC 6672).
    Dname(String),
    /// A name server of the zone or of one below.
    Ns(String),
    /// The head of the zone.
    Soa,
}

/// A record of a file.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its name, lower case, without a dot at the end.
    pub owner: String,
    /// What it says.
    pub data: Data,
    /// The place of its type and data.
    pub span: Span,
}

/// A zone as its files hold it.
#[derive(Debug)]
pub struct ZoneText {
    /// Its name.
    pub apex: String,
    /// Where it begins: at its head, or else at the start of its first file.
    pub start: Span,
    /// Whether it is whole, and not only records to include.
    pub has_head: bool,
    /// Its records of the types in [`Data`], in the order of the files.
    pub records: Vec<Found>,
}

/// How deep files may include each other.
const DEEPEST: usize = 16;

/// How many files a run may include: each is read again for every `$INCLUDE` that names it, so a few lines could otherwise cause
/// work without end.
const MOST_INCLUDES: usize = 10_000;

/// How many records and directives a run may read, those of a file once for each time that it is read.
const MOST_ENTRIES: usize = 2_000_000;

/// The most unreadable lines that are shown; more are counted.
const SHOWN: usize = 100;

const FLATTEN: &str = "`named-compilezone -o flat.zone ZONE FILE` writes the zone without it";

/// Reads zone files; each holds one zone, or is included by one that does. Without `origin` the name of a file says which zone it
/// holds, unless its head or a directive does.
pub fn read(sources: &SourceMap, files: &[FileId], origin: Option<&Fqdn>) -> Result<Vec<ZoneText>, Vec<Diag>> {
    let mut run = Run::default();
    let by_name: BTreeMap<&str, FileId> = files.iter().map(|id| (last_part(sources.file(*id).name()), *id)).collect();
    let mut included: BTreeSet<FileId> = BTreeSet::new();
    for id in files {
        for entry in Entries::of(sources.file(*id).text()) {
            match entry {
                Ok(entry) => included.extend(include(&entry).and_then(|file| by_name.get(last_part(file)))),
                Err(fault) => run.refuse(refused(*id, &fault.at, fault.message)),
            }
        }
    }
    if run.refused > 0 {
        return Err(run.into_diags());
    }
    let mut zones: BTreeMap<String, ZoneText> = BTreeMap::new();
    for id in files {
        if included.contains(id) && included.len() < files.len() {
            continue;
        }
        let first = origin.map(|name| name.as_str().to_owned()).or_else(|| zone_of_file(sources.file(*id).name()));
        let mut reader = Reader { sources, by_name: &by_name, open: Vec::new(), head: None, records: Vec::new(), run: &mut run };
        reader.file(*id, &mut State { origin: first.clone(), owner: None });
        let Reader { head, records, .. } = reader;
        if run.stopped {
            break;
        }
        let Some(apex) = head.as_ref().map(|(name, _)| name.clone()).or(first) else {
            run.refuse(
                refused(*id, &(0..0), "nothing says which zone this file holds")
                    .help("name the file like `contoso.com.zone`, or write `--origin contoso.com`"),
            );
            continue;
        };
        if let (Some(origin), Some((name, span))) = (origin, &head)
            && name != origin.as_str()
        {
            let message = format!("`--origin` says `{}`, and the head of this file `{name}`", origin.as_str());
            let diag = Diag::error(ZONE_FILE.code, message, *span, "the zone that it holds");
            run.refuse(diag.help(format!("write `--origin {name}`, or leave it out")));
            continue;
        }
        let start = head.as_ref().map_or(Span::new(*id, 0, 0), |(_, span)| *span);
        let zone = zones.entry(apex.clone()).or_insert(ZoneText { apex, start, has_head: false, records: Vec::new() });
        if head.is_some() && !zone.has_head {
            (zone.has_head, zone.start) = (true, start);
        }
        zone.records.extend(records);
    }
    if run.refused == 0 { Ok(zones.into_values().collect()) } else { Err(run.into_diags()) }
}

fn refused(file: FileId, at: &Range<usize>, message: impl Into<String>) -> Diag {
    let span = Span::new(file, at.start as u32, at.end as u32);
    Diag::error(ZONE_FILE.code, message, span, "cannot be read")
}

/// What is counted over all files of a run.
#[derive(Default)]
struct Run {
    includes: usize,
    entries: usize,
    /// What cannot be read, as far as it is shown.
    diags: Vec<Diag>,
    refused: usize,
    /// Whether a bound was reached, so that reading on is of no use.
    stopped: bool,
}

impl Run {
    fn refuse(&mut self, diag: Diag) {
        self.refused += 1;
        if self.refused <= SHOWN {
            self.diags.push(diag);
        }
    }

    /// Refuses and ends the reading: this finding is shown whatever came before.
    fn stop(&mut self, diag: Diag) {
        self.refused += 1;
        self.diags.push(diag);
        self.stopped = true;
    }

    fn into_diags(mut self) -> Vec<Diag> {
        let more = self.refused - self.diags.len();
        if let Some(last) = self.diags.last_mut().filter(|_| more > 0) {
            last.message += &format!("; {more} more findings like this follow");
        }
        self.diags
    }
}

/// The file that a directive includes.
fn include<'t>(entry: &Entry<'t>) -> Option<&'t str> {
    let [directive, file, ..] = entry.words.as_slice() else { return None };
    (!directive.quoted && directive.text.eq_ignore_ascii_case("$INCLUDE")).then_some(file.text)
}

fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The zone in the name of a file, such as `contoso.com.zone` or `db.contoso.com`.
fn zone_of_file(path: &str) -> Option<String> {
    let name = last_part(path).to_ascii_lowercase();
    let name = name.strip_prefix("db.").unwrap_or(&name);
    let endings = [".zone", ".records", ".dns", ".db", ".txt", ".conf", ".hosts", ".signed"];
    let name = endings.into_iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    Fqdn::parse(name).ok().filter(|name| !name.is_single_label()).map(|name| name.as_str().to_owned())
}

/// What holds from one entry to the next.
#[derive(Clone)]
struct State {
    origin: Option<String>,
    owner: Option<String>,
}

struct Reader<'a, 't> {
    sources: &'t SourceMap,
    by_name: &'a BTreeMap<&'a str, FileId>,
    /// The file that is read, after those that include it.
    open: Vec<FileId>,
    head: Option<(String, Span)>,
    records: Vec<Found>,
    run: &'a mut Run,
}

impl<'t> Reader<'_, 't> {
    fn file(&mut self, id: FileId, state: &mut State) {
        self.open.push(id);
        // Faults are already reported.
        for entry in Entries::of(self.sources.file(id).text()).flatten() {
            self.run.entries += 1;
            if self.run.entries > MOST_ENTRIES && !self.run.stopped {
                let at = entry.words.first().map_or(0..0, |word| word.at.clone());
                let message = format!("more than {MOST_ENTRIES} records and directives, with those of included files");
                self.run.stop(refused(id, &at, message).help("give fewer zone files at once"));
            }
            if self.run.stopped {
                break;
            }
            let directive = entry.words.first().filter(|word| !entry.continues && !word.quoted && word.text.starts_with('$'));
            match directive {
                Some(directive) => self.directive(id, directive, &entry.words, state),
                None => self.record(id, &entry, state),
            }
        }
        self.open.pop();
    }

    fn refuse(&mut self, file: FileId, at: &Range<usize>, message: impl Into<String>, help: &str) {
        self.run.refuse(refused(file, at, message).help(help));
    }

    fn directive(&mut self, id: FileId, word: &Word<'t>, words: &[Word<'t>], state: &mut State) {
        let arguments = &words[1..];
        match (word.text.to_ascii_uppercase().as_str(), arguments) {
            ("$ORIGIN", [name]) => state.origin = self.name(id, name, state).or(state.origin.take()),
            ("$TTL", [ttl]) if is_ttl(ttl.text) => {}
            ("$INCLUDE", [file]) => self.include(id, file, None, state),
            ("$INCLUDE", [file, origin]) => self.include(id, file, Some(origin), state),
            ("$ORIGIN" | "$TTL" | "$INCLUDE", _) => {
                self.refuse(id, &word.at, format!("`{}` has the wrong arguments", word.text), FLATTEN)
            }
            _ => self.refuse(id, &word.at, format!("`{}` is no directive of RFC 1035", shown(word.text)), FLATTEN),
        }
    }

    fn include(&mut self, id: FileId, file: &Word<'t>, origin: Option<&Word<'t>>, state: &State) {
        let Some(other) = self.by_name.get(last_part(file.text)).copied() else {
            let message = format!("`{}` is included and was not given", shown(file.text));
            return self.refuse(id, &file.at, message, "give the included file as an argument too");
        };
        if let Some(first) = self.open.iter().position(|open| *open == other) {
            let names: Vec<&str> = self.open[first..].iter().map(|id| last_part(self.sources.file(*id).name())).collect();
            let message = format!("`{}` includes `{}`: reading would never end", names.join("` includes `"), names[0]);
            return self.run.stop(refused(id, &file.at, message).help("take this `$INCLUDE` out: it leads back"));
        }
        if self.open.len() > DEEPEST {
            let message = format!("more than {DEEPEST} files include each other in a chain");
            return self.run.stop(refused(id, &file.at, message).help(FLATTEN));
        }
        self.run.includes += 1;
        if self.run.includes > MOST_INCLUDES {
            let message = format!("more than {MOST_INCLUDES} times a file is included");
            return self.run.stop(refused(id, &file.at, message).help("include each file once in each zone"));
        }
        let mut inner = state.clone();
        if let Some(origin) = origin {
            let Some(name) = self.name(id, origin, state) else { return };
            inner.origin = Some(name);
        }
        self.file(other, &mut inner);
    }

    fn name(&mut self, id: FileId, word: &Word<'t>, state: &State) -> Option<String> {
        match absolute(word.text, state.origin.as_deref()) {
            Ok(name) => Some(name),
            Err(why) => {
                self.refuse(id, &word.at, why, "write names with a dot at the end, `$ORIGIN`, or `--origin ZONE`");
                None
            }
        }
    }

    fn record(&mut self, id: FileId, entry: &Entry<'t>, state: &mut State) {
        let mut words = entry.words.as_slice();
        if !entry.continues {
            let Some((first, rest)) = words.split_first() else { return };
            state.owner = self.name(id, first, state);
            if state.owner.is_none() {
                return;
            }
            words = rest;
        }
        let line = entry.words.first().map_or(0..0, |word| word.at.clone());
        let Some(owner) = state.owner.clone() else {
            return self.refuse(
                id,
                &line,
                "the line goes on with the name of the record before, and there is none",
                "write the name",
            );
        };
        // Time to live and class are in either order, and both may be left out.
        let mut class_in = true;
        while let [word, rest @ ..] = words {
            let class = word.text.to_ascii_uppercase();
            if matches!(class.as_str(), "IN" | "CH" | "HS" | "CS") {
                class_in = class == "IN";
            } else if !is_ttl(word.text) {
                break;
            }
            words = rest;
        }
        let Some((kind, data)) = words.split_first() else {
            return self.refuse(
                id,
                &line,
                format!("`{owner}` has no type and no data"),
                "write a record as in `sip 3600 IN A 192.0.2.1`",
            );
        };
        if !class_in {
            return self.refuse(
                id,
                &kind.at,
                "only records of the class IN are compared",
                "leave out the zones of other classes",
            );
        }
        let end = data.last().map_or(kind.at.end, |word| word.at.end);
        let span = Span::new(id, kind.at.start as u32, end as u32);
        let Some(data) = self.data(id, kind, data, state) else { return };
        if data == Data::Soa {
            match &self.head {
                Some((name, _)) if *name != owner => {
                    return self.refuse(
                        id,
                        &kind.at,
                        format!("the head of `{owner}` in the zone `{name}`"),
                        "give each zone a file",
                    );
                }
                Some(_) => {}
                None => self.head = Some((owner.clone(), Span::new(id, kind.at.start as u32, kind.at.end as u32))),
            }
        }
        self.records.push(Found { owner, data, span });
    }

    fn data(&mut self, id: FileId, kind: &Word<'t>, words: &[Word<'t>], state: &State) -> Option<Data> {
        let upper = kind.text.to_ascii_uppercase();
        let number = |word: &Word<'_>| word.text.parse::<u16>().ok();
        let read = match (upper.as_str(), words) {
            ("A", [address]) => address.text.parse().ok().map(Data::A),
            ("AAAA", [address]) => address.text.parse().ok().map(Data::Aaaa),
            ("CNAME", [target]) => Some(Data::Cname(self.name(id, target, state)?)),
            ("PTR", [target]) => Some(Data::Ptr(self.name(id, target, state)?)),
            ("SRV", [priority, weight, port, target]) => {
                let numbers = number(priority).zip(number(weight)).zip(number(port));
                let target = self.name(id, target, state)?;
                numbers.map(|((priority, weight), port)| Data::Srv { priority, weight, port, target })
            }
            ("DNAME", [target]) => Some(Data::Dname(self.name(id, target, state)?)),
            ("NS", [target]) => Some(Data::Ns(self.name(id, target, state)?)),
            ("SOA", [_, _, _, _, _, _, _]) => Some(Data::Soa),
            ("A" | "AAAA" | "CNAME" | "PTR" | "SRV" | "DNAME" | "NS" | "SOA", _) => None,
            // Read over: it answers no question of the product.
            (other, _) if types::is_other(other) => return None,
            _ => {
                self.refuse(
                    id,
                    &kind.at,
                    format!("expected the type of a record, found `{}`", shown(kind.text)),
                    "write a record as in `sip 3600 IN A 192.0.2.1`",
                );
                return None;
            }
        };
        if read.is_none() {
            let at = words
                .first()
                .map_or(kind.at.clone(), |first| first.at.start..words.last().map_or(first.at.end, |last| last.at.end));
            let form = match upper.as_str() {
                "A" => "an A record has one IPv4 address",
                "AAAA" => "an AAAA record has one IPv6 address",
                "SRV" => "a SRV record has a priority, a weight, a port and a name",
                "SOA" => "a SOA record has two names and five numbers",
                _ => "the record has one name",
            };
            self.refuse(id, &at, form, "correct the data");
        }
        read
    }
}

/// `3600`, `1h30m`.
fn is_ttl(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte.to_ascii_lowercase(), b's' | b'm' | b'h' | b'd' | b'w'))
}

/// A word of the file, cut where it is longer than any that is meant.
fn shown(word: &str) -> String {
    const LONGEST: usize = 80;
    match word.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &word[..at]),
        None => word.to_owned(),
    }
}
