import { expect, test } from "vitest";

import { Clock, JUMP_MS } from "../src/gate/clock";

const DAY = 86_400_000;
const START = Date.parse("2027-08-10T09:00:00Z");

function hands(wall = START): { wall: number; steady: number; pass(ms: number): void; ticks: { wall(): number; steady(): number } } {
  const made = {
    wall,
    steady: 0,
    pass(ms: number) {
      made.wall += ms;
      made.steady += ms;
    },
    ticks: { wall: () => made.wall, steady: () => made.steady },
  };
  return made;
}

test("the time is the server's, with half the way of the answer", () => {
  const here = hands(START - DAY);
  const clock = new Clock(undefined, here.ticks);
  const sentAt = clock.mark();
  here.pass(400);

  clock.heard("2027-08-10T09:00:00Z", sentAt);

  expect(clock.now().toISOString()).toBe("2027-08-10T09:00:00.200Z");
  expect(clock.skewMs()).toBe(-DAY + 200);
  expect(clock.isTrusted()).toBe(true);
});

test.each([DAY, -DAY, JUMP_MS + 1000, -JUMP_MS - 1000])("a clock that jumps by %d ms is not trusted until the server speaks", (jump) => {
  const here = hands();
  const clock = new Clock(undefined, here.ticks);
  clock.heard(new Date(here.wall).toISOString(), clock.mark());
  here.wall += jump;
  here.pass(1000);

  expect(clock.check()).toBe(jump < 0 ? "behind" : "jump");
  here.pass(60_000);
  expect(clock.isTrusted()).toBe(false);

  clock.heard(new Date(START + 61_000).toISOString(), clock.mark());
  expect([clock.isTrusted(), clock.now().getTime()]).toEqual([true, START + 61_000]);
});

test("a clock that goes on evenly is trusted for a day", () => {
  const here = hands();
  const clock = new Clock(undefined, here.ticks);

  for (let minute = 0; minute < 1440; minute++) {
    here.pass(60_000);
    expect(clock.isTrusted()).toBe(true);
  }
});

test("a small correction by the device itself is no reason to stop", () => {
  const here = hands();
  const clock = new Clock(undefined, here.ticks);
  here.wall -= 2_000;

  expect(clock.check()).toBe("");
});

test("a clock set back while the page was closed is found when it opens", () => {
  const before = hands();
  const state = new Clock(undefined, before.ticks).state();

  const clock = new Clock(state, hands(START - DAY).ticks);

  expect(clock.check()).toBe("behind");
});

test("a day forward while the page was closed shows as an old list, not as a clock", () => {
  const state = new Clock(undefined, hands().ticks).state();

  expect(new Clock(state, hands(START + DAY).ticks).check()).toBe("");
});

test("a person who looked at a watch takes the doubt away", () => {
  const here = hands();
  const clock = new Clock(undefined, here.ticks);
  here.wall += DAY;
  clock.check();

  clock.confirm(new Date(START));

  expect([clock.isTrusted(), clock.now().getTime(), clock.skewMs()]).toEqual([true, START, DAY]);
});

test("an answer without a time changes nothing", () => {
  const clock = new Clock(undefined, hands().ticks);

  clock.heard("soon", 0);

  expect(clock.now().getTime()).toBe(START);
});
