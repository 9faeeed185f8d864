-- Opens a file with the configuration of docs/editors.md and does what a person does. Called by `neovim.rs` with two files in the
-- environment: JOBS is { init, other, file, after, typed }, RESULTS gets the findings when the line `typed` is put below `after`, and
-- the proposals that the menu of completion shows behind it.
local function found()
  return vim.tbl_map(function(own) return { line = own.lnum + 1, code = tostring(own.code), message = own.message } end, vim.diagnostic.get(0))
end

-- The functions of a server's client have other names in later versions.
local function client()
  local all = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = 0 }) or vim.lsp.buf_get_clients(0)
  return select(2, next(all))
end

local function servers()
  return #(vim.lsp.get_clients or vim.lsp.get_active_clients)()
end

local function session(jobs)
  local row = {}
  dofile(jobs.init)
  for _, file in ipairs({ jobs.other, jobs.file }) do
    vim.cmd("edit " .. vim.fn.fnameescape(file))
  end
  assert(vim.wait(30000, function()
    return client() ~= nil and client().server_capabilities ~= nil
  end, 20), "no server")
  row.filetype = vim.bo.filetype
  row.servers = servers()
  vim.fn.search(jobs.after)
  vim.fn.append(vim.fn.line("."), jobs.typed)
  assert(vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 20), "no finding")
  row.findings = found()
  -- Neovim shows what it has by a sign; later versions have a mark of the text for it.
  row.shown = 0
  for _, buffer in ipairs(vim.fn.sign_getplaced(vim.fn.bufnr(), { group = "*" })) do
    row.shown = row.shown + #buffer.signs
  end
  for name, space in pairs(vim.api.nvim_get_namespaces()) do
    if name:find("diagnostic", 1, true) then
      row.shown = row.shown + #vim.api.nvim_buf_get_extmarks(0, space, 0, -1, {})
    end
  end
  return row
end

local function finish(done, result)
  local file = assert(io.open(vim.env.RESULTS, "wb"))
  file:write(done and vim.fn.json_encode(result) or "failed: " .. tostring(result))
  file:close()
  vim.cmd("qall!")
end

-- The menu opens when Neovim has read the keys, which it does behind this script.
local function menu(row, left)
  row.menu = vim.fn.pumvisible() == 1
  if not row.menu and left > 0 then
    return vim.defer_fn(function() menu(row, left - 1) end, 50)
  end
  row.proposals = vim.tbl_map(function(item) return item.word end, vim.fn.complete_info({ "items" }).items)
  finish(true, row)
end

local done, row = pcall(function() return session(vim.fn.json_decode(vim.fn.readfile(vim.env.JOBS))) end)
if done then
  vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"
  -- A menu for one proposal, too.
  vim.o.completeopt = "menuone,noselect"
  vim.fn.cursor(vim.fn.line(".") + 1, 1)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes("A<C-x><C-o>", true, false, true), "n", false)
  menu(row, 600)
else
  finish(false, row)
end
