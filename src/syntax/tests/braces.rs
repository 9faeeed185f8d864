//! Missing and extra braces, found by the indentation.

use super::messages;

#[test]
fn missing_in_the_middle() {
    insta::assert_snapshot!(messages(r"site redmond {
  network servers {
    zone = internal # inner

  users = 3
}

site dublin {
  users = 4
}
"), @r"
    OCS0003 3:20 ‸: expected `}` at the end of `network servers`
      the block has no end here
      2:19 `{`: the block begins here
      help: write `}` on a line of its own below `zone = internal`
    ");
}

#[test]
fn missing_on_one_line() {
    insta::assert_snapshot!(messages(r"site redmond {
  network a { zone = internal
  network b { zone = internal }
}
"), @r"
    OCS0003 2:30 ‸: expected `}` at the end of `network a`
      the block has no end here
      2:13 `{`: the block begins here
      help: write `}` behind `internal`
    ");
}

#[test]
fn missing_at_the_end() {
    insta::assert_snapshot!(messages(r"site redmond {
  network a {
    zone = internal
"), @r"
    OCS0003 3:20 ‸: expected `}` at the end of `network a`
      the block has no end here
      2:13 `{`: the block begins here
      1:14 `{`: `site redmond` has no `}` either
      help: write `}` on a line of its own below `zone = internal`
    ");
}

#[test]
fn missing_for_the_outer() {
    insta::assert_snapshot!(messages(r"site redmond {
  network a { zone = internal }

site dublin {
  users = 3
}
"), @r"
    OCS0003 2:32 ‸: expected `}` at the end of `site redmond`
      the block has no end here
      1:14 `{`: the block begins here
      help: write `}` on a line of its own below `network a { zone = internal }`
    ");
}

#[test]
fn one_too_many() {
    insta::assert_snapshot!(messages(r"site redmond {
  network a { zone = internal }
  }
  users = 3
}
site dublin { users = 4 }
"), @r"
    OCS0007 3:3 `}`: expected a block or an attribute, found `}` without a block to close
      no block is open here
      help: remove this `}`, or one above that closes its block too early, or look above for a block whose opening bracket is missing
    ");
}

#[test]
fn one_too_many_on_the_line() {
    insta::assert_snapshot!(messages(r"site redmond {
  network a { zone = internal }}
  users = 3
}
"), @r"
    OCS0007 2:32 `}`: expected a block or an attribute, found `}` without a block to close
      no block is open here
      help: remove this `}`, or one above that closes its block too early, or look above for a block whose opening bracket is missing
    ");
}

#[test]
fn one_too_many_at_the_end() {
    insta::assert_snapshot!(messages(r"site redmond {
  users = 3
}
}
"), @r"
    OCS0007 4:1 `}`: expected a block or an attribute, found `}` without a block to close
      no block is open here
      help: remove this `}`, or one above that closes its block too early, or look above for a block whose opening bracket is missing
    ");
}

#[test]
fn missing_opening() {
    insta::assert_snapshot!(messages(r"site redmond {
  edge_array edge
    shape = consolidated
    inside { vip = 10.0.0.1 }
  }
  users = 3
}
"), @r"
    OCS0019 2:18 ‸: expected `{` after `edge_array edge`
      `{` is missing here
      5:3 `}`: this `}` would close it
      help: write `edge_array edge {`
      fixed: edge_array edge {
    ");
}

#[test]
fn two_in_one_file() {
    insta::assert_snapshot!(messages(r"site redmond {
  network a {
    zone = internal
  users = 3
}
site dublin
  users = 4
}
"), @r"
    OCS0003 3:20 ‸: expected `}` at the end of `network a`
      the block has no end here
      2:13 `{`: the block begins here
      help: write `}` on a line of its own below `zone = internal`
    OCS0019 6:12 ‸: expected `{` after `site dublin`
      `{` is missing here
      8:1 `}`: this `}` would close it
      help: write `site dublin {`
      fixed: site dublin {
    ");
}

#[test]
fn without_indentation() {
    insta::assert_snapshot!(messages(r"site redmond {
network a {
zone = internal
users = 3
}
"), @r"
    OCS0003 5:2 ‸: expected `}` at the end of `site redmond`
      the block has no end here
      1:14 `{`: the block begins here
      help: write `}` on a line of its own below `}`
    ");
}

#[test]
fn brackets() {
    insta::assert_snapshot!(messages(r"users = 3]
site a { }"), @r"
    OCS0007 1:10 `]`: expected a block or an attribute, found `]` without a list to close
      no list is open here
      help: remove this `]`, or one above that closes its list too early, or look above for a list whose opening bracket is missing
    ");
}

#[test]
fn text_above_deeper_lines_is_no_block_without_its_brace() {
    insta::assert_snapshot!(messages(r"site redmond {
  some text
    users = 3
  domain = corp
}
"), @r"
    OCS0001 2:3 `some text`: expected `=` after `some`, or `{` after `some text`
      neither `=` nor `{` stands here
      help: write `some = text` for an attribute, or `some text { … }` for a block
    ");
}

#[test]
fn tabs_and_windows_lines() {
    insta::assert_snapshot!(messages("site redmond {\r\n\tnetwork a {\r\n\t\tzone = internal\r\n\r\n\tusers = 3\r\n}\r\n"), @r"
    OCS0003 3:18 ‸: expected `}` at the end of `network a`
      the block has no end here
      2:12 `{`: the block begins here
      help: write `}` on a line of its own below `zone = internal`
    ");
}

#[test]
fn missing_opening_on_one_line() {
    insta::assert_snapshot!(messages(r"site redmond {
  network a zone = internal  range = 10.0.0.0/22 }
  users = 3
}
"), @r"
    OCS0019 2:12 ‸: expected `{` after `network a`
      `{` is missing here
      2:50 `}`: this `}` would close it
      help: write `network a {`
      fixed: network a { zone = internal  range = 10.0.0.0/22 }
    ");
}

#[test]
fn doubled_opening() {
    insta::assert_snapshot!(messages(r"site redmond {{
  users = 3
}
site dublin {
  {
  users = 4
}
"), @r"
    OCS0001 1:15 `{`: expected the kind of a block before `{`
      no kind stands before it
      help: write the kind, and the name if it has one, in front, `KIND NAME {`, or remove this brace
    OCS0001 5:3 `{`: expected the kind of a block before `{`
      no kind stands before it
      help: write the kind, and the name if it has one, in front, `KIND NAME {`, or remove this brace
    ");
}
