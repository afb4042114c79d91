/** In which turns one is called, for what is pressing and for the rest. The rule itself is the core's. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Preference } from "#core/directory/types.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Fault } from "../ui/marks.tsx";
import { type Point, pointName } from "./ContactPoint.tsx";
import { preferenceQuery, useChangePreference } from "./queries.ts";

const urgencies = ["high", "low"] as const;
type Urgency = (typeof urgencies)[number];
const minutes = [0, 1, 2, 3, 5, 10, 15, 30, 60];
const none = "";

/** Nothing said is all at once. */
const shown = (said: Preference, urgency: Urgency, id: string): string => {
  if (said[urgency].length === 0) return "0";
  const rule = said[urgency].find((one) => one.contactPoint === id);
  return rule ? String(rule.afterMinutes) : none;
};

export function Turns({ points }: { points: readonly Point[] }) {
  const words = useWords();
  const { t } = words;
  const { data: said } = useSuspenseQuery(preferenceQuery());
  const change = useChangePreference();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const proved = points.filter((one) => one.state !== "to-verify");
  const turnOf = (urgency: Urgency, id: string): string => typed[`${urgency}/${id}`] ?? shown(said, urgency, id);
  const rulesOf = (urgency: Urgency) =>
    proved
      .map((one) => ({ contactPoint: one.id, after: turnOf(urgency, one.id) }))
      .filter((one) => one.after !== none)
      .map(({ contactPoint, after }) => ({ contactPoint, afterMinutes: Number(after) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const done = () => {
      setTyped({});
      announce(t("turns.saved"));
    };
    change.mutate({ high: rulesOf("high"), low: rulesOf("low") }, { onSuccess: done });
  };
  return (
    <section className="sec" aria-labelledby="turns">
      <header>
        <h2 id="turns">{t("turns.title")}</h2>
      </header>
      <p className="muted">{t("turns.what")}</p>
      <form onSubmit={submit}>
        <table className="tbl ways-by-turn">
          <caption className="vh">{t("turns.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("turns.way")}</th>
              {urgencies.map((urgency) => (
                <th key={urgency} scope="col">
                  {t(`turns.${urgency}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {proved.map((one) => (
              <tr key={one.id}>
                <th scope="row">{pointName(words, one)}</th>
                {urgencies.map((urgency) => (
                  <td key={urgency}>
                    <Turn
                      label={t("turns.of", { way: pointName(words, one), urgency: t(`turns.${urgency}`) })}
                      value={turnOf(urgency, one.id)}
                      onChange={(value) => setTyped((old) => ({ ...old, [`${urgency}/${one.id}`]: value }))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="hint">{t("turns.hint")}</p>
        {change.error && <Fault>{failureSentence(words, change.error)}</Fault>}
        <p className="acts">
          <button className="btn" type="submit" aria-disabled={change.isPending}>
            {t("turns.save")}
          </button>
        </p>
      </form>
    </section>
  );
}

type TurnProps = { label: string; value: string; onChange: (value: string) => void };

function Turn({ label, value, onChange }: TurnProps) {
  const { t } = useWords();
  /* A wait that was set elsewhere stays as it is. */
  const offered = value === none || minutes.includes(Number(value)) ? minutes : [...minutes, Number(value)];
  return (
    <select className="input" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {offered.map((one) => (
        <option key={one} value={one}>
          {one === 0 ? t("turns.at-once") : t("turns.after", { count: one })}
        </option>
      ))}
      <option value={none}>{t("turns.never")}</option>
    </select>
  );
}
