import { assertEquals, assertStringIncludes } from "@std/assert";

import { lastResort, recordOf } from "../../lib/answer_log.ts";

const REQUEST = lastResort(
  new Request("http://localhost:8000/a%20b?c", {
    headers: { referer: "http://x.test/", "user-agent": "test/1" },
  }),
);

Deno.test("lastResort() keeps the target as it was written", () => {
  assertEquals([REQUEST.method, REQUEST.target], ["GET", "/a%20b?c"]);
});

Deno.test("lastResort() does without a request that tells nothing", () => {
  const gone = Object.create(Request.prototype, {
    url: {
      get() {
        throw new TypeError("Request closed");
      },
    },
  });

  assertEquals(lastResort(gone).target, "-");
});

Deno.test("recordOf() tells size, referrer and agent", () => {
  const end = { bytes: 7, aborted: false, error: null };

  const record = recordOf(REQUEST, {
    status: 200,
    end,
    now: () => REQUEST.time + 5,
  });

  assertEquals(record.durationMs, 5);
  assertEquals(
    [record.bytes, record.referrer, record.userAgent, record.error],
    [7, "http://x.test/", "test/1", null],
  );
});

Deno.test("recordOf() gives no negative duration when the clock is set back", () => {
  const end = { bytes: 0, aborted: false, error: null };

  const record = recordOf(REQUEST, { status: 200, end, now: () => 0 });

  assertEquals(record.durationMs, 0);
});

Deno.test("recordOf() describes what went wrong for the operator", () => {
  const end = { bytes: 0, aborted: true, error: new Error("no luck") };

  const record = recordOf(REQUEST, { status: 500, end, now: () => 0 });

  assertStringIncludes(record.error ?? "", "no luck");
});

Deno.test("recordOf() leaves the headers of the request alone when told so", () => {
  const end = { bytes: 7, aborted: false, error: null };
  const unread = {
    get headers(): Headers {
      throw new Error("The headers were read");
    },
  };
  const request = Object.setPrototypeOf(unread, REQUEST);

  const record = recordOf(request, {
    status: 200,
    end,
    now: () => REQUEST.time,
    fields: "without-headers",
  });

  assertEquals(
    [record.target, record.referrer, record.userAgent],
    ["/a%20b?c", null, null],
  );
});
