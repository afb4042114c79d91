/** What entries about what an incident hurts say, with the values of their sentences. */
import { minuteMs } from "#core/kernel/time.ts";
import type { Values } from "#languages/messages.ts";
import type { Words } from "../language/words.tsx";

type Data = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const count = (value: unknown): number | null => (typeof value === "number" ? value : null);
const lengthOf = ({ lasting }: Words, minutes: unknown): string | null =>
  typeof minutes === "number" ? lasting(minutes * minuteMs) : null;

function nameIn({ language }: Words, value: unknown): string | null {
  const named = value as Data | null;
  return text(named?.[language === "fr" ? "nameFr" : "nameEn"]);
}

const shaped: Readonly<Record<string, (data: Data, words: Words) => Values>> = {
  "affected.stated": (data, words) => ({
    /* A choice of a sentence has no hyphen. */
    status: data.status === "at-risk" ? "risk" : String(data.status),
    through: nameIn(words, data.through),
    note: text(data.note),
  }),
  "affected.ruled-out": (data) => ({ note: text(data.note) }),
  "impact.measured": (data) => ({ people: count(data.people), note: text(data.note) }),
  "impact.withdrawn": () => ({}),
  "vital.hit": (data, words) => ({ length: lengthOf(words, data.tolerableMinutes) }),
  "outage.warned": (data, words) => ({ due: words.moment(String(data.due)) }),
  "outage.passed": (data, words) => ({ length: lengthOf(words, data.minutes) }),
};

export const impactTellers = Object.fromEntries(
  Object.entries(shaped).map(([type, tell]) => [
    type,
    (data: Data, { words }: { words: Words }): Values => ({ name: nameIn(words, data), ...tell(data, words) }),
  ]),
);
