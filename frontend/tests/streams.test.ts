import { expect, test } from "vitest";
import { markOf } from "../src/picking/streams";

test("a workstream is marked by its lines", () => {
  expect(markOf([true, true])).toBe("all");
  expect(markOf([true, false])).toBe("some");
  expect(markOf([false, false])).toBe("none");
  expect(markOf([])).toBe("none");
});
