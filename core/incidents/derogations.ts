/** Where somebody acted above their level, because nobody who might have was there: why, and what somebody of level 5 said of it
 *  afterwards (R-53 of the reading of the seed). */
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { toIso } from "../kernel/time.ts";
import type { Actor, DerogationVerdict, Instant } from "../kernel/vocabulary.ts";
import type { CommandInputs } from "./commands.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

export type Derogation = {
  /** From 1, by incident. */
  readonly number: number;
  /** What was done, and the level that it asks. */
  readonly command: string;
  readonly needed: number;
  readonly by: { readonly id: string | null; readonly name: string };
  readonly at: Instant;
  readonly reason: string | null;
  /** Whoever has the level and had been called, without an answer; nobody: it was not sought, or they were busy elsewhere. */
  readonly silent: readonly { readonly name: string; readonly since: string }[];
  readonly review?:
    | {
        readonly by: string;
        readonly at: Instant;
        readonly verdict: DerogationVerdict;
        readonly text: string | null;
      }
    | undefined;
};

/** What the record says of it before what it let through: who of that level had been called, and since when nothing was heard. */
export const derogationUsed = (
  command: string,
  needed: number,
  { derogation }: Pick<Envelope, "derogation">,
): Extract<IncidentEvent, { type: "derogation.used" }> => ({
  type: "derogation.used",
  data: {
    ...{ command, needed },
    silent: (derogation?.called ?? [])
      .filter(({ level }) => (level ?? 0) >= needed)
      .map(({ name, since }) => ({ name, since: toIso(since) })),
  },
});

/** The one that is meant: by its number, or one that nobody has reviewed; their own only where there is no other. */
export function whyNotReview(
  { derogations = [] }: Pick<IncidentState, "derogations">,
  actor: Actor,
  number?: number,
): Refusal | null {
  const isOwn = ({ by }: Derogation): boolean => by.id !== null && by.id === actor.id;
  const open = derogations.filter(({ review }) => review === undefined);
  const one =
    number === undefined
      ? (open.find((each) => !isOwn(each)) ?? open[0])
      : derogations.find((each) => each.number === number);
  if (one === undefined) return refuse("derogation-unknown", { derogation: number ?? 0 });
  if (one.review !== undefined) return refuse("derogation-reviewed", { name: one.review.by });
  return isOwn(one) ? refuse("own-derogation") : null;
}

export function reviewDerogation(
  state: IncidentState,
  { number, verdict, text }: CommandInputs["review-derogation"],
  { actor }: Envelope,
): IncidentEvent[] | Refusal {
  return whyNotReview(state, actor, number) ?? [{ type: "derogation.reviewed", data: { number, verdict, text } }];
}

export type DerogationEvent = Extract<IncidentEvent, { type: `derogation.${string}` }>;

export function evolveDerogations(
  { derogations = [] }: IncidentState,
  event: DerogationEvent,
  { actor, derogation: reason, recordedAt: at }: Stamp,
): Pick<IncidentState, "derogations"> {
  if (event.type === "derogation.used") {
    const by = { id: actor.id, name: actor.name };
    return {
      derogations: [...derogations, { number: derogations.length + 1, silent: [], ...event.data, by, at, reason }],
    };
  }
  const { number, verdict, text } = event.data;
  const review = { by: actor.name, at, verdict, text };
  return { derogations: derogations.map((one) => (one.number === number ? { ...one, review } : one)) };
}

/** What somebody has still to look at: a closure that its categories want checked, somebody who acted above their level, that it be
 *  opened again. */
export const isToCheck = ({ closure, reopening, derogations = [] }: Checkable): boolean =>
  closure?.check === "due" || (reopening && !reopening.declined) === true || derogations.some(({ review }) => !review);

/** As it is known here, or as the API shows it. */
type Checkable = {
  readonly closure?: { readonly check: string } | null | undefined;
  readonly reopening?: { readonly declined?: object | null | undefined } | null | undefined;
  readonly derogations?: readonly { readonly review?: object | null | undefined }[] | undefined;
};
