/** What the menu asks to be confirmed. */
export type Asked = "restart" | "erase";

interface Host {
  readonly updateComplete: Promise<boolean>;
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
}

/** Whether the panel's menu is open, and what it asks. */
export class Menu {
  open = false;
  asks: Asked | null = null;

  constructor(private readonly host: Host) {}

  readonly toggle = (): void => this.set(!this.open);

  /** The button that opened it is where the reader goes on. */
  readonly close = (): void => {
    this.set(false);
    this.focus("#menu-button");
  };

  readonly ask = async (what: Asked): Promise<void> => {
    this.set(true, what);
    await this.host.updateComplete;
    this.focus("#confirm");
  };

  set(open: boolean, asks: Asked | null = null): void {
    this.open = open;
    this.asks = asks;
    this.host.requestUpdate();
  }

  private focus(selector: string): void { this.host.renderRoot.querySelector<HTMLElement>(selector)?.focus(); }
}
