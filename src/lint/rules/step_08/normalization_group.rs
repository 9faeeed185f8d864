//! A translation that asks for a group which the pattern does not have.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Compares the `$1`, `$2` … of a normalization rule's `translate` with the groups of its `match`.
    ///
    /// ## Why it matters
    /// .NET leaves a reference to a missing group unchanged: the number becomes `+1425555$2`, which no route matches and no
    /// gateway can dial.
    ///
    /// ## Planning Guide
    /// Step 8: a normalization rule is a .NET regular expression with a translation that refers to its groups.
    "OCS0805" "normalization-group" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, normalization rules (Office help HP010221826)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[("'+1425555$1'", "'+1425555$2'")]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("rule") {
        let (Some(pattern), Some(translation)) = (block.decl.text("match"), block.decl.text("translate")) else { continue };
        let groups = groups(pattern.value);
        let Some(highest) = references(translation.value).max().filter(|highest| *highest > groups) else { continue };
        sink.report(
            Finding::new(
                format!(
                    "`translate` of the rule `{}` uses ${highest}, and its `match` has {}",
                    block.path,
                    words::count(groups, "group")
                ),
                translation.span,
                format!("${highest} stays in the number unchanged"),
            )
            .related(pattern.span, "the groups, in parentheses")
            .help(match groups {
                0 => "put the part of `match` for `$1` in parentheses".to_owned(),
                1 => "write `$1`, or add a group to `match`".to_owned(),
                _ => format!("write `$1` to `${groups}`, or add a group to `match`"),
            }),
        );
    }
}

/// How many capturing groups a .NET pattern has.
fn groups(pattern: &str) -> usize {
    let (mut count, mut in_class, mut rest) = (0, false, pattern.chars());
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                rest.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let after = rest.as_str();
                let named = (after.starts_with("?<") && !after.starts_with("?<=") && !after.starts_with("?<!"))
                    || after.starts_with("?'");
                if !after.starts_with('?') || named {
                    count += 1;
                }
            }
            _ => {}
        }
    }
    count
}

/// The numbers of the groups that a translation refers to; `$$` is a dollar sign.
fn references(translation: &str) -> impl Iterator<Item = usize> {
    let mut found = Vec::new();
    let mut rest = translation;
    while let Some((_, after)) = rest.split_once('$') {
        if let Some(after) = after.strip_prefix('$') {
            rest = after;
            continue;
        }
        let digits = after.strip_prefix('{').unwrap_or(after);
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        found.extend(digits[..length].parse::<usize>());
        rest = after;
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_counted_as_dotnet_does() {
        assert_eq!(groups(r"^(\d{4})$"), 1);
        assert_eq!(groups(r"^\((\d+)(?:x)(?<ext>\d+)[(](?=9)$"), 2);
        assert_eq!(groups(r"(?<!a)(?'n'b)"), 1);
    }

    #[test]
    fn references_are_numbers_after_a_dollar() {
        assert_eq!(references("+1$1${2}$$3$").collect::<Vec<_>>(), [1, 2]);
        assert_eq!(references("+1425").count(), 0);
    }
}
