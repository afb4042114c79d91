/** What was seen of the attack: shown so that nothing makes a link of it, with where else it was seen. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type ObservableStatus, observableStatuses } from "#core/kernel/security-words.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { TlpMark } from "../restriction/TlpMark.tsx";
import { Fault } from "../ui/marks.tsx";
import { saveFile } from "../ui/save-file.ts";
import { toast } from "../ui/toast.tsx";
import type { Asked } from "./ActPanel.tsx";
import { type Observable, readStix, type SecurityView } from "./queries.ts";
import { isShareable, observablesCsv } from "./sharing.ts";
import { type Say, useSecurityWords } from "./words.ts";

type Props = { view: SecurityView; language: string; onAsk: (asked: Asked) => void };
type Shown = ObservableStatus | "all";

export function Observables({ view, language, onAsk }: Props) {
  const { t: say } = useSecurityWords();
  const [shown, setShown] = useState<Shown>("all");
  const { observables } = view;
  const listed = observables.filter(({ status }) => shown === "all" || status === shown);
  return (
    <section className="sec" aria-labelledby="observables">
      <header>
        <h2 id="observables">{say("observables")}</h2>
        {observables.length > 0 && <small className="muted">{observables.length}</small>}
        {view.may.includes("add-observables") && (
          <button className="btn s push" type="button" onClick={() => onAsk({ command: "add-observables" })}>
            {say("act.add-observables")} <kbd>O</kbd>
          </button>
        )}
      </header>
      {observables.length === 0 ? (
        <div className="empty">
          <b>{say("observables.none")}</b>
          <p>{say("observables.none.text")}</p>
        </div>
      ) : (
        <>
          <Filter {...{ observables, shown, onShow: setShown }} />
          {listed.length === 0 && <p className="muted">{say("observables.nothing")}</p>}
          <ul className="observables">
            {listed.map((one) => (
              <Line key={one.number} {...{ view, language, onAsk, one }} />
            ))}
          </ul>
          <Take view={view} listed={listed} />
        </>
      )}
      {!view.may.includes("add-observables") && <p className="hint">{say("observables.level")}</p>}
    </section>
  );
}

type FilterProps = { observables: readonly Observable[]; shown: Shown; onShow: (shown: Shown) => void };

function Filter({ observables, shown, onShow }: FilterProps) {
  const { t: say } = useSecurityWords();
  const count = (one: Shown): number =>
    one === "all" ? observables.length : observables.filter(({ status }) => status === one).length;
  const offered = observableStatuses.filter((one) => count(one) > 0 || one === shown);
  if (offered.length < 2) return null;
  return (
    <fieldset className="seg" aria-label={say("observables.filter")}>
      {(["all", ...offered] as const).map((one) => (
        <button key={one} type="button" aria-pressed={shown === one} onClick={() => onShow(one)}>
          {say(one === "all" ? "observables.all" : `status.${one}`)} <span>{count(one)}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Line({ view, language, onAsk, one }: Props & { one: Observable }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const seen = seenWords(one, say, words);
  const { changed } = one;
  return (
    <li>
      <div className="what">
        <p>
          <code className="value">{one.defanged}</code> <span className="muted">{say(`kind.${one.kind}`)}</span>
        </p>
        {one.note && <p lang={language}>{one.note}</p>}
        {one.alsoOn.length > 0 && (
          <p className="also">
            <b>{say("observable.also")}</b>{" "}
            {one.alsoOn.map((other) => (
              <Link key={other.id} to="/incidents/$number/security" params={{ number: other.number }}>
                <span className="id">{other.number}</span> {other.title}
              </Link>
            ))}
          </p>
        )}
        <p className="muted">
          {seen && `${seen} · `}
          <span title={words.exact(changed?.at ?? one.at)}>
            {changed
              ? say("observable.changed", { name: changed.by, at: words.moment(changed.at) })
              : say("observable.added", { name: one.by, at: words.moment(one.at) })}
          </span>
        </p>
      </div>
      <p className="marks">
        <span className={`chip status-${one.status}`}>{say(`status.${one.status}`)}</span>
        {one.tlp && <TlpMark tlp={one.tlp} />}
      </p>
      {view.may.includes("change-observable") && (
        <button
          className="link"
          type="button"
          onClick={() => onAsk({ command: "change-observable", number: one.number })}
        >
          {say("observable.change")} <span className="vh">{one.defanged}</span>
        </button>
      )}
    </li>
  );
}

function seenWords({ firstSeen, lastSeen }: Observable, say: Say, { moment }: Words): string | null {
  if (firstSeen && lastSeen)
    return say("observable.seen.between", { first: moment(firstSeen), last: moment(lastSeen) });
  if (firstSeen) return say("observable.seen.first", { first: moment(firstSeen) });
  return lastSeen ? say("observable.seen.last", { last: moment(lastSeen) }) : null;
}

/** Those in sight; what is red stays, and it says so. */
function Take({ view, listed }: { view: SecurityView; listed: readonly Observable[] }) {
  const words = useWords();
  const { t: say } = useSecurityWords();
  const [failed, setFailed] = useState<unknown>(null);
  const shared = listed.filter((one) => isShareable(one, view.tlp));
  const missing = listed.length - shared.length;
  const { id, number } = view.incident;
  const copy = async (textOf: (one: Observable) => string) => {
    await navigator.clipboard.writeText(shared.map(textOf).join("\n"));
    toast({ text: say("observables.copied", { count: shared.length }), closeWord: words.t("ui.close"), seconds: 4 });
  };
  const stix = () =>
    readStix(id).then(
      (bundle) => saveFile(`${number}-stix.json`, "application/stix+json", JSON.stringify(bundle, null, 2)),
      setFailed,
    );
  return (
    <div className="take">
      <p className="acts">
        <button className="btn s" type="button" onClick={() => void copy(({ defanged }) => defanged)}>
          {say("observables.copy")}
        </button>
        <button className="btn s" type="button" onClick={() => void copy(({ value }) => value)}>
          {say("observables.copy.plain")}
        </button>
        <button
          className="btn s"
          type="button"
          onClick={() => saveFile(`${number}-observables.csv`, "text/csv", observablesCsv(shared, view.tlp, say))}
        >
          {say("observables.csv")}
        </button>
        <button className="btn s" type="button" onClick={() => void stix()}>
          {say("observables.stix")}
        </button>
      </p>
      {missing > 0 && <p className="hint">{say("left-out", { count: missing })}</p>}
      {failed !== null && <Fault>{failureSentence(words, failed)}</Fault>}
    </div>
  );
}
