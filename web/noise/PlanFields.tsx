/** When maintenance is: once, or again by the clocks of a place; and the next times as they would be. */
import { useQuery } from "@tanstack/react-query";
import { ZoneField } from "../directory/ZoneField.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRested } from "../ui/rested.ts";
import { NumberField } from "./NumberField.tsx";
import { type PlanDraft, planKinds } from "./plan.ts";
import { type Plan, planPreviewQuery } from "./queries.ts";
import { useNoiseWords } from "./words.ts";

const everyDay = [1, 2, 3, 4, 5, 6, 7] as const;
const weeks = [1, 2, 3, 4, 5] as const;

type Props = { draft: PlanDraft; onChange: (change: Partial<PlanDraft>) => void };

export function PlanFields({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  return (
    <>
      <SelectField
        label={say("window.when")}
        value={draft.kind}
        onChange={(kind) => onChange({ kind: kind as PlanDraft["kind"] })}
        options={planKinds.map((value) => ({ value, label: say(`window.when.${value}`) }))}
      />
      {draft.kind === "once" ? (
        <div className="pair">
          <TextField
            label={say("window.from")}
            type="datetime-local"
            value={draft.begins}
            onChange={(begins) => onChange({ begins })}
            required
          />
          <TextField
            label={say("window.until")}
            type="datetime-local"
            value={draft.ends}
            onChange={(ends) => onChange({ ends })}
            required
          />
        </div>
      ) : (
        <Again draft={draft} onChange={onChange} />
      )}
    </>
  );
}

function Again({ draft, onChange }: Props) {
  const { t: say } = useNoiseWords();
  return (
    <>
      <Which draft={draft} onChange={onChange} />
      <div className="pair">
        <TextField
          label={say("window.from")}
          type="time"
          value={draft.from}
          onChange={(from) => onChange({ from })}
          required
        />
        <TextField
          label={say("window.until")}
          hint={say("window.until.hint")}
          type="time"
          value={draft.until}
          onChange={(until) => onChange({ until })}
          required
        />
      </div>
      <ZoneField value={draft.zone} onChange={(zone) => onChange({ zone })} />
    </>
  );
}

function Which({ draft, onChange }: Props) {
  const { weekdayNamed } = useWords();
  const { t: say } = useNoiseWords();
  if (draft.kind === "week")
    return (
      <fieldset className="choosing">
        <legend className="lab">{say("window.days")}</legend>
        <div className="many">
          {everyDay.map((day) => (
            <CheckField
              key={day}
              label={weekdayNamed(day)}
              value={draft.days.includes(day)}
              onChange={(on) =>
                onChange({ days: on ? [...draft.days, day].sort() : draft.days.filter((one) => one !== day) })
              }
            />
          ))}
        </div>
      </fieldset>
    );
  if (draft.kind === "month")
    return (
      <NumberField
        label={say("window.day")}
        hint={say("window.day.hint")}
        min={1}
        max={31}
        value={draft.day}
        onChange={(day) => onChange({ day })}
        required
      />
    );
  return (
    <div className="pair">
      <SelectField
        label={say("window.week")}
        value={draft.week}
        onChange={(week) => onChange({ week })}
        options={weeks.map((week) => ({ value: String(week), label: say(`window.week.${week}`) }))}
      />
      <SelectField
        label={say("window.weekday")}
        value={draft.weekday}
        onChange={(weekday) => onChange({ weekday })}
        options={everyDay.map((day) => ({ value: String(day), label: weekdayNamed(day) }))}
      />
    </div>
  );
}

const shownMax = 4;

export function NextTimes({ plan }: { plan: Plan | null }) {
  const words = useWords();
  const { t: say } = useNoiseWords();
  const asked: Plan | null = JSON.parse(useRested(JSON.stringify(plan)));
  const { data, error } = useQuery({ ...planPreviewQuery(asked), enabled: asked !== null });
  return (
    <section className="preview" aria-live="polite">
      <h3>{say("window.next")}</h3>
      {asked === null && <p className="muted">{say("window.next.wait")}</p>}
      {asked !== null && error && <Fault>{failureSentence(words, error)}</Fault>}
      {asked !== null && data?.occurrences.length === 0 && <p>{say("window.next.none")}</p>}
      {asked !== null && data && (
        <ul>
          {data.occurrences.slice(0, shownMax).map(({ from, until }) => (
            <li key={from}>
              {words.dateTime(from)} – {words.dateTime(until)}{" "}
              <small className="muted">{words.lasting(Date.parse(until) - Date.parse(from))}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
