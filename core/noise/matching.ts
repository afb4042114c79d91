/** Which alerts a rule is about. All that is said must hold; a label that is absent is an empty text, and patterns are whole,
 *  as in Alertmanager. */
import { compilePattern } from "../kernel/pattern.ts";
import type { Subject } from "./subject.ts";

export const matcherOperators = ["=", "!=", "=~", "!~"] as const;
export type Matcher = {
  readonly label: string;
  readonly operator: (typeof matcherOperators)[number];
  readonly value: string;
};

export type Scope = {
  readonly integrationId: string | null;
  readonly serviceId: string | null;
  readonly matchers: readonly Matcher[];
  /** Held by the title, whatever its capitals. */
  readonly text: string | null;
};

export const everywhere: Scope = { integrationId: null, serviceId: null, matchers: [], text: null };

export type Matches = (subject: Subject) => boolean;

/** Characters of a label that a pattern is asked about. */
const lookedAtMax = 1_024;

/** The first matcher whose pattern is none. */
export const wrongPattern = ({ matchers }: Pick<Scope, "matchers">): Matcher | undefined =>
  matchers.find(({ operator, value }) => operator.endsWith("~") && compilePattern(whole(value)) === null);

/** Something narrows it: what says nothing would be about every alert of the desk. */
export const isNarrowed = ({ integrationId, serviceId, matchers, text }: Scope): boolean =>
  integrationId !== null || serviceId !== null || matchers.length > 0 || text !== null;

export function compileScope({ integrationId, serviceId, matchers, text }: Scope): Matches {
  const parts = matchers.map(compileMatcher);
  const wanted = text?.toLowerCase() ?? null;
  return (subject) =>
    (integrationId === null || subject.integrationId === integrationId) &&
    (serviceId === null || subject.serviceId === serviceId) &&
    (wanted === null || subject.title.toLowerCase().includes(wanted)) &&
    parts.every((part) => part(subject));
}

const whole = (pattern: string): string => `^(?:${pattern})$`;

/** A pattern that is none matches nothing: it was refused when it was written. */
function compileMatcher({ label, operator, value }: Matcher): Matches {
  const negated = operator.startsWith("!");
  const said = ({ labels }: Subject): string => labels[label] ?? "";
  if (!operator.endsWith("~")) return (subject) => (said(subject) === value) !== negated;
  const pattern = compilePattern(whole(value));
  return pattern === null ? () => false : (subject) => pattern(said(subject).slice(0, lookedAtMax)) !== negated;
}
