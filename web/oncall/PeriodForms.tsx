/** Two acts on a time of a schedule: somebody is put on call instead, or somebody asks that their turn be taken. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { addOverride, askForCover } from "#contract/oncall.ts";
import type { Span } from "#core/kernel/spans.ts";
import type { Schedule } from "#core/oncall/schedule.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useNamed } from "../directory/names.ts";
import { useChange } from "../directory/queries.ts";
import { zonedInstant } from "../incidents/zoned-instant.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { now } from "../ui/now.ts";
import { ChangeDiff } from "./ChangeDiff.tsx";
import { ReachCheck } from "./ReachCheck.tsx";
import { useAbsences } from "./schedules.ts";
import { wallOf } from "./week.ts";

type Props = { schedule: Schedule; span: Span; onClose: () => void };
type Period = { from: string; until: string };

/** Begun already, it is from now on: what was held stays as it was. */
function usePeriod({ from, until }: Span) {
  const { zone } = useWords();
  const [period, setPeriod] = useState<Period>(() => ({
    from: wallOf(Math.max(from, now()), zone),
    until: wallOf(until, zone),
  }));
  const spelled = { from: zonedInstant(period.from, zone), until: zonedInstant(period.until, zone) };
  const span =
    spelled.from === undefined || spelled.until === undefined || spelled.from >= spelled.until
      ? null
      : { from: Date.parse(spelled.from), until: Date.parse(spelled.until) };
  return { period, setPeriod, span, spelled: { from: spelled.from ?? "", until: spelled.until ?? "" } };
}

function PeriodFields({
  period,
  onChange,
  error,
}: {
  period: Period;
  onChange: (period: Period) => void;
  error: unknown;
}) {
  const { t } = useWords();
  return (
    <div className="two">
      <TextField
        label={t("schedule.from")}
        type="datetime-local"
        value={period.from}
        onChange={(from) => onChange({ ...period, from })}
        error={errorAt(error, "/from")}
        required
      />
      <TextField
        label={t("schedule.until")}
        type="datetime-local"
        value={period.until}
        onChange={(until) => onChange({ ...period, until })}
        error={errorAt(error, "/until")}
        required
      />
    </div>
  );
}

/** An administrator puts anybody; others take it themselves. */
export function OverrideForm({ schedule, span: picked, onClose }: Props) {
  const { t } = useWords();
  const { people } = useNamed();
  const { data: me } = useSuspenseQuery(meQuery());
  const absences = useAbsences();
  const { period, setPeriod, span, spelled } = usePeriod(picked);
  const [person, setPerson] = useState(me.admin ? "" : me.id);
  const act = useChange((body: { person: string; from: string; until: string }) =>
    call(addOverride, { params: { id: schedule.id }, body }),
  );
  const options = people
    .filter((one) => one.active && (me.admin || one.id === me.id))
    .map((one) => ({ value: one.id, label: one.name }));
  const away =
    span && absences.find((one) => one.personId === person && one.from < span.until && span.from < one.until);
  const after = span &&
    person !== "" && {
      ...schedule,
      overrides: [...schedule.overrides, { ...span, id: "￿", personId: person, madeAt: Number.MAX_SAFE_INTEGER }],
    };
  return (
    <FormPanel
      title={t("schedule.replace.title")}
      note={schedule.name}
      word={t("schedule.replace.do")}
      act={act}
      body={() => ({ person, ...spelled })}
      onClose={onClose}
    >
      <SelectField
        label={t("schedule.replace.who")}
        value={person}
        onChange={setPerson}
        options={options}
        {...(me.admin ? { empty: t("schedule.turn.choose") } : { hint: t("schedule.replace.oneself") })}
        error={errorAt(act.error, "/person") ?? (away ? t("schedule.replace.away") : undefined)}
        required
        first
      />
      <PeriodFields period={period} onChange={setPeriod} error={act.error} />
      {after && span && <ChangeDiff before={schedule} after={after} absences={absences} period={span} />}
      {after && <ReachCheck change={{ override: { schedule: schedule.id, person, ...spelled } }} />}
    </FormPanel>
  );
}

export function CoverForm({ schedule, span: picked, onClose }: Props) {
  const { t } = useWords();
  const { people } = useNamed();
  const { data: me } = useSuspenseQuery(meQuery());
  const { period, setPeriod, spelled } = usePeriod(picked);
  const {
    period: back,
    setPeriod: setBack,
    spelled: spelledBack,
  } = usePeriod({ from: picked.until, until: picked.until + (picked.until - picked.from) });
  const [asked, setAsked] = useState("");
  const [swap, setSwap] = useState(false);
  const [message, setMessage] = useState("");
  const act = useChange((body: z.input<typeof askForCover.body>) => call(askForCover, { body }));
  return (
    <FormPanel
      title={t("schedule.cover.title")}
      note={schedule.name}
      word={t("schedule.cover.do")}
      act={act}
      body={() => ({
        schedule: schedule.id,
        ...spelled,
        ...(asked && { asked }),
        ...(swap && { inReturn: spelledBack }),
        ...(message.trim() && { message: message.trim() }),
      })}
      onClose={onClose}
    >
      <PeriodFields period={period} onChange={setPeriod} error={act.error} />
      <SelectField
        label={t("schedule.cover.whom")}
        value={asked}
        onChange={setAsked}
        options={people
          .filter((one) => one.active && one.id !== me.id)
          .map((one) => ({ value: one.id, label: one.name }))}
        empty={t("schedule.cover.anybody")}
      />
      <CheckField label={t("schedule.cover.swap")} value={swap} onChange={setSwap} />
      {swap && <PeriodFields period={back} onChange={setBack} error={undefined} />}
      <TextField
        label={t("schedule.cover.message")}
        note={t("ui.optional")}
        value={message}
        onChange={setMessage}
        maxLength={1_000}
        lines
      />
    </FormPanel>
  );
}
