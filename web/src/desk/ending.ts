import type { Closing, CloseRequest, Destination, FollowUp, Option, Outcome } from "./model";

const EMPTY: Outcome = { errand_type: "", cause: "", resolution: "", searched_web: "" };

export type Missing = keyof Outcome | "text";

/**
 * What the agent says of a conversation before it is closed: proposed by the server, confirmed or
 * changed by the agent. Its ids stay the same however often it is sent.
 */
export class Ending {
  readonly moveId = crypto.randomUUID();
  options: Closing | null = null;
  to: Destination = "end";
  outcome: Outcome = EMPTY;
  followsUp = false;
  followUp: FollowUp = { errand_id: crypto.randomUUID(), text: "", contact: null };
  busy = false;
  problem = "";
  missing: readonly Missing[] = [];

  /** Take in the proposal; what the agent has chosen already stays. */
  offer(options: Closing, question: string): void {
    this.options = options;
    const chosen = Object.fromEntries(Object.entries(this.outcome).filter(([, value]) => value));
    this.outcome = { ...EMPTY, ...known(options), ...chosen };
    if (!this.followUp.text) this.followUp = { ...this.followUp, text: question };
  }

  choose(field: keyof Outcome, value: string): void {
    this.outcome = { ...this.outcome, [field]: value };
    this.missing = this.missing.filter((other) => other !== field);
  }

  describe(change: Partial<FollowUp>): void {
    this.followUp = { ...this.followUp, ...change };
    if (this.followUp.text.trim()) this.missing = this.missing.filter((other) => other !== "text");
  }

  /** What has to be chosen still; nothing closes without an outcome. */
  check(): readonly Missing[] {
    const open = (Object.keys(EMPTY) as (keyof Outcome)[]).filter((field) => !this.outcome[field]);
    const untold = this.followsUp && !this.followUp.text.trim();
    this.missing = untold ? [...open, "text"] : open;
    return this.missing;
  }

  get request(): CloseRequest {
    const { errand_id, text, contact } = this.followUp;
    return {
      move_id: this.moveId,
      ...this.outcome,
      to: this.to,
      follow_up: this.followsUp ? { errand_id, text: text.trim(), contact: contact?.trim() || null } : null,
    };
  }
}

/** The part of a proposal that can be chosen. */
function known({ proposal, errand_types, causes, resolutions }: Closing): Partial<Outcome> {
  const options: Partial<Record<string, Option[]>> = { errand_type: errand_types, cause: causes, resolution: resolutions };
  return Object.fromEntries(Object.entries(proposal).filter(([field, value]) =>
    field in EMPTY && (options[field]?.some(({ id }) => id === value) ?? Boolean(value))));
}
