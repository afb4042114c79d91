/** One schedule: who has it, week by week, who is away, who asks to be covered, and by which rules. Worked out here by the
 *  core's own functions, which are those that page people. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Span } from "#core/kernel/spans.ts";
import { dayMs } from "#core/kernel/time.ts";
import { type Absence, finalSchedule } from "#core/oncall/final-schedule.ts";
import { holidaysBetween, type NamedHoliday } from "#core/oncall/holidays.ts";
import { layersOf, onCallAt, type Schedule } from "#core/oncall/schedule.ts";
import { meQuery } from "../account/queries.ts";
import { AdminAct, ObjectFrame, Section } from "../directory/frame.tsx";
import { useNamed } from "../directory/names.ts";
import { scheduleQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { useMinutes } from "../ui/now.ts";
import { AwayList, CoverList, OverrideList } from "./Around.tsx";
import { Calendars } from "./Calendars.tsx";
import { Holder } from "./Holder.tsx";
import { useDated } from "./holidays.ts";
import { LayerRules } from "./LayerRules.tsx";
import { CoverForm, OverrideForm } from "./PeriodForms.tsx";
import { ScheduleForm } from "./ScheduleForm.tsx";
import { StandIns } from "./StandIns.tsx";
import { coreSchedule, useAbsences } from "./schedules.ts";
import { WeekGrid } from "./WeekGrid.tsx";
import { WeekList } from "./WeekList.tsx";
import { type Week, weekBeside, weekOf } from "./week.ts";
import "./oncall.css";

const route = getRouteApi("/shell/schedules/$id");

type Picked = { readonly act: "replace" | "cover"; readonly span: Span };

export function SchedulePage() {
  const { t, zone } = useWords();
  const { id } = route.useParams();
  const { week: asked } = route.useSearch();
  const { data: view } = useSuspenseQuery(scheduleQuery(id));
  const { data: me } = useSuspenseQuery(meQuery());
  const [picked, setPicked] = useState<Picked | null>(null);
  const absences = useAbsences();
  const at = useMinutes();
  const week = weekOf(at, zone, asked);
  const schedule = useDated(
    coreSchedule(view),
    [week.from, week.until].map((one) => new Date(one).getUTCFullYear()),
  );
  const pick = (span: Span, person: string | null) =>
    setPicked({ act: person === me.id && !me.admin ? "cover" : "replace", span });
  const close = () => setPicked(null);
  return (
    <ObjectFrame
      title={view.name}
      from={{ to: "/schedules", word: t("schedules.title") }}
      copied={{ page: `/schedules/${id}`, api: `/api/v1/schedules/${id}`, name: view.name }}
      act={<AdminAct word={t("frame.change")} form={(done) => <ScheduleForm schedule={view} onClose={done} />} />}
    >
      <Now schedule={schedule} absences={absences} at={at} />
      <div className="page sides wide-left">
        <div>
          <WeekBar week={week} onAct={(act) => setPicked({ act, span: { from: at, until: nextDay(week, at) } })} />
          <WeekOf week={week} schedule={schedule} absences={absences} at={at} onPick={pick} />
        </div>
        <div>
          <StandIns schedule={schedule} at={at} />
          <CoverList schedule={id} />
          <OverrideList schedule={schedule} at={at} />
          <AwayList people={peopleOf(schedule)} />
          <Section title={t("schedule.rule")}>
            <LayerRules layers={schedule.layers} />
          </Section>
          <Calendars schedule={schedule} />
          <UsedBy id={id} />
        </div>
      </div>
      {picked?.act === "replace" && <OverrideForm schedule={schedule} span={picked.span} onClose={close} />}
      {picked?.act === "cover" && <CoverForm schedule={schedule} span={picked.span} onClose={close} />}
    </ObjectFrame>
  );
}

/** Whomever its layers or what is put over them name, in their order. */
export function peopleOf(schedule: Pick<Schedule, "layers" | "overrides" | "standIns">): string[] {
  const { overrides } = schedule;
  const named = [
    ...layersOf(schedule).flatMap((one) => one.rotation.participants),
    ...overrides.map((one) => one.personId),
  ];
  return [...new Set(named.filter((one) => one !== null))];
}

const nextDay = (week: Week, at: number): number => Math.max(at + dayMs, week.from);

