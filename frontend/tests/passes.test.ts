import { describe, expect, it } from "vitest";

import { ask } from "../src/passes/fresh";

function answering(status: number, text = "page"): typeof fetch {
  return (async () => new Response(text, { status })) as typeof fetch;
}

describe("the page of a pass", () => {
  it("takes a pass, and that there is none any more, for an answer", async () => {
    expect(await ask("/pass/x/", answering(200))).toBe("page");
    expect(await ask("/pass/x/", answering(404, "gone"))).toBe("gone");
  });

  it("keeps what it shows when something else answers", async () => {
    expect(await ask("/pass/x/", answering(503))).toBeNull();
    await expect(ask("/pass/x/", () => Promise.reject(new TypeError("offline")))).rejects.toThrow("offline");
  });

  it("asks past the copy that the browser keeps, so that it survives", async () => {
    const asked: RequestInit[] = [];
    await ask("/pass/x/", ((_: string, init: RequestInit) => {
      asked.push(init);
      return Promise.resolve(new Response("page"));
    }) as typeof fetch);

    expect(asked).toEqual([{ cache: "no-store", credentials: "omit", redirect: "error" }]);
  });
});
