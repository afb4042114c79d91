/** The next act, with its time left and the page's only primary button. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { Dial } from "../ui/marks.tsx";
import { useSeconds } from "../ui/now.ts";
import { CommandButton } from "./CommandButton.tsx";
import { shareLeft } from "./NowBox.tsx";
import { nextAct } from "./next-act.ts";
import { nextNote, nextSentence } from "./next-words.ts";

export function NextStrip({ view, onAsk }: { view: IncidentView; onAsk: (command: IncidentCommandName) => void }) {
  const words = useWords();
  const { t } = words;
  const { data: me } = useSuspenseQuery(meQuery());
  const next = nextAct(view, me);
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

function Over({ view, onAsk }: { view: IncidentView; onAsk: (command: IncidentCommandName) => void }) {
  const { t } = useWords();
  return (
    <section className="next" aria-label={t("next.title")}>
      <p>
        <b>{t(`next.over.${view.stage as "closed" | "dismissed" | "merged"}`)}</b>
        <span className="muted">{t("next.over.note")}</span>
      </p>
      {view.stage === "closed" && (
        <div className="push">
          <button className="btn" type="button" onClick={() => onAsk("reopen")}>
            {t("command.reopen.do")}
          </button>
        </div>
      )}
    </section>
  );
}
