// The data of the chart as the server sends it (web/desk/readiness/ready/chart_data.py): rows as lists, days as numbers.
export interface Row {
  readonly slug: string;
  readonly name: string;
  readonly language: string;
  readonly body: number;
  readonly stream: number;
  readonly state: number;
  readonly begin: number;
  readonly end: number;
  readonly end80: number;
  readonly end95: number;
  readonly due: number;
  readonly onTime: number;
  readonly criticality: number;
  readonly share: number;
  readonly slack: number | null;
  readonly flags: number;
}

export type Month = readonly [start: number, name: string, firstDay: number];
export type Named = readonly [slug: string, name: string, language: string];

export interface Plan {
  readonly days: number;
  readonly today: number;
  readonly target: number;
  readonly opening: number;
  readonly off: readonly number[];
  readonly weeks: readonly number[];
  readonly calendars: readonly (readonly Month[])[];
  readonly dates: readonly string[];
  readonly digits: string;
  readonly bodies: readonly Named[];
  readonly streams: readonly Named[];
  readonly states: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly links: readonly (readonly [before: number, after: number])[];
  readonly address: string;
}

type Sent = readonly [string, string, string, number, number, number, number, number, number, number, number, number, number, number, number | null, number];

export const CRITICAL = 1;
export const LATE = 2;
export const WORKED = 4;
export const BEGUN = 8;
export const UNANSWERED = 16;

export function read(sent: Omit<Plan, "rows"> & { readonly rows: readonly Sent[] }): Plan {
  return { ...sent, rows: sent.rows.map(row) };
}

function row([slug, name, language, body, stream, state, begin, end, end80, end95, due, onTime, criticality, share, slack, flags]: Sent): Row {
  return { slug, name, language, body, stream, state, begin, end, end80, end95, due, onTime, criticality, share, slack, flags };
}

export function digits(words: string | number, own: string): string {
  return String(words).replace(/[0-9]/g, (digit) => own[Number(digit)] ?? digit);
}

export function filled(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
