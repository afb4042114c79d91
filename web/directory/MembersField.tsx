/** Several people at once: those chosen first, then the others, to be found by the beginning of a name. */
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { foldText } from "#core/kernel/words.ts";
import { useWords } from "../language/words.tsx";
import { peopleQuery } from "./queries.ts";

type Props = {
  legend: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
  error?: string | undefined;
};

/** Fewer are seen at a glance. */
const filteredFrom = 9;

export function MembersField({ legend, value, onChange, error }: Props) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const id = useId();
  /* Chosen when the form opened: a line does not move under the hand that ticks it. */
  const [first] = useState(() => new Set(value));
  const people = (useQuery(peopleQuery()).data?.data ?? [])
    .filter((one) => one.active || first.has(one.id))
    .toSorted((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)) || a.name.localeCompare(b.name));
  const shown = people.filter((one) => foldText(one.name).includes(foldText(text.trim())));
  const chosen = new Set(value);
  const set = (person: string, on: boolean) =>
    onChange(on ? [...value, person] : value.filter((one) => one !== person));
  return (
    <fieldset className="choosing" aria-describedby={error ? id : undefined}>
      <legend className="lab">
        {legend} <small>{t("members.chosen", { count: value.length })}</small>
      </legend>
      {people.length >= filteredFrom && (
        <input
          className="input"
          type="search"
          value={text}
          placeholder={t("members.filter")}
          aria-label={t("members.filter")}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="many">
        {shown.map((one) => (
          <label key={one.id} className="check">
            <input
              type="checkbox"
              checked={chosen.has(one.id)}
              onChange={(event) => set(one.id, event.target.checked)}
            />
            {one.name}
            {!one.active && <small className="muted"> {t("people.inactive")}</small>}
          </label>
        ))}
        {shown.length === 0 && <p className="hint">{t("members.none")}</p>}
      </div>
      {error && (
        <p className="hint fault" id={id}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
