//! From the words of a revision to an object of a repository, in git's order: a whole hash, a name, the end of `git describe`, the
//! beginning of a hash.

use std::collections::{BTreeSet, HashSet};

use gix_hash::{ObjectId, Prefix};
use gix_object::bstr::BStr;
use gix_object::{CommitRefIter, Kind, TagRefIter};
use gix_ref::Target;

use super::nearest;
use super::repository::{Repository, words};
use super::spec::{Step, Tip};

/// The longest way from a name that stands for another name, and from a tag on a tag.
const MAX_HOPS: usize = 32;

/// Of more names than these, none is suggested.
const MAX_NAMES: usize = 50_000;

/// The fewest digits that a hash may be cut to, as in git.
const SHORTEST_HASH: usize = 4;

impl Repository {
    /// The object that a revision means.
    pub(super) fn resolve(&self, tip: &Tip<'_>) -> Result<ObjectId, String> {
        let mut steps = tip.steps.iter();
        let mut id = match steps.as_slice().first() {
            Some(Step::Upstream) => {
                steps.next();
                self.upstream(tip.base)?
            }
            _ => self.named(tip.base)?,
        };
        for step in steps {
            id = match *step {
                Step::Object => id,
                Step::Tagged => self.peeled(id, |kind| kind != Kind::Tag)?,
                Step::Commit => self.commit(id)?,
                Step::Tree => self.tree(id)?,
                Step::Tag => self.peeled(id, |kind| kind == Kind::Tag)?,
                Step::Parent(0) => self.commit(id)?,
                Step::Parent(number) => self.parent(id, number, tip.text)?,
                Step::Ancestor(number) => {
                    let mut id = self.commit(id)?;
                    for _ in 0..number {
                        id = self.parent(id, 1, tip.text)?;
                    }
                    id
                }
                Step::Upstream => return Err("`@{upstream}` follows a branch, and nothing else".to_owned()),
            };
        }
        Ok(id)
    }

    /// The commit that an object is, or that a tag is put on.
    pub(super) fn commit(&self, id: ObjectId) -> Result<ObjectId, String> {
        self.peeled(id, |kind| kind == Kind::Commit)
    }

    /// The tree of a commit or tag, or the object itself.
    pub(super) fn tree(&self, id: ObjectId) -> Result<ObjectId, String> {
        self.peeled(id, |kind| kind == Kind::Tree)
    }

    /// The first object of the wanted kind from tag to commit to tree.
    fn peeled(&self, mut id: ObjectId, wanted: impl Fn(Kind) -> bool) -> Result<ObjectId, String> {
        for _ in 0..MAX_HOPS {
            let object = self.object(&id)?;
            if wanted(object.kind) {
                return Ok(id);
            }
            let next = match object.kind {
                Kind::Tag => TagRefIter::from_bytes(&object.bytes, self.hash).target_id(),
                Kind::Commit => CommitRefIter::from_bytes(&object.bytes, self.hash).tree_id(),
                kind => return Err(format!("the object {id} is a {kind}, not a commit")),
            };
            id = next.map_err(|error| format!("the object {id} is damaged ({})", words(&error)))?;
        }
        Err(format!("the tag {id} refers to too many other tags"))
    }

    fn parent(&self, id: ObjectId, number: usize, text: &str) -> Result<ObjectId, String> {
        let id = self.commit(id)?;
        let object = self.object(&id)?;
        let mut parents = CommitRefIter::from_bytes(&object.bytes, self.hash).parent_ids();
        let short = id.to_hex_with_len(10);
        match parents.nth(number - 1) {
            Some(parent) if self.existing(&parent)?.is_some() => Ok(parent),
            Some(parent) => Err(self.lacks(&parent)),
            None if number == 1 => Err(format!("the history of `{text}` ends before: {short} is the first commit")),
            None => Err(format!("the commit {short} of `{text}` has no parent {number}")),
        }
    }

    fn named(&self, base: &str) -> Result<ObjectId, String> {
        let hex = base.len() >= SHORTEST_HASH && base.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hex && base.len() == self.hash.len_in_hex() {
            return ObjectId::from_hex(base.as_bytes()).map_err(|error| words(&error));
        }
        if let Some(id) = self.reference(base)? {
            return Ok(id);
        }
        let described = base.rsplit_once("-g").map(|(_, hash)| hash);
        for hash in described.into_iter().chain(hex.then_some(base)) {
            if let Some(id) = self.short_hash(hash)? {
                return Ok(id);
            }
        }
        Err(self.unknown(base))
    }

    /// What a branch, a tag or another name points at.
    fn reference(&self, name: &str) -> Result<Option<ObjectId>, String> {
        // What is no valid name names nothing.
        let Ok(valid) = <&gix_ref::PartialNameRef>::try_from(name) else { return Ok(None) };
        let problem = |error| format!("the name `{name}` cannot be read: {}", words(&error));
        let Some(mut found) = self.names.try_find(valid).map_err(problem)? else { return Ok(None) };
        for _ in 0..MAX_HOPS {
            let next = match found.target {
                Target::Object(id) => return Ok(Some(id)),
                Target::Symbolic(next) => next,
            };
            let shown = next.shorten().to_string();
            found = match self.names.try_find(next.as_ref().as_partial_name()).map_err(problem)? {
                Some(found) => found,
                None if name == "HEAD" => return Err(format!("`HEAD` is the branch `{shown}`, which has no commit")),
                None => return Err(format!("`{name}` stands for `{shown}`, which does not exist")),
            };
        }
        Err(format!("`{name}` refers to a name that refers to a name, and so on"))
    }

