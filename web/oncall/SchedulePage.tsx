/** One schedule: who has it now, who comes next, and by which rule. Turns are the core's own, computed here. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type Rotation, shiftAt, type WeeklyRotation } from "#core/oncall/rotation.ts";
import { AdminAct, Fact, Facts, ObjectFrame, Section } from "../directory/frame.tsx";
import { useNamed } from "../directory/names.ts";
import { scheduleQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { useMinutes } from "../ui/now.ts";
import { Holder } from "./Holder.tsx";
import { ScheduleForm } from "./ScheduleForm.tsx";
import { Turns } from "./Turns.tsx";
import "./oncall.css";

const route = getRouteApi("/shell/schedules/$id");

export function SchedulePage() {
  const { t } = useWords();
  const { id } = route.useParams();
  const { data: schedule } = useSuspenseQuery(scheduleQuery(id));
  const { policies } = useNamed();
  const used = policies.filter((one) =>
    one.steps.some(({ targets }) => targets.some((target) => target.kind === "schedule" && target.id === id)),
  );
  return (
    <ObjectFrame
      title={schedule.name}
      from={{ to: "/schedules", word: t("schedules.title") }}
      copied={{ page: `/schedules/${id}`, api: `/api/v1/schedules/${id}`, name: schedule.name }}
      act={<AdminAct word={t("frame.change")} form={(close) => <ScheduleForm schedule={schedule} onClose={close} />} />}
    >
      <Now rotation={schedule.rotation} />
      <div className="page sides">
        <div>
          <Section title={t("schedule.turns")} note={t("schedule.turns.note")}>
            <Turns rotation={schedule.rotation} count={8} />
          </Section>
        </div>
        <div>
          <Section title={t("schedule.rule")}>
            <Rule rotation={schedule.rotation} />
          </Section>
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
        </div>
      </div>
    </ObjectFrame>
  );
}

function Now({ rotation }: { rotation: Rotation }) {
  const { t, exact, phrase } = useWords();
  const shift = shiftAt(rotation, useMinutes());
  return (
    <p className="on-call">
      <span className="muted">{t("schedule.now")}</span>
      <b>
        <Holder person={shift?.personId ?? null} />
      </b>
      {shift ? (
        <time dateTime={new Date(shift.until).toISOString()} title={exact(shift.until)}>
          {phrase("until", shift.until)}
        </time>
      ) : (
        <span className="muted">{t("schedule.not-begun")}</span>
      )}
    </p>
  );
}

function Rule({ rotation }: { rotation: WeeklyRotation }) {
  const { t, weekday, date } = useWords();
  const first = Temporal.PlainDate.from(rotation.startDate).toZonedDateTime(rotation.zone).epochMilliseconds;
  return (
    <>
      <Facts>
        <Fact word={t("schedule.handover")}>
          {t("schedule.handover.rule", {
            weeks: rotation.lengthWeeks,
            day: weekday(first, rotation.zone),
            hour: rotation.handoverTime,
          })}
        </Fact>
        <Fact word={t("people.zone")}>{rotation.zone}</Fact>
        <Fact word={t("schedule.since")}>{date(first, rotation.zone)}</Fact>
      </Facts>
      <h3 className="of-order">{t("schedule.order")}</h3>
      <ol className="order">
        {rotation.participants.map((person, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: somebody may come twice, and a turn is its place
          <li key={index}>
            <Holder person={person} />
          </li>
        ))}
      </ol>
    </>
  );
}
