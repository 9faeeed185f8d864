-- Parses texts with the tree-sitter grammar in Neovim. Called by `grammar.rs` with two files in the environment: JOBS is
-- { parser, highlights, folds, texts: [{ text, whole }] }, RESULTS gets a row for each text: whether its tree has an error node, and of
-- those with `whole` the tree, what the queries capture and which lines fold.
local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

-- The functions have other names in Neovim 0.9 and later.
local load = vim.treesitter.require_language
  or function(name, path) assert(vim.treesitter.language.add(name, { path = path })) end
local query_of = vim.treesitter.parse_query or vim.treesitter.query.parse

local function captured(query, root, text)
  local found = {}
  for id, node in query:iter_captures(root, text, 0, -1) do
    local _, _, first = node:start()
    local _, _, last = node:end_()
    table.insert(found, { first, last, query.captures[id] })
  end
  return found
end

local function look(jobs)
  load("ocstopo", jobs.parser)
  local highlights = query_of("ocstopo", read(jobs.highlights))
  local folds = query_of("ocstopo", read(jobs.folds))
  local rows = {}
  for _, job in ipairs(jobs.texts) do
    local root = vim.treesitter.get_string_parser(job.text, "ocstopo"):parse()[1]:root()
    local row = { error = root:has_error() }
    if job.whole then
      row.tree = root:sexpr()
      row.highlights = captured(highlights, root, job.text)
      row.folds = {}
      for _, node in folds:iter_captures(root, job.text, 0, -1) do
        local first, _, last = node:range()
        table.insert(row.folds, { first, last })
      end
    end
    table.insert(rows, row)
  end
  return rows
end

local done, result = pcall(function() return look(vim.fn.json_decode(read(vim.env.JOBS))) end)
local file = assert(io.open(vim.env.RESULTS, "wb"))
file:write(done and vim.fn.json_encode(result) or "failed: " .. tostring(result))
file:close()
vim.cmd("qall!")