    /// The only object whose hash begins so; of several, the only commit or tag.
    fn short_hash(&self, hash: &str) -> Result<Option<ObjectId>, String> {
        let length = self.hash.len_in_hex();
        if hash.len() < SHORTEST_HASH || hash.len() > length || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let padded = format!("{}{}", hash.to_ascii_lowercase(), "0".repeat(length - hash.len()));
        let prefix =
            ObjectId::from_hex(padded.as_bytes()).and_then(|id| Prefix::new(&id, hash.len())).map_err(|error| words(&error))?;
        let mut found = HashSet::new();
        self.objects.lookup_prefix(prefix, Some(&mut found)).map_err(|error| words(&error))?;
        let found: BTreeSet<ObjectId> = found.into_iter().collect();
        let mut commits = Vec::new();
        for id in &found {
            if self.kind(id)?.is_some_and(|kind| matches!(kind, Kind::Commit | Kind::Tag)) {
                commits.push(*id);
            }
        }
        match (commits.as_slice(), found.len()) {
            (_, 0) => Ok(None),
            ([only], _) => Ok(Some(*only)),
            (_, 1) => Ok(found.first().copied()),
            _ => {
                let all = if commits.is_empty() { found.into_iter().collect() } else { commits };
                let shown: Vec<_> = all.iter().take(5).map(|id| format!("`{}`", id.to_hex_with_len(hash.len() + 6))).collect();
                Err(format!("`{hash}` begins the hashes of {} objects: {}; write more of it", all.len(), shown.join(", ")))
            }
        }
    }

    /// The branch that a branch follows, by the repository's own configuration.
    fn upstream(&self, branch: &str) -> Result<ObjectId, String> {
        let full = if branch == "HEAD" {
            let head = self.names.try_find("HEAD").map_err(|error| words(&error))?;
            match head.map(|head| head.target) {
                Some(Target::Symbolic(name)) => name.to_string(),
                _ => return Err("`HEAD` is on no branch, so it has no upstream".to_owned()),
            }
        } else {
            format!("refs/heads/{branch}")
        };
        let short = full.strip_prefix("refs/heads/").unwrap_or(&full);
        let value = |section: &str, name: &str, key: &str| {
            let value = self.config.string_by(section, Some(BStr::new(name)), key)?;
            String::from_utf8(value.into()).ok()
        };
        let none = || format!("the branch `{short}` has no upstream in this repository's configuration");
        let remote = value("branch", short, "remote").ok_or_else(none)?;
        let merge = value("branch", short, "merge").ok_or_else(none)?;
        let tracking = if remote == "." {
            Some(merge.clone())
        } else {
            let refspecs = self.config.strings_by("remote", Some(BStr::new(&remote)), "fetch").unwrap_or_default();
            refspecs.iter().find_map(|refspec| tracked(&refspec.to_string(), &merge))
        };
        let tracking =
            tracking.ok_or_else(|| format!("`{merge}` of `{remote}` is not fetched to a branch of this repository"))?;
        self.reference(&tracking)?
            .ok_or_else(|| format!("the upstream of `{short}` is `{tracking}`, which does not exist; run `git fetch`"))
    }

    /// That a name means nothing, and what may have been meant.
    fn unknown(&self, base: &str) -> String {
        let mut text = format!("no branch, tag or commit of the repository `{}` is called `{base}`", self.name());
        if let Some(hint) = self.shallow_hint() {
            text += &format!(", maybe {hint}");
        }
        if let Some(name) = self.similar(base) {
            text += &format!("; did you mean `{name}`?");
        }
        text
    }

    /// The name of a branch or tag that differs least from another; the same name of a remote goes before it.
    fn similar(&self, base: &str) -> Option<String> {
        let names = self.names.iter().ok()?;
        let names = names.all().ok()?.filter_map(Result::ok).take(MAX_NAMES);
        let names: Vec<String> = names.map(|found| found.name.as_ref().shorten().to_string()).collect();
        let of_remote = names.iter().find(|name| name.split_once('/').is_some_and(|(_, rest)| rest == base));
        of_remote.cloned().or_else(|| nearest(base, names))
    }
}

/// Where a refspec such as `+refs/heads/*:refs/remotes/origin/*` puts a branch of the remote.
fn tracked(refspec: &str, branch: &str) -> Option<String> {
    let (from, to) = refspec.strip_prefix('+').unwrap_or(refspec).split_once(':')?;
    match (from.split_once('*'), to.split_once('*')) {
        (None, None) => (from == branch).then(|| to.to_owned()),
        (Some((before, after)), Some((to_before, to_after))) => {
            let middle = branch.strip_prefix(before)?.strip_suffix(after)?;
            Some(format!("{to_before}{middle}{to_after}"))
        }
        _ => None,
    }
}
