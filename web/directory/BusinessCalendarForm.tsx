/** A calendar: its names, and its hours, which count from the moment at which they are saved. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import {
  addBusinessCalendar,
  type BusinessCalendarLine,
  changeBusinessCalendar,
  publishBusinessCalendar,
} from "#contract/clocks.ts";
import { officeCalendar } from "#core/oncall/business-calendar.ts";
import type { HolidayRule } from "#core/oncall/holidays.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { useWords } from "../language/words.tsx";
import { HolidayFields } from "../oncall/HolidayFields.tsx";
import { newOpening, type OpeningDraft } from "../oncall/layer-draft.ts";
import { OpeningFields } from "../oncall/OpeningFields.tsx";
import { CheckField, TextField } from "../ui/fields.tsx";
import { useKept } from "../ui/kept.ts";
import { errorAt, FormPanel } from "./FormPanel.tsx";
import { NamesFields } from "./NamesFields.tsx";
import { listOf, nameIn } from "./names.ts";
import { idFor } from "./process-draft.ts";
import { businessCalendarsQuery, useChange } from "./queries.ts";
import { ZoneField } from "./ZoneField.tsx";

type Props = { calendar?: BusinessCalendarLine; taken: ReadonlySet<string>; onClose: () => void };
type Hours = BusinessCalendarLine["hours"];
type Draft = {
  nameFr: string;
  nameEn: string;
  retired: boolean;
  zone: string;
  openings: readonly OpeningDraft[];
  /** Dates, between commas. */
  closedOn: string;
  holidays: HolidayRule | null;
};

const draftOf = (calendar: BusinessCalendarLine | undefined, zone: string): Draft => ({
  nameFr: calendar?.nameFr ?? "",
  nameEn: calendar?.nameEn ?? "",
  retired: calendar?.retired ?? false,
  zone: calendar?.hours.zone ?? zone,
  openings: calendar?.hours.openings.map((one) => ({ key: crypto.randomUUID(), ...one })) ?? [newOpening()],
  closedOn: calendar?.hours.closedOn.join(", ") ?? "",
  holidays: calendar?.hours.holidays ?? null,
});

const hoursOf = ({ zone, openings, closedOn, holidays }: Draft): Hours => ({
  zone: zone.trim(),
  openings: openings.map(({ days, from, until }) => ({ days: [...days], from, until })),
  closedOn: listOf(closedOn),
  ...(holidays && { holidays }),
});

export function BusinessCalendarForm({ calendar, taken, onClose }: Props) {
  const { t, language, zone } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const others = useQuery(businessCalendarsQuery()).data?.data ?? [];
  const desk = others.find(({ id }) => id === officeCalendar)?.hours.zone ?? zone;
  const { draft, set, forget } = useKept<Draft>(`${me.id} calendar ${calendar?.id ?? ""}`, () =>
    draftOf(calendar, desk),
  );
  const put = (part: Partial<Draft>) => set((old) => ({ ...old, ...part }));
  const act = useChange((body: Draft) => save(body, calendar, taken));
  return (
    <FormPanel
      title={t(calendar ? "calendar.change.title" : "calendar.add.title")}
      {...(calendar && { note: nameIn(language, calendar) })}
      word={t(calendar ? "frame.save" : "calendar.add")}
      act={act}
      body={() => draft}
      onClose={onClose}
      forget={forget}
    >
      <NamesFields draft={draft} set={put} error={act.error} />
      <fieldset className="choosing">
        <legend className="lab">{t("layer.hours")}</legend>
        {calendar && <p className="hint">{t("calendar.hours.hint")}</p>}
        <OpeningFields openings={draft.openings} onChange={(openings) => put({ openings })} />
        <HolidayFields
          value={draft.holidays}
          onChange={(holidays) => put({ holidays })}
          error={errorAt(act.error, "/hours/holidays/place")}
        />
        <TextField
          label={t("calendar.closed-on")}
          note={t("ui.optional")}
          hint={t("calendar.closed-on.hint")}
          value={draft.closedOn}
          onChange={(closedOn) => put({ closedOn })}
          error={errorAt(act.error, "/hours/closedOn")}
        />
        <ZoneField
          value={draft.zone}
          onChange={(chosen) => put({ zone: chosen })}
          hint={t("calendar.zone.hint")}
          error={errorAt(act.error, "/hours/zone")}
        />
      </fieldset>
      {calendar && (
        <CheckField
          label={t("calendar.retired.choose")}
          value={draft.retired}
          onChange={(retired) => put({ retired })}
        />
      )}
    </FormPanel>
  );
}

/** Its names change at once; its hours only where they are others. */
async function save(draft: Draft, calendar: BusinessCalendarLine | undefined, taken: ReadonlySet<string>) {
  const names = { nameFr: draft.nameFr.trim(), nameEn: draft.nameEn.trim() };
  const hours = hoursOf(draft);
  if (!calendar) return call(addBusinessCalendar, { body: { ...names, id: idFor(names.nameEn, taken), hours } });
  const params = { id: calendar.id };
  const same = JSON.stringify(hours) === JSON.stringify(hoursOf(draftOf(calendar, "")));
  if (!same) await call(publishBusinessCalendar, { params, body: { after: calendar.version, hours } });
  return call(changeBusinessCalendar, { params, body: { ...names, retired: draft.retired } });
}
