/** Which known errors an incident shows: proposed by its service and its words, said by a person, taken back with a reason. */
import type { KnownError } from "../directory/known-errors.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import type { Instant, LikelyReason } from "../kernel/vocabulary.ts";
import { tellingWords } from "../kernel/words.ts";
import type { CommandInputs } from "./commands.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type ShownError = {
  readonly id: string;
  readonly nameFr: string;
  readonly nameEn: string;
  readonly at: Instant;
  readonly by: string;
};

/** Of one incident: beyond this, nothing is told apart any more. */
export const shownErrorsMax = 20;

type Seen = Pick<IncidentState, "knownErrors">;

export function linkKnownError(
  { knownErrors = [] }: Seen,
  { knownError: id, ruledOut = false, known }: CommandInputs["link-known-error"],
  { reason }: Pick<Envelope, "reason">,
): IncidentEvent[] | Refusal {
  if (known === undefined) return refuse("known-error-unknown", { knownError: id });
  const { nameFr, nameEn } = known;
  const data = { knownError: id, nameFr, nameEn };
  const shown = knownErrors.some((one) => one.id === id);
  if (ruledOut) {
    if (!shown) return refuse("nothing-changes");
    return reason?.trim()
      ? [{ type: "known-error.unlinked", data }]
      : refuse("reason-required", { command: "link-known-error" });
  }
  if (shown) return refuse("nothing-changes");
  if (known.retired) return refuse("known-error-retired");
  if (knownErrors.length >= shownErrorsMax) return refuse("known-errors-full", { max: shownErrorsMax });
  return [{ type: "known-error.linked", data }];
}

export type Likely = { readonly id: string; readonly why: readonly LikelyReason[] };

const likelyMax = 5;
/** Of the telling words of its name, in the language that fits better. */
const sharedLeast = 0.5;

type Described = Pick<IncidentState, "service" | "description" | "knownErrors"> & { readonly title: string };

/** Those that it may show, the likeliest first: half of the words of its name are in the incident, or some of them and its service. */
export function likelyErrors(incident: Described, all: Iterable<KnownError>): Likely[] {
  const { service, title, description, knownErrors = [] } = incident;
  const said = new Set(tellingWords(`${title}\n${description ?? ""}`).map(({ stem }) => stem));
  const found: (Likely & { readonly score: number })[] = [];
  for (const one of all) {
    if (one.retired || knownErrors.some(({ id }) => id === one.id)) continue;
    const elsewhere = service !== null && one.services.length > 0 && !one.services.includes(service);
    if (elsewhere) continue;
    const here = service !== null && one.services.includes(service);
    const shared = Math.max(sharedWith(said, one.nameFr), sharedWith(said, one.nameEn));
    const why: LikelyReason[] = [...(here ? ["service" as const] : []), ...(shared > 0 ? ["words" as const] : [])];
    if (shared >= sharedLeast || (here && shared > 0)) found.push({ id: one.id, why, score: shared + (here ? 1 : 0) });
  }
  return found
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, likelyMax)
    .map(({ score: _, ...one }) => one);
}

function sharedWith(said: ReadonlySet<string>, name: string): number {
  const words = tellingWords(name);
  return words.length === 0 ? 0 : words.filter(({ stem }) => said.has(stem)).length / words.length;
}

export type KnownErrorEvent = EventOf<"known-error.linked"> | EventOf<"known-error.unlinked">;

export const isOfKnownErrors = <Fact extends IncidentEvent>(event: Fact): event is Fact & KnownErrorEvent =>
  event.type === "known-error.linked" || event.type === "known-error.unlinked";

export function evolveKnownErrors(
  { knownErrors = [] }: Seen,
  { type, data: { knownError: id, nameFr, nameEn } }: KnownErrorEvent,
  { actor, occurredAt: at }: Stamp,
): Seen {
  const others = knownErrors.filter((one) => one.id !== id);
  return {
    knownErrors: type === "known-error.unlinked" ? others : [...others, { id, nameFr, nameEn, at, by: actor.name }],
  };
}
