//! A reader of nginx.conf that understands what the program writes and nothing more: what it does not know is a failure.

use std::collections::{BTreeMap, BTreeSet};

/// One way from outside to inside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub socket: String,
    pub name: String,
    pub path: String,
    pub below: bool,
    pub servers: Vec<String>,
    pub tls: bool,
    pub inside_name: String,
    pub authority: String,
    pub certificate: String,
    pub megabytes: u64,
}

/// A directive with its block.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Directive {
    words: Vec<String>,
    block: Option<Vec<Directive>>,
}

impl Directive {
    fn word(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// The words of a directive without a block.
    fn plain(&self) -> Result<Vec<&str>, String> {
        match self.block {
            None => Ok(self.words.iter().map(String::as_str).collect()),
            Some(_) => Err(format!("{:?} has a block", self.words)),
        }
    }

    fn block(&self) -> Result<&[Directive], String> {
        self.block.as_deref().ok_or_else(|| format!("{:?} has no block", self.words))
    }
}

/// Text to directives: the quoting of nginx, and unquoted words of plain characters only.
fn parse(text: &str) -> Result<Vec<Directive>, String> {
    let mut open: Vec<(Vec<String>, Vec<Directive>)> = vec![(Vec::new(), Vec::new())];
    let mut words: Vec<String> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' | '\n' => {}
            '#' if words.is_empty() => while chars.next_if(|c| *c != '\n').is_some() {},
            ';' if !words.is_empty() => {
                let done = Directive { words: std::mem::take(&mut words), block: None };
                open.last_mut().ok_or("no block")?.1.push(done);
            }
            '{' if !words.is_empty() => open.push((std::mem::take(&mut words), Vec::new())),
            '}' if words.is_empty() && open.len() > 1 => {
                let (words, block) = open.pop().ok_or("no block")?;
                open.last_mut().ok_or("no block")?.1.push(Directive { words, block: Some(block) });
            }
            '"' => {
                let mut word = String::new();
                loop {
                    match chars.next().ok_or("a quote that does not end")? {
                        '"' => break,
                        '\\' => match chars.next().ok_or("a quote that does not end")? {
                            c @ ('"' | '\\') => word.push(c),
                            c => return Err(format!("`\\{c}` in quotes")),
                        },
                        '$' if chars.peek().is_some_and(|c| *c != '"' && *c != ')') => {
                            return Err("a variable in quotes".to_owned());
                        }
                        c => word.push(c),
                    }
                }
                if chars.peek().is_none_or(|c| !matches!(c, ' ' | ';' | ')')) {
                    return Err(format!("`{word}` runs into what follows"));
                }
                words.push(word);
            }
            ')' => words.push(String::from(c)),
            c => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| !matches!(c, ' ' | '\t' | '\n' | ';' | '{' | '}')) {
                    word.push(c);
                }
                if !word.chars().all(|c| c.is_ascii_alphanumeric() || "_.:/~*-$(".contains(c))
                    || (word.contains(['$', '(']) && word != "$host" && word != "($request_uri")
                {
                    return Err(format!("the word `{word}`"));
                }
                words.push(word);
            }
        }
    }
    let (Some((_, directives)), true, true) = (open.pop(), open.is_empty(), words.is_empty()) else {
        return Err("a block that does not end".to_owned());
    };
    Ok(directives)
}

/// The directives in `http` beside upstreams and servers: none may be missing or different.
const HTTP: &[&str] = &[
    "server_tokens off",
    "access_log /var/log/nginx/access.log",
    "server_names_hash_bucket_size 512",
    "ssl_session_cache shared:ocstopo:10m",
    "client_max_body_size 1m",
    "client_header_timeout 120s",
    "client_body_timeout 120s",
    "send_timeout 120s",
    "keepalive_timeout 120s",
    "proxy_connect_timeout 15s",
    "proxy_send_timeout 120s",
    "proxy_read_timeout 120s",
    "proxy_http_version 1.1",
    "proxy_set_header Connection ",
    "proxy_set_header Host $host",
    "proxy_ssl_server_name on",
    "proxy_ssl_verify on",
    "proxy_ssl_verify_depth 4",
];

const FOLDER: &str = "/etc/nginx/ocstopo/";

