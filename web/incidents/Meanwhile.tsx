/** Somebody has acted while a form was open, and its act is no longer possible: who, what, and what becomes of what was written. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { commandForms, type Draft } from "./command-forms.ts";
import { tell } from "./entry-words.ts";
import type { FieldKind } from "./field-kinds.ts";
import { useNames } from "./names.ts";
import { timelineQuery } from "./queries.ts";
import "./meanwhile.css";

type Props = {
  view: IncidentView;
  /** How far the record was when it was opened. */
  since: number;
  /** Why it is no longer possible. */
  why: string;
  /** What was written, to be copied. */
  texts: string;
};

export function Meanwhile({ view, since, why, texts }: Props) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const entries = useQuery(timelineQuery(view.number)).data?.data ?? [];
  const names = useNames(view, entries);
  const theirs = entries.filter(({ seq, actor }) => seq > since && actor.kind === "person" && actor.id !== me.id);
  /* What came after says nothing of why. */
  const cause = useRef<TimelineEntry>(undefined);
  cause.current ??= theirs.at(-1);
  const last = cause.current;
  return (
    <div className="meanwhile" role="alert">
      <Icon name="fault" size={16} />
      <div>
        <p>
          <b>{last ? t("meanwhile.by", { name: last.actor.name }) : t("meanwhile.moved")}</b>{" "}
          {last && (
            <span>{t("meanwhile.what", { kind: tell(words, names, last).kind, at: words.brief(last.at) })}</span>
          )}{" "}
          {why}
        </p>
        {texts !== "" && (
          <p className="acts">
            {t("meanwhile.kept")} <CopyButton value={texts} what={t("meanwhile.what-you-wrote")} />
          </p>
        )}
      </div>
    </div>
  );
}

const typed: ReadonlySet<FieldKind> = new Set(["line", "lines", "answer", "options"]);

/** What was chosen is chosen again in a moment; what was written is not. */
export function textsOf(command: IncidentCommandName, written: Draft): string {
  const own = commandForms[command].filter(({ kind }) => typed.has(kind)).map(({ name }) => name);
  return [...new Set([...own, "reason", "derogation"])]
    .map((name) => written[name])
    .filter((one): one is string => typeof one === "string" && one.trim() !== "")
    .join("\n\n");
}
