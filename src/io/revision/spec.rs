//! The words of a revision, taken apart: `A...B:path`, `name~2^{commit}`. No repository is asked; `gix-revision` parses such words
//! as well, but asks for an object called `1234` before a branch called `1234-cafe`, where git takes the branch.

/// What an argument says, if it is a revision.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spec<'a> {
    pub(super) tips: Tips<'a>,
    /// What is after the first colon.
    pub(super) path: Option<&'a str>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tips<'a> {
    /// `A`
    One(Tip<'a>),
    /// `A..B`
    Two(Tip<'a>, Tip<'a>),
    /// `A...B`: the merge base of both, and B
    SinceBase(Tip<'a>, Tip<'a>),
}

/// One revision: a name or hash, and steps from there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tip<'a> {
    pub(super) text: &'a str,
    pub(super) base: &'a str,
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// `^2`; 0 is the commit itself
    Parent(usize),
    /// `~2`
    Ancestor(usize),
    /// `^{commit}`
    Commit,
    /// `^{tree}`
    Tree,
    /// `^{tag}`
    Tag,
    /// `^{}`: what a tag is put on
    Tagged,
    /// `^{object}`: whatever it is
    Object,
    /// `@{upstream}`
    Upstream,
}

impl<'a> Spec<'a> {
    /// Takes an argument apart, or says what of it is no revision that can be read.
    pub(super) fn parse(argument: &'a str) -> Result<Self, String> {
        if argument.starts_with(['/', '.']) && !argument.starts_with("..") || argument.starts_with("../") {
            return Err("it is written as a path".to_owned());
        }
        let (revisions, path) = match argument.split_once(':') {
            Some((revisions, path)) => (revisions, Some(path)),
            None => (argument, None),
        };
        if revisions.is_empty() && path.is_some() {
            return Err("neither the index nor a search through messages (`:…`) is read".to_owned());
        }
        let two = |old: &'a str, new: &'a str| Ok::<_, String>((Tip::or_head(old)?, Tip::or_head(new)?));
        let tips = if let Some((old, new)) = revisions.split_once("...") {
            let (old, new) = two(old, new)?;
            Tips::SinceBase(old, new)
        } else if let Some((old, new)) = revisions.split_once("..") {
            let (old, new) = two(old, new)?;
            Tips::Two(old, new)
        } else {
            Tips::One(Tip::parse(revisions)?)
        };
        Ok(Self { tips, path })
    }
}

impl<'a> Tip<'a> {
    /// A side of `A..B`, which is HEAD if it is empty.
    fn or_head(text: &'a str) -> Result<Self, String> {
        Self::parse(if text.is_empty() { "HEAD" } else { text })
    }

    fn parse(text: &'a str) -> Result<Self, String> {
        let end = [text.find(['~', '^']), text.find("@{")].into_iter().flatten().min().unwrap_or(text.len());
        let (base, mut rest) = text.split_at(end);
        if base.is_empty() && !rest.starts_with("@{") {
            return Err("it begins with no name".to_owned());
        }
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = step(rest)?;
            steps.push(step);
            rest = after;
        }
        Ok(Self { text, base: if matches!(base, "" | "@") { "HEAD" } else { base }, steps })
    }
}

