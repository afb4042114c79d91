/** What this browser remembers for its reader: theme, language, keys, latest services. `public/theme.js` reads the first two
 *  before the first paint; their names must stay the same there. */
import type { Language, Locale } from "#core/kernel/vocabulary.ts";
import { inLanguage, localeOfTag } from "#languages/locale.ts";

export type Theme = "auto" | "light" | "dark";
export const themes: readonly Theme[] = ["auto", "light", "dark"];

const names = {
  theme: "tocsin-theme",
  language: "tocsin-language",
  keys: "tocsin-keys",
  services: "tocsin-services",
} as const;

export function readTheme(): Theme {
  const stored = read(names.theme);
  return stored === "light" || stored === "dark" ? stored : "auto";
}

const waiting = new Set<() => void>();

/** Calls back when the theme is changed, wherever that is done. */
export function onTheme(wake: () => void): () => void {
  waiting.add(wake);
  return () => waiting.delete(wake);
}

export function writeTheme(theme: Theme): void {
  write(names.theme, theme);
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const wake of waiting) wake();
  /* The bar of the browser, or of the system, follows: the first of these is the light one (index.html). */
  const [light, dark] = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  if (light) light.media = mediaOf(theme, "light");
  if (dark) dark.media = mediaOf(theme, "dark");
}

const mediaOf = (theme: Theme, own: Theme): string =>
  theme === "auto" ? `(prefers-color-scheme: ${own})` : theme === own ? "all" : "not all";

/** As `public/theme.js` found it, or as it was chosen since. */
export function readLocale(): Locale {
  return localeOfTag(document.documentElement.lang) ?? "fr";
}

export function writeLocale(locale: Locale): void {
  write(names.language, locale);
  document.documentElement.lang = locale;
}

/** In that language, of the place that is known: that of now, or of what the browser reads. */
export const localeHere = (language: Language): Locale =>
  inLanguage(language, readLocale(), ...navigator.languages.map(localeOfTag));

/** Single-key shortcuts can be switched off (WCAG 2.1.4). */
export function readKeysOn(): boolean {
  return read(names.keys) !== "off";
}

export function writeKeysOn(on: boolean): void {
  write(names.keys, on ? "on" : "off");
}

/** Ids of the services somebody reported last; several may use one browser. */
export function readRecentServices(person: string): string[] {
  try {
    const stored: unknown = JSON.parse(read(`${names.services}/${person}`) ?? "[]");
    return Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

export function writeRecentServices(person: string, ids: readonly string[]): void {
  write(`${names.services}/${person}`, JSON.stringify(ids));
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    /* Storage refused: the choice lasts as long as the page. */
  }
}
