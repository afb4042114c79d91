/** What becomes of an incident’s alerts when it ends or joins another. */
import { appendCaused, dataOf, type Reacting, sweepAlerts } from "./draft.ts";
import { carriedTasks } from "./merging.ts";

export function endAlerts({ draft, on }: Reacting): void {
  sweepAlerts(draft, { kind: "end", incidentId: on.id, at: draft.at });
  on.openAlerts = 0;
  on.firingAlerts = 0;
}

/** The alerts of a merged incident hold the one it was merged into, which is then down again if it was thought restored; its open
 *  tasks go on there. */
export function moveAlerts(reacting: Reacting): void {
  const { draft, on } = reacting;
  const { into, tasks = [] } = dataOf(reacting, "incident.merged");
  const target = draft.cases.get(into);
  if (!target) throw new Error(`incident ${into} was not loaded before a merge into it`);
  sweepAlerts(draft, { kind: "move", incidentId: on.id, into });
  const alerts = on.openAlerts;
  target.openAlerts += on.openAlerts;
  target.firingAlerts += on.firingAlerts;
  on.openAlerts = 0;
  on.firingAlerts = 0;
  const down = alerts > 0 && on.incident.milestones.restored === undefined;
  const { restored, resolved } = target.incident.milestones;
  const relapses = down && restored !== undefined && resolved === undefined;
  const carried = carriedTasks(on.incident, tasks, target.incident);
  const told = carried.length > 0 ? { tasks: carried.map(({ data }) => data.number) } : {};
  appendCaused({ ...reacting, on: target }, [
    { type: "incident.absorbed", data: { from: on.id, fromNumber: on.incident.number, alerts, ...told } },
    ...carried,
    ...(relapses ? [{ type: "service.relapsed", data: { text: null, because: "merged" } } as const] : []),
  ]);
}
