import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { missingList } from "../language/sentences.ts";
import type { MessageId, Words } from "../language/words.tsx";
import { askedItems } from "./asked-items.ts";
import { reasonOf } from "./reason-words.ts";

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
  const wanted =
    command === "accept-coordination" ? (view.offer ? "next.offered" : "next.coordinate") : sentences[command];
  return words.t(wanted ?? `command.${command}.title`);
}

/** What helps to do it: who was called, why this priority, what is left. */
export function nextNote(words: Words, view: IncidentView, command: IncidentCommandName): string {
  switch (command) {
    case "accept":
      return calledSentence(words, view);
    case "accept-coordination":
      return view.offer ? words.t("next.offered.note", { name: view.offer.by.name }) : words.t("next.coordinate.note");
    case "confirm-priority":
      return view.priorityReasons.map((code) => reasonOf(words, code)).join(words.t("ui.semicolon"));
    case "declare-restored":
      return words.t("next.declare-restored.note");
    case "declare-resolved":
    case "confirm-recovery":
      return words.t("next.missing", { missing: missingList(words, view.missing, askedItems(view)) });
    case "complete-documentation":
      if (view.closure?.check === "returned" && view.closure.checked)
        return words.t("next.returned", { name: view.closure.checked.by, why: view.closure.checked.text });
      return words.t("next.missing", { missing: missingList(words, view.missing, askedItems(view)) });
    default:
      return "";
  }
}

/** The latest of those called; all of them are on the incident's page. */
const namedMax = 3;

/** « Hugo Perrin, 03:35: message envoyé, sans réponse. » for each of those who were called last. */
export function calledSentence(words: Words, view: IncidentView): string {
  const latest = new Map(view.paging.called.map((one) => [one.id, one]));
  const called = [...latest.values()].slice(-namedMax).map((one) =>
    words.t("board.called", {
      name: one.name,
      hour: words.moment(one.at),
      status: words.find(`page.status.${one.status}`) ?? one.status,
    }),
  );
  return called.length > 0 ? called.join(" ") : words.t(`paging.status.${view.paging.status}`);
}
