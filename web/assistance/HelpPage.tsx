/** Anybody who is signed in asks for help: what they need, and where it would go. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useKeptMine } from "../account/kept-mine.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { toast } from "../ui/toast.tsx";
import { AskFields, emptyAsk, sentWords, wantedOf } from "./AskFields.tsx";
import { AssistanceFrame } from "./frame.tsx";
import { Preview } from "./Preview.tsx";
import { assistanceRulesQuery, useAsk } from "./queries.ts";
import { useAssistanceWords } from "./words.ts";

export function HelpPage() {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const navigate = useNavigate();
  const { data: rules } = useSuspenseQuery(assistanceRulesQuery());
  const { draft, set, forget } = useKeptMine("help", () => emptyAsk(rules));
  const act = useAsk();
  const once = useOneAtATime();
  const send = (event: FormEvent) => {
    event.preventDefault();
    once(() =>
      act.mutateAsync(wantedOf(draft)).then((view) => {
        forget();
        toast({ text: sentWords(view, say), closeWord: words.t("ui.close"), seconds: 8 });
        return navigate({ to: "/assistance/$request", params: { request: view.number } });
      }),
    );
  };
  return (
    <AssistanceFrame title={say("help.title")}>
      <div className="page plugged asking">
        <div>
          <p className="muted said-first">{say("help.what")}</p>
          <form className="fields" onSubmit={send}>
            <AskFields draft={draft} set={(part) => set((old) => ({ ...old, ...part }))} error={act.error} />
            {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
            <p>
              <button className="btn primary" type="submit" aria-disabled={act.isPending}>
                {say("help.send")}
              </button>
            </p>
          </form>
        </div>
        <section className="sec" aria-labelledby="preview">
          <h2 id="preview">{say("preview.title")}</h2>
          <Preview wanted={draft.title.trim() === "" ? null : wantedOf(draft)} />
        </section>
      </div>
    </AssistanceFrame>
  );
}
