/** The deliberate way to what does not admit one: it says what follows, and not whether there is such an incident. */
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { breakGlass } from "#contract/restrictions.ts";
import { sfia8 } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { call } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { useRestrictionWords } from "./words.ts";
import "./restriction.css";

export function BreakGlassPage() {
  const words = useWords();
  const { t: say } = useRestrictionWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { number: known = "" } = useSearch({ strict: false });
  const [number, setNumber] = useState(String(known));
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useMutation({
    mutationFn: () => call(breakGlass, { body: { incident: number.trim(), reason } }),
    onSuccess: async (view) => {
      await client.invalidateQueries();
      await navigate({ to: "/incidents/$number", params: { number: view.number } });
    },
  });
  const may = (me.level ?? 0) >= sfia8.breaksGlassFrom;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!act.isPending) act.mutate();
  };
  return (
    <>
      <title>{`${say("glass.title")} · Tocsin`}</title>
      <div className="bar of-list">
        <h1>{say("glass.title")}</h1>
      </div>
      <div className="page glass-page">
        <p>{say("glass.lead")}</p>
        <ul>
          <li>{say("glass.told")}</li>
          <li>{say("glass.kept")}</li>
        </ul>
        {may ? (
          <form onSubmit={submit}>
            <TextField
              label={say("glass.number")}
              hint={say("glass.number.hint")}
              value={number}
              onChange={setNumber}
              required
            />
            <TextField label={say("glass.reason")} value={reason} onChange={setReason} required lines />
            {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
            <p className="acts">
              <button className="btn primary" type="submit" aria-disabled={act.isPending}>
                {say("glass.do")}
              </button>
            </p>
          </form>
        ) : (
          <p>{say("glass.level")}</p>
        )}
      </div>
    </>
  );
}
