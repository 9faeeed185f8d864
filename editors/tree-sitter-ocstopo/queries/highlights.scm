; Each word has one capture: editors differ in which of several counts.

(block kind: (scalar) @type)
(block name: (scalar) @label)
(attribute key: (scalar) @variable.member)

; Numbers with or without a unit, addresses, networks and dates begin with a digit.
(attribute value: (scalar) @constant.numeric
  (#match? @constant.numeric "^[0-9]"))
(attribute value: (scalar) @constant.builtin.boolean
  (#match? @constant.builtin.boolean "^(true|false)$"))
(attribute value: (scalar) @constant
  (#not-match? @constant "^([0-9]|(true|false)$)"))

(list (scalar) @constant.numeric
  (#match? @constant.numeric "^[0-9]"))
(list (scalar) @constant.builtin.boolean
  (#match? @constant.builtin.boolean "^(true|false)$"))
(list (scalar) @constant
  (#not-match? @constant "^([0-9]|(true|false)$)"))

(assertion verb: _ @keyword)
(assertion from: (scalar) @label)
(assertion to: (scalar) @label)
(assertion "on" @keyword)
(assertion service: (scalar) @constant)

(quoted) @string
(raw) @string.special
(comment) @comment

["=" "?=" "->"] @operator
["{" "}" "[" "]"] @punctuation.bracket
"," @punctuation.delimiter
