/** The launcher's few texts in every language: they are there before anything is fetched. */

import type { Language } from "../shared/languages";
import { launcherTexts, type LauncherTexts } from "./sv";

function ukrainian(n: number): string {
  const [ten, hundred] = [n % 10, n % 100];
  if (ten === 1 && hundred !== 11) return `${n} нове повідомлення`;
  return ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14) ? `${n} нові повідомлення` : `${n} нових повідомлень`;
}

function arabic(n: number): string {
  if (n === 1) return "رسالة جديدة واحدة";
  if (n === 2) return "رسالتان جديدتان";
  return n % 100 >= 3 && n % 100 <= 10 ? `${n} رسائل جديدة` : `${n} رسالة جديدة`;
}

export const launchers: Readonly<Record<Language, LauncherTexts>> = {
  sv: launcherTexts,
  "sv-latt": {
    region: "Chatt",
    open: "Fråga kommunen",
    resume: "Skriv mer i chatten",
    unread: launcherTexts.unread,
    failed: "Chatten går inte att öppna. Har du internet? Försök igen.",
  },
  en: {
    region: "Chat",
    open: "Ask the municipality",
    resume: "Continue the chat",
    unread: (n) => `${n} new ${n === 1 ? "message" : "messages"}`,
    failed: "The chat could not be opened. Check your connection and try again.",
  },
  fi: {
    region: "Chat",
    open: "Kysy kunnalta",
    resume: "Jatka keskustelua",
    unread: (n) => (n === 1 ? "1 uusi viesti" : `${n} uutta viestiä`),
    failed: "Chatia ei voitu avata. Tarkista verkkoyhteys ja yritä uudelleen.",
  },
  ar: {
    region: "دردشة",
    open: "اسأل البلدية",
    resume: "متابعة المحادثة",
    unread: arabic,
    failed: "لم يمكن فتح الدردشة. تحقق من اتصالك بالإنترنت وحاول مرة أخرى.",
  },
  so: {
    region: "Wada hadal",
    open: "Weydii degmada",
    resume: "Sii wad wada hadalka",
    unread: (n) => (n === 1 ? "1 fariin cusub" : `${n} farriimood oo cusub`),
    failed: "Wada hadalka lama furi karin. Hubi internetka oo mar kale isku day.",
  },
  uk: {
    region: "Чат",
    open: "Запитати муніципалітет",
    resume: "Продовжити розмову",
    unread: ukrainian,
    failed: "Не вдалося відкрити чат. Перевірте інтернет і спробуйте ще раз.",
  },
};
