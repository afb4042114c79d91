/** The turns of a rotation from now on. */
import { type Rotation, type Shift, shiftAt } from "#core/oncall/rotation.ts";
import { useWords } from "../language/words.tsx";
import { useMinutes } from "../ui/now.ts";
import { Holder } from "./Holder.tsx";

export function Turns({ rotation, count }: { rotation: Rotation; count: number }) {
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
        {turnsFrom(rotation, now, count).map((turn) => (
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

/** That of now, or else the first to come. */
export function turnsFrom(rotation: Rotation, now: number, count: number): Shift[] {
  const first = Temporal.PlainDate.from(rotation.startDate)
    .toPlainDateTime(Temporal.PlainTime.from(rotation.handoverTime))
    .toZonedDateTime(rotation.zone).epochMilliseconds;
  const turns: Shift[] = [];
  let at = Math.max(now, first);
  while (turns.length < count) {
    const turn = shiftAt(rotation, at);
    if (!turn) break;
    turns.push(turn);
    at = turn.until;
  }
  return turns;
}
