/** What stands around a schedule: requests to be covered, what is put over its layers, and who is away. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import {
  acceptCover,
  addAbsence,
  type coverRequest,
  declineCover,
  endAbsence,
  endOverride,
  withdrawCover,
} from "#contract/oncall.ts";
import type { Schedule } from "#core/oncall/schedule.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { Section } from "../directory/frame.tsx";
import { useNamed } from "../directory/names.ts";
import { absencesQuery, coverRequestsQuery, useChange } from "../directory/queries.ts";
import { zonedInstant } from "../incidents/zoned-instant.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { ImportAbsences } from "./Calendars.tsx";
import { ReachCheck } from "./ReachCheck.tsx";

type Cover = z.output<typeof coverRequest>;

export function CoverList({ schedule }: { schedule: string }) {
  const { t } = useWords();
  const open = (useQuery(coverRequestsQuery(schedule)).data?.data ?? []).filter((one) => one.state === "open");
  if (open.length === 0) return null;
  return (
    <Section title={t("schedule.covers")}>
      <ul className="lines">
        {open.map((one) => (
          <CoverLine key={one.id} cover={one} />
        ))}
      </ul>
    </Section>
  );
}

function CoverLine({ cover }: { cover: Cover }) {
  const words = useWords();
  const { t, moment } = words;
  const { nameOf } = useNamed();
  const { data: me } = useSuspenseQuery(meQuery());
  const accept = useChange(() => call(acceptCover, { params: { id: cover.id } }));
  const decline = useChange(() => call(declineCover, { params: { id: cover.id } }));
  const withdraw = useChange(() => call(withdrawCover, { params: { id: cover.id } }));
  const mine = cover.person === me.id;
  const error = accept.error ?? decline.error ?? withdraw.error;
  return (
    <li>
      <span>
        {cover.inReturn
          ? t("schedule.covers.swap", {
              person: nameOf(cover.person),
              from: moment(cover.from),
              until: moment(cover.until),
              backFrom: moment(cover.inReturn.from),
              backUntil: moment(cover.inReturn.until),
            })
          : t("schedule.covers.line", {
              person: nameOf(cover.person),
              from: moment(cover.from),
              until: moment(cover.until),
            })}
      </span>
      {cover.message && <q>{cover.message}</q>}
      {cover.asked && <small className="muted">{t("schedule.covers.asked", { person: nameOf(cover.asked) })}</small>}
      <span className="acts">
        {!mine && (cover.asked === null || cover.asked === me.id) && (
          <Act word={t("schedule.covers.accept")} run={() => accept.mutateAsync(undefined)} />
        )}
        {cover.asked === me.id && (
          <Act word={t("schedule.covers.decline")} run={() => decline.mutateAsync(undefined)} />
        )}
        {(mine || me.admin) && <Act word={t("schedule.covers.withdraw")} run={() => withdraw.mutateAsync(undefined)} />}
      </span>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
    </li>
  );
}

function Act({ word, run }: { word: string; run: () => Promise<unknown> }) {
  const once = useOneAtATime();
  return (
    <button className="btn s" type="button" onClick={() => once(() => run().catch(() => {}))}>
      {word}
    </button>
  );
}

export function OverrideList({ schedule, at }: { schedule: Schedule; at: number }) {
  const { t } = useWords();
  const coming = schedule.overrides.filter((one) => one.until > at).sort((a, b) => a.from - b.from);
  if (coming.length === 0) return null;
  return (
    <Section title={t("schedule.overrides")}>
      <ul className="lines">
        {coming.map((one) => (
          <EndedLine
            key={one.id}
            person={one.personId}
            span={one}
            word={t("schedule.take-back")}
            run={() => call(endOverride, { params: { id: schedule.id, override: one.id } })}
          />
        ))}
      </ul>
    </Section>
  );
}

type EndedProps = {
  person: string;
  span: { readonly from: number | string; readonly until: number | string };
  word: string;
  run: () => Promise<unknown>;
};

/** Something that lasts until a time, and that its person or an administrator may end. */
function EndedLine({ person, span, word, run }: EndedProps) {
  const words = useWords();
  const { t, moment } = words;
  const { nameOf } = useNamed();
  const { data: me } = useSuspenseQuery(meQuery());
  const end = useChange(run);
  return (
    <li>
      <span>
        <b>{nameOf(person)}</b>{" "}
        <small className="muted">{t("schedule.stretch", { from: moment(span.from), until: moment(span.until) })}</small>
      </span>
      {(me.admin || me.id === person) && <Act word={word} run={() => end.mutateAsync(undefined)} />}
      {end.error && <Fault>{failureSentence(words, end.error)}</Fault>}
    </li>
  );
}

export function AwayList({ people }: { people: readonly string[] }) {
  const { t } = useWords();
  const { data } = useQuery(absencesQuery());
  const [adding, setAdding] = useState(false);
  const away = (data?.data ?? []).filter((one) => people.includes(one.person));
  return (
    <Section title={t("schedule.away")}>
      {away.length === 0 && <p className="muted">{t("schedule.away.none")}</p>}
      <ul className="lines">
        {away.map((one) => (
          <EndedLine
            key={one.id}
            person={one.person}
            span={one}
            word={t("schedule.take-back")}
            run={() => call(endAbsence, { params: { id: one.id } })}
          />
        ))}
      </ul>
      <p className="acts">
        <button className="btn s" type="button" onClick={() => setAdding(true)}>
          {t("schedule.away.add")}
        </button>
      </p>
      <ImportAbsences />
      {adding && <AbsenceForm onClose={() => setAdding(false)} />}
    </Section>
  );
}

function AbsenceForm({ onClose }: { onClose: () => void }) {
  const { t, zone } = useWords();
  const { people } = useNamed();
  const { data: me } = useSuspenseQuery(meQuery());
  const [person, setPerson] = useState(me.id);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const act = useChange((body: z.input<typeof addAbsence.body>) => call(addAbsence, { body }));
  const spelled = { from: zonedInstant(from, zone) ?? "", until: zonedInstant(until, zone) ?? "" };
  const whole = spelled.from !== "" && spelled.until !== "" && spelled.from < spelled.until;
  return (
    <FormPanel
      title={t("schedule.away.add.title")}
      note={t("schedule.away.add.note")}
      word={t("schedule.away.add")}
      act={act}
      body={() => ({ person, ...spelled })}
      onClose={onClose}
    >
      {me.admin && (
        <SelectField
          label={t("schedule.person")}
          value={person}
          onChange={setPerson}
          options={people.filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <div className="two">
        <TextField
          label={t("schedule.from")}
          type="datetime-local"
          value={from}
          onChange={setFrom}
          error={errorAt(act.error, "/from")}
          required
          first
        />
        <TextField
          label={t("schedule.until")}
          type="datetime-local"
          value={until}
          onChange={setUntil}
          error={errorAt(act.error, "/until")}
          required
        />
      </div>
      {whole && <ReachCheck change={{ absence: { person, ...spelled } }} />}
    </FormPanel>
  );
}