/// Everything that a configuration publishes.
pub fn read(text: &str) -> Result<BTreeSet<Row>, String> {
    let top = parse(text)?;
    let [workers, pid, log, events, http] = top.as_slice() else { return Err(format!("{} directives at the top", top.len())) };
    let said: Vec<String> =
        [workers, pid, log].iter().map(|d| d.plain().map(|words| words.join(" "))).collect::<Result<_, _>>()?;
    if said != ["worker_processes auto", "pid /run/nginx.pid", "error_log /var/log/nginx/error.log"] {
        return Err(format!("{said:?}"));
    }
    let [connections] = events.block()? else { return Err("events".to_owned()) };
    if (events.word(), connections.plain()?.as_slice(), http.word())
        != ("events", ["worker_connections", "1024"].as_slice(), "http")
    {
        return Err("events or http".to_owned());
    }
    let (mut plain, mut upstreams, mut servers) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
    for directive in http.block()? {
        match directive.words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["upstream", name] => {
                let servers = directive.block()?.iter().map(|server| match server.plain()?.as_slice() {
                    ["server", address] => Ok((*address).to_owned()),
                    other => Err(format!("{other:?} in an upstream")),
                });
                let servers = servers.collect::<Result<Vec<_>, _>>()?;
                if servers.is_empty() || upstreams.insert((*name).to_owned(), servers).is_some() {
                    return Err(format!("the upstream {name}"));
                }
            }
            ["server"] => servers.push(directive.block()?),
            ["server_names_hash_max_size", size] if size.parse::<u32>().is_ok_and(|size| size >= 512) => {}
            words => {
                if directive.block.is_some() || !plain.insert(words.join(" ")) {
                    return Err(format!("{words:?}"));
                }
            }
        }
    }
    if plain != HTTP.iter().map(|line| (*line).to_owned()).collect() {
        return Err(format!("{plain:?}"));
    }
    let Some((refusal, sites)) = servers.split_first() else { return Err("no server".to_owned()) };
    let sockets = refused(refusal)?;
    let mut rows = BTreeSet::new();
    let mut names = BTreeSet::new();
    for site in sites {
        let site = Site::of(site)?;
        if site.sockets != sockets {
            return Err(format!("{:?} and {sockets:?}", site.sockets));
        }
        for name in &site.names {
            if !names.insert(name.clone()) {
                return Err(format!("two servers are {name}"));
            }
            for socket in &sockets {
                site.rows(socket, name, &upstreams, &mut rows)?;
            }
        }
    }
    Ok(rows)
}

/// The sockets of the server that refuses all requests.
fn refused(server: &[Directive]) -> Result<BTreeSet<String>, String> {
    let mut sockets = BTreeSet::new();
    let mut rest = BTreeSet::new();
    for directive in server {
        match directive.plain()?.as_slice() {
            ["listen", socket, "ssl", "default_server"] => drop(sockets.insert((*socket).to_owned())),
            ["ssl_certificate" | "ssl_certificate_key", file] if file.starts_with(FOLDER) => {}
            words => drop(rest.insert(words.join(" "))),
        }
    }
    let expected = ["return 444".to_owned(), "server_name _".to_owned()].into_iter().collect();
    if sockets.is_empty() || rest != expected {
        return Err(format!("who is not known is not refused: {rest:?}"));
    }
    Ok(sockets)
}

/// What must not be in the path of a request as it was sent.
const SENT: &str = r"^[^?]*(#|/\.|%(00|23|2e|2f|5c|c0|c1|e0%[89]|f[0-9a-f]))";

/// A server that publishes something.
#[derive(Default)]
struct Site<'d> {
    sockets: BTreeSet<String>,
    names: Vec<String>,
    files: BTreeMap<&'d str, &'d str>,
    /// A request that the two sides may read differently, or that hides a part, is refused.
    sent: bool,
    guarded: bool,
    locations: Vec<(String, bool, u64, &'d str)>,
}

