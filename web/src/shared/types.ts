/** The JSON that the gateway speaks. Fields a server may leave out are optional here. */

export type State = "bot" | "waiting" | "offered" | "active" | "on_hold" | "wrap_up" | "closed";
export type Actor = "citizen" | "bot" | "agent" | "system";
export type CitizenMove = "hand_off" | "leave_queue" | "close" | "stay" | "reopen" | "resume";
export type DeskMove = "decline" | "hold" | "pick_up" | "join" | "leave" | "return_to_queue" | "close";
export type Outcome =
  | "answer" | "clarify" | "handoff" | "emergency" | "person_lookup" | "smalltalk" | "oos";

export interface Status {
  state: State;
  /** 1 is next in turn; null when not waiting. */
  queue_place: number | null;
  agent_name: string | null;
  /** The last event's number. */
  seq: number;
  /** The bot is working on an answer. */
  pending: boolean;
  /** How long the wait may be; null where there is no ground for a figure. */
  wait?: Wait | null;
  /** When silence will end the conversation, once the citizen has been warned. */
  closes_at?: string | null;
  /** The way back to the agent or the queue is open. */
  can_reopen?: boolean;
}

export interface Wait { shortest_min: number; longest_min: number }

export type Audience = "privat" | "foretag";

/** What a citizen who wants a person can choose between just now. */
export interface Handover {
  /** One may wait in the chat. */
  open: boolean;
  reason: "open" | "closed" | "full" | "nobody" | "off";
  /** What to tell the citizen. */
  text: string;
  opens_at?: string | null;
  /** People before them. */
  waiting: number;
  wait?: Wait | null;
  callback_by: string;
  /** «senast tisdag 1 december klockan 12.00» */
  callback_text: string;
  errand_by: string;
  errand_text: string;
}

export type ErrandKind = "callback" | "errand";

/** How easy it was, from 1 (very hard) to 5; each may be left out. */
export interface Survey { ease?: number; reach?: number; comment?: string | null }

/** What was promised to somebody who left an errand. */
export interface Receipt { reference: string; kind: ErrandKind; due_at: string; text: string }

export interface Source {
  title: string;
  url: string;
  section?: string | null;
  /** ISO date of the last review. */
  reviewed?: string | null;
  kind?: "entry" | "page";
}

export interface Link {
  title: string;
  url: string;
  kind?: "e-tjanst" | "blankett" | "sida" | "extern";
}

export interface Choice { label: string; entry: string }

export interface Person {
  name: string;
  title?: string | null;
  unit?: string | null;
  phone?: string | null;
  email?: string | null;
  hours?: string | null;
}

export interface Phone { label: string; number: string }

export interface Candidate { id?: string; title: string; url: string; confidence: number }

export interface Decision {
  outcome: Outcome;
  /** The question that the text answers, in the editor's words. */
  question?: string | null;
  steps?: string[];
  sources?: Source[];
  links?: Link[];
  /** What else an answer's search found. */
  more?: Link[];
  choices?: Choice[];
  people?: Person[];
  phones?: Phone[];
  /** What everybody must know just now about the answer's subject. */
  notices?: NoticeText[];
  /** Probability from 0 to 1 that the answer is right. */
  confidence?: number | null;
  topic?: string | null;
  /** What the citizen writes in. */
  language?: string | null;
  /** What the answer's text is written in. */
  text_language?: string | null;
  /** What must be said about the answer, in the citizen's language. */
  remark?: string | null;
  entry?: string | null;
  reason?: string | null;
  /** Only sent to the desk. */
  candidates?: Candidate[];
}

interface EventBase {
  /** Gapless from 1 in each conversation. */
  seq: number;
  /** ISO 8601, UTC. */
  at: string;
  actor: Actor;
  agent_name?: string | null;
}

export interface ChatMessage extends EventBase {
  type: "message";
  text: string;
  client_message_id?: string | null;
  decision?: Decision | null;
  /** What was hidden in the citizen's own message before it was stored. */
  masked?: MaskedKind[] | null;
}

export type MaskedKind = "personal" | "card" | "account" | "phone" | "email" | "address" | "name";

export interface StateChange extends EventBase {
  type: "state";
  move: string;
  state: State;
  /** Line shown to the citizen, or null for a change that is not shown. */
  text?: string | null;
}

export type ChatEvent = ChatMessage | StateChange;

export interface EventsReply { events: ChatEvent[]; status: Status }

export interface NewConversation extends EventsReply { conversation_id: string }

export interface NoticeText { text: string; link?: { title: string; url: string } | null }

export interface Notice extends NoticeText { id: string; kind: "kris" | "information" }

export interface WidgetInfo {
  municipality: string;
  phone: string;
  email: string;
  hours: string;
  welcome: string;
  max_length: number;
}

export interface Summary {
  conversation_id: string;
  state: State;
  queued_at?: string | null;
  last_at?: string | null;
  question?: string | null;
  reason?: string | null;
  topic?: string | null;
  agent_name?: string | null;
  unread?: number;
  /** Practice and internal conversations are marked; anything else is a citizen's. */
  kind?: string;
  audience?: string | null;
  language?: string | null;
  /** More than 0 goes before those who have waited longer. */
  priority?: number;
  /** When an offer to an agent ends. */
  offered_until?: string | null;
  last_from?: Actor | null;
  /** The agent's name, if it was one. */
  last_name?: string | null;
  last_text?: string | null;
  /** Since when the citizen waits for a reply; null when it is their turn. */
  waiting_since?: string | null;
  /** How many internal notes there are. */
  notes?: number;
  /** The title of the department whose agents shall take it. */
  department?: string | null;
  /** This agent takes part beside the colleague who has it. */
  joined?: boolean;
}

/** An agent's own status, and how many conversations it leaves room for. */
export interface Presence {
  status: string;
  limit: number;
  held: number;
  since?: string | null;
  statuses?: { id: string; title: string; limit: number }[];
}

export interface Lists {
  waiting: Summary[];
  mine: Summary[];
  /** A colleague has asked the agent's department something that nobody has answered. */
  asked?: Summary[];
  presence?: Presence;
  errands?: { open: number; overdue: number };
}

export interface Tried { question: string; outcome: Outcome; confidence?: number | null }

export interface Dossier {
  question?: string | null;
  reason?: string | null;
  reason_text?: string | null;
  topic?: string | null;
  page?: string | null;
  language?: string | null;
  confidence?: number | null;
  candidates?: Candidate[];
  tried?: Tried[];
  /** Agents who have had the conversation before, oldest first. */
  earlier?: { agent_name: string; at: string }[];
}

export interface DeskConversation extends EventsReply { dossier: Dossier }

export interface Agent { username: string; name: string }

export type ServerFrame =
  | { type: "events"; conversation_id?: string; events: ChatEvent[]; status: Status }
  | { type: "status"; status: Status }
  | { type: "typing"; conversation_id?: string; actor: Actor; on: boolean; agent_name?: string | null }
  | { type: "pulse"; seq?: number }
  | ({ type: "conversations" } & Lists);
