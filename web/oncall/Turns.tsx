/** Who has a schedule, one after another, from now on. */
import { dayMs } from "#core/kernel/time.ts";
import type { Absence } from "#core/oncall/final-schedule.ts";
import type { Shift } from "#core/oncall/rotation.ts";
import { type Schedule, turnsBetween } from "#core/oncall/schedule.ts";
import { useWords } from "../language/words.tsx";
import { useMinutes } from "../ui/now.ts";
import { Holder } from "./Holder.tsx";

type Props = {
  schedule: Pick<Schedule, "layers" | "overrides" | "declaredGaps">;
  absences: readonly Absence[];
  count: number;
};

export function Turns({ schedule, absences, count }: Props) {
  const { t, moment, exact, lasting } = useWords();
  const now = useMinutes();
  return (
    <table className="tbl turns">
      <caption className="vh">{t("schedule.turns")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("schedule.person")}</th>
          <th scope="col">{t("schedule.from")}</th>
          <th scope="col" className="roomy">
            {t("schedule.until")}
          </th>
          <th scope="col" className="num roomy">
            {t("schedule.length")}
          </th>
        </tr>
      </thead>
      <tbody>
        {turnsFrom(schedule, absences, now, count).map((turn) => (
          <tr key={turn.from}>
            <th scope="row">
              <Holder person={turn.personId} />
              {turn.from <= now && <span className="chip solid">{t("schedule.now")}</span>}
            </th>
            <td>
              <time dateTime={new Date(turn.from).toISOString()} title={exact(turn.from)}>
                {moment(turn.from)}
              </time>
            </td>
            <td className="roomy">
              <time dateTime={new Date(turn.until).toISOString()} title={exact(turn.until)}>
                {moment(turn.until)}
              </time>
            </td>
            <td className="num roomy">{lasting(turn.until - turn.from)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const lookedAroundMs = 400 * dayMs;

/** That of now, and those after it, as far as a year and a month. */
function turnsFrom(schedule: Props["schedule"], absences: readonly Absence[], now: number, count: number): Shift[] {
  const turns = turnsBetween(schedule, absences, { from: now - lookedAroundMs, until: now + lookedAroundMs });
  const place = turns.findIndex(({ until }) => until > now);
  /* The last is cut where looking ends: it is not shown as if it ended there, unless it is the only one. */
  return turns.slice(place, place + count).filter((one, index) => index === 0 || one.until < now + lookedAroundMs);
}
