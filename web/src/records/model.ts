/** What the gateway tells of requests for documents, as it tells it. */

export type RequestKind = "public" | "extract";
export type RequestOutcome = "handed_out" | "partly" | "refused" | "none_found";

export interface Registrar { username: string; name: string }

export interface RecordRequest {
  id: string;
  reference: string;
  kind: RequestKind;
  received: string;
  registered_by: string;
  closed_at: string | null;
  closed_by: string | null;
  outcome: RequestOutcome | null;
  conversations: number;
}

export interface ConversationLine {
  id: string;
  created_at: string;
  last_at: string;
  events: number;
  language: string;
  kind: string;
  first_words: string;
  errands: string[];
  included: boolean;
}

export interface RequestFull { request: RecordRequest; conversations: ConversationLine[]; marks: Record<string, number>; unread: string[] }

export interface FoundConversations { total: number; conversations: ConversationLine[] }

export interface Ground { id: string; title: string }

export interface Mark { id: string; part: string; start: number; end: number; ground: string; marked_by: string }

export type PartKind = "event" | "state" | "note" | "errand" | "outcome" | "survey" | "topic" | "page";
type Versions = Partial<Record<"content" | "index" | "encoder" | "policy", string | null>>;

/** What a part has whether all of it may be read or not. */
export interface PartFacts {
  kind: PartKind;
  field: string | null;
  at: string | null;
  actor: "citizen" | "bot" | "agent" | "system" | null;
  name: string | null;
  sources: { title: string; url: string; reviewed?: string | null }[];
  entry: string | null;
  versions: Versions | null;
  helpful: boolean | null;
  scores: Record<string, number>;
  masked: string[];
}

export interface Part extends PartFacts { key: string; text: string }

export interface Piece { text: string; secret: string[] }

export interface OpenPart extends PartFacts { pieces: Piece[] }

export interface Heading { id: string; created_at: string; last_at: string; language: string; audience: string; state: string }

export interface Review { transcript: { heading: Heading; parts: Part[] }; marks: Mark[]; included: boolean }

export interface OpenTranscript { heading: Heading; parts: OpenPart[] }

export interface Search { errand?: string; identifier?: string; start?: string; end?: string; words?: string }

export interface NewMark { id: string; part: string; start: number; end: number; ground: string; everywhere: boolean }

export type HoldReason = "threat" | "appeal" | "other";

export interface Hold {
  id: string; conversation_id: string; reason: string; placed_at: string; placed_by: string;
  /** Of the request whose answer may be appealed. */
  reference: string | null;
}

export interface Disposal {
  id: string; at: string; category: string; cause: string; conversations: number; events: number; errands: number;
  decision: Record<string, unknown>;
}

export interface LogLine {
  seq: number; at: string; username: string; role: string; action: string; conversation_id: string | null;
  subject: string | null; detail: Record<string, unknown> | null;
}

export interface LogQuery { username: string; action: string; conversation: string; before: number | null }
