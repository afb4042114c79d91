import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { addSchedule } from "#contract/directory.ts";
import { changeSchedule } from "#contract/organisation.ts";
import type { WeeklyRotation } from "#core/oncall/rotation.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { errorAt, FormPanel } from "../directory/FormPanel.tsx";
import { useNamed } from "../directory/names.ts";
import { type Schedule, useChange } from "../directory/queries.ts";
import { ZoneField } from "../directory/ZoneField.tsx";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { Moves, moved } from "./Moves.tsx";
import { Turns } from "./Turns.tsx";

type Turn = { readonly key: string; readonly person: string };
type Draft = {
  name: string;
  zone: string;
  startDate: string;
  handoverTime: string;
  lengthWeeks: string;
  participants: readonly Turn[];
};

/** Nobody on purpose, as opposed to nobody chosen yet. */
const nobody = "nobody";
const turn = (person: string): Turn => ({ key: crypto.randomUUID(), person });

const rotationOf = (draft: Draft): WeeklyRotation => ({
  kind: "weekly",
  zone: draft.zone.trim(),
  startDate: draft.startDate,
  handoverTime: draft.handoverTime,
  lengthWeeks: Number(draft.lengthWeeks),
  participants: draft.participants.map(({ person }) => (person === nobody ? null : person)),
});

/** What would be refused is not shown. */
function shown(draft: Draft): WeeklyRotation | null {
  const rotation = rotationOf(draft);
  const chosen = draft.participants.length > 0 && draft.participants.every(({ person }) => person !== "");
  if (!chosen || !Number.isInteger(rotation.lengthWeeks) || rotation.lengthWeeks < 1) return null;
  try {
    Temporal.PlainDate.from(rotation.startDate).toZonedDateTime(rotation.zone);
    Temporal.PlainTime.from(rotation.handoverTime);
    return rotation;
  } catch {
    return null;
  }
}

/** Monday of this week: the first hand-over is behind us, so that somebody is on call at once. */
function monday(zone: string): string {
  const today = Temporal.Now.plainDateISO(zone);
  return today.subtract({ days: today.dayOfWeek - 1 }).toString();
}

export function ScheduleForm({ schedule, onClose }: { schedule?: Schedule; onClose: () => void }) {
  const { t, zone } = useWords();
  const navigate = useNavigate();
  const { data: me } = useSuspenseQuery(meQuery());
  const { draft, set, forget } = useKept<Draft>(`${me.id} schedule ${schedule?.id ?? ""}`, () =>
    schedule
      ? {
          ...schedule.rotation,
          name: schedule.name,
          lengthWeeks: String(schedule.rotation.lengthWeeks),
          participants: schedule.rotation.participants.map((person) => turn(person ?? nobody)),
        }
      : {
          name: "",
          zone,
          startDate: monday(zone),
          handoverTime: "09:00",
          lengthWeeks: "1",
          participants: [turn("")],
        },
  );
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: { name: string; rotation: WeeklyRotation }) => {
    const given = { ...body, rotation: { ...body.rotation, participants: [...body.rotation.participants] } };
    return schedule
      ? call(changeSchedule, { params: { id: schedule.id }, body: given })
      : call(addSchedule, { body: given });
  });
  const preview = shown(draft);
  return (
    <FormPanel
      title={t(schedule ? "schedule.change.title" : "schedule.add.title")}
      {...(schedule && { note: schedule.name })}
      word={t(schedule ? "frame.save" : "schedule.add")}
      act={act}
      body={() => ({ name: draft.name.trim(), rotation: rotationOf(draft) })}
      onClose={onClose}
      onCancel={forget}
      onDone={({ id }) => {
        forget();
        onClose();
        if (!schedule) void navigate({ to: "/schedules/$id", params: { id } });
      }}
    >
      <TextField
        label={t("schedule.name")}
        value={draft.name}
        onChange={(name) => put({ name })}
        error={errorAt(act.error, "/name")}
        maxLength={200}
        required
        first
      />
      <Participants
        list={draft.participants}
        onChange={(participants) => put({ participants })}
        error={errorAt(act.error, "/rotation/participants")}
      />
      <Handover draft={draft} put={put} error={act.error} />
      {preview && (
        <section aria-label={t("schedule.turns")}>
          <p className="lab">{t("schedule.preview")}</p>
          <Turns rotation={preview} count={5} />
        </section>
      )}
    </FormPanel>
  );
}

type HandoverProps = { draft: Draft; put: (part: Partial<Draft>) => void; error: unknown };

function Handover({ draft, put, error }: HandoverProps) {
  const { t } = useWords();
  return (
    <>
      <div className="two">
        <TextField
          label={t("schedule.start")}
          type="date"
          value={draft.startDate}
          onChange={(startDate) => put({ startDate })}
          error={errorAt(error, "/rotation/startDate")}
          required
        />
        <TextField
          label={t("schedule.time")}
          type="time"
          value={draft.handoverTime}
          onChange={(handoverTime) => put({ handoverTime })}
          error={errorAt(error, "/rotation/handoverTime")}
          required
        />
      </div>
      <TextField
        label={t("schedule.weeks")}
        type="number"
        min="1"
        max="52"
        value={draft.lengthWeeks}
        onChange={(lengthWeeks) => put({ lengthWeeks })}
        error={errorAt(error, "/rotation/lengthWeeks")}
        required
      />
      <ZoneField
        value={draft.zone}
        onChange={(zone) => put({ zone })}
        hint={t("schedule.zone.hint")}
        error={errorAt(error, "/rotation/zone")}
      />
    </>
  );
}

type ParticipantsProps = {
  list: readonly Turn[];
  onChange: (list: readonly Turn[]) => void;
  error: string | undefined;
};

function Participants({ list, onChange, error }: ParticipantsProps) {
  const { t } = useWords();
  const { people } = useNamed();
  return (
    <fieldset className="choosing">
      <legend className="lab">{t("schedule.order")}</legend>
      {list.map((one, index) => (
        <div key={one.key} className="one-of">
          <select
            className="input"
            aria-label={t("schedule.turn", { number: index + 1 })}
            required
            value={one.person}
            onChange={(event) =>
              onChange(list.map((each, at) => (at === index ? { ...each, person: event.target.value } : each)))
            }
          >
            <option value="">{t("schedule.turn.choose")}</option>
            {people
              .filter((person) => person.active || person.id === one.person)
              .map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
            <option value={nobody}>{t("schedule.turn.nobody")}</option>
          </select>
          <Moves
            name={t("schedule.turn", { number: index + 1 })}
            index={index}
            count={list.length}
            onMove={(by) => onChange(moved(list, index, by))}
            {...(list.length > 1 && { onRemove: () => onChange(list.filter((_, at) => at !== index)) })}
          />
        </div>
      ))}
      {error && <p className="hint fault">{error}</p>}
      <p>
        <button className="btn s" type="button" onClick={() => onChange([...list, turn("")])}>
          {t("schedule.turn.add")}
        </button>
      </p>
    </fieldset>
  );
}
