/** Whether it works again, as those say who need it: the owner of the service and its users, on the desk or by a link. They move no
 *  date; what they say is what the recovery is confirmed on, where its categories ask for it. */
import type { ConfirmedBy } from "../directory/category-process.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { minuteMs } from "../kernel/time.ts";
import type { Capacity, Instant } from "../kernel/vocabulary.ts";
import { roleOf } from "./acting.ts";
import type { CommandInputs } from "./commands.ts";
import { demandsIn } from "./demands.ts";
import type { EventOf, IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";

const pressedTwiceMs = minuteMs;

export type RestorationWord = {
  /** Null: by a link. */
  readonly id: string | null;
  readonly name: string;
  readonly as: Capacity;
  readonly working: boolean;
  readonly text: string | null;
  readonly at: Instant;
};

type Holding = Pick<IncidentState, "coordinator" | "acceptedBy">;
type Heard = Holding & Pick<IncidentState, "restorationWords" | "contributions" | "milestones">;

export function confirmRestored(
  state: IncidentState,
  { working, text, owns }: CommandInputs["confirm-restored"],
  { actor, at, occurredAt = at }: Pick<Envelope, "actor" | "at" | "occurredAt">,
): IncidentEvent[] | Refusal {
  const refused = whyNotConfirmRestored(state);
  if (refused) return refused;
  if (!working && !text?.trim()) return refuse("symptom-required");
  const as = actor.kind === "person" ? capacityOf(state, actor.id, owns === true) : "responder";
  const data = { text: text?.trim() || null, as };
  /* One press that arrived twice; later, it says that it is so still. */
  const last = state.restorationWords?.findLast(({ id }) => id !== null && id === actor.id);
  const same = last?.working === working && last.text === data.text;
  if (same && Math.abs(occurredAt - last.at) < pressedTwiceMs) return [];
  return [{ type: working ? "restoration.confirmed" : "restoration.contested", data }];
}

function capacityOf(state: Holding, id: string | null, owns: boolean): Capacity {
  if (owns) return "owner";
  return roleOf(state, { id }) === null ? "user" : "responder";
}

export const whyNotConfirmRestored = ({ milestones }: Pick<IncidentState, "milestones">): Refusal | null =>
  milestones.restored === undefined ? refuse("not-restored") : null;

/** People without an account are told apart by where their link was sent. */
type Sent = { readonly address: string };

/** The last that each of them said since service came back, in the order in which they said it. */
export function wordsOfRestoration(state: Heard): RestorationWord[] {
  const { restorationWords = [], contributions = [], milestones } = state;
  const { restored } = milestones;
  if (restored === undefined) return [];
  const byLink = contributions.flatMap(({ kind, status, answer, to }): (RestorationWord & Sent)[] =>
    kind === "working" && status === "answered" && answer && answer.at >= restored
      ? [
          {
            ...{ id: to.personId ?? null, name: to.name, address: to.address },
            as: capacityOf(state, to.personId ?? null, to.owns === true),
            working: answer.choice === "yes",
            text: answer.text,
            at: answer.at,
          },
        ]
      : [],
  );
  const last = new Map<string | undefined, RestorationWord>();
  const all: readonly (RestorationWord & Partial<Sent>)[] = [...restorationWords, ...byLink];
  for (const { address, ...one } of all.toSorted((a, b) => a.at - b.at)) {
    const key = one.id ?? address;
    last.delete(key);
    last.set(key, one);
  }
  return [...last.values()];
}

/** Whose word is wanted still before the recovery is confirmed: null where none is asked for, or one was given. */
export function wordWanted(state: IncidentState): ConfirmedBy | null {
  const { confirmedBy } = demandsIn(state);
  if (confirmedBy === undefined) return null;
  const counts: readonly Capacity[] = confirmedBy === "owner" ? ["owner"] : ["owner", "user"];
  return wordsOfRestoration(state).some(({ working, as }) => working && counts.includes(as)) ? null : confirmedBy;
}

/** For whom it does not work, by what they said last. */
export const contestants = (state: Heard): RestorationWord[] =>
  wordsOfRestoration(state).filter(({ working, as }) => !working && as !== "responder");

/** Where a word is asked for, unless somebody says who confirmed it to them, and how. Elsewhere what was said is only shown. */
export function refuseUnconfirmed(state: IncidentState): Refusal | null {
  if (demandsIn(state).confirmedBy === undefined) return null;
  const [against] = contestants(state);
  if (against) return refuse("restoration-contested", { name: against.name });
  const by = wordWanted(state);
  return by === null ? null : refuse("restoration-unconfirmed", { by });
}

export type RestorationEvent = EventOf<"restoration.confirmed"> | EventOf<"restoration.contested">;

export const isOfRestoration = <Fact extends IncidentEvent>(event: Fact): event is Fact & RestorationEvent =>
  event.type === "restoration.confirmed" || event.type === "restoration.contested";

export function evolveRestoration(
  { restorationWords = [] }: IncidentState,
  { type, data: { text, as } }: RestorationEvent,
  { actor: { id, name }, occurredAt: at }: Stamp,
): Pick<IncidentState, "restorationWords"> {
  return {
    restorationWords: [...restorationWords, { id, name, as, working: type === "restoration.confirmed", text, at }],
  };
}
