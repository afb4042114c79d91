/** One walk through every page, in each language: a page is opened once, and everybody who only looks looks at it then. To
 *  open it is most of the work; what somebody switches in the open document is put back before the next one looks. */
import { desktop, type Stage, signedIn, type Visitor, visit } from "./browser.ts";
import type { Place, Scene } from "./scene.ts";
import { type Language, languages } from "./words.ts";

export type Look = {
  /** What holds if nothing is found: the name of its test. */
  readonly name: string;
  /** Whether it looks here. */
  readonly sees: (place: Place, language: Language) => boolean;
  /** What is wrong with the page that is open, in one line each. */
  readonly look: (visitor: Visitor, place: Place, language: Language) => Promise<readonly string[]>;
  /** What can be said only when all was seen. */
  readonly atTheEnd?: () => readonly string[] | Promise<readonly string[]>;
};

/** What each found, in the order in which they looked. */
export type Found = ReadonlyMap<Look, readonly string[]>;

export const everywhere = (): boolean => true;
export const inFrench = (_place: Place, language: Language): boolean => language === "fr";
/** The app itself: neither what the server writes without it, nor the description of the API. */
export const inTheApp = ({ signedIn, path }: Place): boolean => signedIn && !path.startsWith("/api/");

export async function walk(stage: Stage, scene: Scene, looks: readonly Look[]): Promise<Found> {
  const found = new Map<Look, string[]>(looks.map((one) => [one, []]));
  const idle = new Set(looks);
  for (const language of languages) {
    const inside = await signedIn(stage, scene.people[language]);
    const outside = await visit(stage.browser, language);
    for (const place of scene.places(language)) {
      const visitor = place.signedIn ? inside : outside;
      await ordinary(visitor);
      await open(visitor, stage.desk.url, place);
      for (const one of looks.filter(({ sees }) => sees(place, language))) {
        await ordinary(visitor);
        idle.delete(one);
        const wrong = await one.look(visitor, place, language).catch(unableToLook);
        found.get(one)?.push(...wrong.map((what) => `${place.name}, ${language}: ${what}`));
      }
    }
    await Promise.all([inside.leave(), outside.leave()]);
  }
  for (const one of idle) found.get(one)?.push("looked at no page");
  for (const one of looks) found.get(one)?.push(...((await one.atTheEnd?.()) ?? []));
  return found;
}

/** What stops one is its own complaint: the others go on. */
const unableToLook = (error: unknown): readonly string[] => [`could not be looked at: ${String(error)}`];

/** As most people see it. */
export async function ordinary({ page }: Visitor): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" });
  await page.setViewportSize(desktop);
}

export async function open({ page, words: { t } }: Visitor, url: string, { path, heading }: Place): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByRole("heading", { level: 1, name: heading, includeHidden: true }).waitFor();
  if (path.includes("record=true")) await page.getByRole("dialog", { name: t("record.title") }).waitFor();
}
