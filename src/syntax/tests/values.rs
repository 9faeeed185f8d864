//! Values: lists, strings, and what is no value.

use super::messages;

#[test]
fn missing_value() {
    insta::assert_snapshot!(messages(r"users =
network a { zone =  range = 10.0.0.0/22 }
vip = # later
domain = }"), @r"
    OCS0002 1:8 ‸: expected a value after `users =`
      the value is missing here
      help: write the value on this line, `users = VALUE`, or remove the attribute
    OCS0002 2:19 ‸: expected a value after `zone =`
      the value is missing here
      help: write the value on this line, `zone = VALUE`, or remove the attribute
    OCS0002 3:6 ‸: expected a value after `vip =`
      the value is missing here
      help: write the value on this line, `vip = VALUE`, or remove the attribute
    OCS0002 4:9 ‸: expected a value after `domain =`
      the value is missing here
      help: write the value on this line, `domain = VALUE`, or remove the attribute
    OCS0007 4:10 `}`: expected a block or an attribute, found `}` without a block to close
      no block is open here
      help: remove this `}`, or one above that closes its block too early, or look above for a block whose opening bracket is missing
    ");
}

#[test]
fn value_is_garbage() {
    insta::assert_snapshot!(messages(r"domain = ->
users = 3"), @r#"
    OCS0002 1:10 `->`: expected a value after `domain =`, found `->`
      this is no value
      help: write one word, number or list, or put text in quotes: `domain = "->"`
    "#);
}

#[test]
fn second_value() {
    insta::assert_snapshot!(messages(r#"users = 28 000
idle_timeout = 20 min
joins = internet, servers
name = My Pool
range = 10.0.0.1 - 10.0.0.4
text = "a" "b""#), @r#"
    OCS0016 1:12 `000`: expected one value for `users`, found `000` after it
      this does not belong to the value
      help: group digits with `_`: `users = 28_000`
      fixed: users = 28_000
    OCS0016 2:19 `min`: expected one value for `idle_timeout`, found `min` after it
      this does not belong to the value
      help: write a unit without a blank: `idle_timeout = 20min`
      fixed: idle_timeout = 20min
    OCS0016 3:17 `, servers`: expected one value for `joins`, found `, servers` after it
      this does not belong to the value
      help: write several values as a list, `[internet, servers]`, or text in quotes, `"internet, servers"`
    OCS0016 4:11 `Pool`: expected one value for `name`, found `Pool` after it
      this does not belong to the value
      help: write several values as a list, `[My, Pool]`, or text in quotes, `"My Pool"`
    OCS0016 5:18 `- 10.0.0.4`: expected one value for `range`, found `- 10.0.0.4` after it
      this does not belong to the value
      help: a range stands in brackets and glued to what comes before it, as in `10.10.0.[11..14]`
    OCS0016 6:12 `"b"`: expected one value for `text`, found `"b"` after it
      this does not belong to the value
      help: remove `"b"`, or write it as an item of its own
    "#);
}

#[test]
fn missing_comma() {
    insta::assert_snapshot!(messages(r"joins = [internet edge_outside, servers
  clients]
users = 3"), @r"
    OCS0005 1:18 ‸: expected `,` between `internet` and `edge_outside`
      a comma is missing here
      help: write `internet, edge_outside`
      fixed: joins = [internet, edge_outside, servers
    OCS0005 1:40 ‸: expected `,` between `servers` and `clients`
      a comma is missing here
      help: write `servers, clients`
      fixed: joins = [internet edge_outside, servers,
    ");
}

#[test]
fn semicolons_in_list() {
    insta::assert_snapshot!(messages("joins = [internet; servers]"), @r"
    OCS0005 1:18 `;`: expected `,` between values, found `;`
      values stand between commas
      help: write `,`
      fixed: joins = [internet, servers]
    ");
}

#[test]
fn empty_elements() {
    insta::assert_snapshot!(messages("joins = [, internet,, servers]"), @r"
    OCS0002 1:10 `,`: expected a value before the first comma
      no value stands in front of this comma
      help: remove this comma, or write the missing value in front of it
      fixed: joins = [ internet,, servers]
    OCS0002 1:21 `,`: expected a value between two commas
      no value stands in front of this comma
      help: remove this comma, or write the missing value in front of it
      fixed: joins = [, internet, servers]
    ");
}

#[test]
fn missing_bracket() {
    insta::assert_snapshot!(messages(r"joins = [internet, servers
users = 3
firewall outer { joins = [internet  dialect = nftables }"), @r"
    OCS0004 1:27 ‸: expected `]` at the end of the list
      the list has no end here
      1:9 `[`: the list begins here
      help: write `]` behind `servers`
      fixed: joins = [internet, servers]
    OCS0004 3:35 ‸: expected `]` at the end of the list
      the list has no end here
      3:26 `[`: the list begins here
      help: write `]` behind `internet`
      fixed: firewall outer { joins = [internet]  dialect = nftables }
    ");
}

#[test]
fn attributes_in_list() {
    insta::assert_snapshot!(messages(r"rules = [match = 1, translate = 2]
rules = [rule {a = 1}, {b = 2}]"), @r"
    OCS0018 1:10 `match = 1`: expected a value in the list, found `match = 1`
      this is no value
      help: a list holds values only: write a block for each element, `KIND NAME { … }`
    OCS0018 1:21 `translate = 2`: expected a value in the list, found `translate = 2`
      this is no value
      help: a list holds values only: write a block for each element, `KIND NAME { … }`
    OCS0018 2:10 `rule {a = 1}`: expected a value in the list, found a block
      this is no value
      help: a list holds values only: write a block of its own outside the list, `KIND NAME { … }`
    OCS0018 2:24 `{b = 2}`: expected a value in the list, found a block
      this is no value
      help: a list holds values only: write a block of its own outside the list, `KIND NAME { … }`
    ");
}

#[test]
fn parentheses() {
    insta::assert_snapshot!(messages("joins = (internet, servers)"), @r"
    OCS0018 1:9 `(internet, servers)`: expected a value, found `(internet, servers)`
      a list stands in brackets
      help: write `[internet, servers]`
      fixed: joins = [internet, servers]
    ");
}

#[test]
fn missing_quote() {
    insta::assert_snapshot!(messages(r#"domain corp { fqdn = "corp.contoso.com  functional_level = windows_2003 }
users = 3"#), @r#"
    OCS0006 1:22 `"corp.contoso.com  functional_level = windows_2003`: expected `"` at the end of the string
      this string has no end on its line
      help: a string ends on its line: write `"corp.contoso.com"`
    "#);
}

#[test]
fn missing_quote_in_list() {
    insta::assert_snapshot!(messages(r#"sip_domains = ["contoso.com, "retail.contoso.com"]
users = 3"#), @r#"
    OCS0006 1:49 `"`: expected `"` at the end of the string
      this string has no end on its line
      1:16 `"contoso.com, "`: or this one should have ended earlier
      help: a string ends on its line: write the `"` that one of the strings of this line lacks
    "#);
}

#[test]
fn backslash_before_quote() {
    insta::assert_snapshot!(messages(r#"path = "\\fs01\ocs\""#), @r#"
    OCS0006 1:8 `"\\fs01\ocs\"`: expected `"` at the end of the string
      this string has no end on its line
      help: a backslash takes the quote behind it into the string: write `\\` for each backslash, or a raw string: `'\\fs01\ocs\'`
    "#);
}

#[test]
fn apostrophe() {
    insta::assert_snapshot!(messages("owner = Anna's team"), @r#"
    OCS0016 1:13 `'s team`: expected one value for `owner`, found `'s team` after it
      this does not belong to the value
      help: put text in quotes: `owner = "Anna's team"`
    "#);
}

#[test]
fn wrong_quotes() {
    insta::assert_snapshot!(messages(r#"fqdn = “contoso.com”
reason = `x`
ticket = "CHG-1204”"#), @r#"
    OCS0010 1:8 `“contoso.com”`: expected `"` at the beginning of a string, found `“`
      these are not the quotes of a string
      help: write `"contoso.com"`
      fixed: fqdn = "contoso.com"
    OCS0010 2:10 ``x``: expected `"` at the beginning of a string, found ```
      these are not the quotes of a string
      help: write `"x"`
      fixed: reason = "x"
    OCS0006 3:10 `"CHG-1204”`: expected `"` at the end of the string
      this string has no end on its line
      help: `”` does not end it: write `"CHG-1204"`
    "#);
}
