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
import { recordWords } from "./record-words.ts";

export function Brief({ view, open: begun }: { view: IncidentView; open: boolean }) {
  const words = useWords();
  const { t: own } = recordWords(words.locale);
  const [open, setOpen] = useState(begun);
  const { data } = useQuery({ ...briefQuery(view.number, view.seq), enabled: open });
  return (
    <details className="disclose brief" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" size={12} />
        {own("brief.title")}
      </summary>
      <p className="hint">{own("brief.hint")}</p>
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
  const { t: own } = recordWords(words.locale);
  const priority = brief.priority;
  const badge =
    priority === null ? t("priority.none") : t("priority.badge", { priority, word: t(`priority.${priority}`) });
  const said = (one: BriefView["lastUpdate"]) =>
    one ? [own("brief.said", { text: one.text, by: one.by, at: words.moment(one.at) })] : [own("brief.none.f")];
  const next = brief.next;
  const lines: Line[] = [
    { label: own("brief.state"), lines: [`${t(`stage.${brief.stage}`)} · ${badge}`] },
    { label: own("brief.since"), lines: brief.since ? [words.moment(brief.since)] : [] },
    { label: own("brief.who"), lines: whoDoesWhat(words, brief) },
    { label: own("brief.unfilled"), lines: listed(words, brief.unfilled) },
    {
      label: own("brief.workstreams"),
      lines: brief.workstreams.map(({ due, ...one }) =>
        own("brief.workstream", { ...one, due: due && words.moment(due) }),
      ),
    },
    { label: own("brief.tasks"), lines: brief.tasks.map((task) => taskLine(words, task)) },
    {
      label: own("brief.escalations"),
      lines: brief.escalations.map(({ kind, to, holder }) => own("brief.escalation", { kind, to, holder })),
    },
    { label: own("brief.unanswered"), lines: listed(words, brief.unanswered) },
    { label: own("brief.unknown"), lines: listed(words, brief.unknown) },
    {
      label: own("brief.missing"),
      lines: brief.missing.length > 0 ? [missingList(words, brief.missing, askedItems(view))] : [],
    },
    { label: own("brief.last-update"), lines: said(brief.lastUpdate) },
    { label: own("brief.last-decision"), lines: said(brief.lastDecision) },
    {
      label: own("brief.next"),
      lines: [
        next
          ? t(`deadline.${next.what}`, {
              at: words.moment(next.at),
              number: next.number ?? 0,
              target: next.target && t(`clock.name.${next.target}`),
            })
          : own("brief.none.f"),
      ],
    },
  ];
  return lines.filter((one) => one.lines.length > 0);
}

const listed = (words: Words, all: BriefView["unfilled"]): string[] =>
  all.length > 0 ? [words.list(all.map(({ name }) => name))] : [];

function whoDoesWhat(words: Words, { coordinator, acceptedBy, assigned, roles }: BriefView): string[] {
  const { t: own } = recordWords(words.locale);
  const lines = [
    coordinator && own("brief.coordinates", { name: coordinator }),
    acceptedBy && own("brief.accepted", { name: acceptedBy }),
    assigned && assigned !== acceptedBy && own("brief.assigned", { name: assigned }),
    ...roles.filter(({ id }) => id !== "coordinator").map(({ role, name }) => own("brief.role", { role, name })),
  ].filter((one) => typeof one === "string" && one !== "") as string[];
  return lines.length > 0 ? lines : [words.t("ui.nobody")];
}

const taskLine = (words: Words, { number, text, owner, due, overdue }: BriefView["tasks"][number]): string =>
  recordWords(words.locale).t("brief.task", { number, text, owner, due: due && words.moment(due), overdue });
