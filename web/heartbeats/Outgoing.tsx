/** Whom this desk tells that it works: shown by its host, since the address is a secret. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { TextField } from "../ui/fields.tsx";
import { Fault } from "../ui/marks.tsx";
import { outgoingQuery, useRemoveOutgoing, useSetOutgoing } from "./queries.ts";
import { useHeartbeatWords } from "./words.ts";

export function Outgoing() {
  const words = useWords();
  const { t: say } = useHeartbeatWords();
  const { data, error } = useQuery(outgoingQuery());
  const set = useSetOutgoing();
  const remove = useRemoveOutgoing();
  const [url, setUrl] = useState("");
  const [minutes, setMinutes] = useState("1");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (set.isPending) return;
    set.mutate({ url: url.trim(), intervalSeconds: Math.round(Number(minutes) * 60) }, { onSuccess: () => setUrl("") });
  };
  const failed = error ?? set.error ?? remove.error;
  const now = data?.outgoing;
  return (
    <section className="outgoing" aria-labelledby="outgoing">
      <h2 id="outgoing">{say("out.title")}</h2>
      <p className="muted">{say("out.what")}</p>
      {data && <p role="status">{now ? <State now={now} /> : say("out.none")}</p>}
      <form className="fields" onSubmit={submit}>
        <TextField label={say("out.url")} value={url} onChange={setUrl} maxLength={2_000} required />
        <TextField label={say("out.minutes")} type="number" min="1" value={minutes} onChange={setMinutes} required />
        {failed && <Fault>{failureSentence(words, failed)}</Fault>}
        <p className="acts">
          <button className="btn" type="submit" aria-disabled={set.isPending}>
            {say("out.set")}
          </button>
          {now && (
            <button className="btn" type="button" onClick={() => remove.mutate(null)}>
              {say("out.remove")}
            </button>
          )}
        </p>
      </form>
    </section>
  );
}

type Now = { host: string; intervalSeconds: number; toldAt: string | null; lastError: string | null };

function State({ now }: { now: Now }) {
  const { lasting, phrase } = useWords();
  const { t: say } = useHeartbeatWords();
  return [
    say("out.host", { host: now.host, lasting: lasting(now.intervalSeconds * 1_000) }),
    now.lastError !== null && say("out.failed", { error: now.lastError }),
    now.toldAt !== null && say("out.told", { when: phrase("at", now.toldAt) }),
  ]
    .filter(Boolean)
    .join(" · ");
}
