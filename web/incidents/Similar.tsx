/** What resembles this incident, and how it was resolved: what was found then may help now. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import type { readSimilar } from "#contract/recording.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault, Reason } from "../ui/marks.tsx";
import { shortNumber } from "./arrangement.ts";
import { reasonsSentence } from "./proposal-words.ts";
import { similarQuery } from "./queries.ts";

const shownMax = 3;

export function Similar({ view }: { view: IncidentView }) {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(similarQuery(view));
  return (
    <section className="sec" aria-labelledby="similar">
      <header>
        <h2 id="similar">{t("similar.title")}</h2>
      </header>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="muted">{t("similar.none")}</p>}
      <ul className="tasks">
        {data?.data.slice(0, shownMax).map((one) => (
          <Line key={one.id} one={one} title={view.title} />
        ))}
      </ul>
      {data?.complete === false && <p className="muted">{t("record.known.incomplete")}</p>}
    </section>
  );
}

type Found = z.output<typeof readSimilar.output>["data"][number];

function Line({ one, title }: { one: Found; title: string }) {
  const words = useWords();
  const { t } = words;
  return (
    <li className="task">
      <p lang={one.language}>
        <Link to="/incidents/$number" params={{ number: one.number }} search={{}}>
          {one.title}
        </Link>
      </p>
      <p className="muted" title={words.exact(one.reportedAt)}>
        <span className="id">{shortNumber(one.number, words.year())}</span> · {t(`stage.${one.stage}`)} ·{" "}
        {words.moment(one.reportedAt)}
      </p>
      <Reason label={t("ui.reason")}>{reasonsSentence(words, "duplicate", one.reasons, title)}</Reason>
      {one.cause && (
        <p lang={one.language}>
          <b>{t("similar.cause")}</b> {one.cause}
        </p>
      )}
      {one.solution && (
        <p lang={one.language}>
          <b>{t("similar.solution")}</b> {one.solution}
        </p>
      )}
    </li>
  );
}
