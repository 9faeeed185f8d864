//! The company rules of each Address Book Server: two lines for a rule, the pattern and what replaces the number, after comments
//! that begin with `#`.

use super::names::lines;
use super::{Artifact, EmitContext, Team};
use crate::artifact::windows_lines;
use crate::plan::voice::CompanyRules;

/// The name of the file that an Address Book Server reads.
const FILE: &str = "Company_Phone_Number_Normalization_Rules.txt";

/// The width of comments.
const WIDTH: usize = 110;

/// The path of the company rules of a pool.
pub fn path(rules: &CompanyRules) -> String {
    format!("voice/address-book/{}/{FILE}", rules.label)
}

/// The files of all pools.
pub fn emit(pools: &[CompanyRules], cx: &EmitContext<'_>) -> Vec<Artifact> {
    pools.iter().map(|rules| artifact(rules, cx)).collect()
}

fn artifact(rules: &CompanyRules, cx: &EmitContext<'_>) -> Artifact {
    let own = rules.rules.iter().map(|rule| rule.declared.path.clone());
    let mut made_from: Vec<String> = rules.reason.named().map(|declared| declared.path.clone()).chain(own).collect();
    made_from.sort_unstable();
    made_from.dedup();
    Artifact { path: path(rules), team: Team::Voice, made_from, content: windows_lines(&content(rules, cx)) }
}

fn content(rules: &CompanyRules, cx: &EmitContext<'_>) -> String {
    let mut text = String::new();
    if let Some(note) = cx.note() {
        comment(&mut text, note);
    }
    comment(
        &mut text,
        &format!(
            "Company rules of the Address Book Server of {}, {}: the rules of the location profile {}.",
            rules.pool, cx.organization, rules.profile
        ),
    );
    comment(
        &mut text,
        &format!(
            "Made by ocstopo; change the topology, not this file. Copy it to the root of the folder of the address book files of the pool, as {FILE}."
        ),
    );
    comment(
        &mut text,
        "Each rule is two lines; the first rule that matches is used. Rules are tried on numbers as the directory has them: a number with blanks or brackets is matched by no rule for digits alone, and then the generic rules of the server are tried.",
    );
    line(&mut text, &rules.reason.short());
    for rule in &rules.left_out {
        line(&mut text, &format!("Left out: {}", rule.declared));
        comment(&mut text, &format!("because {}.", rule.why));
    }
    for rule in &rules.rules {
        text.push('\n');
        line(&mut text, &rule.declared.to_string());
        if let Some(about) = &rule.description {
            comment(&mut text, about);
        }
        text += &format!("{}\n{}\n", rule.pattern, rule.translation);
    }
    text
}

/// A comment in lines of the usual width. What names a place is a line of its own: its length differs by the place.
fn comment(text: &mut String, comment: &str) {
    for part in lines(comment, WIDTH) {
        line(text, &part);
    }
}

/// A comment extends to the end of its line. Characters that the server may not know become a question mark.
fn line(text: &mut String, comment: &str) {
    let plain = |c: char| if (' '..='~').contains(&c) { c } else { '?' };
    text.extend("# ".chars().chain(comment.chars().map(plain)).chain(['\n']));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{CompileOptions, compile};
    use crate::emit::Templates;
    use crate::text::SourceMap;

    #[test]
    fn company_rules_are_pairs_of_lines_after_comments() {
        let text = include_str!("../lint/bases/voice.ocstopo").replace(
            "    rule four_digits {",
            r##"    emergency_numbers = ["911"]
    rule help { match = '^9?911$'  translate = '+911'  order = 1 }
    rule hash { match = '^#(\d+)$'  translate = '#$1'  order = 2 }
    rule eight { match = '^8(\d+)$'  translate = '+$1'  description = "<b>`{{ x }}` \"é\" ]]>" }
    rule four_digits {"##,
        );
        let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default());
        let plans = compiled.plans().expect("a topology");
        let cx = EmitContext { templates: &Templates::shipped(), sample: true, organization: "contoso" };
        let files = emit(plans.company_rules(), &cx);
        let shown: Vec<String> =
            files.iter().map(|file| format!("==== {}\n{}", file.path, file.content.replace("\r\n", "\n"))).collect();
        assert!(files.iter().all(|file| file.content.lines().count() == file.content.matches("\r\n").count()));
        insta::assert_snapshot!(shown.join("\n"));
    }
}
