/** The keys that open this door, told apart by their ends; another is made, an old one revoked. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import type { integrationKey } from "#contract/integrations.ts";
import { Section } from "../directory/frame.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { Confirm } from "./Confirm.tsx";
import { integrationKeysQuery, useAddKey, useRevokeKey } from "./queries.ts";
import { useIntakeWords } from "./words.ts";

type Key = z.output<typeof integrationKey>;

export function Keys({ id }: { id: string }) {
  const words = useWords();
  const { t: say } = useIntakeWords();
  const { data, error } = useQuery(integrationKeysQuery(id));
  const add = useAddKey();
  const [revoking, setRevoking] = useState<Key | null>(null);
  const keys = data?.data ?? [];
  return (
    <Section title={say("keys.title")}>
      {(error ?? add.error) && <Fault>{failureSentence(words, error ?? add.error)}</Fault>}
      {data && keys.length === 0 && <p>{say("keys.none")}</p>}
      <ul className="lines">
        {keys.map((one) => (
          <KeyLine key={one.id} one={one} onRevoke={() => setRevoking(one)} />
        ))}
      </ul>
      <p className="acts">
        <button className="btn s" type="button" aria-disabled={add.isPending} onClick={() => add.mutate(id)}>
          {say("key.make")}
        </button>
      </p>
      {keys.length > 1 && <p className="hint">{say("keys.third")}</p>}
      {revoking && <Revoking id={id} one={revoking} last={keys.length === 1} onClose={() => setRevoking(null)} />}
    </Section>
  );
}

function useUsed({ usedAt }: Key): string {
  const { phrase } = useWords();
  const { t: say } = useIntakeWords();
  return usedAt === null ? say("keys.unused") : say("keys.used", { when: phrase("at", usedAt) });
}

function KeyLine({ one, onRevoke }: { one: Key; onRevoke: () => void }) {
  const { phrase } = useWords();
  const { t: say } = useIntakeWords();
  const used = useUsed(one);
  return (
    <li>
      <span>
        {one.ending === null ? say("keys.unknown") : <code>{say("keys.ending", { ending: one.ending })}</code>}
        <small>{[say("keys.made", { when: phrase("at", one.madeAt) }), used].join(", ")}</small>
      </span>
      <button className="btn s" type="button" onClick={onRevoke}>
        {say("keys.revoke")}
        <span className="vh"> {one.ending ?? ""}</span>
      </button>
    </li>
  );
}

type RevokingProps = { id: string; one: Key; last: boolean; onClose: () => void };

function Revoking({ id, one, last, onClose }: RevokingProps) {
  const { t: say } = useIntakeWords();
  const used = useUsed(one);
  return (
    <Confirm
      title={say("keys.revoke.title", { ending: one.ending ?? "" })}
      word={say("keys.revoke")}
      act={useRevokeKey(id)}
      input={{ key: one.id, ending: one.ending }}
      onClose={onClose}
    >
      <p>{say("keys.revoke.text")}</p>
      {last && <p>{say("keys.revoke.last")}</p>}
      <p className="muted">{used}</p>
    </Confirm>
  );
}
