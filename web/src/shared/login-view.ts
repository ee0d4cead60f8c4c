import { html, nothing, type TemplateResult } from "lit";
import { icons } from "./icons";

export interface LoginTexts {
  product: string;
  /** What the page is for, where the product has several. */
  place?: string;
  loginHelp: string;
  username: string;
  password: string;
  login: string;
}

export interface LoginUse {
  problem: string;
  busy: boolean;
  login(username: string, password: string): void;
}

/** What stands on a page of the staff's until they have logged in. */
export function loginView(t: LoginTexts, { problem, busy, login }: LoginUse): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    login(String(form.get("username")), String(form.get("password")));
  };
  return html`<main class="login">
    <form @submit=${submit}>
      <span class="mark">${icons.bot}</span>
      <h1>${t.product}${t.place ? html` <span>${t.place}</span>` : nothing}</h1>
      <p>${t.loginHelp}</p>
      <div role="alert">${problem ? html`<p class="alert" id="problem">${problem}</p>` : nothing}</div>
      <label for="username">${t.username}</label>
      <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required
        aria-describedby=${problem ? "problem" : nothing}>
      <label for="password">${t.password}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <button class="button primary" aria-disabled=${busy ? "true" : "false"}>${t.login}</button>
    </form>
  </main>`;
}
