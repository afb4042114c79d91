/** Who is on call now, and who comes next, for each schedule. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import type { onCall } from "#contract/oncall.ts";
import { AdminAct, ListFrame, useOnCallTabs } from "../directory/frame.tsx";
import { onCallQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { useMinutes } from "../ui/now.ts";
import { Holder } from "./Holder.tsx";
import { ScheduleForm } from "./ScheduleForm.tsx";
import "./oncall.css";

export function SchedulesPage() {
  const words = useWords();
  const { t } = words;
  useMinutes();
  const { data, error } = useQuery(onCallQuery());
  return (
    <ListFrame
      title={t("schedules.title")}
      tabs={useOnCallTabs()}
      act={<AdminAct word={t("schedule.add")} form={(close) => <ScheduleForm onClose={close} />} />}
    >
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="empty">{t("schedules.none")}</p>}
      {data && data.data.length > 0 && (
        <table className="tbl people">
          <caption className="vh">{t("schedules.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("schedule.one")}</th>
              <th scope="col">{t("schedule.now")}</th>
              <th scope="col" className="roomy">
                {t("schedule.next")}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.data.map((one) => (
              <Line key={one.schedule.id} one={one} />
            ))}
          </tbody>
        </table>
      )}
    </ListFrame>
  );
}

function Line({ one }: { one: z.output<typeof onCall> }) {
  const { t, moment, exact, phrase } = useWords();
  const { schedule, now, next } = one;
  return (
    <tr>
      <th scope="row">
        <Link to="/schedules/$id" params={{ id: schedule.id }}>
          {schedule.name}
        </Link>
      </th>
      <td>
        <b>
          <Holder person={now?.person ?? null} />
        </b>
        <small className="muted">
          {now && (
            <time dateTime={now.until} title={exact(now.until)}>
              {phrase("until", now.until)}
            </time>
          )}
        </small>
        {next && (
          <small className="tight muted">
            {t("schedule.then")} <Holder person={next.person} /> · {moment(next.from)}
          </small>
        )}
      </td>
      <td className="roomy">
        {next && (
          <>
            <Holder person={next.person} />
            <small className="muted">
              <time dateTime={next.from} title={exact(next.from)}>
                {phrase("at", next.from)}
              </time>
            </small>
          </>
        )}
      </td>
    </tr>
  );
}
