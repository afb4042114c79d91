/** A schedule that has the time of another, on both pages: which, from when until when. */
import { Link } from "@tanstack/react-router";
import type { Schedule } from "#core/oncall/schedule.ts";
import { Section } from "../directory/frame.tsx";
import { useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";

export function StandIns({ schedule, at }: { schedule: Schedule; at: number }) {
  const { t, moment } = useWords();
  const { schedules } = useNamed();
  const coming = (schedule.standIns ?? []).filter((one) => one.until > at).sort((a, b) => a.from - b.from);
  const { standsIn } = schedule;
  if (coming.length === 0 && !standsIn) return null;
  const lines = standsIn
    ? [{ ...standsIn, id: standsIn.for, name: schedules.find((one) => one.id === standsIn.for)?.name ?? "" }]
    : coming.map(({ from, until, schedule: { id, name } }) => ({ from, until, id, name }));
  return (
    <Section title={t(standsIn ? "schedule.stands-in" : "schedule.stood-in")}>
      <ul className="lines">
        {lines.map(({ id, name, from, until }) => (
          <li key={`${id} ${from}`}>
            <Link to="/schedules/$id" params={{ id }}>
              {name}
            </Link>{" "}
            <small className="muted">{t("schedule.stretch", { from: moment(from), until: moment(until) })}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}
