/** What whoever takes over must know, as it is known now. Whoever is offered coordination finds it open. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BriefView } from "#contract/coordination.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { missingList } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { askedItems } from "./asked-items.ts";
import { briefQuery } from "./queries.ts";

export function Brief({ view, open: begun }: { view: IncidentView; open: boolean }) {
  const words = useWords();
  const { t } = words;
  const [open, setOpen] = useState(begun);
  const { data } = useQuery({ ...briefQuery(view.number, view.seq), enabled: open });
  return (
    <details className="disclose brief" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" size={12} />
        {t("brief.title")}
      </summary>
      <p className="hint">{t("brief.hint")}</p>
      {data && (
        <dl>
          {linesOf(words, view, data).map(({ label, lines }) => (
            <div key={label}>
              <dt>{label}</dt>
              {lines.map((line) => (
                <dd key={line}>{line}</dd>
              ))}
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

type Line = { readonly label: string; readonly lines: readonly string[] };

function linesOf(words: Words, view: IncidentView, brief: BriefView): Line[] {
  const { t } = words;
  const priority = brief.priority;
  const badge =
    priority === null ? t("priority.none") : t("priority.badge", { priority, word: t(`priority.${priority}`) });
  const said = (one: BriefView["lastUpdate"]) =>
    one ? [t("brief.said", { text: one.text, by: one.by, at: words.moment(one.at) })] : [t("brief.none.f")];
  const next = brief.next;
  const lines: Line[] = [
    { label: t("brief.state"), lines: [`${t(`stage.${brief.stage}`)} · ${badge}`] },
    { label: t("brief.since"), lines: brief.since ? [words.moment(brief.since)] : [] },
    { label: t("brief.who"), lines: whoDoesWhat(words, brief) },
    { label: t("brief.unfilled"), lines: listed(words, brief.unfilled) },
    { label: t("brief.tasks"), lines: brief.tasks.map((task) => taskLine(words, task)) },
    {
      label: t("brief.escalations"),
      lines: brief.escalations.map(({ kind, to, holder }) => t("brief.escalation", { kind, to, holder })),
    },
    { label: t("brief.unanswered"), lines: listed(words, brief.unanswered) },
    { label: t("brief.unknown"), lines: listed(words, brief.unknown) },
    {
      label: t("brief.missing"),
      lines: brief.missing.length > 0 ? [missingList(words, brief.missing, askedItems(view))] : [],
    },
    { label: t("brief.last-update"), lines: said(brief.lastUpdate) },
    { label: t("brief.last-decision"), lines: said(brief.lastDecision) },
    {
      label: t("brief.next"),
      lines: [
        next
          ? t(`deadline.${next.what}`, {
              at: words.moment(next.at),
              number: next.number ?? 0,
              target: next.target && t(`clock.name.${next.target}`),
            })
          : t("brief.none.f"),
      ],
    },
  ];
  return lines.filter((one) => one.lines.length > 0);
}

const listed = (words: Words, all: BriefView["unfilled"]): string[] =>
  all.length > 0 ? [words.list(all.map(({ name }) => name))] : [];

function whoDoesWhat({ t }: Words, { coordinator, acceptedBy, assigned, roles }: BriefView): string[] {
  const lines = [
    coordinator && t("brief.coordinates", { name: coordinator }),
    acceptedBy && t("brief.accepted", { name: acceptedBy }),
    assigned && assigned !== acceptedBy && t("brief.assigned", { name: assigned }),
    ...roles.filter(({ id }) => id !== "coordinator").map(({ role, name }) => t("brief.role", { role, name })),
  ].filter((one) => typeof one === "string" && one !== "") as string[];
  return lines.length > 0 ? lines : [t("ui.nobody")];
}

const taskLine = (words: Words, { number, text, owner, due, overdue }: BriefView["tasks"][number]): string =>
  words.t("brief.task", { number, text, owner, due: due && words.moment(due), overdue });
