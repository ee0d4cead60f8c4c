/** The JSON of the editor's API. */

import type { Outcome } from "../shared/types";

export type Level = "fel" | "varning";

/** Something an editor should look at; `text` says what is wrong and what to do. */
export interface Finding {
  level: Level;
  rule: string;
  file: string;
  line: number;
  entry?: string | null;
  key?: string | null;
  text: string;
}

export interface Side {
  outcome: Outcome;
  entry?: string | null;
  title?: string | null;
  confidence?: number | null;
}

export type ChangeKind = "new_text" | "stolen" | "lost" | "gained" | "other_choices";

/** A question with which the bot will do something else. */
export interface Change {
  kind: ChangeKind;
  question: string;
  asked_by: "bank" | "variant" | "orubblig";
  before: Side;
  after: Side;
  blocks: boolean;
  confirm?: boolean;
  text: string;
}

/** Something in the edit itself that is often a mistake. */
export interface Risk {
  kind: string;
  entry: string;
  text: string;
  blocks: boolean;
  confirm?: boolean;
}

export interface Preview {
  changes: Change[];
  risks: Risk[];
  /** Questions put to the content as it would be. */
  asked: number;
  seconds: number;
  blocked: boolean;
  needs_confirmation: boolean;
}

export interface EntryLine {
  id: string;
  question: string;
  topic: string;
  topic_title: string;
  owner: string;
  reviewed: string;
  valid_from?: string | null;
  valid_to?: string | null;
  risk: string;
  scope: string;
  audience: string[];
  file: string;
  line: number;
  /** Only the national pack says it. */
  national: boolean;
  /** The national pack says it too. */
  overridden: boolean;
  hidden: boolean;
  findings: number;
  /** Variants, answer and steps, to search in. */
  text: string;
}

export interface EntryLink { titel: string; url: string; typ?: string }

export interface Translation { fraga: string; svar: string; gor_sa_har?: string[] }

/** An entry's values by the keys that its file has. */
export type Fields = Record<string, unknown>;

export interface EntryFull {
  line: EntryLine;
  yaml: string;
  fields: Fields;
  version: string;
  national_yaml?: string | null;
}

export interface EntryList { entries: EntryLine[]; content: string; faults: Finding[] }

export interface FileLine { path: string; topic: string; title: string; owner: string; national: boolean }

/** An entry as it would be: as YAML, or as fields that are written into a YAML. */
export interface Draft {
  entry: string | null;
  file: string;
  version: string | null;
  yaml?: string | null;
  fields?: Fields | null;
}

export interface Checked {
  findings: Finding[];
  yaml: string;
  fields: Fields | null;
  /** Of the entry in its file: a finding's line less this, plus 1, is its line in `yaml`. */
  line: number;
}

export interface Previewed { findings: Finding[]; preview: Preview | null }

/** A hit and what it counts for. */
export interface Why {
  id: string;
  title: string;
  kind: string;
  confidence?: number | null;
  score: number;
  dense: number;
  whole: number;
  coverage: number;
  close?: number | null;
  head: number;
}

/** What the bot does with a question. */
export interface Asked {
  outcome: Outcome;
  text: string;
  question: string;
  confidence?: number | null;
  why: Why[];
}

export interface AskedBoth { live: Asked; draft: Asked | null }

export type PublicationKind = "edit" | "new" | "remove" | "rollback" | "file";

export interface Publication {
  id: string;
  entry: string;
  file: string;
  at: string;
  editor: string;
  note: string;
  kind: PublicationKind;
  commit?: string | null;
  version_before?: string | null;
  version_after?: string | null;
  index?: string | null;
}

export interface PublicationFull { publication: Publication; before: string | null; after: string | null }

/** What a publication says when somebody else was first. */
export interface Conflict {
  theirs: { yaml: string; version: string; editor?: string | null; at?: string | null };
  base: string | null;
  merged: string | null;
  conflicts: string[];
}

export interface ReviewItem {
  entry: string | null;
  title: string;
  owner?: string | null;
  detail: string;
  count?: number | null;
  since?: string | null;
}

export const REVIEW_KINDS = ["expired", "expiring", "source_changed", "thumbs_down", "old", "never_hit"] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];
export type Review = Partial<Record<ReviewKind, ReviewItem[]>>;

export interface Gap {
  id: string;
  label: string;
  questions: string[];
  count: number;
  first: string;
  last: string;
  nearest?: { id: string; title: string; confidence: number } | null;
}

/** A reply that an agent wants editors to see. */
export interface Proposal {
  id: string;
  /** What the citizen had asked; null: nothing. */
  question: string | null;
  /** As an entry would say it. */
  reply: string;
  agent_name: string;
  /** ISO 8601. */
  at: string;
}

/** A beginning of an entry, from a gap or a proposal. */
export interface Begun { file: string; yaml: string }

export interface EditorNotice {
  id: string;
  kind: "kris" | "information";
  text: string;
  link?: { title: string; url: string } | null;
  /** ISO 8601. */
  starts: string;
  ends?: string | null;
  topics: string[];
  pinned: boolean;
}

/** A rule that recognises danger, as it stands in the file. */
export interface SafetyRule {
  id: string;
  /** What the citizen is told, in Swedish. */
  text: string;
  phones: { number: string; label: string }[];
  /** In Swedish. */
  phrases: string[];
  /** In other languages, by their code. */
  others: Record<string, string[]>;
  harmless: string[];
}

export interface Safety {
  rules: SafetyRule[];
  groups: Record<string, string[]>;
  /** `part` is a language by its code, or «regler»; `at` is ISO 8601. */
  approvals: { part: string; name: string; at: string }[];
  /** The parts that two people have not approved. */
  lacking: string[];
}

/** The rule that a sentence raises; null where it raises none. */
export interface Raised { rule: string | null; language: string | null; text: string | null }

export interface Editor { username: string; name: string }
