/** Speech to text, by the browser itself where it has it. */

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

interface Result { readonly isFinal: boolean; readonly 0: { readonly transcript: string } }

type Maker = new () => Recognition;

function maker(): Maker | null {
  const known = globalThis as { SpeechRecognition?: Maker; webkitSpeechRecognition?: Maker };
  return known.SpeechRecognition ?? known.webkitSpeechRecognition ?? null;
}

export interface SpeechListener {
  heard(text: string): void;
  /** It listens, or has stopped doing so. */
  changed(): void;
}

/** One listening at a time; begins only when the citizen says so. */
export class Speech {
  failed = false;
  private recognition: Recognition | null = null;

  constructor(private readonly listener: SpeechListener) {}

  /** The browser can do it at all. */
  static get isThere(): boolean { return maker() !== null; }

  get listens(): boolean { return this.recognition !== null; }

  start(language: string): void {
    const Made = maker();
    if (!Made || this.recognition) return;
    this.failed = false;
    const recognition = new Made();
    recognition.lang = language;
    recognition.interimResults = false;
    recognition.addEventListener("result", (event) => this.take(event as unknown as { results: Iterable<Result> }));
    recognition.addEventListener("error", () => { this.failed = true; });
    recognition.addEventListener("end", () => { this.recognition = null; this.listener.changed(); });
    this.recognition = recognition;
    recognition.start();
    this.listener.changed();
  }

  stop(): void { this.recognition?.stop(); }

  private take({ results }: { results: Iterable<Result> }): void {
    const text = [...results].filter(({ isFinal }) => isFinal).map((result) => result[0].transcript.trim()).join(" ");
    if (text) this.listener.heard(text);
  }
}
