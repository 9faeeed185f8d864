//! Entries to records: directives, owners, classes, types and data, each record with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::name::absolute;
use super::scan::{Entry, Word, scan};
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
    /// A name server of the zone or of one below.
    Ns,
    /// The head of the zone.
    Soa,
    /// Anything else.
    Other,
}

/// A record of a file.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its name, lower case, without a dot at the end.
    pub owner: String,
    /// What it says.
    pub data: Data,
    /// Where its type and data stand.
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
    /// Its records, in the order of the files.
    pub records: Vec<Found>,
}

/// How deep files may include each other.
const DEEPEST: usize = 16;

/// Types with data that is not looked at.
const OTHER_TYPES: &[&str] = &[
    "AFSDB",
    "APL",
    "CAA",
    "CDNSKEY",
    "CDS",
    "CERT",
    "CSYNC",
    "DHCID",
    "DLV",
    "DNAME",
    "DNSKEY",
    "DS",
    "EUI48",
    "EUI64",
    "GPOS",
    "HINFO",
    "HIP",
    "HTTPS",
    "IPSECKEY",
    "ISDN",
    "KEY",
    "KX",
    "L32",
    "L64",
    "LOC",
    "LP",
    "MB",
    "MD",
    "MF",
    "MG",
    "MINFO",
    "MR",
    "MX",
    "NAPTR",
    "NID",
    "NSAP",
    "NSAP-PTR",
    "NSEC",
    "NSEC3",
    "NSEC3PARAM",
    "NULL",
    "NXT",
    "OPENPGPKEY",
    "PX",
    "RP",
    "RRSIG",
    "RT",
    "SIG",
    "SINK",
    "SMIMEA",
    "SPF",
    "SSHFP",
    "SVCB",
    "TALINK",
    "TLSA",
    "TXT",
    "URI",
    "WINS",
    "WINSR",
    "WKS",
    "X25",
    "ZONEMD",
];

/// Reads zone files; each holds one zone, or is included by one that does. Without `origin` the name of a file says which zone it
/// holds, unless its head or a directive does.
pub fn read(sources: &SourceMap, files: &[FileId], origin: Option<&Fqdn>) -> Result<Vec<ZoneText>, Vec<Diag>> {
    let mut diags = Vec::new();
    let mut parsed = BTreeMap::new();
    for id in files {
        match scan(sources.file(*id).text()) {
            Ok(entries) => {
                parsed.insert(*id, entries);
            }
            Err(fault) => diags.push(refused(*id, &fault.at, fault.message)),
        }
    }
    if !diags.is_empty() {
        return Err(diags);
    }
    let by_name: BTreeMap<&str, FileId> = files.iter().map(|id| (last_part(sources.file(*id).name()), *id)).collect();
    let included: BTreeSet<FileId> =
        parsed.values().flatten().filter_map(|entry| by_name.get(last_part(include(entry)?))).copied().collect();
    let mut zones: BTreeMap<String, ZoneText> = BTreeMap::new();
    for id in files {
        if included.contains(id) && included.len() < files.len() {
            continue;
        }
        let first = origin.map(|name| name.as_str().to_owned()).or_else(|| zone_of_file(sources.file(*id).name()));
        let mut reader = Reader { parsed: &parsed, by_name: &by_name, head: None, records: Vec::new(), diags: Vec::new() };
        reader.file(*id, &mut State { origin: first.clone(), owner: None }, 0);
        let Reader { head, records, diags: found, .. } = reader;
        diags.extend(found);
        let Some(apex) = head.as_ref().map(|(name, _)| name.clone()).or(first) else {
            diags.push(
                refused(*id, &(0..0), "nothing says which zone this file holds")
                    .help("name the file like `contoso.com.zone`, or write `--origin contoso.com`"),
            );
            continue;
        };
        if let (Some(origin), Some((name, span))) = (origin, &head)
            && name != origin.as_str()
        {
            let mut diag = Diag::error(
                ZONE_FILE.code,
                format!("`--origin` says `{}`, and the head of this file `{name}`", origin.as_str()),
                *span,
                "the zone that it holds",
            );
            diag = diag.help(format!("write `--origin {name}`, or leave it out"));
            diags.push(diag);
            continue;
        }
        let start = head.as_ref().map_or(Span::new(*id, 0, 0), |(_, span)| *span);
        let zone = zones.entry(apex.clone()).or_insert(ZoneText { apex, start, has_head: false, records: Vec::new() });
        if head.is_some() && !zone.has_head {
            (zone.has_head, zone.start) = (true, start);
        }
        zone.records.extend(records);
    }
    if diags.is_empty() { Ok(zones.into_values().collect()) } else { Err(diags) }
}

