-- What wrk sends to a server in a cell of the benchmark, and how it tells what came back.
--
-- wrk -s wrk.lua URL -- KIND METHOD PATH [NAME VALUE]...
--   same    the same request each time
--   ranges  one of 99 ranges of 1 MiB, at random
--   many    one of 10,000 paths that begin with PATH, at random

local REQUESTS = 10000
local MEBIBYTE = 1048576

function init(args)
  local kind = args[1]
  wrk.method = args[2]
  wrk.path = args[3]
  for i = 4, #args, 2 do wrk.headers[args[i]] = args[i + 1] end
  if kind == "same" then return end
  math.randomseed(1)
  local formatted = {}
  if kind == "ranges" then
    for i = 0, 98 do
      wrk.headers["Range"] = string.format("bytes=%d-%d", i * MEBIBYTE, (i + 1) * MEBIBYTE - 1)
      formatted[#formatted + 1] = wrk.format()
    end
  elseif kind == "many" then
    for i = 0, REQUESTS - 1 do
      formatted[#formatted + 1] = wrk.format(nil, string.format("%s%04d.txt", wrk.path, i))
    end
  else
    error("no such kind: " .. kind)
  end
  -- wrk takes requests as fixed where this function is missing after init.
  function request()
    return formatted[math.random(#formatted)]
  end
end

-- One line of JSON, the last that wrk prints.
function done(summary)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"bytes":%d,"errors":{"connect":%d,"read":%d,"write":%d,"timeout":%d},"refused":%d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, errors.connect, errors.read, errors.write,
    errors.timeout, errors.status))
end
