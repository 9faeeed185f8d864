//! A repository around a first topology.

use super::Question;

/// A file of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterFile {
    /// Path below the folder.
    pub path: &'static str,
    /// The whole content.
    pub content: String,
}

/// All files, by path.
///
/// # Errors
/// Those of [`super::design`].
pub fn starter(question: &Question) -> Result<Vec<StarterFile>, String> {
    let file = |path, content: &str| StarterFile { path, content: content.to_owned() };
    let readme = include_str!("starter/README.md").replace("{title}", &heading(&question.title));
    let topology = super::design(question)?;
    Ok(vec![
        file(".github/workflows/topology.yml", include_str!("starter/github.yml")),
        file(".gitignore", include_str!("starter/gitignore")),
        file(".gitlab-ci.yml", include_str!("starter/gitlab.yml")),
        StarterFile { path: "README.md", content: readme },
        file("ocstopo.toml", include_str!("starter/ocstopo.toml")),
        StarterFile { path: "topology/topology.ocstopo", content: topology },
    ])
}

/// A name in a heading of Markdown: what could be markup is escaped.
fn heading(title: &str) -> String {
    let mut text = String::new();
    for c in title.chars() {
        if c.is_ascii_punctuation() {
            text.push('\\');
        }
        text.push(c);
    }
    text
}
