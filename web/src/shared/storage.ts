/**
 * One JSON value in this tab's sessionStorage.
 *
 * Nothing is written before the first `save`. Where storage is blocked the value lives in memory:
 * the chat works, and only a reload forgets it.
 */
export class TabStore<T> {
  private memory: string | null = null;

  constructor(private readonly key: string) {}

  load(): T | null {
    try {
      const text = sessionStorage.getItem(this.key) ?? this.memory;
      return text === null ? null : (JSON.parse(text) as T);
    } catch {
      return null;
    }
  }

  save(value: T): void {
    this.memory = JSON.stringify(value);
    try {
      sessionStorage.setItem(this.key, this.memory);
    } catch {
      // blocked or full: memory has it
    }
  }

  clear(): void {
    this.memory = null;
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // blocked
    }
  }
}
