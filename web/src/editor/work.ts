/** One editor's work on one entry before it is published: pure values, one text in two forms. */

import type { Checked, Draft, EntryFull, Fields } from "./model";

export type Form = "form" | "yaml";

/** What a tab keeps of an entry that is being edited. The form that was written in last counts. */
export interface Work {
  /** null: a new entry. */
  entry: string | null;
  file: string;
  /** The version that was opened. */
  version: string | null;
  form: Form;
  yaml: string;
  /** The text that the form's fields are written into, so that its comments stay. */
  base: string;
  /** null: the YAML cannot be read, or has not been yet. */
  fields: Fields | null;
  /** True where `yaml` is older than `fields`. */
  stale: boolean;
  /** As it was opened; empty for a new entry. */
  opened: { yaml: string; fields: Fields };
  note: string;
  /** The publication's UUID: the same when sending again, another after a change. */
  publication: string;
}

export function workOn({ line, yaml, fields, version }: EntryFull, publication: string): Work {
  return {
    entry: line.id, file: line.file, version, form: "form", yaml, base: yaml, fields, stale: false,
    opened: { yaml, fields }, note: "", publication,
  };
}

/** A new entry: empty but for what most entries say, or begun by somebody as YAML. */
export function newWork(file: string, begun: { yaml: string } | { fields: Fields }, publication: string): Work {
  const form: Form = "yaml" in begun ? "yaml" : "form";
  const yaml = "yaml" in begun ? begun.yaml : "";
  return {
    entry: null, file, version: null, form, yaml, base: yaml, fields: "fields" in begun ? begun.fields : null,
    stale: form === "form", opened: { yaml: "", fields: {} }, note: "", publication,
  };
}

/** A field written in the form; undefined takes the key away. */
export function withField(work: Work, key: string, value: unknown, publication: string): Work {
  const fields = { ...work.fields, [key]: value };
  if (value === undefined) delete fields[key];
  return { ...work, form: "form", fields, stale: true, publication };
}

export function withYaml(work: Work, yaml: string, publication: string): Work {
  if (yaml === work.yaml) return work;
  return { ...work, form: "yaml", yaml, base: yaml, stale: false, publication };
}

/** What the server made of the form that counts, written into the other one. */
export function checkedWork(work: Work, checked: Checked): Work {
  if (work.form === "yaml") return { ...work, fields: checked.fields };
  return { ...work, yaml: checked.yaml, stale: false };
}

/** The draft as it is sent: the form that was written in last. */
export function draftOf({ entry, file, version, form, yaml, base, fields }: Work): Draft {
  const head = { entry, file, version };
  if (form === "yaml" || !fields) return { ...head, yaml };
  return { ...head, yaml: base || null, fields: withoutEmpty(fields) };
}

export function isChanged(work: Work): boolean {
  if (work.entry === null) return true;
  if (work.form === "yaml" || !work.fields) return work.yaml !== work.opened.yaml;
  return !isSame(withoutEmpty(work.fields), withoutEmpty(work.opened.fields));
}

/** An id for a new entry: its topic and the first words of its question, as ids are written. */
export function suggestedId(topic: string, question: string): string {
  const words = question.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const telling = words.filter((word) => word.length > 2 && !FILLERS.has(word)).slice(0, 3);
  return [topic, ...telling.filter((word) => word !== topic)].filter(Boolean).join("-");
}

const FILLERS = new Set(["hur", "vad", "var", "nar", "vem", "vilka", "vilken", "kan", "ska", "jag", "man", "min", "mitt", "mina", "har", "gor", "och", "for", "till", "med", "som", "det", "den", "ett", "behover"]);

/** Rows that a form shows before anything is written in them are not sent. */
export function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => {
    const kept = Array.isArray(value) ? value.filter((one) => !isEmpty(one)) : value;
    return isEmpty(kept) ? [] : [[key, kept]];
  }));
}

/** True for equal JSON, whatever the order of keys. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length
      && one.every((value, at) => isSame(value, other[at]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && isSame(one[key], other[key]));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every((one) => isEmpty(one));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
