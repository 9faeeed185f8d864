//! Any text at all: no panic, and every place is in its file, between characters.

use proptest::prelude::*;

use super::lowered;

/// Pieces that lead deep into lowering more often than random characters do.
const PIECES: &[&str] = &[
    "site ",
    "redmond ",
    "network ",
    "n ",
    "{ ",
    "} ",
    "\n",
    "zone = internal ",
    "range = ",
    "10.10.0.0/22 ",
    "10.10.0.",
    "[01..04] ",
    "[9..",
    "address = ",
    "fqdn = ",
    "\"se01.contoso.com\" ",
    "\"\\u{",
    "}\" ",
    "'\\\\fs\\x' ",
    "standard_edition se01 ",
    "domain_controller dc[1..3] ",
    "users = ",
    "28_000 ",
    "20min ",
    "10% ",
    "é",
    "\"é\u{202e}\" ",
    "joins = [",
    "a, ",
    "] ",
    "waive OCS0512 ",
    "until = 2027-02-30 ",
    "assert { never a -> b on tcp/",
    "5061 ",
    "reason = ",
    "match = '(' ",
    "= ",
    "00:61 ",
    "product = ocs_2007_r2 ",
    "organization c ",
    "1.5GHz ",
    "99999999999999999999 ",
    "/33 ",
    "server s ",
    "edge_array e ",
    "storage s ",
    "x",
    ".",
    "-",
    "[",
    "# c\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        let (map, _, diags) = lowered(&[&text]);
        for diag in &diags {
            let labels = std::iter::once(&diag.primary).chain(&diag.related).map(|label| label.span);
            let edits = diag.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            for span in labels.chain(edits) {
                let place = text.get(span.start as usize..span.end as usize);
                prop_assert!(place.is_some(), "{}: {span:?} in {text:?}", diag.message);
            }
            prop_assert!(diag.help.is_some(), "{} has no way out", diag.message);
            prop_assert!(!diag.primary.text.is_empty(), "{} has no label", diag.message);
        }
        prop_assert!(map.files().count() == 1);
    }

    #[test]
    fn scalars_never_panic(text in "\\PC{0,40}") {
        for attr in ["address", "users", "fqdn", "director", "automatic_sign_in"] {
            lowered(&[&format!("site r {{ standard_edition {text} {{ {attr} = {text} hardware {{ memory = {text} }} }} }}")]);
        }
    }
}
