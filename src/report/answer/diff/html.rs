//! As a page of its own: one file without script, which asks no other machine for anything.

use super::human::warnings;
use super::outline::{Team, Text};
use super::parts::parts;
use super::summary;
use crate::query::diff::Diff;

const STYLE: &str = "\
:root{color-scheme:light dark;--text:#1b1f24;--back:#fff;--soft:#f3f4f6;--line:#d0d7de;--add:#116329;--gone:#a40e26;--other:#7d4e00}\
@media(prefers-color-scheme:dark){:root{--text:#e6edf3;--back:#0d1117;--soft:#161b22;--line:#30363d;--add:#56d364;--gone:#ff7b72;--other:#e3b341}}\
body{font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:70rem;margin:0 auto;padding:1rem}\
code{font:0.875em/1.4 ui-monospace,monospace;background:var(--soft);padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}\
summary{cursor:pointer;font-weight:600;padding:.3rem 0}details{border-top:1px solid var(--line)}\
h2{font-size:1rem;margin:.8rem 0 .3rem}ul{margin:.2rem 0;padding-left:1.2rem}li{margin:.2rem 0}\
.s{display:inline-block;width:1.2rem;font-weight:700}.a .s{color:var(--add)}.r .s{color:var(--gone)}.c .s{color:var(--other)}\
dl{display:grid;grid-template-columns:6rem 1fr;gap:.1rem .6rem;margin:.2rem 0 .5rem 1.2rem}dt{opacity:.8}dd{margin:0}\
.count{font-size:1.125rem;font-weight:600}.warn{border-left:4px solid var(--other);padding-left:.6rem}\
@media print{details>*{display:block}}";

/// The whole page.
pub fn html(diff: &Diff, team: Option<Team>) -> String {
    let title = escaped(&format!("{} → {}", diff.old.name, diff.new.name));
    let mut body = format!("<h1>{title}</h1>\n<p class=\"count\">{}</p>\n", escaped(&summary(diff)));
    for warning in warnings(diff) {
        body += &format!("<p class=\"warn\">{}</p>\n", escaped(&warning));
    }
    for part in parts(diff, team) {
        body += &format!("<details open>\n<summary>{}: {}</summary>\n", part.title, escaped(&part.count));
        for group in part.groups {
            let count = if group.count.is_empty() { String::new() } else { format!(": {}", escaped(&group.count)) };
            body += &format!("<h2>{}{count}</h2>\n", line(&group.title));
            if let Some(because) = &group.because {
                body += &format!("<p>Cause of all: {}</p>\n", line(because));
            }
            body += "<ul>\n";
            for entry in group.entries {
                let class = match entry.sign {
                    "+" => "a",
                    "~" => "c",
                    _ => "r",
                };
                body += &format!("<li class=\"{class}\"><span class=\"s\">{}</span>{}", entry.sign, line(&entry.head));
                if !entry.details.is_empty() {
                    body += "<dl>";
                    for (word, detail) in &entry.details {
                        body += &format!("<dt>{word}</dt><dd>{}</dd>", line(detail));
                    }
                    body += "</dl>";
                }
                body += "</li>\n";
            }
            body += "</ul>\n";
        }
        body += "</details>\n";
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

fn line(text: &Text) -> String {
    let run = |(marked, run): &(bool, String)| match marked {
        true => format!("<code>{}</code>", escaped(run)),
        false => escaped(run),
    };
    text.0.iter().map(run).collect()
}

/// A text that is no markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in crate::text::printable(text).chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c => out.push(c),
        }
    }
    out
}
