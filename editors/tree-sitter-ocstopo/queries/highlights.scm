; Of several captures of a node, the last one counts.
(attribute value: (scalar) @constant)
(list (scalar) @constant)

; Numbers with or without a unit, addresses, networks and dates.
((scalar) @constant.numeric
  (#match? @constant.numeric "^[0-9]"))

((scalar) @constant.builtin.boolean
  (#match? @constant.builtin.boolean "^(true|false)$"))

(block kind: (scalar) @type)
(block name: (scalar) @label)
(attribute key: (scalar) @variable.member)

(assertion from: (scalar) @label)
(assertion to: (scalar) @label)
(assertion "on" @keyword)
(assertion service: (scalar) @constant)
["never" "allow"] @keyword

(quoted) @string
(raw) @string.special
(comment) @comment

["=" "?=" "->"] @operator
["{" "}" "[" "]"] @punctuation.bracket
"," @punctuation.delimiter
