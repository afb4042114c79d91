/** What entries about teams on an incident say: roles by their names. */
import type { Data, Names, Teller } from "./entry-words.ts";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const roleIn = (names: Names, { number }: Data, role: unknown): string | null =>
  text(role) && (names(`team-role/${number}/${role}`) ?? text(role));

export const teamTellers: Readonly<Record<string, Teller>> = {
  "team.activated": ({ charter, category, until }, { words }) => ({
    people: Number((charter as Data | null)?.people ?? 0),
    until: words.phrase("at", String(until)),
    category: text(category) && (words.find(`category.${category}`) ?? text(category)),
  }),
  "team.joined": (data, { names }) => ({ role: roleIn(names, data, data.role) }),
  "team.quorum-missed": (data, { words, names }) => ({
    because: data.because === "nobody-left" ? "nobodyLeft" : text(data.because),
    roles: words.list((Array.isArray(data.roles) ? data.roles : []).map((one) => roleIn(names, data, one) ?? "")),
    deputy: text((data.deputy as Data | null)?.name),
  }),
};
