/** What was handed, or is to be handed, to third parties: how far it may go, who prepared it, who approved it. */
import { useState } from "react";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { TlpMark } from "../restriction/TlpMark.tsx";
import { Fault } from "../ui/marks.tsx";
import { saveFile } from "../ui/save-file.ts";
import { toast } from "../ui/toast.tsx";
import type { Asked } from "./ActPanel.tsx";
import { type Disclosure, readBordereau, type SecurityView, useSecure } from "./queries.ts";
import { useSecurityWords } from "./words.ts";

type Props = { view: SecurityView; language: string; onAsk: (asked: Asked) => void };

export function Disclosures({ view, language, onAsk }: Props) {
  const { t: say } = useSecurityWords();
  const { disclosures } = view;
  return (
    <section className="sec" aria-labelledby="disclosures">
      <header>
        <h2 id="disclosures">{say("disclosures")}</h2>
        {disclosures.length > 0 && <small className="muted">{disclosures.length}</small>}
      </header>
      {disclosures.length === 0 && (
        <div className="empty">
          <b>{say("disclosures.none")}</b>
          <p>{say("disclosures.none.text")}</p>
        </div>
      )}
      <ol className="disclosures">
        {disclosures.toReversed().map((one) => (
          <Line key={one.number} {...{ view, language, onAsk, one }} />
        ))}
      </ol>
      {view.may.includes("prepare-disclosure") && (
        <p className="acts">
          <button className="btn s" type="button" onClick={() => onAsk({ command: "prepare-disclosure" })}>
            {say("act.prepare-disclosure")} <kbd>D</kbd>
          </button>
        </p>
      )}
    </section>
  );
}

const chips = { prepared: "chip", approved: "chip ok", withdrawn: "chip" } as const;

function Line({ view, language, onAsk, one }: Props & { one: Disclosure }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const { number, status, settled } = one;
  const counts = {
    evidence: one.evidence.length,
    observables: one.observables.length,
    entries: one.entries.length,
  };
  return (
    <li className={status === "withdrawn" ? "gone" : undefined}>
      <h3>{say("disclosure.for", { number, to: one.to })}</h3>
      <p className="marks">
        <span className={chips[status]}>{say(`disclosure.${status}`)}</span>
        <span className="muted">{say("disclosure.limit")}</span> <TlpMark tlp={one.limit} />
      </p>
      <p lang={language}>{one.purpose}</p>
      <p className="muted">{say("disclosure.holds", counts)}</p>
      <p className="muted" title={words.exact(one.at)}>
        {say("disclosure.prepared.by", { name: one.by.name, at: words.moment(one.at) })}
      </p>
      {settled && (
        <p className="muted" title={words.exact(settled.at)}>
          {say("disclosure.settled.by", { status, name: settled.by, at: words.moment(settled.at) })}
        </p>
      )}
      {settled?.reason && <blockquote lang={language}>{settled.reason}</blockquote>}
      <Acts {...{ view, onAsk, one }} />
    </li>
  );
}

function Acts({ view, onAsk, one }: Omit<Props, "language"> & { one: Disclosure }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const act = useSecure(view);
  const [failed, setFailed] = useState<unknown>(null);
  const { number, status, may } = one;
  const { incident } = view;
  const approve = () =>
    act.mutate(
      { command: "approve-disclosure", body: { disclosure: number } },
      { onSuccess: () => toast({ text: say("disclosure.approved"), closeWord: words.t("ui.close"), seconds: 4 }) },
    );
  const manifest = () =>
    readBordereau(incident.id, number).then(
      (made) => saveFile(`${incident.number}-${number}.json`, "application/json", JSON.stringify(made, null, 2)),
      setFailed,
    );
  const error = act.error ?? failed;
  return (
    <>
      {status === "prepared" && !may.includes("approve-disclosure") && <p className="hint">{say("disclosure.own")}</p>}
      <p className="acts">
        {may.includes("approve-disclosure") && (
          <button className="btn primary" type="button" aria-disabled={act.isPending} onClick={approve}>
            {say("act.approve-disclosure")}
          </button>
        )}
        {status === "approved" && view.may.includes("prepare-disclosure") && (
          <button className="btn s" type="button" onClick={() => void manifest()}>
            {say("disclosure.manifest")}
          </button>
        )}
        {may.includes("withdraw-disclosure") && (
          <button className="link" type="button" onClick={() => onAsk({ command: "withdraw-disclosure", number })}>
            {say("act.withdraw-disclosure")}
          </button>
        )}
      </p>
      {error !== null && <Fault>{failureSentence(words, error)}</Fault>}
    </>
  );
}
