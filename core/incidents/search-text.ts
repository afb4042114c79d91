/** What people wrote in a fact of the record: what a search of incidents looks through, besides the title. */
import type { IncidentFact } from "./events.ts";
import { isOfLinkage } from "./links.ts";

/** What changes how an incident is found even when it says nothing. */
const changing: readonly IncidentFact["type"][] = [
  "incident.reported",
  "incident.retitled",
  "incident.dismissed",
  "incident.merged",
  "incident.closed",
  "closure.returned",
  "incident.reopened",
];

export const changesSearch = (fact: IncidentFact): boolean =>
  changing.includes(fact.type) || writtenIn(fact).length > 0;

export function writtenIn(fact: IncidentFact): string[] {
  /* Why it hangs together with another is for those who may see the other: whoever searches is asked about this one alone. */
  const reason = isOfLinkage(fact) || fact.type === "incident.merged" ? null : fact.stamp.reason;
  return [...textsOf(fact), reason].filter((text) => text !== null && text !== "") as string[];
}

function textsOf(fact: IncidentFact): (string | null)[] {
  switch (fact.type) {
    case "incident.reported":
      return [fact.data.description];
    case "observation.noted":
    case "person.advised":
    case "cause.recorded":
    case "help.asked":
    case "hypothesis.opened":
    case "hypothesis.weighed":
    case "hypothesis.resolved":
    case "service.restored":
    case "service.relapsed":
    case "restoration.confirmed":
    case "restoration.contested":
    case "recovery.confirmed":
    case "recovery.item-completed":
    case "criterion.confirmed":
    case "closure.accepted":
    case "derogation.reviewed":
    case "threat.contained":
    case "threat.eradicated":
    case "workstream.updated":
    case "workstream.finished":
      return [fact.data.text];
    case "workstream.opened":
      return [fact.data.title, fact.data.purpose];
    case "observable.added":
      return [fact.data.value, fact.data.note];
    case "evidence.registered":
      return [fact.data.description, fact.data.place, fact.data.source];
    case "affected.stated":
    case "affected.ruled-out":
    case "impact.measured":
      return [fact.data.note];
    case "disclosure.prepared":
      return [fact.data.to, fact.data.purpose];
    case "supplier.asked":
      return [fact.data.name, fact.data.text];
    case "supplier.acknowledged":
      return [fact.data.ticket, fact.data.text];
    case "supplier.ticketed":
      return [fact.data.ticket];
    case "supplier.working":
    case "supplier.restored":
    case "supplier.declined":
      return [fact.data.text];
    case "info.gathered":
      return [fact.data.answer];
    case "solution.selected":
      return [fact.data.text, ...fact.data.considered];
    case "decision.made":
      return [fact.data.text, ...fact.data.options];
    case "escalation.requested":
      return [fact.data.expected];
    case "obligation.assessed":
      return [fact.data.text];
    case "obligation.submitted":
      return [fact.data.reference, fact.data.way];
    case "incident.resolved":
      return [fact.data.solution, fact.data.cause];
    case "documentation.completed":
      return [fact.data.summary, fact.data.impact, fact.data.workaround, fact.data.lessons];
    case "attachment.added":
      return [fact.data.name];
    default:
      return [];
  }
}
