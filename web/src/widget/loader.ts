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
  if (!document.querySelector(TAG)) document.body.append(document.createElement(TAG));
}

const base = new URL(".", scriptAddress()).href;
deliverFrom({ base, loadPanel: () => import(base + PANEL_PATH) });
define(TAG, KommunChat);
if (document.readyState === "loading") addEventListener("DOMContentLoaded", insert);
else insert();
