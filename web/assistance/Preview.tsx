/** Where a request would go, and why, while it is being written: nobody is asked. */
import { useQuery } from "@tanstack/react-query";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault, Reason } from "../ui/marks.tsx";
import { useRested } from "../ui/rested.ts";
import { previewQuery, type Wanted } from "./queries.ts";
import { becauseWords, passedWords } from "./sentences.ts";
import { useAssistanceWords } from "./words.ts";

export function Preview({ wanted }: { wanted: Wanted | null }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const rested = useRested(wanted === null ? "" : JSON.stringify(wanted));
  const { data, error } = useQuery(previewQuery(rested === "" ? null : (JSON.parse(rested) as Wanted)));
  if (error) return <Fault>{failureSentence(words, error)}</Fault>;
  if (wanted === null || !data) return <p className="muted">{say("preview.wait")}</p>;
  const passed = passedWords(data.passed, say, words.list);
  return (
    <div className="preview" role="status">
      <p>
        <strong>{data.to === null ? say("preview.nobody") : say("preview.to", { to: data.to.name })}</strong>
      </p>
      <Reason label={words.t("ui.reason")}>{becauseWords(data.because, { say, list: words.list, by: null })}</Reason>
      {passed && <p className="muted">{passed}</p>}
      {data.answerMinutes !== null && (
        <p className="muted">
          {say("preview.answer", { minutes: words.lasting(data.answerMinutes * 60_000), count: data.members })}
        </p>
      )}
    </div>
  );
}
