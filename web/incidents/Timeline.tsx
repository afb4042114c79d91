/** The record in two layers: what people did, or everything, where runs of the machine's own entries are folded. */
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { exportIncident } from "#contract/incidents.ts";
import type { IncidentView } from "#contract/shapes.ts";
import type { TimelineEntry } from "#contract/timeline-entry.ts";
import { addressOf } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Reason } from "../ui/marks.tsx";
import { Composer } from "./Composer.tsx";
import { glyphOf, isStrong } from "./entry-glyphs.ts";
import { inLayer, isSystem, type Layer, layers } from "./entry-layers.ts";
import { type Detail, type Names, tell } from "./entry-words.ts";
import { useSpokenEntries } from "./spoken-entries.ts";

const route = getRouteApi("/shell/incidents/$number");

type Props = { view: IncidentView; entries: readonly TimelineEntry[]; names: Names };

export function Timeline({ view, entries, names }: Props) {
  const { t } = useWords();
  const { layer = "story" } = route.useSearch();
  const shown = entries.filter((one) => inLayer(one, layer)).toSorted(latestFirst);
  useSpokenEntries(view.number, layer, shown);
  return (
    <section className="mid" aria-labelledby="record">
      <h2 id="record" className="vh">
        {t("timeline.title")}
      </h2>
      <nav className="tabs" aria-label={t("timeline.filter")}>
        {layers.map((one) => (
          <LayerTab key={one} layer={one} count={entries.filter((entry) => inLayer(entry, one)).length} />
        ))}
      </nav>
      <Composer view={view} />
      {shown.length === 0 ? (
        <p className="empty">{t("timeline.none")}</p>
      ) : (
        <ol className="log">
          {foldRuns(shown, layer).map((run) =>
            run.length === 1 && run[0] ? (
              <EntryLine key={run[0].seq} entry={run[0]} names={names} />
            ) : (
              <Fold key={`run-${run[0]?.seq}`} run={run} names={names} />
            ),
          )}
        </ol>
      )}
      <p className="export">
        <a
          className="link"
          href={addressOf(exportIncident.path, { params: { id: view.number } })}
          download={`${view.number}.json`}
        >
          {t("export.do", { count: entries.length })}
        </a>
        <small className="muted">{t("export.what")}</small>
      </p>
    </section>
  );
}

/** A late entry stands where it happened, and says when it was recorded. */
export const latestFirst = (a: TimelineEntry, b: TimelineEntry): number =>
  Date.parse(b.at) - Date.parse(a.at) || b.seq - a.seq;

function LayerTab({ layer, count }: { layer: Layer; count: number }) {
  const { t } = useWords();
  return (
    <Link
      from="/incidents/$number"
      to="."
      search={(old) => ({ ...old, layer: layer === "story" ? undefined : layer })}
      replace
      resetScroll={false}
      activeOptions={{ exact: true, includeSearch: true }}
    >
      {t(`timeline.layer.${layer}`)} <span>{count}</span>
    </Link>
  );
}

/** One alone is shorter than its fold. */
const foldFrom = 2;

function foldRuns(entries: readonly TimelineEntry[], layer: Layer): TimelineEntry[][] {
  const runs: TimelineEntry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (layer === "all" && isSystem(entry) && last?.[0] && isSystem(last[0])) last.push(entry);
    else runs.push([entry]);
  }
  return runs.flatMap((run) => (run.length < foldFrom ? run.map((one) => [one]) : [run]));
}

function Fold({ run, names }: { run: TimelineEntry[]; names: Names }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const first = run.at(-1);
  const last = run[0];
  if (!first || !last) return null;
  const [from, until] = [words.moment(first.at), words.moment(last.at)];
  const values = { count: run.length, from, until, same: from === until };
  return (
    <li className="run">
      <button className="fold" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="small" />
        {words.t(open ? "timeline.unfolded" : "timeline.folded", values)}
      </button>
      {open && (
        <ol className="log">
          {run.map((entry) => (
            <EntryLine key={entry.seq} entry={entry} names={names} />
          ))}
        </ol>
      )}
    </li>
  );
}

type LineProps = {
  entry: TimelineEntry;
  names: Names;
  /** A few lines of it, and the rest as its title. */
  short?: boolean;
};

export function EntryLine({ entry, names, short = false }: LineProps) {
  const words = useWords();
  const { t } = words;
  const told = tell(words, names, entry);
  const late = Date.parse(entry.recordedAt) - Date.parse(entry.at) > lateFromMs;
  const kind = isSystem(entry) ? "entry sys" : isStrong(entry.type) ? "entry strong" : "entry";
  const inBox = entry.data !== null && boxed.has(entry.type);
  return (
    <li className={kind} id={`e-${entry.seq}`}>
      <time dateTime={entry.at} title={words.exact(entry.at)}>
        {words.brief(entry.at)}
      </time>
      <Icon name={glyphOf(entry.type)} />
      <div>
        <p title={short && !inBox ? told.text : undefined}>
          <span className="kind">{told.kind}</span> {!inBox && <span className="said">{told.text}</span>}
        </p>
        {entry.type === "decision.made" && entry.data !== null && <DecisionBox data={entry.data} short={short} />}
        {told.details.length > 0 && <Details details={told.details} />}
        <p className="meta">
          {[
            entry.actor.kind === "system" ? null : entry.actor.name || reporterOf(entry) || t("actor.anonymous"),
            entry.role && (words.find(`role.${entry.role}`) ?? entry.role),
            entry.level !== null && t(`level.${entry.level as 2 | 3 | 4 | 5}`).toLowerCase(),
            entry.actor.via !== "session" && words.find(`via.${entry.actor.via}`),
            late && t("timeline.late", { at: words.phrase("at", entry.recordedAt) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {entry.derogation && <Reason label="">{t("timeline.derogation", { reason: entry.derogation })}</Reason>}
        {(entry.reason || told.reasons.length > 0) && (
          <Reason label={t("ui.reason")}>
            {[entry.reason, ...told.reasons].filter(Boolean).join(t("ui.semicolon"))}
          </Reason>
        )}
      </div>
    </li>
  );
}

/** Whoever reports without an account is named by what they said of themselves. */
const reporterOf = ({ data }: TimelineEntry): string =>
  String((data?.origin as { name?: string | null } | undefined)?.name ?? "");

/** Their substance is in the box below, not beside the kind. */
const boxed = new Set(["decision.made", "documentation.completed"]);

function DecisionBox({ data, short }: { data: NonNullable<TimelineEntry["data"]>; short: boolean }) {
  const { t, list } = useWords();
  const options = Array.isArray(data.options) ? data.options.map(String) : [];
  return (
    <div className="box" title={short ? String(data.text ?? "") : undefined}>
      <p>
        <strong className="said">{String(data.text ?? "")}</strong>
      </p>
      {options.length > 0 && <p className="meta">{t("timeline.options", { options: list(options) })}</p>}
    </div>
  );
}

function Details({ details }: { details: readonly Detail[] }) {
  return (
    <dl className="box facts">
      {details.map((one) => (
        <div className="pair" key={one.label}>
          <dt>{one.label}</dt>
          <dd className="said" lang={one.lang}>
            {one.text}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Recorded this long after it happened, an entry says so. */
const lateFromMs = 60_000;
