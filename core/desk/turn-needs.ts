/** Which policies, of those that call in turn, an input may come to: whom each called is read under a lock, so that two who
 *  decide at once never both take the same person. Asked for once all else is loaded: what an incident is routed by is known
 *  then, and locks are taken in one order. */
import { callsInTurn, type Policy } from "../escalation/policy.ts";
import { majorCategory } from "../kernel/vocabulary.ts";
import { route } from "../routing/route.ts";
import { ofRota } from "./activating.ts";
import { atKey } from "./by-key.ts";
import type { Directory } from "./directory.ts";
import type { Draft, StateKey } from "./draft.ts";
import type { DeskInput } from "./inputs.ts";
import { ourSignals } from "./leases.ts";

const inTurn = new WeakMap<Directory["policies"], boolean>();

/** Most desks have none, and a flood asks for each of its signals. */
function anyInTurn({ policies }: Directory): boolean {
  const known = inTurn.get(policies) ?? policies.values().some(callsInTurn);
  inTurn.set(policies, known);
  return known;
}

export function turnNeeds(draft: Draft, input: DeskInput): StateKey[] {
  if (!anyInTurn(draft.directory)) return [];
  const found = [...policiesOf(draft, input)].filter(callsInTurn).map(({ id }) => id);
  return [...new Set(found)]
    .filter((policyId) => draft.directory.policies.has(policyId) && !draft.calledInTurn.has(policyId))
    .map((policyId) => ({ kind: "in-turn", policyId }));
}

function policiesOf(draft: Draft, input: DeskInput): Policy[] {
  const { directory } = draft;
  switch (input.kind) {
    case "open":
      return [route(input.incident.service, directory).policy, ...rotasOf(directory, input.incident.categories)];
    case "signals":
      return ofSignals(draft, input);
    case "lease-timer":
      return ofSignals(draft, ourSignals(input, "expire"));
    case "waiting-timer":
    case "raise":
      return ofSignals(draft, ourSignals(input, "recheck"));
    case "command":
      return ofCommand(draft, input);
    case "paging-timer":
    case "acceptance-timer":
      return ofCase(draft, input.incidentId);
    case "offer-timer":
    case "task-timer":
    case "team-timer":
    case "workstream-timer":
      return [];
    case "page-outcome": {
      const { kind } = input.outcome;
      const passesOn = kind === "failed" || kind === "expired" || kind === "undelivered";
      return passesOn ? ofCase(draft, input.incidentId) : [];
    }
    case "attach":
    case "security":
    case "impact":
    case "contribution":
    case "contribution-timer":
    case "engagement":
    case "engagement-timer":
    case "break-glass":
    case "access-timer":
    case "post-outcome":
    case "storm-timer":
    case "silence-timer":
    case "major-timer":
    case "clock-timer":
      return [];
  }
}

/** What calls for it now, and what would. */
function ofCase({ cases, directory }: Draft, id: string): Policy[] {
  const on = cases.get(id);
  if (!on) return [];
  const calls = [on.paging, ...Object.values(on.paging.escalations ?? {})];
  const asked = (on.incident.escalations ?? []).flatMap(({ to }) => directory.policies.get(to) ?? []);
  return [...calls.flatMap(({ policy }) => policy ?? []), route(on.incident.service, directory).policy, ...asked];
}

function ofCommand(draft: Draft, { incidentId, command }: Extract<DeskInput, { kind: "command" }>): Policy[] {
  const { directory } = draft;
  const { into, to, service } = command.input as Readonly<Record<string, string | undefined>>;
  const declared = command.name === "declare-major" ? [majorCategory] : [];
  const team = command.name === "activate-team" ? directory.teams.get(command.input.team) : undefined;
  return [
    ...rotasOf(directory, command.name === "categorise" ? command.input.categories : declared),
    ...(team?.charter ? [ofRota(directory, team.charter)] : []),
    ...ofCase(draft, incidentId),
    ...(into === undefined ? [] : ofCase(draft, into)),
    ...(service === undefined ? [] : [route(service, directory).policy]),
    ...(directory.policies.has(to ?? "") ? [directory.policies.get(to ?? "")] : []),
  ].filter((one) => one !== undefined);
}

/** Of teams that these categories activate. */
function rotasOf(directory: Directory, categories: readonly string[]): Policy[] {
  const teams = categories.flatMap((id) => directory.categories.get(id)?.process.teams ?? []);
  return teams.flatMap((id) => {
    const charter = directory.teams.get(id)?.charter;
    return (charter && ofRota(directory, charter)) || [];
  });
}

function ofSignals(
  draft: Draft,
  { integrationId, signals }: Pick<Extract<DeskInput, { kind: "signals" }>, "integrationId" | "signals">,
): Policy[] {
  const { directory } = draft;
  const of = directory.integrations.get(integrationId)?.serviceId ?? null;
  const services = new Set(signals.map(({ serviceId }) => serviceId ?? of));
  const incidents = new Set(
    signals.flatMap(({ key }) => {
      const known = atKey(draft.alerts, integrationId, key);
      return [known?.last?.incidentId, known?.last?.waits?.after, known?.groupIncidentId].filter((id) => id != null);
    }),
  );
  const storm = draft.storms.get(integrationId)?.storm?.incidentId;
  if (storm) incidents.add(storm);
  return [
    ...[...services].map((service) => route(service, directory).policy),
    ...[...incidents].flatMap((id) => withMerged(draft, id)).flatMap((id) => ofCase(draft, id)),
  ];
}

/** An incident that was merged, and the one it went into. */
function withMerged({ cases }: Draft, id: string): string[] {
  const into = cases.get(id)?.incident.mergedInto;
  return into ? [id, into] : [id];
}
