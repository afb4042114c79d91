/** What a coordinator does most, each by one key that is shown beside it; the forms are those of everywhere. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { whyNot } from "#core/incidents/decide.ts";
import { meQuery } from "../account/queries.ts";
import { actorFromMe, stateFromView } from "../incidents/state-from-view.ts";
import { refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { type Shortcut, useShortcuts } from "../ui/shortcuts.ts";
import { type Say, useCockpitWords } from "./words.ts";

type Act = { readonly key: string; readonly command: IncidentCommandName; readonly word: Parameters<Say>[0] };

const always = [
  { key: "o", command: "add-observation", word: "cockpit.act.note" },
  { key: "d", command: "decide", word: "cockpit.act.decide" },
  { key: "t", command: "add-task", word: "cockpit.act.task" },
  { key: "l", command: "plan-period", word: "cockpit.act.plan" },
  { key: "u", command: "advise-persons", word: "cockpit.act.inform" },
  { key: "e", command: "escalate", word: "cockpit.act.escalate" },
  { key: "r", command: "fill-role", word: "cockpit.act.role" },
] as const satisfies readonly Act[];

/** Its own key says where the incident goes next. */
function onward({ milestones }: IncidentView): Act {
  if (milestones.restored === undefined) return { key: "s", command: "declare-restored", word: "cockpit.act.restored" };
  if (milestones.resolved === undefined) return { key: "s", command: "declare-resolved", word: "cockpit.act.resolved" };
  if (milestones.recovered === undefined)
    return { key: "s", command: "confirm-recovery", word: "cockpit.act.recovered" };
  return { key: "s", command: "close", word: "cockpit.act.close" };
}

const pausing = ({ paused }: IncidentView): Act =>
  paused
    ? { key: "p", command: "resume-clock", word: "cockpit.act.resume" }
    : { key: "p", command: "pause-clock", word: "cockpit.act.pause" };

const handing: Act = { key: "h", command: "offer-coordination", word: "cockpit.act.hand-over" };

type Props = { view: IncidentView; onAsk: (command: IncidentCommandName) => void; onActs: () => void };

export function ActBar({ view, onAsk, onActs }: Props) {
  const { t } = useCockpitWords();
  const acts: readonly Act[] = [...always, onward(view), pausing(view), handing];
  const keyed = Object.fromEntries(
    acts.map(({ key, command, word }): [string, Shortcut] => [key, { act: () => onAsk(command), word: t(word) }]),
  );
  useShortcuts({ ...keyed, g: onActs });
  return (
    <nav className="cockpit-acts" aria-label={t("cockpit.acts")}>
      {acts.map((act) => (
        <ActButton key={act.key} view={view} act={act} onAsk={onAsk} />
      ))}
      <button className="btn" type="button" onClick={onActs}>
        {t("cockpit.all-acts")} <kbd>G</kbd>
      </button>
    </nav>
  );
}

/** One that is refused opens all the same: its form says why, and who may ask for it in an emergency. */
function ActButton({ view, act, onAsk }: { view: IncidentView; act: Act; onAsk: Props["onAsk"] }) {
  const words = useWords();
  const { t } = useCockpitWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const id = useId();
  const refusal = whyNot(stateFromView(view), act.command, actorFromMe(me));
  const why = refusal ? refusalSentence(words, refusal) : undefined;
  return (
    <>
      <button
        className={refusal ? "btn refused" : "btn"}
        type="button"
        title={why}
        aria-describedby={why ? id : undefined}
        onClick={() => onAsk(act.command)}
      >
        {t(act.word)} <kbd>{act.key.toUpperCase()}</kbd>
      </button>
      {why && (
        <span className="vh" id={id}>
          {why}
        </span>
      )}
    </>
  );
}
