/** Whether hours follow the public holidays of a place: closed on them, or open all day. */
import { useQuery } from "@tanstack/react-query";
import type { HolidayRule } from "#core/oncall/holidays.ts";
import { useWords } from "../language/words.tsx";
import { CheckField, SelectField } from "../ui/fields.tsx";
import { placesQuery } from "./holidays.ts";

type Props = {
  value: HolidayRule | null;
  onChange: (value: HolidayRule | null) => void;
  error: string | undefined;
};

export function HolidayFields({ value, onChange, error }: Props) {
  const { t, language } = useWords();
  const places = useQuery(placesQuery()).data?.data ?? [];
  const options = places
    .map(({ place, nameFr, nameEn }) => ({ value: place, label: language === "fr" ? nameFr : nameEn }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  const known = options.some((one) => one.value === value?.place);
  return (
    <>
      <SelectField
        label={t("layer.holidays")}
        hint={t("layer.holidays.hint")}
        value={value?.place ?? ""}
        onChange={(place) => onChange(place === "" ? null : { on: "closed", ...value, place })}
        options={value && !known ? [{ value: value.place, label: value.place }, ...options] : options}
        empty={t("layer.holidays.none")}
        error={error}
      />
      {value && (
        <>
          <SelectField
            label={t("layer.holidays.on")}
            value={value.on}
            onChange={(on) => onChange({ ...value, on: on === "open" ? "open" : "closed" })}
            options={(["closed", "open"] as const).map((on) => ({ value: on, label: t(`layer.holidays.${on}`) }))}
          />
          <CheckField
            label={t("layer.holidays.optional")}
            value={value.optional ?? false}
            onChange={(optional) => onChange({ ...value, optional })}
          />
        </>
      )}
    </>
  );
}