/// The first step of a text, and what is after it.
fn step(text: &str) -> Result<(Step, &str), String> {
    if let Some(rest) = text.strip_prefix('~') {
        let (number, rest) = number(rest)?;
        return Ok((Step::Ancestor(number.unwrap_or(1)), rest));
    }
    let (sign, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    if let Some((word, rest)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        let step = match (sign, word.to_ascii_lowercase().as_str()) {
            ("^", "commit") => Step::Commit,
            ("^", "tree") => Step::Tree,
            ("^", "tag") => Step::Tag,
            ("^", "object") => Step::Object,
            ("^", "") => Step::Tagged,
            ("^", word) if word.starts_with('/') => return Err("messages of commits are not searched (`^{/…}`)".to_owned()),
            ("@", "u" | "upstream") => Step::Upstream,
            ("@", "push") => return Err("where a branch is pushed to (`@{push}`) is not read; write `@{upstream}`".to_owned()),
            ("@", _) => return Err("the reflog (`@{…}`) is not read; write the hash of the commit, or `HEAD~1`".to_owned()),
            _ => return Err(format!("`{sign}{{{word}}}` is unknown")),
        };
        return Ok((step, rest));
    }
    match sign {
        "^" if rest.starts_with(['@', '!', '-']) => Err(format!("`^{}` means several commits", &rest[..1])),
        "^" => {
            let (number, rest) = number(rest)?;
            Ok((Step::Parent(number.unwrap_or(1)), rest))
        }
        _ => Err(format!("`{text}` does not lead from one commit to another")),
    }
}

/// The digits that a text begins with, and what is after them.
fn number(text: &str) -> Result<(Option<usize>, &str), String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return Ok((None, rest));
    }
    let number = digits.parse().map_err(|_| format!("`{digits}` is more than any history has"))?;
    Ok((Some(number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> (&str, Vec<Step>) {
        match Spec::parse(text) {
            Ok(Spec { tips: Tips::One(tip), path: None }) => (tip.base, tip.steps),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn names_and_steps() {
        assert_eq!(one("main"), ("main", vec![]));
        assert_eq!(one("1234-cafe"), ("1234-cafe", vec![]));
        assert_eq!(one("feature/a@b.c"), ("feature/a@b.c", vec![]));
        assert_eq!(one("@"), ("HEAD", vec![]));
        assert_eq!(one("@~3"), ("HEAD", vec![Step::Ancestor(3)]));
        assert_eq!(one("@{u}"), ("HEAD", vec![Step::Upstream]));
        assert_eq!(one("main@{UpStream}~"), ("main", vec![Step::Upstream, Step::Ancestor(1)]));
        assert_eq!(
            one("v1^{commit}^2~3^^0"),
            ("v1", vec![Step::Commit, Step::Parent(2), Step::Ancestor(3), Step::Parent(1), Step::Parent(0)])
        );
        assert_eq!(one("v1^{}^{tree}^{tag}^{object}"), ("v1", vec![Step::Tagged, Step::Tree, Step::Tag, Step::Object]));
    }

    #[test]
    fn paths_and_pairs() {
        assert_eq!(Spec::parse("main:a..b:c").unwrap().path, Some("a..b:c"));
        assert_eq!(Spec::parse("main:").unwrap().path, Some(""));
        let tips = |text| match Spec::parse(text) {
            Ok(Spec { tips: Tips::Two(old, new), path }) => (false, old.text, new.text, path),
            Ok(Spec { tips: Tips::SinceBase(old, new), path }) => (true, old.text, new.text, path),
            other => panic!("{other:?}"),
        };
        assert_eq!(tips("main...HEAD"), (true, "main", "HEAD", None));
        assert_eq!(tips("main..."), (true, "main", "HEAD", None));
        assert_eq!(tips("..v1~2:topology"), (false, "HEAD", "v1~2", Some("topology")));
    }

    #[test]
    fn what_is_not_read_is_named() {
        let problems: Vec<_> = [
            "",
            "../main",
            "./main",
            "^main",
            "~2",
            ":a",
            ":/fix",
            "HEAD@{1}",
            "@{-1}",
            "main@{yesterday}",
            "@{push}",
            "a^{/x}",
            "a^@",
            "a^!",
            "a^-1",
            "a^{b}",
            "a^x",
            "a~2x",
            "a~99999999999999999999999",
            "a^{commit",
            "a@{",
            "main...a^é",
        ]
        .iter()
        .map(|text| format!("{text}: {}", Spec::parse(text).unwrap_err()))
        .collect();
        insta::assert_snapshot!(problems.join("\n"), @r"
        : it begins with no name
        ../main: it is written as a path
        ./main: it is written as a path
        ^main: it begins with no name
        ~2: it begins with no name
        :a: neither the index nor a search through messages (`:…`) is read
        :/fix: neither the index nor a search through messages (`:…`) is read
        HEAD@{1}: the reflog (`@{…}`) is not read; write the hash of the commit, or `HEAD~1`
        @{-1}: the reflog (`@{…}`) is not read; write the hash of the commit, or `HEAD~1`
        main@{yesterday}: the reflog (`@{…}`) is not read; write the hash of the commit, or `HEAD~1`
        @{push}: where a branch is pushed to (`@{push}`) is not read; write `@{upstream}`
        a^{/x}: messages of commits are not searched (`^{/…}`)
        a^@: `^@` means several commits
        a^!: `^!` means several commits
        a^-1: `^-` means several commits
        a^{b}: `^{b}` is unknown
        a^x: `x` does not lead from one commit to another
        a~2x: `x` does not lead from one commit to another
        a~99999999999999999999999: `99999999999999999999999` is more than any history has
        a^{commit: `{commit` does not lead from one commit to another
        a@{: `@{` does not lead from one commit to another
        main...a^é: `é` does not lead from one commit to another
        ");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken_apart_or_refused(text in "[a@~^{}.:/0-9é-]{0,12}|.*") {
            let _ = Spec::parse(&text);
        }
    }
}
