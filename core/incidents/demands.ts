/** What the pinned processes of an incident ask of it, as far as a rule reads it, and what has been answered: the words stay
 *  with the processes, which never change. */
import type { AnswerKind, ConfirmedBy, FlagRule, ProcessLevel } from "../directory/category-process.ts";
import type { GrantedLevel, IncidentCommandName } from "../directory/responsibility.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope, Stamp } from "../kernel/stamp.ts";
import { parseIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import type { CommandInputs } from "./commands.ts";
import type { EffectiveProcess } from "./effective-process.ts";
import type { IncidentEvent } from "./events.ts";
import type { IncidentState } from "./state.ts";
import { declareThreat, isThreatStep } from "./threat.ts";
import { refuseUnsettled, settlingCriterion } from "./unsettled.ts";

export type Demands = {
  /** `major@3`, in the order in which they speak. */
  readonly pinned: readonly string[];
  readonly questions: readonly {
    readonly id: string;
    readonly kind: AnswerKind;
    readonly choices?: readonly string[];
    readonly required: boolean;
  }[];
  readonly roles: readonly {
    readonly id: string;
    readonly level: GrantedLevel | null;
    /** Closing asks that somebody holds it, or has. */
    readonly required?: true;
  }[];
  readonly recovery: readonly string[];
  readonly criteria: readonly string[];
  readonly levels: readonly ProcessLevel[];
  /** Once it is closed, somebody other than whoever closed it looks at what it left. */
  readonly closureCheck?: true;
  /** Whose word the recovery is confirmed on. */
  readonly confirmedBy?: ConfirmedBy;
  /** What proposes that it be held serious, or not routine; absent while nothing does. */
  readonly flags?: readonly FlagRule[];
};

/** `answer`: null where it was said to be unknown. */
export type Answered = { readonly at: Instant; readonly by: string; readonly answer: string | null };
/** `notNeeded`: it does not apply to this incident, for the reason given. */
export type Confirmed = {
  readonly at: Instant;
  readonly by: string;
  readonly text: string | null;
  readonly notNeeded: boolean;
};

export const noDemands: Demands = { pinned: [], questions: [], roles: [], recovery: [], criteria: [], levels: [] };

export function demandsOf(process: EffectiveProcess): Demands {
  return {
    pinned: process.pinned,
    questions: process.questions.map(({ id, kind, choices, required }) => ({
      id,
      kind,
      ...(choices && { choices: choices.map((one) => one.id) }),
      required,
    })),
    roles: process.roles.map(({ id, level, required }) => ({ id, level, ...(required && { required }) })),
    recovery: process.recovery.map(({ id }) => id),
    criteria: process.criteria.map(({ id }) => id),
    levels: process.levels,
    ...(process.confirmedBy && { confirmedBy: process.confirmedBy }),
    ...(process.closureCheck && { closureCheck: true }),
    ...(process.flags.length > 0 && {
      flags: process.flags.map(({ id, words, flag, when }) => ({ id, words, flag, when })),
    }),
  };
}

export const demandsIn = ({ demands = noDemands }: Pick<IncidentState, "demands">): Demands => demands;

/** Questions that must be answered, or said to be unknown, and are not. */
export const openQuestions = (state: IncidentState): string[] =>
  demandsIn(state)
    .questions.filter(({ id, required }) => required && state.answers?.[id] === undefined)
    .map(({ id }) => id);

/** Enough is known for somebody to begin resolving. Without questions, it is as soon as it has been categorised. */
export const isReady = (state: IncidentState): boolean =>
  state.milestones.categorised !== undefined && openQuestions(state).length === 0;

export const unmetCriteria = (state: IncidentState): string[] =>
  demandsIn(state).criteria.filter((id) => state.confirmed?.[id] === undefined);

export const openRecoveryItems = (state: IncidentState): string[] =>
  demandsIn(state).recovery.filter((id) => state.recoveryDone?.[id] === undefined);

const askedBy = {
  gather: "questions",
  "complete-recovery-item": "recovery",
  "confirm-criterion": "criteria",
  "fill-role": "roles",
} as const satisfies Partial<Record<IncidentCommandName, keyof Demands>>;

export const refuseUnasked = (state: IncidentState, command: keyof typeof askedBy): Refusal | null =>
  demandsIn(state)[askedBy[command]].length === 0 ? refuse("nothing-asked", { command }) : null;

export function gather(state: IncidentState, input: CommandInputs["gather"]): IncidentEvent[] | Refusal {
  const { question: id, answer } = input;
  const nothing = refuseUnasked(state, "gather");
  if (nothing) return nothing;
  const question = demandsIn(state).questions.find((one) => one.id === id);
  if (!question) return refuse("question-unknown", { question: id });
  const text = answer?.trim() ?? "";
  if (answer !== null && !fits(question, text)) return refuse("answer-does-not-fit", { question: id });
  const gathered: IncidentEvent = {
    type: "info.gathered",
    data: { question: id, answer: answer === null ? null : text },
  };
  const left = openQuestions(state).filter((one) => one !== id);
  const reaches = left.length === 0 && state.readyAt === undefined;
  return reaches ? [gathered, { type: "readiness.reached", data: {} }] : [gathered];
}

function fits({ kind, choices = [] }: Demands["questions"][number], text: string): boolean {
  switch (kind) {
    case "text":
      return text !== "";
    case "time":
      return parseIso(text) !== undefined;
    case "yes-no":
      return text === "yes" || text === "no";
    case "choice":
      return choices.includes(text);
  }
}

export function confirmCriterion(
  state: IncidentState,
  input: CommandInputs["confirm-criterion"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { criterion, text, notNeeded } = input;
  const nothing = refuseUnasked(state, "confirm-criterion");
  if (nothing) return nothing;
  if (!demandsIn(state).criteria.includes(criterion)) return refuse("criterion-unknown", { criterion });
  if (notNeeded && !envelope.reason?.trim()) return refuse("reason-required", { command: "confirm-criterion" });
  /* Held, or gone: that is declared, and the criterion is met by it. */
  if (!notNeeded && isThreatStep(criterion) && !state.security?.[criterion])
    return declareThreat(state, criterion, text);
  const { unsettled = [], left = [] } = criterion === settlingCriterion ? (input.duties ?? {}) : {};
  const refused = refuseUnsettled({ unsettled });
  if (refused) return refused;
  const more = left.length > 0 ? { left: [...left] } : {};
  return [{ type: "criterion.confirmed", data: { criterion, text, notNeeded, ...more } }];
}

export function completeRecoveryItem(
  state: IncidentState,
  input: CommandInputs["complete-recovery-item"],
  envelope: Envelope,
): IncidentEvent[] | Refusal {
  const { item, text, notNeeded } = input;
  const nothing = refuseUnasked(state, "complete-recovery-item");
  if (nothing) return nothing;
  if (!demandsIn(state).recovery.includes(item)) return refuse("recovery-item-unknown", { item });
  if (notNeeded && !envelope.reason?.trim()) return refuse("reason-required", { command: "complete-recovery-item" });
  return [{ type: "recovery.item-completed", data: { item, text, notNeeded } }];
}

export function setDomains(state: IncidentState, { domains }: CommandInputs["set-domains"]): IncidentEvent[] {
  const before = state.domains ?? [];
  const now = [...new Set(domains)];
  const added = now.filter((id) => !before.includes(id));
  const removed = before.filter((id) => !now.includes(id));
  return [
    ...(added.length > 0 ? [{ type: "domain.added" as const, data: { domains: added } }] : []),
    ...(removed.length > 0 ? [{ type: "domain.removed" as const, data: { domains: removed } }] : []),
  ];
}

const demandEvents = [
  "info.gathered",
  "readiness.reached",
  "criterion.confirmed",
  "recovery.item-completed",
  "domain.added",
  "domain.removed",
] as const;
export type DemandEvent = Extract<IncidentEvent, { type: (typeof demandEvents)[number] }>;

export const isOfDemands = <Fact extends IncidentEvent>(event: Fact): event is Fact & DemandEvent =>
  demandEvents.some((type) => type === event.type);

export function evolveDemands(
  state: IncidentState,
  event: DemandEvent,
  { actor, occurredAt: at }: Stamp,
): Partial<IncidentState> {
  const by = actor.name;
  switch (event.type) {
    case "info.gathered": {
      const { question, answer } = event.data;
      return { answers: { ...state.answers, [question]: { at, by, answer } } };
    }
    case "readiness.reached":
      return { readyAt: at };
    case "criterion.confirmed": {
      const { criterion, text, notNeeded } = event.data;
      return { confirmed: { ...state.confirmed, [criterion]: { at, by, text, notNeeded } } };
    }
    case "recovery.item-completed": {
      const { item, text, notNeeded } = event.data;
      return { recoveryDone: { ...state.recoveryDone, [item]: { at, by, text, notNeeded } } };
    }
    case "domain.added":
      return { domains: [...(state.domains ?? []), ...event.data.domains] };
    case "domain.removed":
      return { domains: (state.domains ?? []).filter((id) => !event.data.domains.includes(id)) };
  }
}
