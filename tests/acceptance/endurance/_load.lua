-- What wrk asks a server for in the mixed load, and whether what comes back is right byte by byte.
--
-- wrk -s _load.lua URL -- SOURCE PAGES AUTHORIZATION PAUSE_MS
--   SOURCE   the shared folder
--   PAGES    a folder with the pages that are to come, one file each

local WHOLE = { "block.bin", "medium.bin" }
local SMALL_FILES = 24

local whole = {}
local source = {}
local fields
local pause = 0

statuses = {}
wrong = 0
unannounced = 0

local function read(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read("*a")
  file:close()
  return bytes
end

local function get(path, name, value)
  local headers = {}
  for key, each in pairs(fields) do headers[key] = each end
  if name then headers[name] = value end
  return wrk.format("GET", path, headers)
end

function init(args)
  fields = { Host = wrk.headers["Host"], Authorization = args[3] }
  pause = tonumber(args[4])
  for index = 0, SMALL_FILES - 1 do
    whole[read(args[1] .. "/small/" .. index .. ".txt")] = true
  end
  for _, name in ipairs(WHOLE) do
    source[name] = read(args[1] .. "/" .. name)
    whole[source[name]] = true
  end
  for _, name in ipairs({ "page", "sorted", "json" }) do
    whole[read(args[2] .. "/" .. name)] = true
  end
  math.randomseed(os.time())
end

local function range()
  local size = #source["medium.bin"]
  local first = math.random(0, size - 1)
  local kind = math.random(3)
  if kind == 1 then return "bytes=" .. first .. "-" end
  if kind == 2 then return "bytes=-" .. (first + 1) end
  return "bytes=" .. first .. "-" .. (first + math.random(0, 4000))
end

function request()
  local dice = math.random(100)
  if dice <= 50 then
    return get("/small/" .. math.random(0, SMALL_FILES - 1) .. ".txt")
  end
  if dice <= 70 then return get("/medium.bin", "Range", range()) end
  if dice <= 76 then return get("/folder/") end
  if dice <= 78 then return get("/folder/?sort=size&order=desc") end
  if dice <= 80 then return get("/folder/?format=json") end
  if dice <= 84 then return get("/block.bin") end
  if dice <= 86 then return get("/medium.bin") end
  if dice <= 92 then
    return get("/medium.bin", "If-Modified-Since", "Mon, 06 May 2024 07:08:09 GMT")
  end
  if dice <= 96 then return get("/none/" .. math.random(1000000)) end
  if dice <= 98 then return get("/%2e%2e/etc/passwd") end
  return get("/folder")
end

function delay()
  return math.random(0, 2 * pause)
end

function response(status, headers, body)
  statuses[status] = (statuses[status] or 0) + 1
  if status == 200 then
    if not whole[body] then wrong = wrong + 1 end
  elseif status == 206 then
    local first, last = (headers["content-range"] or ""):match("^bytes (%d+)%-(%d+)/")
    if not first or body ~= source["medium.bin"]:sub(first + 1, last + 1) then wrong = wrong + 1 end
  elseif status == 503 and not headers["retry-after"] then
    unannounced = unannounced + 1
  end
end

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

-- One line of JSON, the last that wrk prints.
function done(summary)
  local thread = threads[1]
  local parts = {}
  for status, count in pairs(thread:get("statuses")) do
    parts[#parts + 1] = '"' .. status .. '":' .. count
  end
  local errors = summary.errors
  io.write('{"statuses":{', table.concat(parts, ","), '},"wrong":', thread:get("wrong"), ',"unannounced":',
    thread:get("unannounced"), ',"failed":', errors.connect + errors.read + errors.write, ',"late":', errors.timeout, "}\n")
end
