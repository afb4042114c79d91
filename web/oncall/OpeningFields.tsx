/** Hours of a week, opening by opening: of a layer, or of a calendar. */
import { useWords } from "../language/words.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { newOpening, type OpeningDraft } from "./layer-draft.ts";

type Props = { openings: readonly OpeningDraft[]; onChange: (openings: readonly OpeningDraft[]) => void };

export function OpeningFields({ openings, onChange }: Props) {
  const { t } = useWords();
  const change = (index: number, part: Partial<OpeningDraft>) =>
    onChange(openings.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <>
      {openings.map((one, index) => (
        <div key={one.key} className="opening">
          <Days days={one.days} onChange={(days) => change(index, { days })} />
          <div className="two">
            <TextField
              label={t("layer.hours.from")}
              type="time"
              value={one.from}
              onChange={(from) => change(index, { from })}
              required
            />
            <TextField
              label={t("layer.hours.until")}
              type="time"
              value={one.until === "24:00" ? "00:00" : one.until}
              onChange={(until) => change(index, { until: until === "00:00" ? "24:00" : until })}
              required
            />
          </div>
          {openings.length > 1 && (
            <button className="btn s" type="button" onClick={() => onChange(openings.filter((_, at) => at !== index))}>
              {t("frame.remove")}
            </button>
          )}
        </div>
      ))}
      <p>
        <button className="btn s" type="button" onClick={() => onChange([...openings, newOpening()])}>
          {t("layer.hours.add")}
        </button>
      </p>
    </>
  );
}

export function Days({ days, onChange }: { days: readonly number[]; onChange: (days: readonly number[]) => void }) {
  const { weekdayNamed } = useWords();
  return (
    <div className="days-chosen">
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <CheckField
          key={day}
          label={weekdayNamed(day)}
          value={days.includes(day)}
          onChange={(on) => onChange(on ? [...days, day].sort() : days.filter((one) => one !== day))}
        />
      ))}
    </div>
  );
}
