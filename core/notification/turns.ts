/** By which of their contact points a person is called, and when each has its turn. A preference says the order; it can
 *  never say silence: what names nothing that may be called counts as nothing said, and the first always goes at once. */
import type { ContactPoint, Person } from "../directory/types.ts";
import type { Priority } from "../kernel/vocabulary.ts";

export type PageUrgency = "high" | "low";

export const afterMinutesMax = 60;

/** What nobody has weighed yet is as pressing as the worst. */
export const urgencyOf = (priority: Priority | null): PageUrgency =>
  priority === null || priority <= 2 ? "high" : "low";

export type Turn = { readonly point: ContactPoint; readonly afterMinutes: number };

/** In the order of their turns; each contact point once. Without a preference, all at once. */
export function turnsOf(person: Pick<Person, "contactPoints" | "preference">, urgency: PageUrgency): Turn[] {
  const usable = person.contactPoints.filter((point) => point.enabled);
  const turns: Turn[] = [];
  for (const { contactPoint, afterMinutes } of person.preference?.[urgency] ?? []) {
    const point = usable.find((one) => one.id === contactPoint);
    if (point && !turns.some((turn) => turn.point.id === point.id)) turns.push({ point, afterMinutes });
  }
  if (turns.length === 0) return usable.map((point) => ({ point, afterMinutes: 0 }));
  const first = Math.min(...turns.map((turn) => turn.afterMinutes));
  return turns
    .map(({ point, afterMinutes }) => ({ point, afterMinutes: Math.min(afterMinutes - first, afterMinutesMax) }))
    .toSorted((a, b) => a.afterMinutes - b.afterMinutes);
}

/** What only tells goes where it can be kept and read again: by e-mail, else wherever this person can be reached. */
export function pointForNotices(person: Pick<Person, "contactPoints"> | undefined): ContactPoint | undefined {
  const usable = person?.contactPoints.filter((point) => point.enabled) ?? [];
  return usable.find((point) => point.kind === "email") ?? usable[0];
}
