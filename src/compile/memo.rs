//! Files that were parsed before, for a program that compiles the same topology again and again.

use super::beside;
use crate::syntax::{self, Parse};
use crate::text::SourceMap;

/// The files of the last compilation, in their order.
#[derive(Debug, Default)]
pub struct Memo(Vec<Parse>);

impl Memo {
    /// Parses the files whose text is another one than before. A tree holds the number of its file, so a file that has moved among the
    /// others is parsed too.
    pub(super) fn parse(&mut self, sources: &SourceMap) -> Vec<Parse> {
        let parsed = beside::parsed(sources, |at, id, file| match self.0.get(at) {
            Some(known) if known.tree.text() == file.text() => known.clone(),
            _ => syntax::parse(id, file.shared_text()),
        });
        self.0.clone_from(&parsed);
        parsed
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::compile::{CompileOptions, compile, compile_again};

    fn sources(files: &[(&str, &str)]) -> SourceMap {
        SourceMap::new(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn what_is_found_is_that_of_a_fresh_compilation() {
        let mut memo = Memo::default();
        for files in [
            &[("a", "organization x { }\n"), ("b", "site s { users = }\n")][..],
            &[("a", "organization x { }\n"), ("b", "site s { users = 5 }\n")],
            &[("0", "site t { users = 1"), ("a", "organization x { }\n"), ("b", "site s { users = 5 }\n")],
            &[("b", "site s { users = 5 }\n")],
        ] {
            let options = CompileOptions::default();
            let (again, fresh) = (compile_again(sources(files), &options, &mut memo), compile(sources(files), &options));
            assert_eq!((again.diags, again.held), (fresh.diags, fresh.held));
            assert_eq!(format!("{:?}", again.trees), format!("{:?}", fresh.trees));
        }
    }

    #[test]
    fn a_file_that_stays_is_not_parsed_again() {
        let mut memo = Memo::default();
        let options = CompileOptions::default();
        let _ = compile_again(sources(&[("a", "site s { }"), ("b", "site t { }")]), &options, &mut memo);
        let known = memo.0[1].tree.shared_text().clone();
        let again = compile_again(sources(&[("a", "site u { }"), ("b", "site t { }")]), &options, &mut memo);
        assert!(Arc::ptr_eq(&known, again.trees[1].shared_text()));
        assert_eq!(&**again.trees[0].shared_text(), "site u { }");
    }
}
