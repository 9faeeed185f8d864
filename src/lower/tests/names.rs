//! Names of blocks.

use insta::assert_snapshot;

use super::check;

#[test]
fn missing_name() {
    assert_snapshot!(check("site { users = x }\nsite { }"), @r#"
    OCS0026: `site` needs a name
      0:1:1 `site`: the name is missing
      help: write a name, as in `site redmond { … }`
    OCS0031: expected a number of users, found the word `x`
      0:1:16 `x`: `users` takes a number from 0 to 10_000_000
      help: write it as in `users = 10`
    OCS0026: `site` needs a name
      0:2:1 `site`: the name is missing
      help: write a name, as in `site redmond { … }`
    "#);
}

#[test]
fn unexpected_name() {
    assert_snapshot!(check("voice redmond { }"), @r#"
    OCS0027: `voice` has no name
      0:1:7 `redmond`: there is at most one, so it has no name
      help: write `voice { … }`
      fix: ` redmond` -> ``
    "#);
}

#[test]
fn invalid_names() {
    assert_snapshot!(check("site 1st { }\nsite a.b { }\nsite true { }\nsite a$b { }"), @r#"
    OCS0028: `1st` cannot be the name of a site
      0:1:6 `1st`: a name begins with a letter
      help: write a name such as `site-1st`
    OCS0028: `a.b` cannot be the name of a site
      0:2:6 `a.b`: names have letters, digits, `-` and `_` only
      help: write a name such as `a-b`
    OCS0028: `true` cannot be the name of a site
      0:3:6 `true`: it would be read as a truth value
      help: write another name, such as `site1`
    OCS0028: `a$b` cannot be the name of a site
      0:4:6 `a$b`: names have letters, digits, `-` and `_` only
      help: write a name such as `a-b`
    "#);
}

#[test]
fn name_too_long() {
    assert_snapshot!(check(&format!("site {} {{ }}", "a".repeat(64))), @r#"
    OCS0028: the name of this site has 64 characters
      0:1:6 `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`: at most 63 characters
      help: shorten it, for example to `aaaaaaaaaaaaaaa`
    "#);
}

#[test]
fn host_names() {
    assert_snapshot!(check("site redmond { standard_edition se_01 { address = 10.10.0.11 } standard_edition se- { address = 10.10.0.12 } }"), @r#"
    OCS0028: `se_01` cannot be the name of a standard_edition
      0:1:33 `se_01`: it becomes a host name, and host names have no `_`
      help: write `se-01`, or write the name of the host: `fqdn = "…"`
    OCS0028: `se-` cannot be the name of a standard_edition
      0:1:81 `se-`: it becomes a host name, and host names do not end in `-`
      help: write `se`
    "#);
    assert_snapshot!(check("site redmond { standard_edition se_01 { address = 10.10.0.11  fqdn = \"se01.contoso.com\" } }"), @"");
}

#[test]
fn internet_is_declared() {
    assert_snapshot!(check("site redmond { network internet { zone = perimeter  range = 131.107.155.0/24 } }"), @r#"
    OCS0028: `internet` cannot be the name of a network
      0:1:24 `internet`: `internet` is predefined
      help: remove the block and refer to `internet`, or write another name
    "#);
}

#[test]
fn code_of_a_waiver() {
    assert_snapshot!(check("waive ocs0512 { }\nwaive OCS512 { }\nwaive av-edge-public-address { }"), @r#"
    OCS0028: `ocs0512` is not a code
      0:1:7 `ocs0512`: the name of a waiver is the code of a finding
      help: write `OCS0512`
      fix: `ocs0512` -> `OCS0512`
    "#);
}

/// The name of a test is a word or a text; other names have no quotes.
#[test]
fn names_that_are_texts() {
    let test = |name: &str| format!("  test {name} {{ dials = \"1\"  from = a  becomes = \"2\" }}\n");
    let long = format!("\"{}\"", "x".repeat(101));
    let good = [test("\"help from the lobby\""), test("plain"), test("'C:\\x'")].concat();
    assert_snapshot!(check(&format!("voice {{\n{good}}}")), @"");
    let bad = [test("\"\""), test("\"  \""), test(&long), test("\"a\\tb\""), test("\"twice\""), test("twice")].concat();
    assert_snapshot!(check(&format!("voice {{\n{bad}}}\nsite \"a\" {{ }}\nsite \"a b\" {{ }}")), @r#"
    OCS0028: a name cannot be empty
      0:2:8 `""`: nothing to read
      help: write a word or a short text
    OCS0028: a name cannot be empty
      0:3:8 `"  "`: nothing to read
      help: write a word or a short text
    OCS0028: the name has 101 characters
      0:4:8 `"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"`: at most 100 characters
      help: shorten it, and write the rest as `description`
    OCS0043: the text has a tab
      0:5:10 `\t`: U+0009
      help: write blanks instead
    OCS0030: two blocks `test` are named `twice`
      0:7:8 `twice`: `twice` again
      0:6:9 `twice`: `twice` is declared here
      help: rename or remove one of the two
    OCS0013: expected the name of a block without quotes, found `"a"`
      0:9:6 `"a"`: no quotes here
      help: write `a`
      fix: `"a"` -> `a`
    OCS0013: expected the name of a block without quotes, found `"a b"`
      0:10:6 `"a b"`: no quotes here
      help: a name is a word: a letter, then letters, digits, `_` and `-`
    "#);
}
