/** Entries about alerts in the records of their incidents: one for each incident and input, and in a storm one a second at
 *  most, so that a record stays readable when thousands arrive. */
import { entryDue, entryWaits, entryWritten } from "../alerts/storm.ts";
import type { IncidentEvent, Title } from "../incidents/events.ts";
import { type Envelope, stampAll, stampOf } from "../kernel/stamp.ts";
import { integrationActor } from "./directory.ts";
import { append, type Case, caseOf, type Draft, setStorm, stormOf } from "./draft.ts";
import { stormTimerKey } from "./effects.ts";
import { type Handling, state } from "./handling.ts";

export function writeEntries(handling: Handling): void {
  const { draft, input } = handling;
  for (const [id, joined] of handling.joined) {
    const on = caseOf(draft, id);
    const again = handling.again.has(id) && on.openAlerts > 0;
    state(handling, on, [
      { type: "alert.grouped", data: { ...joined, total: on.openAlerts, ...(again && { again }) } },
    ]);
  }
  const storm = stormOf(draft, input.integrationId);
  if (entryWaits(storm)) {
    if (entryDue(storm, draft.at).now) writeStormEntry(draft, input.integrationId);
    else if (!handling.waiting) {
      draft.effects.push({
        kind: "set-timer",
        key: stormTimerKey(input.integrationId),
        timer: { kind: "storm", integrationId: input.integrationId },
        dueAt: entryDue(storm, draft.at).dueAt,
      });
    }
  }
  for (const [id, resolved] of handling.resolved) {
    const on = caseOf(draft, id);
    state(handling, on, [{ type: "alert.resolved", data: { ...resolved, open: on.openAlerts } }, ...cleared(on)]);
  }
}

/** Once, until a relapse: whoever has the incident decides, and is not told each time that a source wavers. */
const cleared = (on: Case): IncidentEvent[] =>
  on.openAlerts === 0 && !on.incident.sourcesCleared && on.incident.ended === null
    ? [{ type: "alerts.cleared", data: { told: on.incident.acceptedBy?.id ?? null } }]
    : [];

/** What joined or was resolved since the storm's last entry: one entry of each kind, and the title kept current. */
export function writeStormEntry(draft: Draft, integrationId: string): void {
  const known = stormOf(draft, integrationId);
  const integration = draft.directory.integrations.get(integrationId);
  if (known.storm === null || !integration) return;
  const { joined, resolved, incidentId, total, again } = known.storm;
  const on = caseOf(draft, incidentId);
  const events: IncidentEvent[] = [];
  if (joined) {
    const title: Title = { code: "storm", values: { integration: integration.name, count: total } };
    const anew = again === true && on.openAlerts > 0;
    const data = { ...joined, total, ...(anew && { again: anew }) };
    events.push({ type: "alert.grouped", data }, { type: "incident.retitled", data: { title } });
  }
  if (resolved) events.push({ type: "alert.resolved", data: { ...resolved, open: on.openAlerts } }, ...cleared(on));
  const envelope: Envelope = {
    at: draft.at,
    actor: integrationActor(integration),
    cause: { kind: "storm", id: integrationId },
  };
  if (events.length > 0) append(draft, on, stampAll(events, stampOf(envelope, null, false)));
  setStorm(draft, integrationId, entryWritten(known, draft.at));
}
