/// <reference types="tree-sitter-cli/dsl" />
// @ts-check
// The grammar of `.ocstopo` files for editors. grammar/syntax.pest is the compiler's; a test parses the same texts with both.
// It covers what the compiler accepts: what the compiler reports as a mistake of syntax is an error node here, where it can be one.

/** Characters that are not seen, or that stand in place of quotes and arrows: no word contains them. */
const HIDDEN = '\\u0000-\\u0020\\u007F-\\u00A0\\u00AD\\u1680\\u180E\\u2000-\\u200F\\u2018-\\u201F\\u2028-\\u202F\\u2032\\u2033\\u205F-\\u206F\\u3000\\u2192\\uFEFF\\uFF02\\uFFF9-\\uFFFB\\u{E0000}-\\u{E007F}';
/** Signs of the language, and signs that it does not use. */
const SIGNS = '"#\'(),;=\\[\\]`{}\\u00AB\\u00B4\\u00BB\\u2039\\u203A';
/** A character of a word. Colons and hyphens have rules of their own. */
const PLAIN = `[^${HIDDEN}${SIGNS}:-]`;
/** The same without `/`, which begins no word with another `/` or a `*` behind it, and without `>`, which ends an arrow. */
const AFTER_SLASH = `[^${HIDDEN}${SIGNS}:/*-]`;
const AFTER_HYPHEN = `[^${HIDDEN}${SIGNS}:>-]`;
/**
 * Colons and hyphens continue a word where a character of a word follows; `->` is an arrow. The compiler also takes hyphens at the end
 * of a word, which a rule without a look ahead cannot tell from an arrow.
 */
const MORE = `(?:${PLAIN}|:+-*${AFTER_HYPHEN}|-+${AFTER_HYPHEN}|-+:+-*${AFTER_HYPHEN})`;
const START = `(?:/${AFTER_SLASH}|/|[^${HIDDEN}${SIGNS}:/-]|:+-*${AFTER_HYPHEN}|-+${AFTER_HYPHEN})`;
/** A range is glued to its word: `fe[01..04]`. */
const RANGE = `\\[(?:(?:${PLAIN}|[:-])*|[0-9., \\t-]*)\\]`;

module.exports = grammar({
  name: 'ocstopo',

  extras: ($) => [/[ \t\n]/, /\r+\n/, $.comment],

  word: ($) => $.scalar,

  conflicts: ($) => [[$._verb, $._word], [$.assertion]],

  rules: {
    source_file: ($) => repeat($._item),

    _item: ($) => choice($.block, $.attribute, $.assertion),

    block: ($) => seq(field('kind', $._word), optional(field('name', $._name)), field('body', $.body)),

    body: ($) => seq('{', repeat($._item), '}'),

    attribute: ($) => seq(field('key', $._word), choice('=', '?='), field('value', $._value)),

    // `never a -> b on tcp/5061`. Its words may be names elsewhere.
    assertion: ($) =>
      prec.dynamic(1, seq(field('verb', $._verb), field('from', $.scalar), '->', field('to', $._word), optional(seq('on', field('service', $._word))))),

    _verb: (_) => choice('never', 'allow'),

    _word: ($) => choice($.scalar, alias('never', $.scalar), alias('allow', $.scalar), alias('on', $.scalar)),

    _name: ($) => choice($._word, $.quoted, $.raw),

    _value: ($) => choice($._word, $.quoted, $.raw, $.list),

    list: ($) => seq('[', optional(seq($._value, repeat(seq(',', $._value)), optional(','))), ']'),

    scalar: (_) => new RegExp(`${START}${MORE}*(?:${RANGE}${MORE}*)*`, 'u'),

    quoted: (_) => /"([^"\\\r\n]|\\[^\r\n])*"/,

    raw: (_) => /'[^'\r\n]*'/,

    comment: (_) => /#[^\r\n]*/,
  },
});
