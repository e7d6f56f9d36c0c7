// What the server and a device say to each other at the gate: names and shapes as they stand in the JSON.
export type Bytes = Uint8Array<ArrayBuffer>;
export type Words = Record<string, string>;
export type Way = "in" | "out";
export type Setting = "off" | "ask" | "refuse";

export interface Zone {
  slug: string;
  bit: number;
  letter: string;
  name: Words;
  capacity: number | null;
  passback: Setting;
  when_full: "ask" | "refuse";
  inside: number;
}

export interface Gate {
  slug: string;
  name: Words;
  zone: string;
  ways: Way | "both";
}

export interface Span {
  slug: string;
  name: Words;
  from: string;
  until: string;
}

export interface Category {
  code: number;
  slug: string;
  kind: string;
  name: Words;
  short: string;
  colour: string;
  access: Record<string, string[]>;
}

export interface Rules {
  edition: string;
  name: Words;
  timezone: string;
  revision: number;
  made_at: string;
  hours: number;
  key: string;
  others: { edition: string; name: Words; key: string }[];
  printed_is_valid: boolean;
  zones: Zone[];
  gates: Gate[];
  windows: Span[];
  categories: Category[];
}

// One badge; what is absent is "", null or none.
export interface Entry {
  n: number;
  p?: number;
  k?: string;
  s?: string;
  c?: number;
  f?: string | null;
  u?: string | null;
  z?: string[];
  name?: string;
  names?: Words;
  d?: number;
  role?: number;
  pic?: string;
  m?: string;
}

export interface Named {
  slug: string;
  name: Words;
}

export interface WholeList {
  rules: Rules;
  delegations: Named[];
  capacities: Named[];
  entries: Entry[];
}

export interface Delta {
  revision: number;
  rules?: Rules | null;
  delegations?: Named[] | null;
  capacities?: Named[] | null;
  entries: Entry[];
  gone: number[];
}

export interface Scan {
  id: string;
  seq: number;
  gate: string;
  zone: string;
  way: Way;
  n: number | null;
  p: number | null;
  text: string;
  verdict: string;
  reason: string;
  answer: "admitted" | "refused";
  by: "camera" | "reader" | "name";
  at: string;
  skew_ms: number;
  offline: boolean;
  group: string | null;
  guests: number;
  note: string;
}

export interface Flag {
  id: string;
  flag: string;
  said: Record<string, unknown>;
}

export interface ScanAnswer {
  taken: string[];
  next: number;
  flags: Flag[];
  now: string;
}

export interface WalkIn {
  id: string;
  name: string;
  office: string;
  reason: string;
}

export interface WalkInAnswer {
  id: string;
  state: "granted" | "refused" | string;
  answer: string;
  number: number | null;
}

export interface Pulse {
  now: string;
  revision: number;
  inside: Record<string, number>;
  // Number, zone, whether inside, and when: who moved at any gate of a zone with anti-passback since `moved`.
  moves?: [number, string, boolean, string][];
  moved?: string;
  requests: WalkInAnswer[];
  gate: string;
  is_newer: boolean;
}

export interface Enrolled {
  device: string;
  token: string;
  now: string;
  key: string;
}
