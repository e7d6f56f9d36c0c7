// The sentences of the page, as the server wrote them into it, filled with values in the officer's language and digits.
import type { Words } from "./wire";

export type Part = Record<string, string>;
export type Pair = [title: string, sentence: string];

export interface Said {
  ready: Part;
  camera: Part;
  pin: Part;
  enrol: Part;
  verdict: Part;
  recent: Part;
  group: Part;
  walkin: Part;
  verdicts: Part;
  reasons: Record<string, Pair>;
  times: Part;
  hints: Part;
  kinds: Part;
  marks: Part;
  troubles: Record<string, Pair>;
}

type Plain = { [K in keyof Said]: Said[K] extends Part ? K : never }[keyof Said];
export type Values = Record<string, string | number>;

const MINUTE_MS = 60_000;
// Scripts in which a name reads as well as in the officer's own language.
const KIN: Record<string, string[]> = { fa: ["ar"], ar: ["fa"], ru: ["kk", "uk", "be"], kk: ["ru"] };

export function filled(sentence: string, values: Values): string {
  return sentence.replace(/%\((\w+)\)s/g, (whole, name: string) => String(values[name] ?? whole));
}

export class Speech {
  private readonly digits: Intl.NumberFormat;
  private readonly clock: Intl.DateTimeFormat;
  private readonly dated: Intl.DateTimeFormat;

  constructor(
    readonly said: Said,
    readonly language: string,
    zone: string,
  ) {
    // A language that the browser does not know would be written in that of the device.
    const isKnown = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
    const locale = isKnown && language !== "en" ? language : "en-GB";
    this.digits = new Intl.NumberFormat(locale, { useGrouping: false });
    this.clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.dated = new Intl.DateTimeFormat(locale, isKnown ? { timeZone: zone, day: "numeric", month: "long" } : { timeZone: zone, day: "2-digit", month: "2-digit" });
  }

  say(part: Plain, key: string, values: Values = {}): string {
    return this.fill(this.said[part][key] ?? "", values);
  }

  pair(part: "reasons" | "troubles", key: string, values: Values = {}): Pair {
    const [title, sentence] = this.said[part][key] ?? ["", ""];
    return [title, this.fill(sentence, values)];
  }

  number(value: number): string {
    return this.digits.format(value);
  }

  time(at: number): string {
    return this.clock.format(at);
  }

  // With the day where it is another than now.
  moment(at: number, now: number): string {
    const day = this.dated.format(at);
    return day === this.dated.format(now) ? this.time(at) : `${day}${this.language === "fa" ? "،" : ","} ${this.time(at)}`;
  }

  age(ms: number): string {
    const minutes = Math.floor(ms / MINUTE_MS);
    if (minutes < 1) return this.say("ready", "age-now");
    return minutes < 120 ? this.say("ready", "age-minutes", { n: minutes }) : this.say("ready", "age-hours", { n: Math.floor(minutes / 60) });
  }

  // A name that stands in several languages.
  of(words: Words | undefined): string {
    if (!words) return "";
    const spoken = [this.language, ...(KIN[this.language] ?? []), "en"].find((language) => typeof words[language] === "string" && words[language]);
    return (spoken && words[spoken]) || Object.values(words).find((each) => typeof each === "string" && each) || "";
  }

  // How a person is called in the officer's script; "" where the document alone says.
  preferred(names: Words | undefined): string {
    return [this.language, ...(KIN[this.language] ?? [])].map((language) => names?.[language]).find(Boolean) ?? "";
  }

  private fill(sentence: string, values: Values): string {
    const spelt = Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? this.number(value) : value]);
    return filled(sentence, Object.fromEntries(spelt) as Values);
  }
}
