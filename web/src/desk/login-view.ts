import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../shared/icons";
import { deskTexts as t } from "../texts/sv-desk";

interface LoginUse {
  problem: string;
  busy: boolean;
  login(username: string, password: string): void;
}

export function loginView({ problem, busy, login }: LoginUse): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    login(String(form.get("username")), String(form.get("password")));
  };
  return html`<main class="login">
    <form @submit=${submit}>
      <span class="mark">${icons.bot}</span>
      <h1>${t.product}</h1>
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
