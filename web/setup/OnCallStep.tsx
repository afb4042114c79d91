/** Who is on call, week by week, and what happens when they do not answer: a schedule and a policy in one act. */
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useKeptMine } from "../account/kept-mine.ts";
import { meQuery } from "../account/queries.ts";
import { peopleQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { schedulesQuery, settingsQuery } from "./directory-queries.ts";
import { type OnCall, OnCallPeople } from "./OnCallPeople.tsx";
import { Good } from "./parts.tsx";
import { useSetOnCall } from "./queries.ts";
import { useSetupWords } from "./words.ts";

export function OnCallStep() {
  const { list } = useWords();
  const t = useSetupWords();
  const schedules = useQuery(schedulesQuery()).data?.data;
  const people = useQuery(peopleQuery()).data?.data;
  const { data: me } = useQuery(meQuery());
  const { data: settings } = useQuery(settingsQuery());
  if (!schedules || !people || !me || !settings) return null;
  if (schedules.length > 0)
    return (
      <Good>
        {t("on-call.done", { count: schedules.length, names: list(schedules.slice(0, 5).map((one) => one.name)) })}
      </Good>
    );
  return <OnCallForm people={people.filter((one) => one.active)} me={me} zone={settings.zone} />;
}

type FormProps = { people: readonly OnCall[]; me: OnCall; zone: string };

const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
const waits = [3, 5, 10, 15, 30];

type Draft = Readonly<Record<"weekday" | "handoverTime" | "minutes" | "name", string>> & {
  readonly called: readonly OnCall[];
};

function useDraft(me: OnCall, name: string) {
  const { draft, set } = useKeptMine<Draft>("first on call", () => ({
    called: [me],
    weekday: "1",
    handoverTime: "09:00",
    minutes: "5",
    name,
  }));
  const change =
    <Field extends keyof Draft>(field: Field) =>
    (value: Draft[Field]) =>
      set((old) => ({ ...old, [field]: value }));
  return { draft, change };
}

function OnCallForm({ people, me, zone }: FormProps) {
  const words = useWords();
  const t = useSetupWords();
  const set = useSetOnCall();
  const { draft, change } = useDraft(me, t("on-call.name.first"));
  const { called, weekday, handoverTime, minutes, name } = draft;
  const [first] = called;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (set.isPending || called.length === 0) return;
    set.mutate({
      name: name.trim(),
      people: called.map(({ id, name: full, email }) => (id ? { id } : { name: full, email })),
      weekday: Number(weekday),
      handoverTime,
      minutes: Number(minutes),
    });
  };
  return (
    <>
      <p>{t("on-call.what")}</p>
      <OnCallPeople people={people} called={called} onChange={change("called")} />
      <form className="fields" onSubmit={submit}>
        <div className="two">
          <SelectField
            label={t("on-call.weekday")}
            value={weekday}
            onChange={change("weekday")}
            options={weekdays.map((value) => ({ value, label: t(`weekday.${value}`) }))}
          />
          <TextField
            label={t("on-call.time")}
            type="time"
            value={handoverTime}
            onChange={change("handoverTime")}
            required
          />
        </div>
        <div className="two">
          <SelectField
            label={t("on-call.minutes")}
            value={minutes}
            onChange={change("minutes")}
            options={waits.map((one) => ({
              value: String(one),
              label: t("on-call.minutes.unit", { count: one }),
            }))}
          />
          <TextField label={t("on-call.name")} value={name} onChange={change("name")} maxLength={200} required />
        </div>
        {first && <p className="muted">{t("on-call.sentence", { first: first.name, zone })}</p>}
        {set.error && <Fault>{failureSentence(words, set.error)}</Fault>}
        <p>
          <button
            className="btn primary"
            type="submit"
            aria-disabled={set.isPending || called.length === 0}
            aria-describedby={called.length === 0 ? "nobody-on-call" : undefined}
          >
            {t("on-call.do")}
          </button>
        </p>
      </form>
    </>
  );
}
