//! The lines of an `assert` block.

use super::context::Context;
use super::problem::Problem;
use super::{Assertion, AssertionKind, PortSpec, words};
use crate::diag::codes::lowering::BAD_ASSERTION;
use crate::syntax::ast::{self, Word};
use crate::text::Spanned;

/// Lowers one line; `None` when a part is missing or wrong, which is reported.
pub(super) fn assertion(context: &mut Context, line: ast::Assertion<'_>) -> Option<Assertion> {
    if context.broken.inside(line.span()) {
        return None;
    }
    let kind = if line.verb()?.text == "never" { AssertionKind::Never } else { AssertionKind::Allow };
    let from = end(context, line.from()?);
    let to = end(context, line.to()?);
    let on = match line.on() {
        None => None,
        Some(word) => match ports(word.text) {
            Ok(ports) => Some(Spanned::new(ports, word.span)),
            Err(problem) => {
                context.diags.push(problem.into_diag(word.span));
                return None;
            }
        },
    };
    Some(Assertion { kind, from: from?, to: to?, on, span: line.span() })
}

fn end(context: &mut Context, word: Word<'_>) -> Option<Spanned<Vec<String>>> {
    match words::path(word.text) {
        Ok(path) => Some(Spanned::new(path, word.span)),
        Err(problem) => {
            context.diags.push(problem.into_diag(word.span));
            None
        }
    }
}

/// Reads `tcp/5061` or `udp/50000-59999`.
fn ports(text: &str) -> Result<PortSpec, Problem> {
    let bad = |label: String| Problem::new(BAD_ASSERTION, format!("`{text}` is not a transport with ports"), label);
    let form = "write it as in `tcp/5061` or `udp/50000-59999`";
    let Some((transport, range)) = text.split_once('/') else {
        return Err(bad("`/` separates transport and port".into()).help(form));
    };
    let transport = match transport {
        "tcp" => "tcp",
        "udp" => "udp",
        other => return Err(bad(format!("`{other}` is neither `tcp` nor `udp`")).at(0..other.len()).help(form)),
    };
    if let Some((first, last)) = range.split_once("..") {
        return Err(bad("a range of ports has a hyphen".into()).rewrite(format!("{transport}/{first}-{last}")));
    }
    let at = transport.len() + 1..text.len();
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let number = |text: &str| {
        let port = text.parse::<u16>().ok().filter(|port| *port > 0 && text.bytes().all(|b| b.is_ascii_digit()));
        port.ok_or_else(|| bad(format!("`{text}` is not from 1 to 65535")).at(at.clone()).help(form))
    };
    let (first, last) = (number(first)?, number(last)?);
    if first > last {
        return Err(bad("it counts downwards".into()).at(at).rewrite(format!("{transport}/{last}-{first}")));
    }
    Ok(PortSpec { transport, first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transports_and_ports() {
        assert_eq!(ports("udp/50000-59999"), Ok(PortSpec { transport: "udp", first: 50_000, last: 59_999 }));
        assert_eq!(ports("tcp/5061"), Ok(PortSpec { transport: "tcp", first: 5_061, last: 5_061 }));
        for text in ["5061", "tcp", "tcp/", "sctp/1", "tcp/0", "tcp/65536", "tcp/+1", "tcp/2-1", "tcp/1..2", "TCP/1", "tcp/1-2-3"]
        {
            assert!(ports(text).is_err(), "{text}");
        }
    }
}
