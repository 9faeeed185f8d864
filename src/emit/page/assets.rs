//! The styles and scripts of pages, as files in `templates/html` that can be edited there.

// `build.rs` lists the files: `(language/name, text)`.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Some files one after the other, as one style or one script.
pub(super) fn joined(names: &[&str]) -> String {
    let text = |name: &&str| ASSETS.iter().find(|(file, _)| file.strip_prefix("html/") == Some(*name)).map(|(_, text)| *text);
    names.iter().filter_map(text).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::{report, runbook};
    use super::ASSETS;

    #[test]
    fn every_file_is_used_and_every_name_is_one_of_a_file() {
        let mut used: Vec<String> = [report::STYLES, report::SCRIPTS, runbook::STYLES, runbook::SCRIPTS]
            .into_iter()
            .flatten()
            .map(|name| format!("html/{name}"))
            .collect();
        used.sort();
        used.dedup();
        let mut files: Vec<&str> = ASSETS.iter().map(|(name, _)| *name).collect();
        files.sort_unstable();
        assert_eq!(used, files);
    }

    #[test]
    fn no_script_makes_markup_of_text_and_none_speaks_to_a_network() {
        let banned = [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "DOMParser",
            "eval(",
            "Function(",
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "sendBeacon",
            "import(",
            "setAttribute('style'",
            "http:",
            "https:",
        ];
        for (name, text) in ASSETS {
            for word in banned {
                assert!(!text.contains(word), "{name} has {word}");
            }
            assert!(!text.contains("</") && !text.contains("<!--"), "{name} would end its element");
            assert!(!text.contains("url(") && !text.contains("@import"), "{name} loads something");
        }
    }
}
