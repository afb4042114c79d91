/** A button for one command of one incident. When the rules say no it stays, disabled, and says why: to whoever points at it,
 *  hears it, or presses it, since a finger cannot point. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useId, useLayoutEffect, useRef } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import { derogable } from "#core/access/can.ts";
import type { IncidentCommandName } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { failureSentence, refusalSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { announce } from "../ui/announce.tsx";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { toast } from "../ui/toast.tsx";
import { type Draft, numberIn, takesOver } from "./command-forms.ts";
import { showAct } from "./open-act.ts";
import { useCommand } from "./queries.ts";
import { actorFromMe } from "./state-from-view.ts";
import { useOfferUndo } from "./undo.ts";
import { whyNotIn } from "./unsettled.ts";

/** Nothing to fill in: pressing is enough. */
export const immediate: ReadonlySet<IncidentCommandName> = new Set([
  "register",
  "accept",
  "open-recovery",
  "accept-coordination",
  "withdraw-coordination",
  "acknowledge-escalation",
  "take-investigation",
]);

type Props = {
  view: IncidentView;
  command: IncidentCommandName;
  className?: string;
  /** The incident's number, for whoever hears a list of buttons that all say the same. */
  about?: string;
  /** Marks the button that the A key presses. */
  accept?: boolean;
  /** Where the sentence beside it says the rest. */
  word?: string | undefined;
  /** Which of its escalations, for an act about one. */
  escalation?: number;
  /** Which of its tasks. */
  task?: number;
  /** What its form begins with. */
  start?: Draft;
};

export function CommandButton({
  view,
  command,
  className = "btn",
  about,
  accept,
  word,
  escalation,
  task,
  start,
}: Props) {
  const words = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const offerUndo = useOfferUndo();
  /* On a list, where a slip of the pointer is quick; on the incident's own page its record shows what was done. */
  const act = useCommand(view, (name, before, after) => {
    const text = words.t("command.done", { command: words.t(`command.${name}.do`) });
    if (accept) offerUndo([{ act: name, before, after }], { text });
    else announce(text);
  });
  const id = useId();
  const button = useStepAside();
  const once = useOneAtATime();
  const refusal = whyNotIn(view, command, actorFromMe(me), {
    number: escalation ?? task ?? numberIn(start),
    criterion: start?.criterion,
  });
  const why = refusal ? refusalSentence(words, refusal) : undefined;
  const open = () => showAct({ by: me.id, path: location.pathname, view, command, escalation, task, about: start });
  const press = () => {
    if (why !== undefined) {
      const derogates = refusal?.refused === "level-too-low" && derogable(command, actorFromMe(me).level);
      const link = derogates && (
        <button className="link" type="button" onClick={open}>
          {words.t("acts.derogate")}
        </button>
      );
      toast({ text: why, link, closeWord: words.t("ui.close"), seconds: 12 });
    } else if (immediate.has(command) && !takesOver(view, command, me.id))
      once(() => act.mutateAsync({ name: command, body: { escalation } }));
    else open();
  };
  return (
    <>
      <button
        ref={button}
        className={className}
        type="button"
        aria-disabled={refusal !== null || act.isPending}
        aria-describedby={why ? id : undefined}
        title={why}
        data-accept={accept || undefined}
        onClick={press}
      >
        {word ?? words.t(`command.${command}.do`)}
        {about && <span className="vh"> {about}</span>}
      </button>
      {why && (
        <span className="vh" id={id}>
          {why}
        </span>
      )}
      {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
    </>
  );
}

/** A button that has done its work goes away. Whoever pressed it by key stays at the incident, and does not find the
 *  keyboard back at the top of the page. */
function useStepAside() {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const one = button.current;
    return () => {
      if (one === null || document.activeElement !== one) return;
      one.closest("li")?.querySelector<HTMLElement>("a[href]")?.focus();
      /* Its line goes too, when it was something to do that is done. */
      queueMicrotask(() => {
        if (document.activeElement === document.body) document.getElementById("content")?.focus();
      });
    };
  }, []);
  return button;
}
