/** Several services, each ticked. */
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useWords } from "../language/words.tsx";
import { CheckField } from "../ui/fields.tsx";
import { nameIn, offered } from "./names.ts";
import { servicesQuery } from "./queries.ts";

type Props = {
  legend: string;
  hint?: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
};

export function ServicesField({ legend, hint, value, onChange }: Props) {
  const { language } = useWords();
  const services = offered(useQuery(servicesQuery()).data?.data ?? [], ...value);
  const id = useId();
  return (
    <fieldset className="choosing" aria-describedby={hint ? id : undefined}>
      <legend className="lab">{legend}</legend>
      {hint && (
        <p className="hint" id={id}>
          {hint}
        </p>
      )}
      {services.map((one) => (
        <CheckField
          key={one.id}
          label={nameIn(language, one)}
          value={value.includes(one.id)}
          onChange={(on) => onChange(on ? [...value, one.id] : value.filter((each) => each !== one.id))}
        />
      ))}
    </fieldset>
  );
}
