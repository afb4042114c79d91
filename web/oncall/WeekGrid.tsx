/** A week to the eye: who has the schedule on top, then each person's part of it. Its list twin says the same. */
import type { CSSProperties, ReactNode } from "react";
import type { Span } from "#core/kernel/spans.ts";
import type { FinalSchedule, ScheduleGap, Stretch } from "#core/oncall/final-schedule.ts";
import type { NamedHoliday } from "#core/oncall/holidays.ts";
import { useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { shareOf, type Week } from "./week.ts";
import "./week-grid.css";

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
const placed = (week: Span, { from, until }: Span): CSSProperties => ({
  left: percent(shareOf(week, from)),
  width: percent(shareOf(week, until) - shareOf(week, from)),
});

type Props = {
  week: Week;
  final: FinalSchedule;
  /** Of those whom its layers name, and others who have some of it. */
  people: readonly string[];
  holidays: readonly NamedHoliday[];
  at: number;
  onPick: (span: Span, person: string | null) => void;
};

export function WeekGrid({ week, final, people, holidays, at, onPick }: Props) {
  const { t, lasting } = useWords();
  const { nameOf } = useNamed();
  const { stretches, gaps } = final;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section className="week-grid" tabIndex={0} aria-label={t("schedule.grid")}>
      <div className="inner" aria-hidden="true">
        <Head week={week} holidays={holidays} at={at} />
        <Lane week={week} name={t("schedule.final")} note={t("schedule.final.note")} tall={gaps.length > 0}>
          {stretches.map((one) => (
            <Block key={one.from} week={week} span={one} kind={one.held.by.kind} onPick={onPick}>
              {nameOf(one.held.personId)}
            </Block>
          ))}
          {gaps.map((gap) => (
            <GapBlock key={gap.from} week={week} gap={gap} onPick={onPick} />
          ))}
        </Lane>
        {people.map((person) => {
          const held = stretches.filter((one) => one.held.personId === person);
          const total = held.reduce((sum, { from, until }) => sum + until - from, 0);
          const note = total > 0 ? lasting(total) : t("schedule.nothing-held");
          return (
            <Lane key={person} week={week} name={nameOf(person)} note={note}>
              {held.map((one) => (
                <Block key={one.from} week={week} span={one} kind={one.held.by.kind} onPick={onPick}>
                  {one.held.by.kind === "override" ? t("schedule.override") : lasting(one.until - one.from)}
                </Block>
              ))}
            </Lane>
          );
        })}
        {at >= week.from && at < week.until && <NowLine week={week} at={at} />}
      </div>
    </section>
  );
}

function Head({ week, holidays, at }: Pick<Props, "week" | "holidays" | "at">) {
  const { t, columnDay, language } = useWords();
  const nameOf = (day: number, until: number): string =>
    holidays
      .filter((one) => one.from < until && one.until > day)
      .map((one) => (language === "fr" ? one.nameFr : one.nameEn))
      .join(", ");
  const today = week.days.findLast((day) => day <= at);
  return (
    <div className="r h">
      <div className="n">{t("schedule.your-time")}</div>
      <div className="lane">
        {week.days.map((day, index) => (
          <span
            key={day}
            className={day === today && at < week.until ? "day today" : "day"}
            style={placed(week, { from: day, until: week.days[index + 1] ?? week.until })}
          >
            {columnDay(day)} <small>{nameOf(day, week.days[index + 1] ?? week.until)}</small>
          </span>
        ))}
      </div>
    </div>
  );
}

type LaneProps = { week: Week; name: string; note: string; tall?: boolean; children: ReactNode };

function Lane({ week, name, note, tall, children }: LaneProps) {
  return (
    <div className={tall ? "r tall" : "r"}>
      <div className="n">
        <b>{name}</b>
        <small>{note}</small>
      </div>
      <div className="lane">
        {week.days.slice(1).map((day) => (
          <i key={day} style={{ left: percent(shareOf(week, day)) }} />
        ))}
        {children}
      </div>
    </div>
  );
}

type BlockProps = {
  week: Week;
  span: Stretch;
  kind: "layer" | "override";
  onPick: Props["onPick"];
  children: ReactNode;
};

function Block({ week, span, kind, onPick, children }: BlockProps) {
  return (
    <button
      className={kind === "override" ? "b over" : "b"}
      type="button"
      tabIndex={-1}
      style={placed(week, span)}
      onClick={() => onPick(span, span.held.personId)}
    >
      {children}
    </button>
  );
}

function GapBlock({ week, gap, onPick }: { week: Week; gap: ScheduleGap; onPick: Props["onPick"] }) {
  const { t, lasting } = useWords();
  const word = t(gap.declared ? "schedule.gap.declared" : "schedule.gap", { length: lasting(gap.until - gap.from) });
  const late = shareOf(week, gap.from) > 0.6;
  return (
    <>
      <button
        className={gap.declared ? "b gap hatch meant" : "b gap hatch"}
        type="button"
        tabIndex={-1}
        style={placed(week, gap)}
        onClick={() => onPick(gap, null)}
      />
      <span
        className={gap.declared ? "gap-word meant" : "gap-word"}
        style={late ? { right: percent(1 - shareOf(week, gap.until)) } : { left: percent(shareOf(week, gap.from)) }}
      >
        {word}
      </span>
    </>
  );
}

function NowLine({ week, at }: { week: Week; at: number }) {
  const { hour } = useWords();
  return (
    <div className="now-line">
      <span style={{ left: percent(shareOf(week, at)) }}>
        <b>{hour(at)}</b>
      </span>
    </div>
  );
}