impl<'d> Site<'d> {
    fn of(server: &'d [Directive]) -> Result<Self, String> {
        let mut site = Self::default();
        let mut closed = false;
        for directive in server {
            let words: Vec<&str> = directive.words.iter().map(String::as_str).collect();
            match words.as_slice() {
                _ if closed => return Err(format!("{words:?} after the last location")),
                ["listen", socket, "ssl"] => drop(site.sockets.insert((*socket).to_owned())),
                ["server_name", name] => site.names.push((*name).to_owned()),
                [
                    word @ ("ssl_certificate" | "ssl_certificate_key" | "proxy_ssl_name" | "proxy_ssl_trusted_certificate"),
                    value,
                ] => {
                    if site.files.insert(word, value).is_some() {
                        return Err(format!("{word} twice"));
                    }
                }
                ["if", "($request_uri", "~*", SENT, ")"] if site.locations.is_empty() => {
                    only(directive, "return 404")?;
                    site.sent = true;
                }
                ["location", "~", "[%\\\\]"] if site.locations.is_empty() => {
                    only(directive, "return 404")?;
                    site.guarded = true;
                }
                ["location", "~*", pattern] => site.locations.push(location(pattern, directive)?),
                ["location", "/"] => {
                    only(directive, "return 404")?;
                    closed = true;
                }
                _ => return Err(format!("{words:?} in a server")),
            }
        }
        let whole = site.locations.iter().any(|(path, below, ..)| path == "/" && *below);
        if !closed || site.names.is_empty() || site.guarded == whole || site.sent == whole {
            return Err(format!("{:?}: closed {closed}, guarded {}", site.names, site.guarded));
        }
        Ok(site)
    }

    fn rows(
        &self,
        socket: &str,
        name: &str,
        upstreams: &BTreeMap<String, Vec<String>>,
        rows: &mut BTreeSet<Row>,
    ) -> Result<(), String> {
        let file = |word: &str, end: &str| {
            let file = self.files.get(word).and_then(|file| file.strip_prefix(FOLDER)?.strip_suffix(end));
            file.map(str::to_owned).ok_or_else(|| format!("{word} of {name}"))
        };
        let certificate = file("ssl_certificate", "/certificate.pem")?;
        if certificate != file("ssl_certificate_key", "/key.pem")? {
            return Err(format!("the key of {name}"));
        }
        for (path, below, megabytes, to) in &self.locations {
            let (tls, upstream) = match (to.strip_prefix("https://"), to.strip_prefix("http://")) {
                (Some(upstream), _) => (true, upstream),
                (_, Some(upstream)) => (false, upstream),
                _ => return Err((*to).to_owned()),
            };
            let row = Row {
                socket: socket.to_owned(),
                name: name.to_owned(),
                path: path.clone(),
                below: *below,
                servers: upstreams.get(upstream).ok_or_else(|| format!("no upstream {upstream}"))?.clone(),
                tls,
                inside_name: self.files.get("proxy_ssl_name").copied().unwrap_or_default().to_owned(),
                authority: file("proxy_ssl_trusted_certificate", ".pem")?
                    .strip_prefix("authorities/")
                    .ok_or("authorities")?
                    .to_owned(),
                certificate: certificate.clone(),
                megabytes: *megabytes,
            };
            if !rows.insert(row) {
                return Err(format!("{path} twice"));
            }
        }
        Ok(())
    }
}

fn only(directive: &Directive, expected: &str) -> Result<(), String> {
    match directive.block()? {
        [one] if one.plain()?.join(" ") == expected => Ok(()),
        other => Err(format!("{:?}: {other:?}", directive.words)),
    }
}

/// A location that leads inside: path, whether paths below are included, megabytes, destination.
fn location<'d>(pattern: &str, directive: &'d Directive) -> Result<(String, bool, u64, &'d str), String> {
    let anchored = pattern.strip_prefix('^').ok_or_else(|| format!("{pattern} begins anywhere"))?;
    let (regex, below) = match (anchored.strip_suffix("(/|$)"), anchored.strip_suffix('$')) {
        (Some(regex), _) => (regex, true),
        (_, Some(regex)) => (regex, false),
        _ => return Err(format!("{pattern} ends anywhere")),
    };
    let mut path = String::new();
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                path.push(chars.next().filter(|c| !c.is_ascii_alphanumeric()).ok_or_else(|| format!("an escape in {pattern}"))?)
            }
            c if c.is_alphanumeric() || matches!(c, '/' | '_' | '-') || !c.is_ascii() => path.push(c),
            c => return Err(format!("`{c}` in {pattern} means something")),
        }
    }
    if below && path.is_empty() {
        path.push('/');
    }
    let (size, pass) = match directive.block()? {
        [size, pass] => (Some(size.plain()?), pass.plain()?),
        [pass] => (None, pass.plain()?),
        other => return Err(format!("{other:?}")),
    };
    let megabytes = match size.as_deref() {
        Some(["client_max_body_size", size]) => size.strip_suffix('m').and_then(|size| size.parse().ok()).ok_or("a size")?,
        None => 0,
        other => return Err(format!("{other:?}")),
    };
    let ["proxy_pass", to] = pass.as_slice() else { return Err(format!("{pass:?}")) };
    Ok((path, below, megabytes, to))
}
