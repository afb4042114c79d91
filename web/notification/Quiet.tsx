/** Hours in which what is not pressing makes no telephone sound. The rule itself is the core's. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { preferenceQuery, useChangePreference } from "./queries.ts";

const usual = { from: "22:00", to: "07:00" };

export function Quiet() {
  const words = useWords();
  const { t } = words;
  const { data: said } = useSuspenseQuery(preferenceQuery());
  const change = useChangePreference();
  const [typed, setTyped] = useState(said.quiet ?? usual);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    change.mutate({ quiet: typed }, { onSuccess: () => announce(t("quiet.saved")) });
  };
  const clear = () => change.mutate({ quiet: null }, { onSuccess: () => announce(t("quiet.cleared")) });
  const field = (name: "from" | "to") => ({
    label: t(`quiet.${name}`),
    value: typed[name],
    onChange: (value: string) => setTyped((old) => ({ ...old, [name]: value })),
  });
  return (
    <section className="sec" aria-labelledby="quiet">
      <header>
        <h2 id="quiet">{t("quiet.title")}</h2>
      </header>
      <p className="muted">{t("quiet.what")}</p>
      <form className="quiet" onSubmit={save}>
        <TextField type="time" {...field("from")} required />
        <TextField type="time" {...field("to")} required />
        {change.error && <Fault>{failureSentence(words, change.error)}</Fault>}
        <p className="acts">
          <button className="btn" type="submit" aria-disabled={change.isPending}>
            {t("quiet.save")}
          </button>
          {said.quiet !== null && (
            <button className="btn" type="button" aria-disabled={change.isPending} onClick={clear}>
              {t("quiet.clear")}
            </button>
          )}
        </p>
      </form>
    </section>
  );
}
