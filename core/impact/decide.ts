/** Decides what is said of what an incident hurts: which services are affected, and how much each domain suffers, since when. What
 *  was closed may still be told, since harm is often known late. */
import { guardDates, recorded } from "../incidents/acting.ts";
import { refuseEnded } from "../incidents/ended.ts";
import type { IncidentEvent, IncidentFact } from "../incidents/events.ts";
import { type Affected, noImpact, type Observation } from "../incidents/impact-state.ts";
import { statusNow } from "../incidents/outages.ts";
import type { IncidentState } from "../incidents/state.ts";
import type { AffectedStatus } from "../kernel/impact-words.ts";
import { isRefusal, type Refusal, refuse } from "../kernel/refusal.ts";
import type { Envelope } from "../kernel/stamp.ts";
import { toIso } from "../kernel/time.ts";
import type { ImpactCommand, ImpactInputs } from "./commands.ts";
import { grantImpact } from "./permission.ts";

/** Of one incident: beyond this, nobody reads them. */
export const affectedMax = 100;
export const statementsMax = 100;
export const observationsMax = 500;

export function decideImpact(
  state: IncidentState,
  command: ImpactCommand,
  envelope: Envelope,
): readonly IncidentFact[] | Refusal {
  const { name } = command;
  const granted = grantImpact(state, name, envelope.actor, envelope.derogation !== undefined);
  if (isRefusal(granted)) return granted;
  return recorded(state, { name, envelope }, granted, () => {
    const guarded =
      guardDates(envelope) ??
      guardOpen(state) ??
      guardNoticed(state, command, envelope) ??
      guardEnd(state, command, envelope);
    return guarded ?? eventsOf(state, command, envelope);
  });
}

/** Of what was no incident, or is told in another, nothing is said any more. */
const guardOpen = (state: IncidentState): Refusal | null => (state.ended === "closed" ? null : refuseEnded(state));

/** What is said of its harm is not dated before it was noticed: whoever knows that it began sooner corrects that first. */
function guardNoticed(state: IncidentState, { name }: ImpactCommand, { occurredAt }: Envelope): Refusal | null {
  const { reported } = state.milestones;
  if (occurredAt === undefined || reported === undefined || occurredAt >= reported) return null;
  return name === "state-affected" || name === "measure-impact"
    ? refuse("impact-before-notice", { noticed: toIso(reported) })
    : null;
}

/** What is told late of an incident that is closed was harm before its end: said as of now, its curve would run on to today. */
function guardEnd({ ended, milestones }: IncidentState, command: ImpactCommand, envelope: Envelope): Refusal | null {
  const { closed } = milestones;
  const { occurredAt, at } = envelope;
  if (ended !== "closed" || closed === undefined || (occurredAt ?? at) <= closed) return null;
  const harms =
    (command.name === "state-affected" && command.input.status !== "back") ||
    (command.name === "measure-impact" && command.input.magnitude !== "none");
  return harms ? refuse("impact-after-end", { ended: toIso(closed) }) : null;
}

function eventsOf(state: IncidentState, command: ImpactCommand, envelope: Envelope): IncidentEvent[] | Refusal {
  switch (command.name) {
    case "state-affected":
      return stateAffected(state, command.input, envelope);
    case "rule-out-affected":
      return ruleOut(state, command.input);
    case "measure-impact":
      return measure(state, command.input, envelope);
    case "withdraw-impact":
      return withdraw(state, command.input, envelope);
  }
}

const affectedOf = ({ impactSeen = noImpact }: IncidentState, service: string): Affected | undefined =>
  impactSeen.affected.find((one) => one.service === service);

const statusOf = (state: IncidentState, service: string): AffectedStatus => {
  const found = affectedOf(state, service);
  return found ? statusNow(found, state) : "back";
};

const noteOf = (note: string | null | undefined): string | null => note?.trim() || null;

function stateAffected(
  state: IncidentState,
  { service, status, note, known, through = null }: ImpactInputs["state-affected"],
  { occurredAt, at }: Envelope,
): IncidentEvent[] | Refusal {
  if (!known) return refuse("service-unknown", { service });
  const before = affectedOf(state, service);
  if (!before && known.retired && service !== state.service) return refuse("service-retired", { service });
  if (!before && status === "back") return refuse("service-not-affected", { service: known.nameEn });
  if (!before && (state.impactSeen?.affected.length ?? 0) >= affectedMax)
    return refuse("impact-full", { max: affectedMax });
  if (before && before.statements.length >= statementsMax) return refuse("impact-full", { max: statementsMax });
  const was = before ? statusOf(state, service) : null;
  const newest = before?.statements.at(-1)?.at ?? 0;
  if (was === status && (occurredAt ?? at) >= newest && !noteOf(note)) return refuse("nothing-changes");
  const by =
    before || through === null ? null : { service: through.id, nameFr: through.nameFr, nameEn: through.nameEn };
  const { nameFr, nameEn } = known;
  return [{ type: "affected.stated", data: { service, nameFr, nameEn, status, was, note: noteOf(note), through: by } }];
}

function ruleOut(
  state: IncidentState,
  { service, note, known }: ImpactInputs["rule-out-affected"],
): IncidentEvent[] | Refusal {
  if (!known) return refuse("service-unknown", { service });
  const { ruledOut } = state.impactSeen ?? noImpact;
  if (ruledOut.some((one) => one.service === service)) return refuse("nothing-changes");
  if (affectedOf(state, service)) return refuse("service-affected");
  if (known.retired && service !== state.service) return refuse("service-retired", { service });
  const { nameFr, nameEn } = known;
  return [{ type: "affected.ruled-out", data: { service, nameFr, nameEn, note: noteOf(note) } }];
}

function measure(
  state: IncidentState,
  { domain, magnitude, people, note, known }: ImpactInputs["measure-impact"],
  { occurredAt, at }: Envelope,
): IncidentEvent[] | Refusal {
  if (!known) return refuse("domain-unknown", { domain });
  const { observations } = state.impactSeen ?? noImpact;
  if (observations.length >= observationsMax) return refuse("impact-full", { max: observationsMax });
  const when = occurredAt ?? at;
  const same = (one: Observation): boolean => one.domain === domain && one.at === when && !one.withdrawn;
  const taken = observations.find(same);
  if (taken) return refuse("impact-measured-then", { number: taken.number });
  const { nameFr, nameEn } = known;
  const number = observations.length + 1;
  const counted = magnitude === "none" ? null : (people ?? null);
  return [
    {
      type: "impact.measured",
      data: { number, domain, nameFr, nameEn, magnitude, people: counted, note: noteOf(note) },
    },
  ];
}

function withdraw(
  state: IncidentState,
  { number }: ImpactInputs["withdraw-impact"],
  { reason }: Envelope,
): IncidentEvent[] | Refusal {
  if (!reason?.trim()) return refuse("reason-required", { command: "withdraw-impact" });
  const found = (state.impactSeen ?? noImpact).observations.find((one) => one.number === number);
  if (!found) return refuse("impact-unknown", { number });
  if (found.withdrawn) return refuse("nothing-changes");
  const { domain, nameFr, nameEn } = found;
  return [{ type: "impact.withdrawn", data: { number, domain, nameFr, nameEn } }];
}
