-- Attaches Neovim's own client to the server in FATHOM_SERVER (a JSON array), opens FATHOM_FILE, and prints what it
-- got as JSON. Written for 0.7, the oldest Neovim still packaged: no vim.lsp.start, no vim.lsp.config.
local DIAGNOSTICS_TIMEOUT = 20000
local REQUEST_TIMEOUT = 10000
local STOP_TIMEOUT = 5000

local function position_of(text)
  for index, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local column = line:find(text, 1, true)
    if column then
      return { line = index - 1, character = column - 1 }
    end
  end
  error("the file does not contain " .. text)
end

local function request(client_id, method, params)
  params.textDocument = vim.lsp.util.make_text_document_params()
  local responses, reason = vim.lsp.buf_request_sync(0, method, params, REQUEST_TIMEOUT)
  if not responses then
    error(method .. ": " .. reason)
  end
  local response = responses[client_id] or {}
  if response.err then
    error(method .. ": " .. response.err.message)
  end
  return response.result
end

local function wait_for(what, timeout, condition)
  if not vim.wait(timeout, condition, 50) then
    error("waited in vain for " .. what)
  end
end

local function attach()
  local exit_code
  local client_id = vim.lsp.start_client({
    name = "fathom",
    cmd = vim.fn.json_decode(vim.env.FATHOM_SERVER),
    root_dir = vim.env.FATHOM_ROOT,
    -- The default flags a few functions out of a hundred, and the fixture has not that many.
    settings = { fathom = { oracleFunction = { topPercent = 100 } } },
    on_exit = function(code)
      exit_code = code
    end,
  })
  vim.cmd("edit " .. vim.fn.fnameescape(vim.env.FATHOM_FILE))
  vim.bo.filetype = "python"
  vim.lsp.buf_attach_client(0, client_id)
  wait_for("diagnostics", DIAGNOSTICS_TIMEOUT, function()
    if exit_code then
      error("the server ended with code " .. exit_code)
    end
    return #vim.diagnostic.get(0) > 0
  end)
  local result = {
    diagnostics = vim.diagnostic.get(0),
    hover = request(client_id, "textDocument/hover", { position = position_of(vim.env.FATHOM_HOVER) }),
    lenses = request(client_id, "textDocument/codeLens", {}),
  }
  vim.lsp.stop_client(client_id)
  wait_for("the server's end", STOP_TIMEOUT, function()
    return exit_code ~= nil
  end)
  result.exitCode = exit_code
  return result
end

local ok, result = pcall(attach)
if ok then
  io.stdout:write(vim.fn.json_encode(result))
  vim.cmd("qall!")
else
  io.stderr:write(tostring(result) .. "\nlog: " .. vim.lsp.get_log_path() .. "\n")
  vim.cmd("cquit 1")
end