fn refused(file: FileId, at: &Range<usize>, message: impl Into<String>) -> Diag {
    let span = Span::new(file, at.start as u32, at.end as u32);
    Diag::error(ZONE_FILE.code, message, span, "cannot be read")
}

/// The file that a directive includes.
fn include<'t>(entry: &Entry<'t>) -> Option<&'t str> {
    let [directive, file, ..] = entry.words.as_slice() else { return None };
    (!directive.quoted && directive.text.eq_ignore_ascii_case("$INCLUDE")).then_some(file.text)
}

fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The zone that the name of a file tells of, such as `contoso.com.zone` or `db.contoso.com`.
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
    parsed: &'a BTreeMap<FileId, Vec<Entry<'t>>>,
    by_name: &'a BTreeMap<&'a str, FileId>,
    head: Option<(String, Span)>,
    records: Vec<Found>,
    diags: Vec<Diag>,
}

impl<'t> Reader<'_, 't> {
    fn file(&mut self, id: FileId, state: &mut State, depth: usize) {
        for entry in self.parsed.get(&id).map(Vec::as_slice).unwrap_or_default() {
            let directive = entry.words.first().filter(|word| !entry.continues && !word.quoted && word.text.starts_with('$'));
            match directive {
                Some(directive) => self.directive(id, directive, &entry.words, state, depth),
                None => self.record(id, entry, state),
            }
        }
    }

    fn refuse(&mut self, file: FileId, at: &Range<usize>, message: impl Into<String>, help: &str) {
        self.diags.push(refused(file, at, message).help(help));
    }

    fn directive(&mut self, id: FileId, word: &Word<'t>, words: &[Word<'t>], state: &mut State, depth: usize) {
        const ELSEWHERE: &str = "`named-compilezone -o flat.zone ZONE FILE` writes the zone without it";
        let arguments = &words[1..];
        match (word.text.to_ascii_uppercase().as_str(), arguments) {
            ("$ORIGIN", [name]) => state.origin = self.name(id, name, state).or(state.origin.take()),
            ("$TTL", [ttl]) if is_ttl(ttl.text) => {}
            ("$INCLUDE", [file]) => self.include(id, file, None, state, depth),
            ("$INCLUDE", [file, origin]) => self.include(id, file, Some(origin), state, depth),
            ("$ORIGIN" | "$TTL" | "$INCLUDE", _) => {
                self.refuse(id, &word.at, format!("`{}` has the wrong arguments", word.text), ELSEWHERE)
            }
            _ => self.refuse(id, &word.at, format!("`{}` is no directive of RFC 1035", word.text), ELSEWHERE),
        }
    }

    fn include(&mut self, id: FileId, file: &Word<'t>, origin: Option<&Word<'t>>, state: &State, depth: usize) {
        let Some(other) = self.by_name.get(last_part(file.text)) else {
            return self.refuse(
                id,
                &file.at,
                format!("`{}` is included and was not given", file.text),
                "give the included file as an argument too",
            );
        };
        if depth == DEEPEST {
            return self.refuse(id, &file.at, "files include each other too deeply", "take the `$INCLUDE` out that leads back");
        }
        let mut inner = state.clone();
        if let Some(origin) = origin {
            let Some(name) = self.name(id, origin, state) else { return };
            inner.origin = Some(name);
        }
        self.file(*other, &mut inner, depth + 1);
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
        // Time to live and class stand in either order, and both may be left out.
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
            ("NS", [_]) => Some(Data::Ns),
            ("SOA", [_, _, _, _, _, _, _]) => Some(Data::Soa),
            ("A" | "AAAA" | "CNAME" | "PTR" | "SRV" | "NS" | "SOA", _) => None,
            (other, _) if OTHER_TYPES.contains(&other) || is_numbered(other) => Some(Data::Other),
            _ => {
                self.refuse(
                    id,
                    &kind.at,
                    format!("expected the type of a record, found `{}`", kind.text),
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

/// `TYPE65280`, of RFC 3597.
fn is_numbered(kind: &str) -> bool {
    kind.strip_prefix("TYPE").is_some_and(|number| number.parse::<u16>().is_ok())
}
