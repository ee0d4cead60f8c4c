/** Addresses from the server become links only through these; anything else stays text. */

/** An absolute http(s) address, or null. */
export function webAddress(raw: string, base: string = location.href): string | null {
  try {
    const url = new URL(raw.trim(), base);
    const web = url.protocol === "https:" || url.protocol === "http:";
    return web && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** `031-390 06 00` → `tel:0313900600`; null for what is no phone number. */
export function phoneAddress(raw: string): string | null {
  const text = raw.trim();
  if (!/^\+?[\d\s()/.-]{3,25}$/.test(text)) return null;
  const digits = text.replace(/[^\d+]/g, "");
  return digits.length >= 3 ? `tel:${digits}` : null;
}

/** `mailto:` for a plain e-mail address; null for anything that carries more. */
export function mailAddress(raw: string): string | null {
  const text = raw.trim();
  return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(text) ? `mailto:${text}` : null;
}

/** True where following the link leaves the municipality's own site. */
export function isForeign(href: string): boolean {
  return new URL(href).origin !== location.origin;
}
