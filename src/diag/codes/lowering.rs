//! Codes of lowering, `OCS0020` to `OCS0059`: the file is well formed, but it says something that the vocabulary does not know.

use super::{CodeRow, LANGUAGE};
use crate::diag::{Code, Severity};

/// Declares each code once: its constant, its name, its documentation. All are errors; what a topology may wait for is not.
macro_rules! codes {
    ($($constant:ident = $code:literal, $name:literal, $($severity:ident,)? $doc:literal;)+) => {
        $(#[doc = concat!("`", $name, "`")] pub const $constant: Code = Code($code);)+

        /// The rows, by number.
        pub static CODES: &[&CodeRow] = &[$(&CodeRow {
            code: $constant,
            name: $name,
            doc: $doc,
            $(severity: Severity::$severity,)?
            ..LANGUAGE
        }),+];
    };
}

codes! {
    UNKNOWN_BLOCK = "OCS0020", "unknown-block",
        "The word in front of `{` is not a block of the language, or it is an attribute.\n\n\
         Correct the word. `ocstopo schema` lists all blocks; an attribute is written with `=` and a value instead of braces.";
    UNKNOWN_ATTRIBUTE = "OCS0021", "unknown-attribute",
        "The block has no attribute of this name.\n\n\
         Correct the word, or move the line into the block that has the attribute. `ocstopo schema` lists the attributes of each block.";
    MISPLACED_BLOCK = "OCS0022", "misplaced-block",
        "The block is known, but it is not allowed in the block around it.\n\n\
         Move it into a block that allows it; the message names these blocks.";
    MISPLACED_LINE = "OCS0023", "misplaced-line",
        "An attribute is outside every block, or a `never` or `allow` line is outside an `assert` block.\n\n\
         Move the line into the block that it belongs to.";
    MISSING_ATTRIBUTE = "OCS0024", "missing-attribute",
        "The block is incomplete without this attribute, and there is no suitable default.\n\n\
         Write it between the braces of the block.";
    MISSING_BLOCK = "OCS0025", "missing-block",
        "The block is incomplete without a block of this kind inside; a pool, for example, needs at least one Front End.\n\n\
         Write the block between the braces.";
    MISSING_NAME = "OCS0026", "missing-name",
        "Blocks of this kind have a name, by which others refer to them.\n\n\
         Write a name between the kind and `{`.";
    UNEXPECTED_NAME = "OCS0027", "unexpected-name",
        "Blocks of this kind have no name, because their parent has at most one of them, or nothing refers to them.\n\n\
         Remove the name.";
    BAD_NAME = "OCS0028", "bad-name",
        "The name has an invalid form, or is reserved by the language.\n\n\
         A name begins with a letter, followed by letters, digits, `-` and `_`, and has at most 63 characters. The name of a computer becomes a host name, so it has no `_` and does not end in `-`, unless `fqdn` is written. The name of a `waive` is a code such \
         as `OCS0512` or the name of a rule.";
    DUPLICATE_ATTRIBUTE = "OCS0029", "duplicate-attribute",
        "An attribute is written twice in one block, so it is not clear which value counts.\n\n\
         Keep one of the two.";
    DUPLICATE_BLOCK = "OCS0030", "duplicate-block",
        "Two blocks of one kind have the same name in the same place, or a block that is allowed once is declared twice. All files of a folder are one topology, so the two may be in different files. Names are compared without regard to case.\n\n\
         Rename or remove one of the two.";
    WRONG_TYPE = "OCS0031", "wrong-type",
        "The value has the wrong type: a network instead of an address, a word instead of a number.\n\n\
         Write a value of the type that the message names.";
    WRONG_QUOTES = "OCS0032", "misplaced-quotes",
        "Text and domain names are written in quotes; words, references, numbers, addresses and dates are not.\n\n\
         Add the quotes or remove them.";
    LIST_EXPECTED = "OCS0033", "list-expected",
        "The attribute takes a list.\n\n\
         Put the value in square brackets, even when it is the only one.";
    WRONG_UNIT = "OCS0034", "wrong-unit",
        "The number has no unit, an unknown unit, or a unit of another quantity. Units are case-sensitive: `KB` is a size, \
         `kbps` a rate.\n\n\
         Durations have `s`, `min`, `h`, `d`; sizes `KB`, `MB`, `GB`, `TB`; rates `bps`, `kbps`, `Mbps`, `Gbps`; frequencies `MHz`, `GHz`; \
         shares `%`. There is no blank between number and unit.";
    BAD_NUMBER = "OCS0035", "bad-number",
        "The number has an invalid form. A number has digits, with `_` between thousands, without leading zeros, and with a dot before a fraction where fractions are allowed.\n\n\
         Write the number in that form.";
    OUT_OF_RANGE = "OCS0036", "out-of-range",
        "The value has the right type, but is too small or too large.\n\n\
         Write a value inside the range that the message names.";
    BAD_ADDRESS = "OCS0037", "bad-address",
        "The text looks like an IPv4 address but is not one: a part above 255, leading zeros, too few or too many parts, or an address that a host cannot have.\n\n\
         Write four numbers from 0 to 255 with dots between. Office Communications Server 2007 does not support IPv6.";
    BAD_NETWORK = "OCS0038", "bad-network",
        "The text looks like a network but is not one.\n\n\
         Write an address, `/` and a prefix length from 1 to 32, such as `10.10.0.0/22`.";
    HOST_BITS = "OCS0039", "host-bits",
        "The address before `/` is an address inside the network, not the network's own.\n\n\
         Write the network's own address, which the message names, or a longer prefix.";
    BAD_DATE = "OCS0040", "bad-date",
        "The date does not exist, or is not in the form year-month-day.\n\n\
         Write the year with four digits, month and day with two: `2027-03-31`.";
    BAD_TIME = "OCS0041", "bad-time",
        "The time of day does not exist, or is not in the form hours:minutes.\n\n\
         Write two digits for hours and minutes each, from `00:00` to `23:59`.";
    BAD_DOMAIN_NAME = "OCS0042", "bad-domain-name",
        "The text is not a fully qualified domain name: labels of letters, digits and hyphens, 63 characters each, with dots between, 253 \
         characters in all, at least two labels, no final dot.\n\n\
         Write the name in full. Names with non-ASCII letters are written in their ASCII form, `xn--…`.";
    BAD_TEXT = "OCS0043", "bad-text",
        "The text is too long, empty, or has characters that are invisible or change the direction of others. Such text could mislead a reviewer, or add a second line to an artifact.\n\n\
         Remove the character that the message names.";
    BAD_ESCAPE = "OCS0044", "bad-escape",
        "In double quotes a backslash begins one of `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`.\n\n\
         Double the backslash, or write the text in single quotes, where it is an ordinary character.";
    BAD_REGEX = "OCS0045", "bad-regex",
        "The regular expression does not compile, or it uses a construct of .NET that ocstopo cannot evaluate.\n\n\
         Correct the part that the message names.";
    BAD_UNC_PATH = "OCS0046", "bad-unc-path",
        "The text is not a UNC path.\n\n\
         Write two backslashes, the server's name, a backslash and the share, in single quotes: `'\\\\fs01.corp.contoso.com\\ocs'`.";
    UNKNOWN_CHOICE = "OCS0047", "unknown-choice",
        "The attribute takes one of a few words, and this is not one of them.\n\n\
         Write one of the words that the message lists.";
    BAD_REFERENCE = "OCS0048", "bad-reference",
        "The text is not a reference.\n\n\
         Write the name of a block; if the block is in another block, put the names of the blocks around it in front, with dots between: \
         `redmond.pool01`.";
    BAD_RANGE = "OCS0049", "bad-range",
        "The range has an invalid form, counts downwards, or is not allowed here.\n\n\
         A name has one range, `fe[01..04]`; an address has it in its last part, `10.10.0.[11..14]`. Only servers have ranges.";
    RANGE_TOO_LARGE = "OCS0050", "range-too-large",
        "A range describes more than 1,000 blocks, or all ranges of the topology describe more than 20,000. The limit prevents a typing error from exhausting the memory.\n\n\
         Write a smaller range.";
    RANGE_MISMATCH = "OCS0051", "range-mismatch",
        "The range in the block's name and the range in an address have different sizes, so they cannot be matched.\n\n\
         Correct one of the two.";
    RANGE_WITHOUT_NAME = "OCS0052", "range-without-name",
        "An address has a range, but the name of its block does not, so there is only one server for several addresses.\n\n\
         Write one address, or a range in the block's name.";
    SAME_FOR_ALL = "OCS0053", "same-for-all",
        "The block's name has a range, so it describes several servers, but an address or name inside would be the same for all of them.\n\n\
         Write a range in the address; leave `fqdn` out or write a block for each server.";
    TOO_NEW = "OCS0054", "too-new",
        "The block or attribute belongs to a later release than the organization's `product`.\n\n\
         Remove it, replace it by the equivalent of the release, or change `product`.";
    TOO_DEEP = "OCS0055", "too-deep",
        "Blocks are nested deeper than any topology needs.\n\n\
         Look for a missing `}` above.";
    BAD_ASSERTION = "OCS0056", "bad-assertion",
        "A line of an `assert` block is not in the form of an assertion.\n\n\
         Write `never FROM -> TO` or `allow FROM -> TO`, with `on tcp/5061` or `on udp/50000-59999` to name certain ports.";
    REPEATED_ELEMENT = "OCS0057", "repeated-element",
        "A list has the same element twice, which has no effect and is usually a mistake.\n\n\
         Remove one of the two.";
    EMPTY_LIST = "OCS0058", "empty-list",
        "A list that the block requires is empty.\n\n\
         Write at least one element.";
    UNDECIDED = "OCS0059", "undecided", Warning,
        "A value is written with `?=`: it is a proposal that is not decided yet. `ocstopo design` marks in this way what it cannot know, \
         such as public addresses. The value counts in checks, figures and pictures, and may be a sample name or a documentation address, but \
         `ocstopo build` writes nothing before all values are decided.\n\n\
         Write the right value, and `=` in place of `?=`.";
}
