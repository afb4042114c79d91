/** One thing to tell, to one recipient: how long is left, from what it counts, what it still has to say, what was submitted. */
import { useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { useSeconds } from "../ui/now.ts";
import { saveFile } from "../ui/save-file.ts";
import type { Acting } from "./ActDialog.tsx";
import { fetchDraft, type LegView, type ObligationView } from "./queries.ts";
import { type Say, useObligationWords } from "./words.ts";

type Props = { view: IncidentView; law: ObligationView; leg: LegView; onAct: (act: Acting) => void };

export function Leg({ view, law, leg, onAct }: Props) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const pending = leg.standing === "running" || leg.standing === "no-period";
  const open = pending && (leg.submissions.length === 0 || leg.standing === "running");
  return (
    <li className={open ? "leg" : "leg settled"}>
      <Left leg={leg} />
      <div>
        <h3>{leg.name}</h3>
        <p>{say("leg.to", { recipient: leg.recipient })}</p>
        <p className="hint">{limitWords(say, leg)}</p>
        {notesOf(words, say, leg).map((note) => (
          <p key={note} className="hint note">
            {note}
          </p>
        ))}
        <Submissions view={view} leg={leg} onAct={onAct} />
        {open && leg.fields.length > 0 && (
          <p className={leg.missing > 0 ? "left-to-say" : "left-to-say ok"}>
            <Icon name={leg.missing > 0 ? "pencil" : "check"} size={13} />
            {say("leg.missing", { count: leg.missing, of: leg.fields.length })}
          </p>
        )}
        <Acts view={view} law={law} leg={leg} open={open} onAct={onAct} />
      </div>
    </li>
  );
}

/** Never by colour alone: each state has its sign and its word. */
function Left({ leg }: { leg: LegView }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const at = useSeconds();
  const { pressesAt, standing, submissions, withheld } = leg;
  if (pressesAt !== null) {
    const left = Date.parse(pressesAt) - at;
    const began = leg.startedAt ? Date.parse(leg.startedAt) : at;
    const used = Math.min(100, Math.max(0, ((at - began) / (Date.parse(pressesAt) - began || 1)) * 100));
    return (
      <div className={left < 0 ? "leg-left late" : used >= 75 ? "leg-left soon" : "leg-left"}>
        <b>
          {left < 0 ? (
            <>
              <Icon name="cross" size={15} />
              {say("leg.late", { length: words.lasting(-left) })}
            </>
          ) : (
            words.left(left)
          )}
        </b>
        <progress max={100} value={used} aria-label={leg.name} />
        <time dateTime={pressesAt} title={words.exact(pressesAt)}>
          {say(leg.targetAt ? "leg.target" : "leg.due", { moment: words.dateTime(pressesAt) })}
        </time>
      </div>
    );
  }
  const last = submissions.at(-1);
  if (last)
    return (
      <div className="leg-left done">
        <b>
          <Icon name="check" size={15} />
          {say("leg.submitted")}
        </b>
        <time dateTime={last.at} title={words.exact(last.at)}>
          {words.dateTime(last.at)}
        </time>
      </div>
    );
  const word = standing === "running" ? (withheld.length > 0 ? "withheld" : "running") : standing;
  return (
    <div className="leg-left idle">
      <b>{say(`standing.${word}`)}</b>
    </div>
  );
}

function limitWords(say: Say, { limit, start }: LegView): string {
  if (limit === null) return say("limit.none", { start });
  if (limit.count === 0) return say("limit.together", { start });
  return say(limit.afterYearEnd ? "limit.year" : `limit.${limit.unit}`, { count: limit.count, start });
}

function notesOf(words: Words, say: Say, leg: LegView): string[] {
  const { standing, waitsFor, atLatest, extension, withheld, targetAt } = leg;
  /* What it counts from is said already. */
  const others = waitsFor.filter(({ name }) => !leg.start.includes(name)).map(({ name }) => name);
  return [
    standing === "waiting" && others.length > 0 && say("note.waits", { names: words.list(others) }),
    standing === "waiting" && atLatest !== null && say("note.at-latest", { moment: words.dateTime(atLatest) }),
    extension.until !== null && say("note.extension", { moment: words.dateTime(extension.until) }),
    targetAt !== null && say("note.target"),
    ...withheld.map(({ authority, until, reason }) =>
      say("note.withheld", { authority, until: until && words.dateTime(until), reason }),
    ),
  ].filter((one) => one !== false);
}

function Submissions({ view, leg: { id, submissions }, onAct }: Omit<Props, "law">) {
  const words = useWords();
  const { t: say } = useObligationWords();
  if (submissions.length === 0) return null;
  return (
    <ul className="sent">
      {submissions.map((one) => (
        <li key={`${one.at} ${one.reference}`}>
          <Icon name="check" size={13} />
          <span>
            {say("sent", { name: one.by, moment: words.dateTime(one.at) })}
            {one.reference && ` · ${say("sent.reference", { reference: one.reference })}`}
            {one.way && ` · ${one.way}`}
            {one.late && <b> · {say("sent.late")}</b>}
            {one.attachment && (
              <>
                {" · "}
                <a href={`/api/v1/incidents/${view.id}/attachments/${one.attachment.id}`}>{one.attachment.name}</a>
              </>
            )}{" "}
            <button className="link" type="button" onClick={() => onAct({ kind: "withdraw", leg: id, at: one.at })}>
              {say("sent.withdraw")} <span className="vh">{words.dateTime(one.at)}</span>
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Acts({ view, law, leg, open, onAct }: Props & { open: boolean }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const [failed, setFailed] = useState<unknown>(null);
  const draft = () =>
    fetchDraft(view.number, law.id, leg.id, words.language).then(
      ({ fileName, text }) => saveFile(fileName, "text/markdown", text),
      setFailed,
    );
  const about = <span className="vh">{leg.name}</span>;
  if (leg.standing === "not-in-force" || leg.standing === "over") return null;
  return (
    <>
      <p className="acts">
        {open && leg.missing > 0 && (
          <button className="btn s" type="button" onClick={() => onAct({ kind: "describe", leg: leg.id })}>
            {say("act.describe")} {about}
          </button>
        )}
        <button className={open ? "btn s" : "link"} type="button" onClick={draft}>
          {say("act.draft")} {about}
        </button>
        <button
          className={open ? (leg.pressesAt === null ? "btn s" : "btn s primary") : "link"}
          type="button"
          onClick={() => onAct({ kind: "submit", leg: leg.id })}
        >
          {say("act.submit")} {about}
        </button>
        {open && leg.mayBeWithheld && (
          <button className="link" type="button" onClick={() => onAct({ kind: "withhold", leg: leg.id })}>
            {say("act.withhold")} {about}
          </button>
        )}
      </p>
      {failed !== null && <Fault>{failureSentence(words, failed)}</Fault>}
    </>
  );
}
