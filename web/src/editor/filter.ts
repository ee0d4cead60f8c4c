/** Finding entries in the list: pure, and the same in an address as on the screen. */

import type { EntryLine } from "./model";

export const SOON_DAYS = 21; // as the checks of the content say «slutar snart»
export const FLAGS = ["anmarkningar", "snart", "risk", "dold"] as const;
export type Flag = (typeof FLAGS)[number];
export const SOURCES = ["", "egen", "nationell", "andrad"] as const;
export type Source = (typeof SOURCES)[number];
export const ORDERS = ["fraga", "granskad", "giltig", "anmarkningar"] as const;
export type Order = (typeof ORDERS)[number];

export interface Filter {
  text: string;
  topic: string;
  owner: string;
  source: Source;
  flags: readonly Flag[];
  order: Order;
}

type Query = Readonly<Record<string, string>>;

export function filterOf(query: Query): Filter {
  const flags = (query["visa"] ?? "").split(",");
  return {
    text: query["sok"] ?? "",
    topic: query["amne"] ?? "",
    owner: query["agare"] ?? "",
    source: one(SOURCES, query["kalla"], ""),
    flags: FLAGS.filter((flag) => flags.includes(flag)),
    order: one(ORDERS, query["ordning"], "fraga"),
  };
}

export function queryOf(filter: Filter): Record<string, string> {
  const { text, topic, owner, source, flags, order } = filter;
  return { sok: text, amne: topic, agare: owner, kalla: source, visa: flags.join(","), ordning: order === "fraga" ? "" : order };
}

export function isFiltered({ text, topic, owner, source, flags }: Filter): boolean {
  return Boolean(text.trim() || topic || owner || source || flags.length);
}

/** The entries that fit, in the wished order. @param today ISO date */
export function select(entries: readonly EntryLine[], filter: Filter, today: string): EntryLine[] {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => fits(entry, filter, words, today)).sort(comparisons[filter.order]);
}

export function endsSoon({ valid_to }: EntryLine, today: string): boolean {
  return Boolean(valid_to) && String(valid_to) <= daysAfter(today, SOON_DAYS);
}

export function hasEnded({ valid_to }: EntryLine, today: string): boolean {
  return Boolean(valid_to) && String(valid_to) < today;
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Small letters, without the dots and rings of å, ä and ö. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

function fits(entry: EntryLine, { topic, owner, source, flags }: Filter, words: readonly string[], today: string): boolean {
  if (topic && entry.topic !== topic) return false;
  if (owner && entry.owner !== owner) return false;
  if (!comesFrom(entry, source)) return false;
  if (!flags.every((flag) => flagged[flag](entry, today))) return false;
  const text = fold(`${entry.question} ${entry.id} ${entry.topic_title} ${entry.owner} ${entry.text}`);
  return words.every((word) => text.includes(word));
}

function comesFrom({ national, overridden }: EntryLine, source: Source): boolean {
  switch (source) {
    case "egen": return !national;
    case "nationell": return national;
    case "andrad": return overridden;
    default: return true;
  }
}

const flagged: Record<Flag, (entry: EntryLine, today: string) => boolean> = {
  anmarkningar: (entry) => entry.findings > 0,
  snart: endsSoon,
  risk: (entry) => entry.risk === "hog",
  dold: (entry) => entry.hidden,
};

type Compare = (one: EntryLine, other: EntryLine) => number;
const byQuestion: Compare = (one, other) => one.question.localeCompare(other.question, "sv");
const comparisons: Record<Order, Compare> = {
  fraga: byQuestion,
  granskad: (one, other) => one.reviewed.localeCompare(other.reviewed) || byQuestion(one, other),
  giltig: (one, other) => (one.valid_to ?? "9999").localeCompare(other.valid_to ?? "9999") || byQuestion(one, other),
  anmarkningar: (one, other) => other.findings - one.findings || byQuestion(one, other),
};

function one<T extends string>(allowed: readonly T[], value: string | undefined, otherwise: T): T {
  return allowed.find((each) => each === value) ?? otherwise;
}
