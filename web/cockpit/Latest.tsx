/** The newest of the record: decisions apart, since they bind, and what else happened. */
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { inLayer } from "../incidents/entry-layers.ts";
import type { Names } from "../incidents/entry-words.ts";
import { EntryLine, latestFirst } from "../incidents/Timeline.tsx";
import { useFitting } from "./fitting.ts";
import { useStill } from "./still.ts";
import { useCockpitWords } from "./words.ts";

const decisionsShown = 2;
/** As many of them as there is room for, each whole. */
const entriesShown = 12;

type Props = { number: string; entries: readonly TimelineEntry[]; names: Names };

export function Latest({ number, entries, names }: Props) {
  const { t } = useCockpitWords();
  /* The plan has its own place. */
  const told = entries.filter((one) => inLayer(one, "story") && !one.type.startsWith("period."));
  const story = told.toSorted(latestFirst);
  const decisions = story.filter((one) => inLayer(one, "decisions"));
  const others = story.filter((one) => !inLayer(one, "decisions"));
  return (
    <>
      <Newest
        id="decisions"
        title={t("cockpit.decisions")}
        none={t("cockpit.decisions.none")}
        all={decisions}
        max={decisionsShown}
        number={number}
        layer="decisions"
        names={names}
      />
      <Newest
        id="last-entries"
        title={t("cockpit.record")}
        none={t("cockpit.record.none")}
        all={others}
        max={entriesShown}
        number={number}
        names={names}
      />
    </>
  );
}

type NewestProps = {
  id: string;
  title: string;
  none: string;
  all: readonly TimelineEntry[];
  max: number;
  number: string;
  layer?: "decisions";
  names: Names;
};

function Newest({ id, title, none, all, max, number, layer, names }: NewestProps) {
  const { t } = useCockpitWords();
  const { shown, fresh, renew, holders } = useStill(all, ({ seq }) => seq);
  const list = useRef<HTMLOListElement>(null);
  const drawn = shown.slice(0, max);
  useFitting(list, drawn.map(({ seq }) => seq).join());
  return (
    <section className="sec newest" aria-labelledby={id} {...holders}>
      <header>
        <h2 id={id}>{title}</h2>
        {all.length > 0 && (
          <Link className="push" to="/incidents/$number" params={{ number }} search={{ layer }}>
            {t("cockpit.all", { count: all.length })}
          </Link>
        )}
      </header>
      <Fresh count={fresh} onShow={renew} />
      {shown.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <ol className="log" ref={list}>
          {drawn.map((entry) => (
            <EntryLine key={entry.seq} entry={entry} names={names} short />
          ))}
        </ol>
      )}
    </section>
  );
}

/** It goes once it is pressed, and the keyboard stays on the page. */
export function Fresh({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useCockpitWords();
  if (count === 0) return null;
  const press = () => {
    onShow();
    document.getElementById("content")?.focus();
  };
  return (
    <button className="link fresh" type="button" onClick={press}>
      {t("cockpit.fresh", { count })}
    </button>
  );
}
