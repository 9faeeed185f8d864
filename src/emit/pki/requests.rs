//! The scripts that make the requests of many certificates at once: `requests.cmd` with its table `requests.txt` for certreq on each
//! server, and `requests.sh` for openssl. The batch file is the same for all servers and reads what is theirs from the table, which takes
//! one pass of it: its own lines would be searched for a label again for each certificate.

use serde::Serialize;

use super::super::language::{BATCH, SHELL};
use super::super::{EmitContext, EmitError};
use crate::plan::certificate::CertificatePlan;

/// A certificate on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line<'p> {
    /// The host name that the server knows of itself.
    host: &'p str,
    server: &'p str,
    slug: &'p str,
    /// The server that makes the request.
    first: &'p str,
}

/// What is on the servers that have certreq, by host name.
pub(super) fn servers(plan: &CertificatePlan) -> Vec<Line<'_>> {
    let windows = plan.certificates.iter().filter(|certificate| certificate.on_windows());
    let lines = windows.flat_map(|certificate| {
        let first = certificate.installs.first().map_or("", |install| install.path.as_str());
        let slug = certificate.slug.as_str();
        certificate.installs.iter().map(move |install| Line { host: install.host(), server: &install.path, slug, first })
    });
    let mut lines: Vec<Line<'_>> = lines.collect();
    lines.sort_unstable();
    lines
}

#[derive(Serialize)]
struct Batch<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    /// A server, to show what a path is.
    example: &'a str,
}

pub(super) fn batch(example: &Line<'_>, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    cx.templates.render(&BATCH, "requests", &Batch { note: cx.note(), organization: cx.organization, example: example.server })
}

/// Host names, paths and the names of folders have no blanks, and none of them begins with the mark of a comment.
pub(super) fn table(lines: &[Line<'_>], cx: &EmitContext<'_>) -> String {
    let mut out: String = cx.note().map(|note| format!("; {note}\n")).unwrap_or_default();
    out += "; For requests.cmd: host name, server, certificate, the server that makes its request.\n";
    for Line { host, server, slug, first } in lines {
        out += &format!("{host} {server} {slug} {first}\n");
    }
    out
}

#[derive(Serialize)]
struct Shell<'a> {
    note: Option<&'static str>,
    organization: &'a str,
}

pub(super) fn shell(cx: &EmitContext<'_>) -> Result<String, EmitError> {
    cx.templates.render(&SHELL, "requests", &Shell { note: cx.note(), organization: cx.organization })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Templates;

    const LINE: Line<'_> = Line { host: "fe02", server: "a.pool.fe02", slug: "a-pool-pool", first: "a.pool.fe01" };

    fn with<T>(organization: &str, emitted: impl Fn(&EmitContext<'_>) -> T) -> T {
        emitted(&EmitContext { templates: &Templates::shipped(), sample: true, organization })
    }

    #[test]
    fn a_line_of_the_table_is_four_words() {
        insta::assert_snapshot!(with("contoso", |cx| table(&[LINE, LINE], cx)), @r"
        ; SAMPLE: names and addresses of an example; not for use
        ; For requests.cmd: host name, server, certificate, the server that makes its request.
        fe02 a.pool.fe02 a-pool-pool a.pool.fe01
        fe02 a.pool.fe02 a-pool-pool a.pool.fe01
        ");
    }

    #[test]
    fn a_name_is_a_remark_in_both_scripts() {
        let hostile = "a\r\ndel *\n& del %x% `rm` $(rm) \u{202e}K\u{f6}ln ".repeat(9);
        let scripts = |organization: &str| {
            [with(organization, |cx| batch(&LINE, cx)), with(organization, shell)].map(|script| script.expect("it renders"))
        };
        let code = |script: &String| {
            let lines = script.lines().filter(|line| !line.starts_with("rem ") && !line.starts_with('#'));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        let (plain, hostile) = (scripts("contoso"), scripts(&hostile));
        assert_eq!(plain.each_ref().map(code), hostile.each_ref().map(code));
        for script in hostile {
            assert!(script.is_ascii() && script.lines().all(|line| line.len() <= 160), "{script}");
        }
    }
}
