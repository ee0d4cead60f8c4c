/**
 * The launcher and the frame of the panel.
 *
 * `!important` on the host: a page's own rules for `*` or for our tag must not move it. Important
 * rules inside a shadow tree win over the page's.
 */
export const LAUNCHER_CSS = `
:host {
  all: initial !important; display: block !important; direction: ltr !important; unicode-bidi: normal !important;
  --l-bg: var(--kommun-chat-bar, var(--kommun-look-bar, #0b4a57)); --l-end: var(--kommun-chat-bar-end, var(--kommun-look-bar-end, #0f6a70));
  --l-text: var(--kommun-chat-on-bar, var(--kommun-look-on-bar, #ffffff));
}
:host([full]) { height: 100% !important; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.launcher {
  position: fixed; z-index: 2147483000; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom));
  display: inline-flex; align-items: center; gap: 10px; min-height: 56px; max-width: calc(100vw - 40px); padding-block: 0; padding-inline: 18px 22px;
  border: 2px solid rgb(255 255 255 / 85%); border-radius: 999px; cursor: pointer;
  background: linear-gradient(115deg, var(--l-bg), var(--l-end)); color: var(--l-text);
  font: 600 max(1rem, 16px)/1.2 var(--kommun-chat-font, var(--kommun-look-font, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif));
  box-shadow: 0 6px 24px rgb(9 45 52 / 32%); transition: transform 0.15s, box-shadow 0.15s;
}
.launcher:hover { transform: translateY(-2px); box-shadow: 0 10px 30px rgb(9 45 52 / 38%); }
.launcher:focus-visible { outline: 3px solid #0b4a57; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
.launcher svg { width: 26px; height: 26px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.unread { padding: 3px 10px; border-radius: 999px; background: #fff; color: #0b3a44; font-size: 0.85em; }
.problem {
  position: fixed; z-index: 2147483000; right: 20px; bottom: 88px; max-width: min(320px, calc(100vw - 40px)); margin: 0; padding: 12px 16px;
  border-radius: 12px; background: #fff; color: #7d1a10; border: 2px solid #c0392b; font: 500 16px/1.4 system-ui, sans-serif;
}
:host([position="left"]) .launcher, :host([position="left"]) .problem { right: auto; left: max(20px, env(safe-area-inset-left)); }
kommun-chat-panel {
  position: fixed; z-index: 2147483001; right: max(20px, env(safe-area-inset-right)); bottom: max(20px, env(safe-area-inset-bottom));
  width: 400px; height: min(640px, calc(100vh - 40px)); height: min(640px, calc(100dvh - 40px));
  border-radius: var(--kommun-chat-radius, var(--kommun-look-radius, 20px)); overflow: hidden;
  box-shadow: 0 16px 56px rgb(9 45 52 / 30%), 0 2px 10px rgb(9 45 52 / 16%);
  animation: rise 0.18s ease-out;
}
:host([position="left"]) kommun-chat-panel { right: auto; left: max(20px, env(safe-area-inset-left)); }
:host([full]) kommun-chat-panel { position: static; width: 100%; height: 100%; border-radius: 0; animation: none; }
@keyframes rise { from { opacity: 0; transform: translateY(12px); } }
@media (max-width: 480px), (max-height: 420px) {
  :host(:not([full])) kommun-chat-panel { inset: 0; width: 100%; height: 100vh; height: 100dvh; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) {
  .launcher, kommun-chat-panel { transition: none; animation: none; }
  .launcher:hover { transform: none; }
}
@media (forced-colors: active) {
  .launcher { border-color: ButtonText; }
  .launcher:focus-visible { outline-color: Highlight; }
  kommun-chat-panel { border: 2px solid CanvasText; }
}
@media print { :host(:not([full])) { display: none !important; } }
`;
