/** “Test my page”: through each way at once, with what is known of each, in words that promise no more than that. */
import { useSuspenseQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type { testEvidence } from "#contract/notifications.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { pointName } from "./ContactPoint.tsx";
import { Evidence as Steps } from "./Evidence.tsx";
import { testPageQuery, useTestPage } from "./queries.ts";
import { reasonFor } from "./reasons.ts";

type Evidence = z.infer<typeof testEvidence>;

const marks = { pending: "small", accepted: "question", failed: "fault", acknowledged: "check" } as const;

export function TestCalls() {
  const words = useWords();
  const { t } = words;
  const { data } = useSuspenseQuery(testPageQuery());
  const test = useTestPage();
  const [first] = data.data;
  return (
    <section className="sec" aria-labelledby="test">
      <header>
        <h2 id="test">{t("trial.title")}</h2>
        {first && <p className="muted">{t("trial.asked", { at: words.moment(first.askedAt) })}</p>}
      </header>
      <p className="muted">{t("trial.what")}</p>
      <p className="acts">
        <button className="btn" type="button" aria-disabled={test.isPending} onClick={() => test.mutate()}>
          {t("trial.do")}
        </button>
      </p>
      {test.error && <Fault>{failureSentence(words, test.error)}</Fault>}
      {first && (
        <ul className="evidence" aria-live="polite">
          {data.data.map((one) => (
            <li key={one.id} className={one.state}>
              <Icon name={marks[one.state]} size={14} />
              <p>
                <b>{pointName(words, one)}</b> <span className="muted">{one.address}</span>
                <br />
                {evidenceOf(words, one)}
                <Steps all={one.evidence} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function evidenceOf(words: Words, one: Evidence): string {
  const { t } = words;
  switch (one.state) {
    case "acknowledged":
      return t("test.state.acknowledged", { at: words.moment(one.acknowledgedAt ?? one.askedAt) });
    case "accepted":
      return t("test.state.accepted", { at: words.moment(one.acceptedAt ?? one.askedAt) });
    case "failed":
      return t("test.state.failed", { error: reasonFor(words, one.lastError ?? "") });
    default:
      return [t("test.state.pending"), one.lastError !== null && reasonFor(words, one.lastError)]
        .filter(Boolean)
        .join(" · ");
  }
}
