import { describe, expect, test } from "vitest";
import { address } from "../src/filters/submit";
import { isOn } from "../src/now/highlight";
import { themeFrom } from "../src/theme/choice";

describe("address", () => {
  test("leaves out filters that are not set", () => {
    expect(address("/fa/rasht2025/programme/", [["day", ""], ["room", ""]])).toBe("/fa/rasht2025/programme/");
  });

  test("keeps set filters in the order of the form", () => {
    expect(address("/p/", [["day", "2025-11-18"], ["room", ""], ["kind", "panel"]])).toBe("/p/?day=2025-11-18&kind=panel");
  });

  test("escapes what a value may hold", () => {
    expect(address("/p/", [["room", "a&b=c"]])).toBe("/p/?room=a%26b%3Dc");
  });
});

describe("isOn", () => {
  const span = { startsAt: 100, endsAt: 200 };

  test.each([[99, false], [100, true], [199, true], [200, false]])("at %i it is %s", (now, expected) => {
    expect(isOn(span, now)).toBe(expected);
  });
});

describe("themeFrom", () => {
  test.each([["light", "light"], ["dark", "dark"], ["system", "system"], ["<b>", "system"], [null, "system"]] as const)(
    "takes %s for %s",
    (stored, theme) => {
      expect(themeFrom(stored)).toBe(theme);
    },
  );
});
