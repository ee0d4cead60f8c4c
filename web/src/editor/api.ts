import { ApiError, request, type RequestOptions } from "../shared/http";
import type { Look } from "../shared/look";
import type {
  AskedBoth, Begun, Checked, Draft, Editor, EditorNotice, EntryFull, EntryList, FileLine, Gap, Previewed,
  Proposal, Publication, PublicationFull, Raised, Review, Safety,
} from "./model";

const PATIENCE_MS = 60_000; // the first to look after a start waits while everything is read
const REPLAY_MS = 120_000; // a preview asks thousands of questions; a publication waits for its turn

export interface Publishing { id: string; note: string; confirmed: boolean }

/** The editor's API; who is asking follows from the login cookie. */
export class EditorApi {
  /** @param loggedOut called when a request fails because nobody is logged in any more */
  constructor(private readonly base: string, private readonly loggedOut: () => void) {}

  me(): Promise<{ editor: Editor }> { return request(this.url("me")); }

  login(username: string, password: string): Promise<{ editor: Editor }> {
    return request(this.url("login"), { method: "POST", body: { username, password } });
  }

  logout(): Promise<null> { return request(this.url("logout"), { method: "POST", body: {} }); }

  entries(signal?: AbortSignal): Promise<EntryList> { return this.get("entries", signal); }

  async files(signal?: AbortSignal): Promise<FileLine[]> {
    return (await this.get<{ files: FileLine[] }>("files", signal)).files;
  }

  entry(id: string, signal?: AbortSignal): Promise<EntryFull> { return this.get(`entries/${part(id)}`, signal); }

  check(draft: Draft, signal?: AbortSignal): Promise<Checked> { return this.post("drafts/check", draft, { signal }); }

  preview(draft: Draft, signal?: AbortSignal): Promise<Previewed> {
    return this.post("drafts/preview", draft, { signal, timeoutMs: REPLAY_MS });
  }

  ask(draft: Draft | null, question: string, signal?: AbortSignal): Promise<AskedBoth> {
    return this.post("drafts/ask", { draft, question }, { signal, timeoutMs: REPLAY_MS });
  }

  publish(draft: Draft, publishing: Publishing): Promise<Publication> {
    return this.post("publications", { ...publishing, draft }, { timeoutMs: REPLAY_MS });
  }

  remove(entry: string, version: string, publishing: Publishing): Promise<Publication> {
    return this.post(`entries/${part(entry)}/remove`, { ...publishing, version }, { timeoutMs: REPLAY_MS });
  }

  async publications(entry: string | null, limit: number, signal?: AbortSignal): Promise<Publication[]> {
    const query = new URLSearchParams({ limit: String(limit), ...(entry ? { entry } : {}) });
    return (await this.get<{ publications: Publication[] }>(`publications?${query}`, signal)).publications;
  }

  publication(id: string, signal?: AbortSignal): Promise<PublicationFull> {
    return this.get(`publications/${part(id)}`, signal);
  }

  rollBack(id: string, publishing: Publishing): Promise<Publication> {
    return this.post(`publications/${part(id)}/rollback`, publishing, { timeoutMs: REPLAY_MS });
  }

  review(signal?: AbortSignal): Promise<Review> { return this.get("review", signal); }

  async gaps(signal?: AbortSignal): Promise<Gap[]> {
    return (await this.get<{ gaps: Gap[] }>("gaps", signal)).gaps;
  }

  gapDraft(id: string): Promise<Begun> { return this.post(`gaps/${part(id)}/draft`, {}); }

  async proposals(signal?: AbortSignal): Promise<Proposal[]> {
    return (await this.get<{ proposals: Proposal[] }>("proposals", signal)).proposals;
  }

  proposalDraft(id: string): Promise<Begun> { return this.post(`proposals/${part(id)}/draft`, {}); }

  dismissProposal(id: string): Promise<unknown> { return this.post(`proposals/${part(id)}/dismiss`, {}); }

  async notices(signal?: AbortSignal): Promise<EditorNotice[]> {
    return (await this.get<{ notices: EditorNotice[] }>("notices", signal)).notices;
  }

  addNotice(notice: EditorNotice): Promise<unknown> { return this.post("notices", notice); }

  changeNotice(notice: EditorNotice): Promise<unknown> { return this.post(`notices/${part(notice.id)}`, notice); }

  endNotice(id: string): Promise<unknown> { return this.post(`notices/${part(id)}/end`, {}); }

  look(signal?: AbortSignal): Promise<Look> { return this.get("look", signal); }

  changeLook(look: Look): Promise<Look> { return this.post("look", look); }

  safety(signal?: AbortSignal): Promise<Safety> { return this.get("safety", signal); }

  trySentence(text: string): Promise<Raised> { return this.post("safety/try", { text }); }

  private get<T>(path: string, signal?: AbortSignal): Promise<T> { return this.send(path, { signal }); }

  private post<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return this.send(path, { ...options, method: "POST", body });
  }

  private async send<T>(path: string, options: RequestOptions): Promise<T> {
    try {
      return await request<T>(this.url(path), { timeoutMs: PATIENCE_MS, ...options });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.loggedOut();
      throw error;
    }
  }

  private url(path: string): string { return `${this.base}api/editor/${path}`; }
}

function part(id: string): string { return encodeURIComponent(id); }
