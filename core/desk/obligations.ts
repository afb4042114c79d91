/** What laws want told of an incident, as the desk follows it: what it adds to the commands, and who is told as a limit comes near. */
import type { IncidentEvent } from "../incidents/events.ts";
import { type DaysOf, type LegalSaying, legalSayingsOf } from "../incidents/legal-clocks.ts";
import { isObligationName, obligationOf } from "../incidents/obligations.ts";
import { dutiesOf } from "../incidents/settling.ts";
import type { IncidentState } from "../incidents/state.ts";
import type { Duties } from "../incidents/unsettled.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import { toIso } from "../kernel/time.ts";
import type { Instant } from "../kernel/vocabulary.ts";
import { questionIds, questionsOf } from "../obligations/assessment.ts";
import { daysFor } from "../obligations/bound.ts";
import { fieldsOfLaw } from "../obligations/fields.ts";
import { lawNamed } from "../obligations/laws.ts";
import { registerFields } from "../obligations/registers.ts";
import type { CommandBody } from "./completing.ts";
import type { Directory } from "./directory.ts";
import { type Case, dataOf, type Reacting } from "./draft.ts";
import { tellSoon, tellUrgently } from "./telling.ts";

type Laws = Pick<Directory, "laws" | "zone">;

export const daysOfLaws =
  ({ laws, zone }: Laws): DaysOf =>
  (law) =>
    daysFor(laws, law, zone);

export const fieldsAsked = (law: string): string[] => fieldsOfLaw(law, registerFields(law));

/** What the law says now, and what the organisation says of it. */
export function withBound({ laws }: Laws, input: { readonly law: string }): object {
  const { bound: _, ...given } = input as { readonly bound?: unknown };
  const [law, own] = [lawNamed(input.law), laws.get(input.law)];
  if (!law || !own) return given;
  const { traits, targets } = own;
  return { ...given, bound: { law, questions: questionIds(questionsOf(law.id)), traits, targets } };
}

/** How far its duties to notify are settled. */
export const dutiesNow = (
  incident: IncidentState,
  { directory, at }: { readonly directory: Laws; readonly at: Instant },
): Duties => dutiesOf(incident, directory.laws.keys(), daysOfLaws(directory), at);

export function refuseUnknownLaw({ name, input }: CommandBody): Refusal | null {
  if (!isObligationName(name)) return null;
  const { law } = input as { readonly law: string };
  return lawNamed(law) ? null : refuse("clock-unknown", { clock: law });
}

/** When something is next to be said of what is to be told; null: nothing is. */
export function nextLegalAt({ incident }: Pick<Case, "incident">, directory: Laws, at: Instant): Instant | null {
  if (incident.obligations === undefined) return null;
  const { now, nextAt } = legalSayingsOf(incident, daysOfLaws(directory), at);
  return now.length > 0 ? at : nextAt;
}

export function legalEvents({ incident }: Case, directory: Laws, at: Instant): IncidentEvent[] {
  return incident.obligations === undefined ? [] : legalSayingsOf(incident, daysOfLaws(directory), at).now.map(saidOf);
}

function saidOf({ law, leg, share, since, dueAt, own }: LegalSaying): IncidentEvent {
  const of = { law, leg, since: toIso(since), due: toIso(dueAt), own };
  return share === 100
    ? { type: "obligation.missed", data: of }
    : { type: "obligation.warned", data: { ...of, share } };
}

export function tellLegalWarned(reacting: Reacting): void {
  const { law, leg, share, since, due, own } = dataOf(reacting, "obligation.warned");
  const values = { law, leg, share: String(share), due, own: String(own) };
  for (const id of concerned(reacting, law))
    tellSoon(reacting, id, "obligation-warned", `${law}-${leg}-${share}-${since}`, values);
}

export function tellLegalMissed(reacting: Reacting): void {
  const { law, leg, since, due, own } = dataOf(reacting, "obligation.missed");
  for (const id of concerned(reacting, law))
    tellUrgently(reacting, id, {
      notice: "obligation-missed",
      once: `${law}-${leg}-100-${since}-${due}`,
      values: { law, leg, share: "100", due, own: String(own) },
    });
}

/** Whoever assessed it, whoever coordinates and whoever has it. */
function concerned({ on }: Reacting, law: string): ReadonlySet<string> {
  const { coordinator, acceptedBy } = on.incident;
  const assessor = obligationOf(on.incident, law)?.assessedBy.id;
  return new Set([assessor, coordinator?.id, acceptedBy?.id].filter((id) => typeof id === "string"));
}
