//! The list of embedded templates and the folder `templates/` are the same.

use std::collections::BTreeMap;
use std::path::Path;

use ocstopo::emit::Templates;

#[test]
fn every_template_is_embedded_and_none_is_missing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut on_disk = BTreeMap::new();
    for language in std::fs::read_dir(&root).expect("the folder templates/") {
        let language = language.expect("an entry").path();
        for file in std::fs::read_dir(&language).expect("a folder per language, nothing else") {
            let file = file.expect("an entry").path();
            let name = file.strip_prefix(&root).expect("below the root").to_str().expect("plain names").replace('\\', "/");
            let name = name.strip_suffix(".tera").unwrap_or_else(|| panic!("{name} does not end in .tera")).to_owned();
            on_disk.insert(name, std::fs::read_to_string(&file).expect("text"));
        }
    }
    let embedded: BTreeMap<String, String> =
        Templates::names().map(|name| (name.to_owned(), Templates::text(name).expect("embedded").to_owned())).collect();
    assert_eq!(embedded, on_disk);
}
