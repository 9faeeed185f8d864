//! Text that is no item, and items written as in other languages.

use super::messages;

#[test]
fn word_alone() {
    insta::assert_snapshot!(messages(r"site redmond {
  adress
  users = 3
}"), @r"
    OCS0001 2:3 `adress`: expected `=` or `{` after `adress`
      neither `=` nor `{` follows
      help: write `adress = VALUE` for an attribute, or `adress { … }` for a block
    ");
}

#[test]
fn two_words() {
    insta::assert_snapshot!(messages("firewall outer { joins internet  dialect = nftables }"), @r"
    OCS0001 1:18 `joins internet`: expected `=` after `joins`, or `{` after `joins internet`
      neither `=` nor `{` is here
      help: write `joins = internet` for an attribute, or `joins internet { … }` for a block
    ");
}

#[test]
fn a_second_name_is_a_mistake_behind_any_blank() {
    let with = |blank: &str| messages(&format!("network c{blank}lients {{ zone = internal }}"));
    assert!(with(" ").contains("expected `{` after `network c`, found `lients`"), "{}", with(" "));
    for blank in ["\t", "\n", "\r\n", " \t ", "\t\n"] {
        assert!(with(blank).contains("OCS00"), "{blank:?}: {}", with(blank));
    }
}

#[test]
fn missing_equals() {
    insta::assert_snapshot!(messages(r"firewall outer { joins [a, b]  dialect = nftables }
users 28_000"), @r"
    OCS0008 1:23 ‸: expected `=` after `joins`
      `=` is missing here
      help: write `joins = [a, b]`
      fixed: firewall outer { joins = [a, b]  dialect = nftables }
    OCS0008 2:6 ‸: expected `=` after `users`
      `=` is missing here
      help: write `users = 28_000`
      fixed: users = 28_000
    ");
}

#[test]
fn two_names() {
    insta::assert_snapshot!(messages("load_balancer vip = 10.0.0.1"), @r"
    OCS0001 1:1 `load_balancer`: expected `=` or `{` after `load_balancer`, found `vip = 10.0.0.1`
      neither `=` nor `{` follows
      help: an attribute has one name: write `load_balancer_vip = 10.0.0.1`, or remove `load_balancer`
    ");
}

#[test]
fn no_name_before_equals() {
    insta::assert_snapshot!(messages("= 3"), @r"
    OCS0001 1:1 `= 3`: expected the name of an attribute before `=`
      the name is missing before it
      help: write `NAME = 3`
    ");
}

#[test]
fn no_kind_before_brace() {
    insta::assert_snapshot!(messages(r"site redmond {
  { zone = internal }
  users = 3
}"), @r"
    OCS0001 2:3 `{`: expected the kind of a block before `{`
      the kind is missing before it
      help: write the kind, and the name if it has one, in front, `KIND NAME {`, or remove this brace
    ");
}

#[test]
fn string_alone() {
    insta::assert_snapshot!(messages(r#""contoso.com""#), @r#"
    OCS0001 1:1 `"contoso.com"`: expected a block or an attribute, found the string `"contoso.com"`
      this is not an item
      help: a value is written after a name and `=`: `NAME = "contoso.com"`
    "#);
}

#[test]
fn dash_list() {
    insta::assert_snapshot!(messages(r#"sip_domains =
  - "contoso.com""#), @r"
    OCS0002 1:14 ‸: expected a value after `sip_domains =`
      the value is missing here
      help: write a list in brackets, `sip_domains = [`, with a comma after each value and `]` at its end
    ");
}

#[test]
fn colon() {
    insta::assert_snapshot!(messages(r"users: 28_000
vip:10.0.0.1
inside: { vip = 10.0.0.1 }
domain := corp"), @r"
    OCS0009 1:6 `:`: expected `=` after `users`, found `:`
      an attribute is written with `=`
      help: write `users = 28_000`
      fixed: users = 28_000
    OCS0009 2:4 `:`: expected `=` after `vip`, found `:`
      an attribute is written with `=`
      help: write `vip = 10.0.0.1`
      fixed: vip = 10.0.0.1
    OCS0009 3:7 `:`: expected `{` after `inside`, found `:`
      a block has no sign before its brace
      help: write `inside {`
      fixed: inside { vip = 10.0.0.1 }
    OCS0009 4:8 `:=`: expected `=` after `domain`, found `:=`
      an attribute is written with `=`
      help: write `domain = corp`
      fixed: domain = corp
    ");
}

#[test]
fn equals_before_brace() {
    insta::assert_snapshot!(messages("inside = { vip = 10.0.0.1 }"), @r"
    OCS0009 1:8 `=`: expected `{` after `inside`, found `=`
      a block has no `=`
      help: write `inside {`
      fixed: inside { vip = 10.0.0.1 }
    ");
}

#[test]
fn double_equals() {
    insta::assert_snapshot!(messages(r"users == 3
domain => corp"), @r"
    OCS0009 1:7 `==`: expected `=` after `users`, found `==`
      an attribute is written with `=`
      help: write `users = 3`
      fixed: users = 3
    OCS0009 2:8 `=>`: expected `=` after `domain`, found `=>`
      an attribute is written with `=`
      help: write `domain = corp`
      fixed: domain = corp
    ");
}

#[test]
fn json() {
    insta::assert_snapshot!(messages(r#""users": 28_000,
"site" redmond { }"#), @r#"
    OCS0013 1:1 `"users"`: expected the name of an attribute without quotes, found `"users"`
      no quotes here
      help: write `users`
      fixed: users: 28_000,
    OCS0009 1:8 `:`: expected `=` after `users`, found `:`
      an attribute is written with `=`
      help: write `users = 28_000`
      fixed: "users" = 28_000,
    OCS0012 1:16 `,`: expected a line end or blanks between items, found `,`
      this does not separate items
      help: remove the `,`; commas are used in lists only
      fixed: "users": 28_000
    OCS0013 2:1 `"site"`: expected the kind of a block without quotes, found `"site"`
      no quotes here
      help: write `site`
      fixed: site redmond { }
    "#);
}

#[test]
fn number_as_key() {
    insta::assert_snapshot!(messages(r"10 = 3
fe[01..04] { address = 10.0.0.1 }
pool01.users = 3"), @r"
    OCS0013 1:1 `10`: expected the name of an attribute before `=`, found the number `10`
      this is not a name
      help: a name is a letter, then letters, digits, `_` and `-`: `NAME = 10`
    OCS0013 2:1 `fe[01..04]`: expected the kind of a block before `{`, found `fe[01..04]`
      this is not the kind of a block
      help: a block begins with its kind; if this is its name, write the kind in front: `KIND fe[01..04] {`
    OCS0013 3:1 `pool01.users`: expected the name of an attribute before `=`, found `pool01.users`
      this is not a name
      help: an attribute is written in its block: `pool01 { users = … }`
    ");
}

#[test]
fn names_in_a_row() {
    insta::assert_snapshot!(messages(r"server fe1, fe2 { address = 10.0.0.1 }
server fe 01 { address = 10.0.0.1 }"), @r"
    OCS0016 1:11 `, fe2`: expected `{` after `server fe1`, found `, fe2`
      a block has one name
      help: write one block for each name, or a range: `server fe[1..2] {`
    OCS0016 2:11 `01`: expected `{` after `server fe`, found `01`
      a block has one name
      help: write one word: `server fe_01 {`
    ");
}

#[test]
fn separators() {
    insta::assert_snapshot!(messages(r"network a { zone = internal, range = 10.0.0.0/22 };
users = 3;"), @r"
    OCS0012 1:28 `,`: expected a line end or blanks between items, found `,`
      this does not separate items
      help: remove the `,`; commas are used in lists only
      fixed: network a { zone = internal  range = 10.0.0.0/22 };
    OCS0012 1:51 `;`: expected a line end or blanks between items, found `;`
      this does not separate items
      help: remove the `;`; commas are used in lists only
      fixed: network a { zone = internal, range = 10.0.0.0/22 }
    OCS0012 2:10 `;`: expected a line end or blanks between items, found `;`
      this does not separate items
      help: remove the `;`; commas are used in lists only
      fixed: users = 3
    ");
}

#[test]
fn foreign_comments() {
    insta::assert_snapshot!(messages(r"// the head quarters
users = 3 // seats
; old
/* two
   lines */"), @r"
    OCS0011 1:1 `//`: expected `#` at the beginning of a comment, found `//`
      comments begin with `#`
      help: write `# the head quarters`
      fixed: # the head quarters
    OCS0011 2:11 `//`: expected `#` at the beginning of a comment, found `//`
      comments begin with `#`
      help: write `# seats`
      fixed: users = 3 # seats
    OCS0011 3:1 `;`: expected `#` at the beginning of a comment, found `;`
      comments begin with `#`
      help: write `# old`
      fixed: # old
    OCS0011 4:1 `/*`: expected `#` at the beginning of a comment, found `/*`
      comments begin with `#`
      help: write `#` in front of each of its lines
    ");
}

#[test]
fn merge() {
    insta::assert_snapshot!(messages(r"site redmond {
<<<<<<< HEAD
  users = 3
=======
  users = 4
>>>>>>> branch
}"), @r"
    OCS0001 2:1 `<<<<<<< HEAD`: expected a block or an attribute, found a mark of an unresolved merge
      git left this here
      4:1 `=======`: and here
      6:1 `>>>>>>> branch`: and here
      help: choose one side, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
    ");
}

#[test]
fn assertions() {
    insta::assert_snapshot!(messages(r"assert {
  never internet redmond.sql01
  internet -> redmond.sql01
  never a => b
  allow a -> b tcp/5061
  allow a ->
  allow a -> b on
  allow a -> b on tcp/443, udp/3478
}"), @r"
    OCS0017 2:3 `never internet redmond.sql01`: expected `never FROM -> TO`, found `never internet redmond.sql01`
      this assertion is not complete
      help: write `never internet -> redmond.sql01`, and `on tcp/5061` after it to name certain ports
    OCS0017 3:3 `internet -> redmond.sql01`: expected `never` or `allow` before `->`, found `internet -> redmond.sql01`
      an assertion begins with `never` or `allow`
      help: write `never internet -> redmond.sql01` or `allow internet -> redmond.sql01` in an `assert` block
    OCS0017 4:11 `=>`: expected `->`, found `=>`
      the arrow is `->`
      help: write `->`
      fixed: never a -> b
    OCS0017 5:16 `tcp/5061`: expected `on` or the end of the assertion, found `tcp/5061`
      this does not belong to the assertion
      help: write `allow a -> b on tcp/5061`
    OCS0002 6:13 ‸: expected the listening side after `->`
      the name is missing here
      help: write the name of a server, pool or network after it: `allow a -> NAME`
    OCS0002 7:18 ‸: expected a transport and port after `on`
      they are missing here
      help: write for example `allow a -> b on tcp/5061`, or remove `on` to name all ports
    OCS0017 8:26 `, udp/3478`: expected the end of the assertion, found `, udp/3478`
      this does not belong to the assertion
      help: write one assertion for each transport and port
    ");
}

#[test]
fn letters() {
    insta::assert_snapshot!(messages(r"аddress = 10.0.0.1
größe = 3
domain = zürich
users = 3–4"), @r#"
    OCS0014 1:1 `аddress`: expected ASCII letters outside strings, found `а` (U+0430) in `аddress`
      not all of this is ASCII
      help: `а` (U+0430) only looks like ASCII: write `address`
      fixed: address = 10.0.0.1
    OCS0014 2:1 `größe`: expected ASCII letters outside strings, found `ö` (U+00F6) in `größe`
      not all of this is ASCII
      help: use the letters `a` to `z`, digits, `_` and `-`
    OCS0014 3:10 `zürich`: expected ASCII letters outside strings, found `ü` (U+00FC) in `zürich`
      not all of this is ASCII
      help: put text in quotes, `"zürich"`; names and references use the letters `a` to `z`
    OCS0014 4:9 `3–4`: expected ASCII letters outside strings, found `–` (U+2013) in `3–4`
      not all of this is ASCII
      help: `–` (U+2013) only looks like ASCII: write `3-4`
      fixed: users = 3-4
    "#);
}

#[test]
fn unterminated_quotes() {
    insta::assert_snapshot!(messages(r#"site "redmond {
  users = 3
}
"contoso.com
"#), @r#"
    OCS0013 1:6 `"redmond`: expected the name of a block without quotes, found `"redmond`
      no quotes here
      help: write `redmond`
      fixed: site redmond {
    OCS0006 4:1 `"contoso.com`: expected `"` at the end of the string
      this string does not end on its line
      help: remove the `"` if no string was meant; a string is written after a name and `=`: `NAME = "…"`
    "#);
}

#[test]
fn one_finding_for_each_line() {
    let text = "adress\nusers = 28 000\nvip: 10.0.0.1\njoins = [a b]\nfqdn = \"x\nsite redmond { zone = }\nnever a b\n}\n";
    insta::assert_snapshot!(messages(text).lines().filter(|line| !line.starts_with(' ')).collect::<Vec<_>>().join("\n"), @r#"
    OCS0001 1:1 `adress`: expected `=` or `{` after `adress`
    OCS0016 2:12 `000`: expected one value for `users`, found `000` after it
    OCS0009 3:4 `:`: expected `=` after `vip`, found `:`
    OCS0005 4:11 ‸: expected `,` between `a` and `b`
    OCS0006 5:8 `"x`: expected `"` at the end of the string
    OCS0002 6:22 ‸: expected a value after `zone =`
    OCS0017 7:1 `never a b`: expected `never FROM -> TO`, found `never a b`
    OCS0007 8:1 `}`: expected a block or an attribute, found `}` without an open block
    "#);
}
