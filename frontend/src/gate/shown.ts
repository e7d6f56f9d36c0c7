// What an officer is shown of a decision: words and letters, no page.
import type { Decision, Seen, Verdict } from "./decide";
import type { Roll } from "./list";
import { hintOf } from "./payload";
import type { Entry } from "./wire";
import type { Speech } from "./words";

export interface Shown {
  tone: Verdict;
  word: string;
  title: string;
  sentence: string;
  when: string;
  also: string[];
  name: string;
  document: string;
  office: string;
  of: string;
  number: string;
  letter: string;
  colour: string;
  category: string;
  zones: { letter: string; name: string; isHere: boolean }[];
  asks: "" | "choice" | "group";
  spoken: string;
}

export interface Matter {
  decision: Decision;
  seen: Seen;
  roll: Roll;
  gate: string;
  now: number;
  text?: string; // as it was read, where it is none of our passes
}

export function shownOf(matter: Matter, speech: Speech): Shown {
  const { decision, seen } = matter;
  const [title, sentence] = speech.pair("reasons", decision.reason);
  const word = speech.say("verdicts", decision.verdict);
  const person = personOf(seen, matter.roll, speech);
  const hint = decision.reason === "not-a-pass" && hintOf(matter.text ?? "");
  const says = hint ? speech.say("hints", hint) : sentence;
  const when = whenOf(matter, speech);
  return {
    tone: decision.verdict,
    word,
    title,
    sentence: says,
    when,
    also: decision.also.map((reason) => speech.pair("reasons", reason).join(". ")),
    ...person,
    number: decision.number === null ? "" : speech.say("verdict", "number", { n: decision.number }),
    ...categoryOf(seen, matter.roll, speech),
    zones: zonesOf(seen.entry, matter),
    asks: decision.verdict !== "ask" ? "" : [decision.reason, ...decision.also].includes("group") ? "group" : "choice",
    spoken: [`${word}. ${title}.`, person.name, says, when].filter(Boolean).join(" "),
  };
}

export function personOf({ entry, other, payload, fault }: Seen, roll: Roll, speech: Speech): Pick<Shown, "name" | "document" | "office" | "of"> {
  if (other) return { name: "", document: "", office: "", of: speech.say("verdict", "of-summit", { summit: speech.of(other.name) }) };
  if (!entry) return { name: payload && !fault ? speech.say("kinds", payload.kind) : "", document: "", office: "", of: "" };
  const written = entry.name ?? "";
  const name = speech.preferred(entry.names) || written || speech.of(entry.names);
  const capacity = speech.of(roll.capacity(entry)?.name);
  const of = speech.of(roll.delegation(entry)?.name);
  const kind = speech.say("kinds", entry.k ?? "badge");
  if (!name) return { name: kind, document: (entry.k ?? "badge") === "badge" ? "" : speech.say("verdict", "nameless"), office: markOf(entry, speech), of };
  return { name, document: written && written !== name ? speech.say("verdict", "in-document", { name: written }) : "", office: capacity, of };
}

function markOf(entry: Entry, speech: Speech): string {
  return entry.m ? speech.say("verdict", "mark", { mark: speech.said.marks[entry.m] ?? entry.m }) : "";
}

// Of a code that nobody has proven nothing is told.
function categoryOf({ entry, payload, fault }: Seen, roll: Roll, speech: Speech): Pick<Shown, "letter" | "colour" | "category"> {
  const code = fault ? 0 : (entry?.c ?? payload?.category ?? 0);
  const category = roll.rules.categories.find((each) => each.code === code);
  if (!category) return { letter: "", colour: "", category: "" };
  const name = speech.of(category.name);
  return { letter: category.short, colour: category.colour, category: speech.say("verdict", "category", { letter: category.short, name }) };
}

function zonesOf(entry: Entry | null, { roll, gate }: Matter): Shown["zones"] {
  if (!entry) return [];
  const access = roll.category(entry)?.access ?? {};
  const here = roll.gate(gate)?.zone;
  const zones = [...roll.rules.zones].sort((one, other) => one.bit - other.bit);
  return zones.filter(({ slug }) => access[slug]?.length || entry.z?.includes(slug)).map(({ slug, letter }) => ({ letter, name: slug, isHere: slug === here }));
}

function whenOf({ decision: { reason, verdict, until, nextAt }, now }: Matter, speech: Speech): string {
  if (nextAt !== null) return speech.say("times", "next", { next: speech.moment(nextAt, now) });
  if (until === null) return "";
  const key = reason === "expired" ? "ended" : verdict === "refuse" ? "" : "until";
  return key && speech.say("times", key, { until: speech.moment(until, now) });
}
