/** The one script that a site embeds: `<script src="https://…/kommunbot.js" async></script>`. */
import { define } from "../shared/define";
import { deliverFrom, KommunChat } from "./element";

/** The panel's hashed name, put in by the build. */
declare const PANEL_PATH: string;

const TAG = "kommun-chat";

function scriptAddress(): string {
  const script = document.currentScript ?? document.querySelector('script[src*="kommunbot.js"]');
  return (script as HTMLScriptElement | null)?.src ?? location.href;
}

function insert(): void {
  if (document.body && !document.querySelector(TAG)) document.body.append(document.createElement(TAG));
}

/** Sites that change pages by script put a new body, without us, in place of the one we stood in. */
function stay(): void {
  insert();
  new MutationObserver(insert).observe(document.documentElement, { childList: true });
}

const base = new URL(".", scriptAddress()).href;
deliverFrom({ base, loadPanel: () => import(base + PANEL_PATH) });
define(TAG, KommunChat);
if (document.readyState === "loading") addEventListener("DOMContentLoaded", stay);
else stay();
