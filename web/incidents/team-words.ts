/** What entries about teams on an incident say: roles as they were called then. */
import type { Item } from "#core/directory/category-process.ts";
import type { Data, Teller } from "./entry-words.ts";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const itemsIn = (value: unknown): readonly Item[] => (Array.isArray(value) ? (value as readonly Item[]) : []);

export const teamTellers: Readonly<Record<string, Teller>> = {
  "team.activated": ({ charter, category, until }, { words }) => ({
    people: Number((charter as Data | null)?.people ?? 0),
    until: words.phrase("at", String(until)),
    category: text(category) && (words.find(`category.${category}`) ?? text(category)),
  }),
  "team.joined": (data, { words }) => ({ role: (data.words as Item["words"] | null)?.[words.language] ?? null }),
  "team.quorum-missed": (data, { words }) => ({
    because: data.because === "nobody-left" ? "nobodyLeft" : text(data.because),
    roles: words.list(itemsIn(data.roles).map((one) => one.words[words.language])),
    deputy: text((data.deputy as Data | null)?.name),
  }),
};
