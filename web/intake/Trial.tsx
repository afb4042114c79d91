/** A test sent from here. What it does, and whom it calls, is said before; what became of it, after. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { isTrialKind } from "#core/intake/trial.ts";
import { useNamed } from "../directory/names.ts";
import { servicesQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { PolicySentences } from "../oncall/PolicySentences.tsx";
import { usePolicyFor, useReach } from "../oncall/policy-for.ts";
import { Modal } from "../ui/Modal.tsx";
import { Fault } from "../ui/marks.tsx";
import { useMinutes } from "../ui/now.ts";
import { Became, rowsOf } from "./Events.tsx";
import { type Integration, useTry } from "./queries.ts";
import { useIntakeWords } from "./words.ts";

export function Trial({ one }: { one: Integration }) {
  const { t: say } = useIntakeWords();
  const [open, setOpen] = useState(false);
  if (!isTrialKind(one.kind)) return null;
  return (
    <>
      <button className="btn primary" type="button" onClick={() => setOpen(true)}>
        {say("trial.open")}
      </button>
      {open && <TrialDialog one={one} onClose={() => setOpen(false)} />}
    </>
  );
}

function TrialDialog({ one, onClose }: { one: Integration; onClose: () => void }) {
  const words = useWords();
  const { t: say } = useIntakeWords();
  const act = useTry(one.id);
  const send = (ends?: string) => !act.isPending && act.mutate(ends === undefined ? {} : { ends });
  const key = act.data?.key;
  const ended = act.variables?.ends !== undefined;
  const opened = act.data?.outcome === "accepted" && !ended;
  return (
    <Modal title={say("trial.title", { name: one.name })} closeWord={words.t("ui.close")} onClose={onClose}>
      <div className="body fields trial">
        {act.data ? <Outcome sent={act.data} /> : <Before one={one} />}
        {opened && <p className="hint">{say("trial.end.hint")}</p>}
        {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
      </div>
      <div className="foot">
        {opened ? (
          <button className="btn primary" type="button" aria-disabled={act.isPending} onClick={() => send(key)}>
            {say("trial.end")}
          </button>
        ) : (
          <Sending one={one} again={act.data !== undefined} pending={act.isPending} onSend={() => send()} />
        )}
      </div>
    </Modal>
  );
}

function useCalls(one: Integration) {
  const service = useQuery(servicesQuery()).data?.data.find(({ id }) => id === one.service) ?? null;
  return usePolicyFor(service).policy;
}

function Before({ one }: { one: Integration }) {
  const { t: say } = useIntakeWords();
  const policy = useCalls(one);
  return (
    <>
      <p>{say("trial.does")}</p>
      <section aria-labelledby="trial-calls">
        <h3 id="trial-calls">{say("trial.calls")}</h3>
        <p className="muted">{say("trial.real")}</p>
        <PolicySentences policy={policy} />
      </section>
      <p className="hint">{say("trial.not")}</p>
    </>
  );
}

type SendingProps = { one: Integration; again: boolean; pending: boolean; onSend: () => void };

/** The button names those that it calls at once: nobody is called by surprise. */
function Sending({ one, again, pending, onSend }: SendingProps) {
  const { list, oneOf } = useWords();
  const { t: say } = useIntakeWords();
  const { nameOf } = useNamed();
  const policy = useCalls(one);
  /* What only posts gives way at once. */
  const first = policy.steps.find(({ targets }) => targets.some(({ kind }) => kind !== "webhook"));
  const { reached } = useReach(useMinutes())(first?.targets ?? []);
  const names = (first?.inTurn ? oneOf : list)(reached.map((each) => nameOf(each.personId)));
  const word = again ? "trial.again" : names === "" ? "trial.send.nobody" : "trial.send";
  return (
    <button className={again ? "btn" : "btn primary"} type="button" aria-disabled={pending} onClick={onSend}>
      {say(word, { names })}
    </button>
  );
}

/** Read at once: the button that was pressed is gone. */
function Outcome({ sent }: { sent: NonNullable<ReturnType<typeof useTry>["data"]> }) {
  const { t: say } = useIntakeWords();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another outcome is another reason to look
  useEffect(() => heading.current?.focus(), [sent]);
  return (
    <section aria-labelledby="trial-sent">
      <h3 id="trial-sent" tabIndex={-1} ref={heading}>
        {say("trial.sent")}
      </h3>
      {rowsOf(sent).map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in its call
        <div key={place} className="outcome">
          {row !== null && "alert" in row && <p>{row.alert?.title}</p>}
          <Became event={sent} row={row} />
        </div>
      ))}
    </section>
  );
}
