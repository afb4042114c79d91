/** One layer of a schedule in a form: who turns, when it is handed over, and at which hours it counts. */
import type { ReactNode } from "react";
import { errorAt } from "../directory/FormPanel.tsx";
import { useNamed } from "../directory/names.ts";
import { ZoneField } from "../directory/ZoneField.tsx";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { HolidayFields } from "./HolidayFields.tsx";
import { type LayerDraft, newOpening, nobody, type Turn, turn } from "./layer-draft.ts";
import { Moves, moved } from "./Moves.tsx";
import { OpeningFields } from "./OpeningFields.tsx";

type Props = {
  layer: LayerDraft;
  index: number;
  count: number;
  error: unknown;
  onChange: (part: Partial<LayerDraft>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** One layer alone has no name and no place: it is the schedule. */
export function LayerFields({ layer, index, count, error, onChange, onMove, onRemove }: Props) {
  const { t } = useWords();
  const pointer = `/layers/${index}`;
  const name = layer.name || t("layer.number", { number: index + 1 });
  const fields = (
    <>
      <Participants
        list={layer.participants}
        onChange={(participants) => onChange({ participants })}
        error={errorAt(error, `${pointer}/rotation/participants`)}
      />
      <Handover layer={layer} onChange={onChange} error={error} pointer={`${pointer}/rotation`} />
      <Hours openings={layer.openings} onChange={(openings) => onChange({ openings })}>
        <HolidayFields
          value={layer.holidays ?? null}
          onChange={(holidays) => onChange({ holidays })}
          error={errorAt(error, `${pointer}/restriction/holidays/place`)}
        />
      </Hours>
    </>
  );
  if (count === 1) return fields;
  return (
    <fieldset className="step layer">
      <legend className="lab">{name}</legend>
      <Moves name={name} index={index} count={count} onMove={onMove} onRemove={onRemove} />
      <TextField
        label={t("layer.name")}
        note={t("ui.optional")}
        value={layer.name}
        onChange={(value) => onChange({ name: value })}
        maxLength={200}
      />
      {fields}
    </fieldset>
  );
}

type HandoverProps = { layer: LayerDraft; onChange: Props["onChange"]; error: unknown; pointer: string };

const longest = { weekly: "52", daily: "366", hourly: "8784" } as const;

function Handover({ layer, onChange, error, pointer }: HandoverProps) {
  const { t } = useWords();
  return (
    <>
      <div className="two">
        <TextField
          label={t("schedule.length.each")}
          type="number"
          min="1"
          max={longest[layer.kind]}
          value={layer.length}
          onChange={(length) => onChange({ length })}
          error={
            errorAt(error, `${pointer}/lengthWeeks`) ??
            errorAt(error, `${pointer}/lengthDays`) ??
            errorAt(error, `${pointer}/lengthHours`)
          }
          required
        />
        <SelectField
          label={t("schedule.unit")}
          value={layer.kind}
          onChange={(kind) => onChange({ kind: kind as LayerDraft["kind"] })}
          options={(["weekly", "daily", "hourly"] as const).map((value) => ({
            value,
            label: t(`schedule.unit.${value}`),
          }))}
          {...(layer.kind === "hourly" && { hint: t("schedule.unit.hourly.hint") })}
        />
      </div>
      <div className="two">
        <TextField
          label={t("schedule.start")}
          type="date"
          value={layer.startDate}
          onChange={(startDate) => onChange({ startDate })}
          error={errorAt(error, `${pointer}/startDate`)}
          required
        />
        <TextField
          label={t("schedule.time")}
          type="time"
          value={layer.handoverTime}
          onChange={(handoverTime) => onChange({ handoverTime })}
          error={errorAt(error, `${pointer}/handoverTime`)}
          required
        />
      </div>
      <ZoneField
        value={layer.zone}
        onChange={(zone) => onChange({ zone })}
        hint={t("schedule.zone.hint")}
        error={errorAt(error, `${pointer}/zone`)}
      />
    </>
  );
}

type HoursProps = {
  openings: LayerDraft["openings"];
  onChange: (openings: LayerDraft["openings"]) => void;
  /** What else can be said of hours, once there are any. */
  children: ReactNode;
};

function Hours({ openings, onChange, children }: HoursProps) {
  const { t } = useWords();
  return (
    <fieldset className="choosing">
      <legend className="lab">{t("layer.hours")}</legend>
      <CheckField
        label={t("layer.hours.only")}
        value={openings !== null}
        onChange={(only) => onChange(only ? [newOpening()] : null)}
      />
      {openings !== null && (
        <>
          <OpeningFields openings={openings} onChange={onChange} />
          {children}
        </>
      )}
    </fieldset>
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
