/** What entries about obligations say: laws, legs and facts by their names. */
import type { Words } from "../language/words.tsx";
import type { Data, Names, Teller } from "./entry-words.ts";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

const ofLaw = (names: Names, { law, leg }: Data) => ({
  law: names(`law/${law}`) ?? text(law),
  leg: names(`leg/${law}/${leg}`) ?? text(leg),
});

/** What laws want told later, as it was when the rest was confirmed to be settled. */
export function leftToTell({ left }: Data, { words, names }: { words: Words; names: Names }): string[] {
  return (Array.isArray(left) ? (left as readonly Data[]) : []).map((one) => {
    const { law, leg } = ofLaw(names, one);
    const name = `${law}, ${leg}`;
    return text(one.due) === null ? name : `${name} (${words.phrase("until", String(one.due))})`;
  });
}

const pressing: Teller = (data, { words, names }) => ({
  ...ofLaw(names, data),
  share: Number(data.share),
  due: words.moment(String(data.due)),
});

export const obligationTellers: Readonly<Record<string, Teller>> = {
  "obligation.assessed": (data, { names }) => ({
    ...ofLaw(names, data),
    outcome: String(data.outcome).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  }),
  "obligation.dated": (data, { words, names }) => ({
    ...ofLaw(names, data),
    fact: names(`fact/${data.law}/${data.fact}`) ?? text(data.fact),
    at: text(data.at) && words.moment(String(data.at)),
    was: text(data.was) && words.moment(String(data.was)),
  }),
  "obligation.described": (data, { names }) => ({
    ...ofLaw(names, data),
    count: Object.keys((data.fields as Data | null) ?? {}).length,
  }),
  "obligation.submitted": (data, { words, names }) => ({ ...ofLaw(names, data), at: words.moment(String(data.at)) }),
  "obligation.submission-withdrawn": (data, { words, names }) => ({
    ...ofLaw(names, data),
    at: words.phrase("at", String(data.at)),
  }),
  "obligation.withheld": (data, { words, names }) => ({
    ...ofLaw(names, data),
    legs: words.list(texts(data.legs).map((leg) => names(`leg/${data.law}/${leg}`) ?? leg)),
    until: text(data.until) && words.phrase("until", String(data.until)),
  }),
  "obligation.warned": pressing,
  "obligation.missed": pressing,
};
