/** One situation as it happens once: its holes filled, its words said, and who coordinates. */
import type { PersonName } from "./organisation.ts";
import type { AlertText, Situation } from "./situation.ts";
import { inWords, speaking, type Telling } from "./telling.ts";

export const coordinators: readonly PersonName[] = ["elise", "nathalie", "sam"];

export type Play = {
  readonly telling: Telling;
  readonly situation: Situation;
  /** The first of its kind in this history: what happens only once happens here. */
  readonly first: boolean;
  readonly filled: Readonly<Record<string, string>>;
  readonly say: (text: string) => string;
  readonly coordinator: PersonName;
};

/** One choice for each hole of its texts. */
export function fill({ chance }: Telling, slots: Situation["slots"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(slots).map(([name, all]) => [name, chance.oneOf(all)]));
}

export function playOf(telling: Telling, situation: Situation, first: boolean): Play {
  const filled = fill(telling, situation.slots);
  const { language } = situation;
  const say = (text: string): string => inWords(text, language, filled);
  const coordinator = telling.chance.oneOf(speaking(coordinators, language));
  return { telling, situation, first, filled, say, coordinator };
}

/** One that comes alone is in no group. */
export const groupOf = ({ also = [] }: AlertText, key: string): string => (also.length > 0 ? `${key}/all` : key);

export const keysOf = ({ situation, say }: Play, alert: AlertText) =>
  [{ key: alert.key, title: situation.title }, ...(alert.also ?? [])].map((one) => ({
    key: say(one.key),
    title: say(one.title),
    severity: alert.severity,
    source: say(alert.source),
    groupKey: groupOf(alert, say(alert.key)),
  }));
