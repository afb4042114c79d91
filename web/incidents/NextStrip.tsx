/** The next act, with its time left and the page's only primary button. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { whyNot } from "#core/incidents/decide.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { Dial } from "../ui/marks.tsx";
import { useSeconds } from "../ui/now.ts";
import { CommandButton } from "./CommandButton.tsx";
import { shareLeft } from "./NowBox.tsx";
import { nextAct } from "./next-act.ts";
import { nextNote, nextSentence } from "./next-words.ts";
import { actorFromMe, stateFromView } from "./state-from-view.ts";
import { useStreamWords } from "./workstream-words.ts";

type Props = { view: IncidentView; onAsk: (command: IncidentCommandName) => void };

export function NextStrip({ view, onAsk }: Props) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  /* Whether it is major is decided in its band, above. */
  const next = nextAct(view, me, "declare-major");
  if (!next) return <Over view={view} onAsk={onAsk} />;
  const asked = next.command === "accept" && view.asked.includes(me.id) && view.acceptedBy === null;
  return (
    <section className="next" aria-label={t("next.title")}>
      {next.until !== null && <TimeLeft view={view} until={next.until} />}
      <p>
        <b>{nextSentence(words, view, next.command)}</b>
        <span className="muted">{nextNote(words, view, next.command)}</span>
      </p>
      <div className="push">
        <CommandButton view={view} command={next.command} className="btn primary" />
        {asked && <CommandButton view={view} command="decline" className="btn quiet" />}
      </div>
    </section>
  );
}

function TimeLeft({ view, until }: { view: IncidentView; until: number }) {
  const words = useWords();
  const at = useSeconds();
  return (
    <p className="t">
      <Dial left={shareLeft(view, until, at)} size={22} />
      <span>
        {until > at ? words.left(until - at) : words.t("ui.now")}
        <small>{words.t("next.before", { hour: words.hour(until) })}</small>
      </span>
    </p>
  );
}

const isChecked = ({ stage, closure }: IncidentView): boolean =>
  stage === "closed" && (closure?.check === "due" || closure?.check === "accepted");

/** Closed: what somebody else has to say of it, or has said. */
function Check({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  const { closure } = view;
  if (!closure) return null;
  const { check, checked, by } = closure;
  if (check === "due")
    return (
      <p>
        <b>{t("next.check.due")}</b>
        <span className="muted">{t("next.check.due.note", { name: by.name })}</span>
      </p>
    );
  if (check !== "accepted" || !checked) return null;
  return (
    <p title={words.exact(checked.at)}>
      <b>{t("next.check.accepted")}</b>
      <span className="muted">{t("next.check.accepted.note", { name: checked.by, at: words.moment(checked.at) })}</span>
    </p>
  );
}

/** Opened again by whoever may; asked for by whoever may not, and answered either way. */
function Reopening({ view, onAsk }: Props) {
  const { t } = useWords();
  const { t: say } = useStreamWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { reopening } = view;
  const may = whyNot(stateFromView(view), "reopen", actorFromMe(me)) === null;
  const open = reopening !== null && reopening.declined === null;
  return (
    <>
      {reopening && (
        <p>
          <b>{say("reopening.asked", { name: reopening.by.name })}</b>
          <span className="muted">{reopening.reason}</span>
          {reopening.declined && (
            <span className="muted">
              {say("reopening.declined", { name: reopening.declined.by, reason: reopening.declined.reason })}
            </span>
          )}
        </p>
      )}
      {(may || !open) && (
        <button className="btn" type="button" onClick={() => onAsk(may ? "reopen" : "request-reopen")}>
          {t(`command.${may ? "reopen" : "request-reopen"}.do`)}
        </button>
      )}
      {open && may && <CommandButton view={view} command="decline-reopen" />}
    </>
  );
}

function Over({ view, onAsk }: Props) {
  const { t } = useWords();
  return (
    <section className="next" aria-label={t("next.title")}>
      {isChecked(view) ? (
        <Check view={view} />
      ) : (
        <p>
          <b>{t(`next.over.${view.stage as "closed" | "dismissed" | "merged"}`)}</b>
          <span className="muted">{t("next.over.note")}</span>
        </p>
      )}
      {view.stage === "closed" && (
        <div className="push">
          {view.closure?.check === "due" && (
            <>
              <CommandButton view={view} command="accept-closure" className="btn primary" />
              <CommandButton view={view} command="return-closure" />
            </>
          )}
          <Reopening view={view} onAsk={onAsk} />
        </div>
      )}
    </section>
  );
}
