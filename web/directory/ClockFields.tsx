/** What a category says of its clocks: by which calendar a target is counted, and what may stop them. */
import {
  itemsMax,
  notifiedActions,
  pauseMinutesMax,
  supplierWaits,
  targetMinutesMax,
} from "#core/directory/category-process.ts";
import { useWords } from "../language/words.tsx";
import { useSupplierWords } from "../suppliers/words.ts";
import { CheckField, SelectField, TextField } from "../ui/fields.tsx";
import { useCalendarOptions } from "./BusinessCalendars.tsx";
import { ListFields, WordsFields } from "./ItemFields.tsx";
import { PrioritiesField } from "./PrioritiesField.tsx";
import { freeActions, type NoticeDraft, newNotice, newPause, type PauseDraft, usualPauses } from "./process-draft.ts";

export function CalendarField({ value, onChange }: { value: string; onChange: (calendar: string) => void }) {
  const { t } = useWords();
  return (
    <SelectField
      label={t("process.target.calendar")}
      value={value}
      onChange={onChange}
      empty={t("process.target.calendar.own")}
      options={useCalendarOptions(value)}
    />
  );
}

type PausesProps = {
  pauses: readonly PauseDraft[] | null;
  onChange: (pauses: readonly PauseDraft[] | null) => void;
};

/** What usually may stop the clocks, until somebody says it in other words. */
export function PausesFields({ pauses, onChange }: PausesProps) {
  const { t } = useWords();
  const { t: say } = useSupplierWords();
  const own = (
    <CheckField
      label={t("process.pauses.own")}
      value={pauses !== null}
      onChange={(on) => onChange(on ? usualPauses() : null)}
    />
  );
  if (pauses === null)
    return (
      <fieldset className="choosing">
        <legend className="lab">{t("process.pauses")}</legend>
        <p className="hint">{t("process.pauses.hint")}</p>
        {own}
      </fieldset>
    );
  return (
    <>
      <ListFields
        legend={t("process.pauses")}
        hint={t("process.pauses.hint")}
        one={(number) => t("process.pause", { number })}
        add={t("process.pause.add")}
        list={pauses}
        max={itemsMax}
        make={newPause}
        onChange={onChange}
      >
        {(one, change) => (
          <>
            <WordsFields value={one} onChange={change} />
            <TextField
              label={t("process.pause.hours")}
              type="number"
              min="1"
              max={String(pauseMinutesMax / 60)}
              value={one.hours}
              onChange={(hours) => change({ hours })}
              required
            />
            <SelectField
              label={say("pause")}
              hint={say("pause.hint")}
              value={one.onSupplier ?? ""}
              onChange={(wait) => change({ onSupplier: supplierWaits.find((each) => each === wait) ?? "" })}
              empty={say("pause.never")}
              options={supplierWaits.map((value) => ({ value, label: say(`pause.${value}`) }))}
            />
            {one.onSupplier && (
              <PrioritiesField legend={say("pause.priorities")} value={one.priorities ?? []} onChange={change} />
            )}
          </>
        )}
      </ListFields>
      {own}
    </>
  );
}

type NoticesProps = { notices: readonly NoticeDraft[]; onChange: (notices: readonly NoticeDraft[]) => void };

/** Within how long those concerned are told of what was done. */
export function NoticesFields({ notices, onChange }: NoticesProps) {
  const { t } = useWords();
  return (
    <ListFields
      legend={t("process.notices")}
      hint={t("process.notices.hint")}
      one={(number) => t("process.notice", { number })}
      add={t("process.notice.add")}
      list={notices}
      max={notifiedActions.length}
      make={() => newNotice(notices)}
      onChange={onChange}
    >
      {(one, change) => (
        <>
          <SelectField
            label={t("process.notice.action")}
            value={one.action}
            onChange={(action) => change({ action: action as NoticeDraft["action"] })}
            options={freeActions(notices, one.action).map((value) => ({ value, label: t(`process.notice.${value}`) }))}
          />
          <MinutesField value={one.minutes} onChange={change} />
        </>
      )}
    </ListFields>
  );
}

/** How long a target or a notice may take. */
export function MinutesField({ value, onChange }: { value: string; onChange: (part: { minutes: string }) => void }) {
  const { t } = useWords();
  return (
    <TextField
      label={t("process.target.minutes")}
      type="number"
      min="1"
      max={String(targetMinutesMax)}
      value={value}
      onChange={(minutes) => onChange({ minutes })}
      required
    />
  );
}
