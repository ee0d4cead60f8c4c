/** The JSON of the desk's API beyond what widget and desk share. Unknown words are shown as they are. */

import type { ChatEvent, Status } from "../shared/types";

export interface Colleague {
  username: string;
  name: string;
  status: string;
  online: boolean;
  held: number;
  limit: number;
}

export interface Note {
  id: string;
  at: string;
  agent_name?: string | null;
  kind?: NoteKind | (string & {});
  text: string;
  /** The one that is asked, or that answers. */
  department?: Option | null;
}

/** A «whisper» is a colleague's advice to the one who answers; a «question» goes to a department. */
export type NoteKind = "note" | "whisper" | "question" | "answer";

/** A note as it is sent; only questions and answers have a department. */
export interface NewNote { note_id: string; text: string; kind: NoteKind; department?: string }

export interface Department {
  id: string;
  title: string;
  /** How many of its members are at the desk now. */
  online: number;
}

/** Who is to take a conversation over: a colleague by username, or a department by id. */
export type Receiver = { to: string } | { department: string };

export interface Suggestion {
  entry?: string | null;
  title: string;
  text: string;
  source?: { title: string; url: string; reviewed?: string | null } | null;
  /** Probability from 0 to 1 that the text answers the question. */
  confidence: number;
}

/** Suggestions for the citizen's message number `seq`. */
export interface Suggested { seq: number | null; suggestions: Suggestion[] }

export interface PreparedReply {
  id: string;
  title: string;
  text: string;
  topic?: string | null;
  used?: number;
}

export interface Option { id: string; title: string }

/** What the agent says of a conversation that ends. */
export interface Outcome {
  errand_type: string;
  cause: string;
  resolution: string;
  searched_web: string;
}

export interface Closing {
  proposal: Partial<Outcome>;
  errand_types: Option[];
  causes: Option[];
  resolutions: Option[];
}

/** «Vi tar ärendet vidare»: what remains to be done. */
export interface FollowUp { errand_id: string; text: string; contact: string | null }

/** Where the citizen is left: the conversation ends, or goes back to the bot. */
export type Destination = "end" | "bot";

export interface CloseRequest extends Outcome { move_id: string; follow_up: FollowUp | null; to: Destination }

export interface Errand {
  id: string;
  reference: string;
  kind?: string;
  question?: string | null;
  contact?: string | null;
  errand_type?: string | null;
  owner?: string | null;
  created_at?: string | null;
  due_at: string;
  overdue?: boolean;
  done_at?: string | null;
  resolution?: string | null;
  result?: string | null;
  conversation_id?: string | null;
}

export interface Closed { status: Status; errand: Errand | null }

/** An errand with what was said before it. */
export interface History { errand: Errand; events: ChatEvent[] }

export interface Place { id: string; name: string; open: boolean; text: string }
