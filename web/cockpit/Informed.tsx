/** Who was told what and when, and by when they are to be told more. */
import { useQuery } from "@tanstack/react-query";
import type { ClockView } from "#contract/clocks.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { clockAt, stillRuns } from "../incidents/clocks.ts";
import type { Names } from "../incidents/entry-words.ts";
import { clocksQuery } from "../incidents/queries.ts";
import { latestFirst } from "../incidents/Timeline.tsx";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Dial } from "../ui/marks.tsx";
import { useSeconds } from "../ui/now.ts";
import { useCockpitWords } from "./words.ts";

type Props = { view: IncidentView; entries: readonly TimelineEntry[]; names: Names };

export function Informed({ view, entries, names }: Props) {
  const { t } = useCockpitWords();
  return (
    <section className="sec informed" aria-labelledby="informed">
      <header>
        <h2 id="informed">{t("cockpit.inform")}</h2>
      </header>
      <NextUpdate view={view} />
      <LastUpdate entries={entries} names={names} />
    </section>
  );
}

/** The clock of updates that runs, with when the server said so. */
export function useUpdateClock(view: IncidentView): { readonly clock: ClockView; readonly asked: string } | null {
  const { data } = useQuery({ ...clocksQuery(view), enabled: view.asks.pinned.length > 0 });
  const clock = data?.data.find(({ kind }) => kind === "update");
  return data && clock && stillRuns(clock) ? { clock, asked: data.at } : null;
}

function NextUpdate({ view }: { view: IncidentView }) {
  const { t } = useCockpitWords();
  const update = useUpdateClock(view);
  if (!update) return <p className="muted">{t("cockpit.inform.none")}</p>;
  return <Due {...update} />;
}

function Due({ clock, asked }: { clock: ClockView; asked: string }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const at = useSeconds();
  const { status, leftMs, percent } = clockAt(clock, asked, at);
  const late = status === "missed";
  return (
    <p className={late ? "due late" : "due"}>
      {late ? <Icon name="fault" size={16} /> : <Dial left={1 - percent / 100} size={20} />}
      <b>
        {late
          ? t("cockpit.inform.late", { length: words.lasting(-leftMs) })
          : t("cockpit.inform.left", { left: words.left(leftMs) })}
      </b>
      {clock.dueAt !== null && (
        <span className="muted">{t("cockpit.inform.next", { moment: words.phrase("at", clock.dueAt) })}</span>
      )}
    </p>
  );
}

function LastUpdate({ entries, names }: Omit<Props, "view">) {
  const words = useWords();
  const { t } = useCockpitWords();
  const told = entries.filter(({ type }) => type === "person.advised").toSorted(latestFirst);
  const [last] = told;
  if (!last) return <p className="muted">{t("cockpit.inform.nobody")}</p>;
  const { persons, text } = (last.data ?? {}) as { persons?: readonly string[]; text?: string };
  const who = (persons ?? []).map((id) => names(id) ?? id);
  const moment = words.phrase("at", last.at);
  return (
    <>
      <p className="muted">
        {t("cockpit.inform.last", { number: told.length, moment, name: last.actor.name })}
        {who.length > 0 && ` · ${t("cockpit.inform.to", { persons: words.list(who) })}`}
      </p>
      {text && (
        <blockquote className="clamped" title={text}>
          {text}
        </blockquote>
      )}
    </>
  );
}
