//! `<certificate>-lcscmd.cmd`: the command line that requests the certificate on the server itself.
//!
//! A batch file has no safe way to hold every text: a `"` ends quoting and a `%` begins a variable inside quotes. A value with
//! one of them is never written; the file then says which tool to use instead.

use super::super::EmitContext;
use super::super::language::BATCH;
use crate::catalog::LcsCmd;
use crate::plan::certificate::{Certificate, IssuerKind};

/// What the name of the file ends in, after that of the certificate.
pub(super) const ENDING: &str = "-lcscmd.cmd";

/// The longest line that the command interpreter reads.
const LONGEST_LINE: usize = 8191;

/// The file, for certificates that LcsCmd deals with.
pub(super) fn emit(certificate: &Certificate, cx: &EmitContext<'_>) -> Option<String> {
    let lcscmd = certificate.lcscmd?;
    let mut lines = vec!["@echo off".to_owned(), "setlocal EnableExtensions DisableDelayedExpansion".to_owned()];
    lines.extend(cx.note().map(rem));
    lines.push(rem(&format!("Certificate {} of {}: {}", certificate.slug, cx.organization, certificate.reason.purpose)));
    lines.push(rem(&certificate.reason.short()));
    lines.push(rem("Made by ocstopo; change the topology, not this file."));
    for (at, install) in certificate.installs.iter().enumerate() {
        let name = install.fqdn.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        let what = match (at, certificate.exportable) {
            (0, _) => "Run it on",
            (_, true) => "Then import it with its key (/Action:ExportPFX, /Action:ImportPFX) on",
            (_, false) => "Run it again on",
        };
        lines.push(rem(&format!("{what} {}{name}", install.path)));
    }
    lines.extend(certificate.notes.iter().map(|note| rem(note)));
    match command(certificate, lcscmd) {
        Ok(command) => lines.push(command),
        Err(why) => {
            lines.push(rem(&format!("No command here: {why}. Use the certificate wizard, or {}-2003.inf.", certificate.slug)));
            lines.push("exit /b 1".to_owned());
        }
    }
    Some(BATCH.broken(lines.join("\n") + "\n"))
}

fn command(certificate: &Certificate, lcscmd: LcsCmd) -> Result<String, String> {
    let mut words = vec!["LCSCmd.exe /Cert /Action:Request".to_owned()];
    words.push(switch("sn", certificate.common_name.as_str())?);
    let subject = &certificate.subject;
    let parts = [
        ("OU", "unit", &subject.unit),
        ("org", "organization", &subject.organization),
        ("city", "locality", &subject.locality),
        ("state", "state", &subject.state),
        ("country", "country", &subject.country),
    ];
    for (name, attribute, value) in parts {
        let value = value.as_deref().filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| format!("LCSCmd needs /{name}, and certificate_subject has no {attribute}"))?;
        words.push(switch(name, value)?);
    }
    if !certificate.sans.is_empty() {
        let names: Vec<&str> = certificate.sans.iter().map(|name| name.as_str()).collect();
        words.push(switch("san", &names.join(","))?);
    }
    words.push(switch("friendlyName", &certificate.slug)?);
    words.push(format!("/bitLength:{}", certificate.form.key_length));
    words.push(format!("/exportable:{}", truth(certificate.exportable)));
    words.push(format!(
        "/enableClientEKU:{}",
        truth(certificate.ekus.contains(&crate::catalog::ExtendedUse::ClientAuthentication))
    ));
    // Edge servers are in the perimeter and cannot reach an authority inside, and a standalone authority does not answer at once:
    // their requests are files.
    let answers = certificate.issuer.as_ref().filter(|issuer| issuer.kind != IssuerKind::Standalone);
    let config = answers.and_then(|issuer| issuer.config.as_deref());
    match (lcscmd.component(), config) {
        (None, Some(config)) => words.extend(["/online:TRUE".to_owned(), switch("ca", config)?, "/assign:TRUE".to_owned()]),
        _ => words.extend(["/online:FALSE".to_owned(), switch("Filename", &format!("{}.req", certificate.slug))?]),
    }
    words.extend(lcscmd.component().map(|component| format!("/Components:{component}")));
    // A caret outside quotes joins the next line; together they are one line to the interpreter.
    let command = words.join(" ^\n  ");
    if command.len() > LONGEST_LINE {
        return Err(format!("the command would have {} characters, and the maximum is {LONGEST_LINE}", command.len()));
    }
    Ok(command)
}

fn truth(is: bool) -> &'static str {
    if is { "TRUE" } else { "FALSE" }
}

/// `/name:"value"`, or why it cannot be written.
fn switch(name: &str, value: &str) -> Result<String, String> {
    match value.chars().find(|c| matches!(c, '"' | '%') || !(' '..='~').contains(c)) {
        Some(c) => Err(format!("the value of /{name} has {}, which is not safe in a batch file", readable(c))),
        // Backslashes right before the quote would take it as a letter.
        None => {
            let tail = value.len() - value.trim_end_matches('\\').len();
            Ok(format!("/{name}:\"{value}{}\"", "\\".repeat(tail)))
        }
    }
}

/// A character in words that survive in a remark, where neither metacharacters nor letters outside ASCII are allowed.
fn readable(c: char) -> String {
    match c {
        '"' => "a double quote".to_owned(),
        '%' => "a percent sign".to_owned(),
        c if c.is_control() => format!("a control character (U+{:04X})", u32::from(c)),
        c if c.is_alphabetic() => format!("a letter outside ASCII (U+{:04X})", u32::from(c)),
        c => format!("a character outside ASCII (U+{:04X})", u32::from(c)),
    }
}

fn rem(text: &str) -> String {
    format!("rem {}", BATCH.escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_within_their_quotes() {
        assert_eq!(switch("OU", "R & D | <x> ^").as_deref(), Ok("/OU:\"R & D | <x> ^\""));
        assert_eq!(switch("ca", "dc01\\CA\\").as_deref(), Ok("/ca:\"dc01\\CA\\\\\""));
        for hostile in ["a\"b", "%PATH%", "a\nb", "é"] {
            assert!(switch("OU", hostile).is_err(), "{hostile}");
        }
        for (value, named) in [
            ("a\"b", "a double quote"),
            ("100%", "a percent sign"),
            ("a\nb", "a control character (U+000A)"),
            ("K\u{f6}ln", "a letter outside ASCII (U+00F6)"),
        ] {
            let why = switch("org", value).unwrap_err();
            assert_eq!(why, format!("the value of /org has {named}, which is not safe in a batch file"));
            assert!(rem(&why).ends_with(&why), "nothing of it is lost in a remark: {}", rem(&why));
        }
        assert_eq!(rem("a & del *\n%x%"), "rem a ? del *??x?");
    }
}
