/** Whether a schedule stands in for another, and for which time. */
import { dayMs } from "#core/kernel/time.ts";
import { errorAt } from "../directory/FormPanel.tsx";
import { useNamed } from "../directory/names.ts";
import type { Schedule } from "../directory/queries.ts";
import { zonedInstant } from "../incidents/zoned-instant.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { now } from "../ui/now.ts";
import { wallOf } from "./week.ts";

export type StandsInDraft = { readonly for: string; readonly from: string; readonly until: string };

export const standsInDraftOf = ({ standsIn }: Schedule, zone: string): StandsInDraft | null =>
  standsIn && {
    for: standsIn.for,
    from: wallOf(Date.parse(standsIn.from), zone),
    until: wallOf(Date.parse(standsIn.until), zone),
  };

export const standsInOfDraft = (draft: StandsInDraft | null | undefined, zone: string) =>
  draft
    ? { for: draft.for, from: zonedInstant(draft.from, zone) ?? "", until: zonedInstant(draft.until, zone) ?? "" }
    : null;

type Props = {
  value: StandsInDraft | null;
  /** Null for one that is being added. */
  id: string | null;
  onChange: (value: StandsInDraft | null) => void;
  error: unknown;
};

export function StandsInFields({ value, id, onChange, error }: Props) {
  const { t, zone } = useWords();
  const { schedules } = useNamed();
  const others = schedules.filter((one) => one.id !== id && one.standsIn === null);
  if (others.length === 0 && value === null) return null;
  const begin = () => ({ for: "", from: wallOf(now(), zone), until: wallOf(now() + 7 * dayMs, zone) });
  return (
    <fieldset className="choosing">
      <legend className="lab">{t("schedule.temporary")}</legend>
      <CheckField
        label={t("schedule.temporary.do")}
        value={value !== null}
        onChange={(on) => onChange(on ? begin() : null)}
      />
      {value && (
        <>
          <SelectField
            label={t("schedule.temporary.for")}
            hint={t("schedule.temporary.hint")}
            value={value.for}
            onChange={(other) => onChange({ ...value, for: other })}
            options={others.map((one) => ({ value: one.id, label: one.name }))}
            empty=""
            error={errorAt(error, "/standsIn/for")}
            required
          />
          <div className="two">
            <TextField
              label={t("schedule.from")}
              type="datetime-local"
              value={value.from}
              onChange={(from) => onChange({ ...value, from })}
              error={errorAt(error, "/standsIn/from")}
              required
            />
            <TextField
              label={t("schedule.until")}
              type="datetime-local"
              value={value.until}
              onChange={(until) => onChange({ ...value, until })}
              error={errorAt(error, "/standsIn/until")}
              required
            />
          </div>
        </>
      )}
    </fieldset>
  );
}
