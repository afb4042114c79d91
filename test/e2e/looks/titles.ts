/** Who hears a page by its title alone must know which it is. */
import type { TestDesk } from "../desk.ts";
import type { Place } from "../scene.ts";
import { inTheApp, type Look } from "../walk.ts";
import { type Language, words } from "../words.ts";

type Titled = { readonly place: Place; readonly language: Language; readonly title: string };

/** A page under a form that is open over it has the title of the page. */
export const isPage = (place: Place): boolean => inTheApp(place) && !place.path.includes("record");

export function everyTitle({ api }: TestDesk): Look {
  const titled: Titled[] = [];
  return {
    name: "no two pages have the same title, and an incident's says which and how it stands",
    sees: isPage,
    look: async ({ page }, place, language) => {
      titled.push({ place, language, title: await page.title() });
      return [];
    },
    atTheEnd: async () => [...alike(titled), ...(await unclear(api, titled))],
  };
}

function alike(titled: readonly Titled[]): string[] {
  const wrong: string[] = [];
  const seen = new Map<string, string>();
  for (const { place, language, title } of titled) {
    const key = `${language} ${title}`;
    if (seen.has(key)) wrong.push(`${place.name} has the title of ${seen.get(key)}: ${title}`);
    seen.set(key, place.name);
  }
  return titled.length > 0 ? wrong : ["no title was read"];
}

async function unclear(api: TestDesk["api"], titled: readonly Titled[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { place, language, title } of titled) {
    if (!place.path.startsWith("/incidents/")) continue;
    const [number] = place.path.slice("/incidents/".length).split(/[/?]/);
    const { stage } = await api("GET", `/api/v1/incidents/${number}`);
    if (!title.includes("INC-")) wrong.push(`${title} does not say which`);
    if (!title.includes(words[language].t(`stage.${stage}` as "stage.closed")))
      wrong.push(`${title} does not say how it stands`);
  }
  return wrong;
}
