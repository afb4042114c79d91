import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import type { MessageId, Words } from "../language/words.tsx";

const sentences: Readonly<Partial<Record<IncidentCommandName, MessageId>>> = {
  accept: "next.accept",
  register: "next.register",
  "confirm-priority": "next.confirm-priority",
  categorise: "next.categorise",
  "declare-restored": "next.declare-restored",
  "declare-resolved": "next.declare-resolved",
  "confirm-recovery": "next.confirm-recovery",
  "complete-documentation": "next.complete-documentation",
  close: "next.close",
};

export function nextSentence(words: Words, view: IncidentView, command: IncidentCommandName): string {
  const wanted = command === "accept" && view.coordinationWanted ? "next.coordinate" : sentences[command];
  return words.t(wanted ?? `command.${command}.title`);
}
