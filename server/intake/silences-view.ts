/** Silences as Alertmanager's API shows them: those that labels alone express, for the source that asks. */
import { z } from "zod";
import type { Directory } from "../../core/desk/directory.ts";
import { parseMatcher } from "../../core/intake/matcher.ts";
import { toIso } from "../../core/kernel/time.ts";
import type { Instant } from "../../core/kernel/vocabulary.ts";
import { type Silence, silenceState } from "../../core/noise/silences.ts";

type Shown = {
  readonly id: string;
  readonly status: { readonly state: "active" | "pending" | "expired" };
  readonly updatedAt: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly matchers: readonly {
    readonly name: string;
    readonly value: string;
    readonly isRegex: boolean;
    readonly isEqual: boolean;
  }[];
};

const query = z.object({
  filter: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(50)]).default([]),
});
const states = { active: "active", planned: "pending", over: "expired" } as const;

/** Null when a filter cannot be read. It is asked of the names and values of the matchers, as there. */
export function silencesShown(
  directory: Directory,
  integrationId: string,
  now: Instant,
  asked: unknown,
): Shown[] | null {
  const parsed = query.safeParse(asked);
  const filters = parsed.success ? parsed.data.filter.map(parseMatcher) : [null];
  if (filters.includes(null)) return null;
  const all = (directory.noise?.silences ?? []).map(({ rule }) => rule);
  return all
    .filter(({ scope }) => isExpressible(scope, integrationId))
    .map((one) => shown(one, directory, now))
    .filter(({ matchers }) => {
      const labels = Object.fromEntries(matchers.map(({ name, value }) => [name, value]));
      return filters.every((matches) => matches?.(labels));
    });
}

const isExpressible = ({ integrationId, serviceId, text, matchers }: Silence["scope"], asking: string): boolean =>
  (integrationId === null || integrationId === asking) && serviceId === null && text === null && matchers.length > 0;

function shown(one: Silence, { people }: Directory, now: Instant): Shown {
  return {
    id: one.id,
    status: { state: states[silenceState(one, now)] },
    updatedAt: toIso(one.from),
    startsAt: toIso(one.from),
    endsAt: toIso(one.until),
    createdBy: people.get(one.createdBy)?.name ?? one.createdBy,
    comment: one.reason,
    matchers: one.scope.matchers.map(({ label, operator, value }) => ({
      name: label,
      value,
      isRegex: operator.endsWith("~"),
      isEqual: !operator.startsWith("!"),
    })),
  };
}
