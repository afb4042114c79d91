/** The timeline: what is open on one scale of time, so that what began together is seen together. */
import { type CSSProperties, memo, useRef } from "react";
import type { Me } from "#contract/account.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { dayMs, zoned } from "#core/kernel/time.ts";
import { useWords, type Words } from "../language/words.tsx";
import { now, useMinutes } from "../ui/now.ts";
import { groupOf, shortNumber, startOf } from "./arrangement.ts";
import { Choose } from "./Choose.tsx";
import { useGrowing } from "./growing.tsx";
import { Priority } from "./Priority.tsx";
import { Age, NextDue, Whose } from "./QueueRow.tsx";
import { RowLink } from "./RowLink.tsx";
import { useRowKeys } from "./row-keys.ts";
import type { StillOrder } from "./still-order.ts";
import { placeOn, type Scale, scaleOf, spansOf } from "./time-scale.ts";
import "./time-chart.css";

type ChartProps = { still: StillOrder<"open">; me: Me; shown: string };

export function TimeChart({ still, me, shown }: ChartProps) {
  const { order, known } = still;
  const words = useWords();
  const { t } = words;
  useMinutes();
  const chart = useRef<HTMLElement>(null);
  const { count, end } = useGrowing(order.length, shown);
  useRowKeys(chart);
  const views = order.flatMap(({ id }) => known.get(id) ?? []);
  /* To the half minute: between two, rows need not be drawn again. */
  const at = Math.ceil(now() / stepMs) * stepMs;
  const scale = scaleOf(views.map(startOf), at, zoned(at, words.zone).offsetNanoseconds / 1e6);
  return (
    <section
      ref={chart}
      className="chart"
      aria-label={t("look.timeline")}
      style={{ "--ticks": ticksOf(scale, at) } as CSSProperties}
    >
      <Axis scale={scale} at={at} />
      <Summary views={views} length={at - scale.from} />
      <ul>
        {views.slice(0, count).map((view) => (
          <Line key={view.id} view={view} me={me} at={at} from={scale.from} until={scale.until} />
        ))}
      </ul>
      {end}
    </section>
  );
}

/** A hair for each mark, and a firmer one for now, behind every row. */
function ticksOf(scale: Scale, at: number): string {
  const hair = (moment: number, ink: string) =>
    `linear-gradient(var(${ink}), var(${ink})) ${percent(placeOn(scale, moment))} 0 / 1px 100% no-repeat`;
  return [hair(at, "--control"), ...scale.marks.map((mark) => hair(mark, "--line"))].join(", ");
}

const stepMs = 30_000;
const phases = ["waiting", "working", "restored"] as const;
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** What a glance at the bars tells, for who has none. */
function Summary({ views, length }: { views: readonly IncidentView[]; length: number }) {
  const { t, lasting } = useWords();
  const by = Map.groupBy(views, groupOf);
  const [waiting = 0, working = 0, restored = 0] = phases.map((phase) => by.get(phase)?.length);
  const values = { count: views.length, length: lasting(length), waiting, working, restored };
  return <p className="vh">{t("chart.summary", values)}</p>;
}

function Axis({ scale, at }: { scale: Scale; at: number }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className="axis" aria-hidden="true">
      <p className="legend">
        {phases.map((phase) => (
          <span key={phase}>
            <i className={phase} /> {t(`chart.${phase}`)}
          </span>
        ))}
      </p>
      <p className="marks">
        {scale.marks.map((mark) => (
          <span
            key={mark}
            className={startsDay(words, mark) ? "day" : undefined}
            style={{ left: percent(placeOn(scale, mark)) }}
          >
            {markWord(words, mark, scale)}
          </span>
        ))}
        <b style={{ left: percent(placeOn(scale, at)) }}>{t("chart.now")}</b>
      </p>
    </div>
  );
}

/** Within a few days the hour is what is looked for, and the day where it begins; beyond, the day. */
function markWord(words: Words, mark: number, { marks }: Scale): string {
  const step = (marks[1] ?? 0) - (marks[0] ?? 0);
  return step < dayMs && !startsDay(words, mark) ? words.hour(mark) : words.shortDate(mark);
}

function startsDay(words: Words, mark: number): boolean {
  const { hour, minute } = zoned(mark, words.zone);
  return hour + minute === 0;
}

type LineProps = { view: IncidentView; me: Me; at: number; from: number; until: number };

const Line = memo(function Line({ view, me, at, from, until }: LineProps) {
  const words = useWords();
  const scale: Scale = { from, until, marks: [] };
  const start = startOf(view);
  return (
    <li className="line">
      <Choose view={view} />
      <span className="c-p">
        <Priority view={view} list />
      </span>
      <span className="what">
        <RowLink view={view} />
        <small>
          <span className="id">{shortNumber(view.number, words.year())}</span>
          <Whose view={view} me={me} />
          <span className="due">
            <NextDue view={view} />
          </span>
        </small>
      </span>
      <span className="spans">
        <span className="vh">{storyOf(words, view)}</span>
        {start < from && <i className="older" aria-hidden="true" />}
        {spansOf(view, at).map((span) => {
          const [left, right] = [placeOn(scale, span.from), placeOn(scale, span.until)];
          return (
            right > 0 && (
              <i
                key={span.phase}
                className={span.phase}
                style={{ left: percent(left), width: `max(3px, ${percent(right - left)})` }}
                aria-hidden="true"
              />
            )
          );
        })}
      </span>
      <span className="age">
        <Age view={view} />
      </span>
    </li>
  );
});

function storyOf(words: Words, { milestones }: IncidentView): string {
  const said = (["reported", "accepted", "restored", "resolved"] as const).flatMap((name) => {
    const at = milestones[name];
    return at === undefined ? [] : [`${words.t(`milestone.${name}`)} ${words.moment(at)}`];
  });
  return said.join(", ");
}
