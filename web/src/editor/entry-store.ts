import { ApiError } from "../shared/http";
import { editorTexts as t } from "../texts/sv-editor";
import type { App } from "./app";
import { Latest } from "./latest";
import { today } from "./dates";
import type { Checked, EntryFull, EntryLine, FileLine, Finding } from "./model";
import { told } from "./problem";
import { checkedWork, draftOf, isChanged, newWork, suggestedId, withField, withYaml, workOn, type Form, type Work } from "./work";

const PAUSE_MS = 400; // long enough not to check every letter, short enough to feel at once

/** One open entry: what it says, what is being made of it, and what is wrong with that. */
export class EntryStore {
  work: Work | null = null;
  line: EntryLine | null = null;
  nationalYaml: string | null = null;
  findings: Finding[] = [];
  /** The line of the entry in its file. */
  begins = 1;
  checking = false;
  checked = false;
  /** Why the check or a switch of forms could not be made. */
  problem = "";
  /** The entry has been published by somebody since this work began. */
  outdated = false;
  private files: readonly FileLine[] = [];
  private readonly check: Latest<Checked>;

  constructor(readonly key: string, private readonly app: App, private readonly changed: () => void) {
    this.check = new Latest(
      (signal) => app.api.check(draftOf(this.needed), signal),
      (answer) => this.take(answer),
      (error) => this.failed(error),
    );
  }

  get isNew(): boolean { return this.needed.entry === null; }

  get isChanged(): boolean { return this.work !== null && isChanged(this.work); }

  /** Nothing has been written yet: nobody wants to hear of empty fields. */
  get isBlank(): boolean { return this.isNew && !this.app.works.get(this.key); }

  get errors(): Finding[] { return this.findings.filter(({ level }) => level === "fel"); }

  /** Open the entry as it is live, with the work on it that this tab has kept. */
  open(full: EntryFull): void {
    this.line = full.line;
    this.nationalYaml = full.national_yaml ?? null;
    const kept = this.app.works.get(this.key);
    this.outdated = kept !== null && kept.version !== full.version;
    this.work = kept ?? workOn(full, crypto.randomUUID());
    this.recheck();
  }

  /** Go on with a new entry that this tab has kept, or begin one. */
  openNew(files: readonly FileLine[], file: string): void {
    this.files = files;
    const fields = { risk: "lag", omfattning: "lokal", malgrupp: ["privat"], kanal: "webb", granskad: today() };
    this.work = this.app.works.get(this.key) ?? newWork(file || (files[0]?.path ?? ""), { fields }, crypto.randomUUID());
    this.recheck();
  }

  setField(key: string, value: unknown): void {
    const before = this.needed;
    let work = withField(before, key, value, crypto.randomUUID());
    if (key === "fraga" && this.isNew && this.hasSuggestedId(before)) {
      work = withField(work, "id", this.suggested(String(value ?? ""), before.file), work.publication);
    }
    this.edit(work);
  }

  setYaml(yaml: string): void { this.edit(withYaml(this.needed, yaml, crypto.randomUUID())); }

  setFile(file: string): void {
    const before = this.needed;
    let work: Work = { ...before, file, publication: crypto.randomUUID() };
    if (this.hasSuggestedId(before)) work = withField(work, "id", this.suggested(question(before), file), work.publication);
    this.edit(work);
  }

  setNote(note: string): void { this.keep({ ...this.needed, note }); }

  /** Take another text as one's own, of another version: what a merge gave. */
  replace(change: Partial<Work>): void {
    this.edit({ ...this.needed, ...change, publication: crypto.randomUUID() });
    this.outdated = false;
  }

  /** Show the same draft in the other form; false where it cannot be read there. */
  async switchTo(form: Form): Promise<boolean> {
    const before = this.needed;
    const changes = this.isChanged;
    const readable = form === "yaml" ? !before.stale : before.fields !== null && !this.checking && this.checked;
    if (!readable && !(await this.settle())) return false;
    const work = this.needed;
    if (form === "form" && !work.fields) {
      this.problem = t.yamlUnreadable;
      this.changed();
      return false;
    }
    this.problem = "";
    this.work = { ...work, form, base: work.yaml };
    if (changes) this.keepAgain();
    this.changed();
    return true;
  }

  /** Check now; null where that was not possible. */
  async settle(): Promise<Checked | null> {
    this.checking = true;
    this.changed();
    return this.check.now();
  }

  /** Nothing is left of the work in this tab. */
  forget(): void {
    this.check.stop();
    this.app.works.forget(this.key);
  }

  stop(): void { this.check.stop(); }

  private get needed(): Work {
    if (!this.work) throw new Error("no entry is open");
    return this.work;
  }

  private edit(work: Work): void {
    this.keep(work);
    this.recheck();
  }

  private keep(work: Work): void {
    this.work = work;
    if (isChanged(work)) this.app.works.keep(this.key, work);
    else this.app.works.forget(this.key);
    this.changed();
  }

  private recheck(): void {
    this.checking = true;
    this.check.soon(PAUSE_MS);
    this.changed();
  }

  private take(answer: Checked): void {
    this.checking = false;
    this.checked = true;
    this.problem = "";
    this.findings = this.isBlank ? [] : answer.findings;
    this.begins = answer.line;
    this.work = checkedWork(this.needed, answer);
    this.keepAgain();
    this.changed();
  }

  /** What a check adds is kept with the work, but begins none. */
  private keepAgain(): void {
    if (this.work && this.app.works.get(this.key)) this.app.works.keep(this.key, this.work);
  }

  private hasSuggestedId(work: Work): boolean {
    const id = work.fields?.["id"] ?? "";
    return work.entry === null && (id === "" || id === this.suggested(question(work), work.file));
  }

  private suggested(asked: string, file: string): string {
    return suggestedId(this.files.find(({ path }) => path === file)?.topic ?? "", asked);
  }

  private failed(error: unknown): void {
    this.checking = false;
    this.problem = error instanceof ApiError && error.status === 401 ? "" : told(error, t.checkFailed);
    this.changed();
  }
}

function question({ fields }: Work): string { return String(fields?.["fraga"] ?? ""); }
