/** A time zone by its name, found while typing. */
import { useId } from "react";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";

type Props = { value: string; onChange: (zone: string) => void; error?: string | undefined; hint?: string };

const zones = Intl.supportedValuesOf("timeZone");

export function ZoneField({ value, onChange, error, hint }: Props) {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      <TextField
        label={t("people.zone")}
        value={value}
        onChange={onChange}
        list={id}
        maxLength={64}
        error={error}
        hint={hint}
        required
      />
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
