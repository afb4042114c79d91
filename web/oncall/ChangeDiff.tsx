/** What a change would do, before it is saved: whose time goes to whom, hours before and after, and gaps that it makes. */
import type { Span } from "#core/kernel/spans.ts";
import { hourMs } from "#core/kernel/time.ts";
import type { Absence, LayeredSchedule } from "#core/oncall/final-schedule.ts";
import { finalSchedule } from "#core/oncall/final-schedule.ts";
import { compareSchedules } from "#core/oncall/schedule-change.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { Holder } from "./Holder.tsx";

type Props = {
  before: LayeredSchedule | null;
  after: LayeredSchedule;
  absences: readonly Absence[];
  period: Span;
};

const shownMax = 6;

export function ChangeDiff({ before, after, absences, period }: Props) {
  const { t } = useWords();
  const old = before ?? { layers: [], overrides: [], declaredGaps: [] };
  const { moved, hours } = compareSchedules({ schedule: old, absences }, { schedule: after, absences }, period);
  const raised = gapsMade(old, after, absences, period);
  return (
    <section className="change-diff" aria-label={t("schedule.diff")}>
      {raised.length > 0 && <GapsMade gaps={raised} />}
      <h3>{t("schedule.diff")}</h3>
      {moved.length === 0 && <p className="muted">{t("schedule.diff.none")}</p>}
      {moved.length > 0 && <MovedTime moved={moved} />}
      {hours.length > 0 && <HoursTable hours={hours} />}
    </section>
  );
}

/** Gaps that were not there before; those nobody changed are on the page already. */
function gapsMade(before: LayeredSchedule, after: LayeredSchedule, absences: readonly Absence[], period: Span): Span[] {
  const known = new Set(finalSchedule(before, absences, period).gaps.map(({ from, until }) => `${from}/${until}`));
  return finalSchedule(after, absences, period).gaps.filter(
    ({ from, until, declared }) => !declared && !known.has(`${from}/${until}`),
  );
}

function GapsMade({ gaps }: { gaps: readonly Span[] }) {
  const { t, moment, lasting } = useWords();
  const [first] = gaps;
  if (!first) return null;
  return (
    <Fault>
      {t("schedule.diff.gaps", {
        count: gaps.length,
        length: lasting(first.until - first.from),
        from: moment(first.from),
      })}
    </Fault>
  );
}

function MovedTime({ moved }: { moved: ReturnType<typeof compareSchedules>["moved"] }) {
  const { t, moment } = useWords();
  return (
    <>
      <ul className="lines moved">
        {moved.slice(0, shownMax).map((one) => (
          <li key={one.from}>
            <small className="muted">
              {moment(one.from)} → {moment(one.until)}
            </small>
            <span>
              <del>
                <span className="vh">{t("schedule.diff.before")} </span>
                <Holder person={one.before} />
              </del>{" "}
              →{" "}
              <ins>
                <span className="vh">{t("schedule.diff.after")} </span>
                <Holder person={one.after} />
              </ins>
            </span>
          </li>
        ))}
      </ul>
      {moved.length > shownMax && (
        <p className="muted">{t("schedule.diff.more", { count: moved.length - shownMax })}</p>
      )}
    </>
  );
}

function HoursTable({ hours }: { hours: ReturnType<typeof compareSchedules>["hours"] }) {
  const { t, lasting } = useWords();
  return (
    <table className="tbl">
      <caption>{t("schedule.diff.hours")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("schedule.person")}</th>
          <th scope="col" className="num">
            {t("schedule.diff.before")}
          </th>
          <th scope="col" className="num">
            {t("schedule.diff.after")}
          </th>
        </tr>
      </thead>
      <tbody>
        {hours.map(({ personId, before, after }) => (
          <tr key={personId}>
            <th scope="row">
              <Holder person={personId} />
            </th>
            <td className="num">{lasting(before * hourMs)}</td>
            <td className="num">{lasting(after * hourMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
