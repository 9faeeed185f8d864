//! Texts: quotes, characters, escapes, domain names, expressions, paths.

use insta::assert_snapshot;

use super::{check, server};

fn fqdn(text: &str) -> String {
    server(&format!("fqdn = {text}"))
}

fn reason(text: &str) -> String {
    check(&format!("waive OCS0512 {{ reason = {text} }}"))
}

fn rule(text: &str) -> String {
    check(&format!("voice {{ location_profile p {{ rule r {{ match = {text}  translate = '+$1' }} }} }}"))
}

fn output(text: &str) -> String {
    server(&format!("address_book {{ output = {text} }}"))
}

#[test]
fn name_without_quotes() {
    assert_snapshot!(fqdn("se01.corp.contoso.com"), @r#"
    OCS0032: expected a domain name in quotes, found the reference `se01.corp.contoso.com`
      0:1:69 `se01.corp.contoso.com`: `fqdn` takes a domain name in quotes
      help: write `fqdn = "se01.corp.contoso.com"`
      fix: `se01.corp.contoso.com` -> `"se01.corp.contoso.com"`
    "#);
    assert_snapshot!(fqdn("se01"), @r#"
    OCS0031: expected a domain name in quotes, found the word `se01`
      0:1:69 `se01`: `fqdn` takes a domain name in quotes
      help: write it as in `fqdn = "pool01.corp.contoso.com"`
    "#);
    assert_snapshot!(fqdn("10.10.0.1"), @r#"
    OCS0031: expected a domain name in quotes, found an address
      0:1:69 `10.10.0.1`: `fqdn` takes a domain name in quotes
      help: write it as in `fqdn = "pool01.corp.contoso.com"`
    "#);
}

#[test]
fn domain_names() {
    assert_snapshot!(fqdn("\"se01\""), @r#"
    OCS0042: `se01` is not fully qualified
      0:1:69 `"se01"`: one label only
      help: write the name with its domain, as in `"se01.corp.contoso.com"`
    "#);
    assert_snapshot!(fqdn("\"se 01.contoso.com\""), @r#"
    OCS0042: `se 01.contoso.com` is not a domain name
      0:1:69 `"se 01.contoso.com"`: it has a blank
      help: write `"se01.contoso.com"`
      fix: `"se 01.contoso.com"` -> `"se01.contoso.com"`
    "#);
    assert_snapshot!(fqdn("\"se01.contoso.com.\""), @r#"
    OCS0042: `se01.contoso.com.` is not a domain name
      0:1:69 `"se01.contoso.com."`: names are written without the final dot
      help: write `"se01.contoso.com"`
      fix: `"se01.contoso.com."` -> `"se01.contoso.com"`
    "#);
    assert_snapshot!(fqdn("\"köln.contoso.com\""), @r#"
    OCS0042: `köln.contoso.com` is not a domain name
      0:1:69 `"köln.contoso.com"`: it has a character outside ASCII
      help: write the ASCII form of the name, in which such labels begin with `xn--`
    "#);
    assert_snapshot!(fqdn("\"*.contoso.com\""), @r#"
    OCS0042: `*.contoso.com` is not a domain name
      0:1:69 `"*.contoso.com"`: a wildcard is not the name of a server
      help: write one name, such as `"sip.contoso.com"`; certificate requests get all necessary names
    "#);
    assert_snapshot!(fqdn("\"se01..contoso.com\""), @r#"
    OCS0042: `se01..contoso.com` is not a domain name
      0:1:69 `"se01..contoso.com"`: it has an empty label
      help: write a name such as `"pool01.corp.contoso.com"`
    "#);
    assert_snapshot!(fqdn("\"-se01.contoso.com\""), @r#"
    OCS0042: `-se01.contoso.com` is not a domain name
      0:1:69 `"-se01.contoso.com"`: the label `-se01` begins or ends with a hyphen
      help: write a name such as `"pool01.corp.contoso.com"`
    "#);
    assert_snapshot!(fqdn("\"https://se01.contoso.com/abs\""), @r#"
    OCS0042: `https://se01.contoso.com/abs` is not a domain name
      0:1:69 `"https://se01.contoso.com/abs"`: it has `:`
      help: write the name alone: `fqdn = "se01.contoso.com"`
      fix: `"https://se01.contoso.com/abs"` -> `"se01.contoso.com"`
    "#);
    assert_snapshot!(fqdn("\"10.10.0.11\""), @r#"
    OCS0042: `10.10.0.11` is not a domain name
      0:1:69 `"10.10.0.11"`: its last label is a number, as in an address
      help: write a name such as `"pool01.corp.contoso.com"`
    "#);
    assert_snapshot!(fqdn("\"\""), @r#"
    OCS0042: `` is not a domain name
      0:1:69 `""`: it is empty
      help: write a name such as `"pool01.corp.contoso.com"`
    "#);
}

#[test]
fn domain_names_too_long() {
    let label = fqdn(&format!("\"{}.contoso.com\"", "a".repeat(64)));
    assert_snapshot!(label.replace(&"a".repeat(64), "aaa"), @r#"
    OCS0042: `aaa.contoso.com` is not a domain name
      0:1:69 `"aaa.contoso.com"`: a label has 64 characters, and the maximum is 63
      help: write a name such as `"pool01.corp.contoso.com"`
    "#);
    let name = fqdn(&format!("\"{}contoso.com\"", "abc.".repeat(62)));
    assert_snapshot!(name.replace(&"abc.".repeat(62), "abc."), @r#"
    OCS0042: `abc.contoso.com` is not a domain name
      0:1:69 `"abc.contoso.com"`: it has 259 characters, and the maximum is 253
      help: write a name such as `"pool01.corp.contoso.com"`
    "#);
}

#[test]
fn mailbox() {
    let text =
        check("organization x { product = ocs_2007  sip_domains = [\"x.com\"]  dns { hostmaster = \"dns@contoso.com\" } }");
    assert_snapshot!(text.lines().take(3).collect::<Vec<_>>().join("\n"), @r#"
    OCS0042: `dns@contoso.com` is not a domain name
      0:1:82 `"dns@contoso.com"`: it has `@`
      help: a mailbox has a dot instead of the @: `"dns.contoso.com"`
    "#);
}

#[test]
fn texts() {
    assert_snapshot!(reason("later"), @r#"
    OCS0032: expected a text in quotes, found the word `later`
      0:1:26 `later`: `reason` takes a text in quotes
      help: write `reason = "later"`
      fix: `later` -> `"later"`
    "#);
    assert_snapshot!(reason("\" \""), @r#"
    OCS0043: the text is empty
      0:1:26 `" "`: `reason` is empty
      help: write the text, or remove `reason`
    "#);
    assert_snapshot!(reason("\"two\\nlines\""), @r#"
    OCS0043: the text has a line break
      0:1:30 `\n`: U+000A
      help: write the text in one line
    "#);
    assert_snapshot!(reason("\"C:\\disk\""), @r#"
    OCS0044: `\d` is not an escape
      0:1:29 `\d`: a backslash begins an escape in double quotes
      help: put the text in single quotes, where a backslash is an ordinary character: `'C:\disk'`
      fix: `"C:\disk"` -> `'C:\disk'`
    "#);
    assert_snapshot!(reason("\"\\u{110000}\""), @r#"
    OCS0044: `\u{110000}` is not a character
      0:1:27 `\u{110000}`: Unicode has no such character
      help: write the character's number as in `\u{e9}`
    "#);
    assert_snapshot!(reason("\"abc\u{202e}def\""), @r#"
    OCS0043: the text has a character that changes the direction of text
      0:1:30 `\u{202e}`: U+202E
      help: remove it: the text would be displayed in another order than it is stored
    "#);
    assert_snapshot!(reason("'abc\u{7}def'"), @r#"
    OCS0043: the text has a control character
      0:1:30 `\u{7}`: U+0007
      help: remove it
    "#);
    assert_snapshot!(reason("[\"a\"]"), @r#"
    OCS0031: expected a text in quotes, found a list
      0:1:26 `["a"]`: `reason` takes a text in quotes
      help: write `reason = "a"`
      fix: `["a"]` -> `"a"`
    "#);
    assert_snapshot!(reason(&format!("\"{}\"", "x".repeat(1_025))).replace(&"x".repeat(1_025), "xxx"), @r#"
    OCS0043: the text has 1025 characters
      0:1:26 `"xxx"`: at most 1,024 characters
      help: shorten it, and put the rest in the ticket or document that it refers to
    "#);
}

#[test]
fn regular_expressions() {
    assert_snapshot!(rule("'^(\\d{4}$'"), @r#"
    OCS0045: the regular expression does not compile
      0:1:47 `'^(\d{4}$'`: opening parenthesis without closing parenthesis
      help: a pattern looks like `'^(\d{4})$'`; put a backslash in front of a literal `+`, `(` or `.`
    "#);
    assert_snapshot!(rule("'^+1$'"), @r#"
    OCS0045: the regular expression repeats its own beginning
      0:1:47 `'^+1$'`: `^+` matches no plus sign
      help: write `'^\+1$'`
      fix: `'^+1$'` -> `'^\+1$'`
    "#);
    assert_snapshot!(rule("''"), @r#"
    OCS0045: the regular expression is empty
      0:1:47 `''`: it would match every number
      help: write a pattern for the intended numbers, as in `'^(\d{4})$'`
    "#);
    assert_snapshot!(rule("'^(?<-open>x)$'"), @r#"
    OCS0045: the regular expression has a balancing group
      0:1:47 `'^(?<-open>x)$'`: supported by .NET only
      help: rewrite it without this: ocstopo cannot evaluate it, and the product's own rules never need it
    "#);
    assert_snapshot!(rule("\"^\\d+$\""), @r#"
    OCS0044: `\d` is not an escape
      0:1:49 `\d`: a backslash begins an escape in double quotes
      help: put the text in single quotes, where a backslash is an ordinary character: `'^\d+$'`
      fix: `"^\d+$"` -> `'^\d+$'`
    "#);
    assert_snapshot!(rule("'(\\d{1000}){1000}'"), @r#"
    OCS0045: the regular expression does not compile
      0:1:47 `'(\d{1000}){1000}'`: it is too large
      help: a pattern looks like `'^(\d{4})$'`; put a backslash in front of a literal `+`, `(` or `.`
    "#);
}

#[test]
fn unc_paths() {
    assert_snapshot!(output("'//fs01/share'"), @r#"
    OCS0046: `//fs01/share` is not a UNC path
      0:1:86 `'//fs01/share'`: it does not begin with `\\`
      help: write `'\\fs01\share'`
      fix: `'//fs01/share'` -> `'\\fs01\share'`
    "#);
    assert_snapshot!(output("'\\\\fs01'"), @r#"
    OCS0046: `\\fs01` is not a UNC path
      0:1:86 `'\\fs01'`: the share is missing
      help: write the share after the server: `'\\fs01\ocs'`
    "#);
    assert_snapshot!(output("'C:\\share'"), @r#"
    OCS0046: `C:\share` is not a UNC path
      0:1:86 `'C:\share'`: it does not begin with `\\`
      help: write it as in `'\\fs01.corp.contoso.com\ocs'`
    "#);
    assert_snapshot!(output("'\\\\fs 01\\share'"), @r#"
    OCS0046: `\\fs 01\share` is not a UNC path
      0:1:86 `'\\fs 01\share'`: as the name of a server, `fs 01`: it has a blank
      help: write it as in `'\\fs01.corp.contoso.com\ocs'`
    "#);
    assert_snapshot!(output("'\\\\fs01\\a|b'"), @r#"
    OCS0046: `\\fs01\a|b` is not a UNC path
      0:1:86 `'\\fs01\a|b'`: a path cannot have `|`
      help: write it as in `'\\fs01.corp.contoso.com\ocs'`
    "#);
    assert_snapshot!(output("\"\\\\fs01\\share\""), @r#"
    OCS0044: `\s` is not an escape
      0:1:93 `\s`: a backslash begins an escape in double quotes
      help: put the text in single quotes, where a backslash is an ordinary character: `'\\fs01\share'`
      fix: `"\\fs01\share"` -> `'\\fs01\share'`
    "#);
}
