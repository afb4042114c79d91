/** The brief of a hand-over as its entry keeps it: what was known then. */
import type { Brief } from "#core/incidents/brief.ts";
import type { Words } from "../language/words.tsx";
import type { Detail, Names } from "./entry-words.ts";
import { recordWords } from "./record-words.ts";

export function briefDetails(
  brief: Brief | null,
  { words, names }: { readonly words: Words; readonly names: Names },
): (Detail | null)[] {
  if (brief === null) return [];
  const { t } = words;
  const { t: own } = recordWords(words.locale);
  const itemOf = (id: string) => names(`item/${id}`) ?? id;
  const roleOf = (id: string) => names(`role/${id}`) ?? id;
  const line = (label: string, text: string): Detail | null => (text === "" ? null : { label, text });
  const { next, priority, lastUpdate, lastDecision } = brief;
  const badge =
    priority === null ? t("priority.none") : t("priority.badge", { priority, word: t(`priority.${priority}`) });
  const said = (one: Brief["lastUpdate"]) =>
    one ? own("brief.said", { text: one.text, by: one.by, at: words.moment(one.at) }) : "";
  return [
    line(own("brief.state"), `${t(`stage.${brief.stage}`)} · ${badge}`),
    line(
      own("brief.who"),
      words.list(brief.roles.map(({ role, name }) => own("brief.role", { role: roleOf(role), name }))),
    ),
    line(own("brief.unfilled"), words.list(brief.unfilled.map(roleOf))),
    line(
      own("brief.workstreams"),
      (brief.workstreams ?? [])
        .map(({ due, ...one }) => own("brief.workstream", { ...one, due: due && words.moment(due) }))
        .join(t("ui.semicolon")),
    ),
    line(
      own("brief.tasks"),
      brief.tasks
        .map(({ due, ...task }) => own("brief.task", { ...task, due: due && words.moment(due) }))
        .join(t("ui.semicolon")),
    ),
    line(
      own("brief.escalations"),
      brief.escalations
        .map(({ kind, to, holder }) => own("brief.escalation", { kind, holder, to: names(to) ?? to }))
        .join(t("ui.semicolon")),
    ),
    line(own("brief.unanswered"), words.list(brief.unanswered.map(itemOf))),
    line(own("brief.unknown"), words.list(brief.unknown.map(itemOf))),
    line(own("brief.last-update"), said(lastUpdate)),
    line(own("brief.last-decision"), said(lastDecision)),
    line(
      own("brief.next"),
      next
        ? t(`deadline.${next.what}`, {
            at: words.moment(next.at),
            number: next.number ?? 0,
            target: next.target && t(`clock.name.${next.target}`),
          })
        : "",
    ),
  ];
}