function Now({ schedule, absences, at }: { schedule: Schedule; absences: readonly Absence[]; at: number }) {
  const { t, exact, phrase } = useWords();
  const now = onCallAt(schedule, absences, at);
  return (
    <p className="on-call">
      <span className="muted">{t("schedule.now")}</span>
      <b>
        <Holder person={now?.held.personId ?? null} />
      </b>
      {now && (
        <time dateTime={new Date(now.until).toISOString()} title={exact(now.until)}>
          {phrase("until", now.until)}
        </time>
      )}
    </p>
  );
}

function WeekBar({ week, onAct }: { week: Week; onAct: (act: Picked["act"]) => void }) {
  const { t, shortDate } = useWords();
  const { id } = route.useParams();
  const last = week.days[6] ?? week.from;
  const beside = (by: 1 | -1, word: "schedule.week.before" | "schedule.week.after") => (
    <Link to="/schedules/$id" params={{ id }} search={{ week: weekBeside(week, by) }} aria-label={t(word)} replace>
      {by < 0 ? "←" : "→"}
    </Link>
  );
  return (
    <div className="week-bar">
      <nav className="seg" aria-label={t("schedule.week")}>
        {beside(-1, "schedule.week.before")}
        <Link to="/schedules/$id" params={{ id }} search={{}} replace title={t("schedule.week.now")}>
          {t("schedule.week.span", { from: shortDate(week.from), until: shortDate(last) })}
        </Link>
        {beside(1, "schedule.week.after")}
      </nav>
      <span className="push">
        <button className="btn s" type="button" onClick={() => onAct("replace")}>
          {t("schedule.replace")}
        </button>
        <button className="btn s" type="button" onClick={() => onAct("cover")}>
          {t("schedule.cover")}
        </button>
      </span>
    </div>
  );
}

type WeekProps = {
  week: Week;
  schedule: Schedule;
  absences: readonly Absence[];
  at: number;
  onPick: (span: Span, person: string | null) => void;
};

function WeekOf({ week, schedule, absences, at, onPick }: WeekProps) {
  const { t, lasting, moment } = useWords();
  const final = finalSchedule(schedule, absences, week);
  const raised = final.gaps.filter((one) => !one.declared && one.until > at);
  const [first] = raised;
  const layers = layersOf(schedule);
  const known = [schedule, ...(schedule.standIns ?? []).map((one) => one.schedule)];
  const holidays = holidaysBetween(
    layers,
    known.flatMap((one) => one.holidays ?? []),
    week,
  );
  return (
    <>
      {first && (
        <div className="week-alert">
          <Fault>
            {t("schedule.week.gaps", {
              count: raised.length,
              length: lasting(first.until - first.from),
              from: moment(first.from),
              until: moment(first.until),
            })}
          </Fault>
        </div>
      )}
      <WeekGrid week={week} final={final} holidays={holidays} people={peopleOf(schedule)} at={at} onPick={onPick} />
      <Holidays days={holidays} />
      <WeekList final={final} layers={layers} at={at} onPick={onPick} />
    </>
  );
}

/** By name, for the eye and the ear. */
function Holidays({ days }: { days: readonly NamedHoliday[] }) {
  const { t, language, date } = useWords();
  if (days.length === 0) return null;
  return (
    <ul className="holidays" aria-label={t("schedule.holidays")}>
      {days.map((one) => (
        <li key={`${one.place} ${one.from}`}>
          {t("schedule.holiday", {
            day: date((one.from + one.until) / 2),
            name: language === "fr" ? one.nameFr : one.nameEn,
            place: one.place,
          })}
        </li>
      ))}
    </ul>
  );
}

function UsedBy({ id }: { id: string }) {
  const { t } = useWords();
  const { policies } = useNamed();
  const used = policies.filter((one) =>
    one.steps.some(({ targets }) => targets.some((target) => target.kind === "schedule" && target.id === id)),
  );
  return (
    <Section title={t("schedule.used-by")}>
      {used.length === 0 && <p className="muted">{t("schedule.used-by.none")}</p>}
      <ul className="lines">
        {used.map((one) => (
          <li key={one.id}>
            <Link to="/escalation-policies/$id" params={{ id: one.id }}>
              {one.name}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
