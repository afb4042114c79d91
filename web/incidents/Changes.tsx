/** What was changed on the service since the day before: the first thing that whoever looks for a cause asks. */
import { useQuery } from "@tanstack/react-query";
import type { ChangeView } from "#contract/changes.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { changesQuery, changesShown } from "./queries.ts";

export function Changes({ number }: { number: string }) {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(changesQuery(number));
  return (
    <section className="sec" aria-labelledby="changes">
      <header>
        <h2 id="changes">{t("changes.title")}</h2>
      </header>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="muted">{t("changes.none")}</p>}
      <ul className="calls">
        {data?.data.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
      {data?.nextCursor && <p className="muted">{t("changes.more", { count: changesShown })}</p>}
    </section>
  );
}

function Line({ one }: { one: ChangeView }) {
  const words = useWords();
  return (
    <li className="call">
      <time dateTime={one.at} title={words.exact(one.at)}>
        {words.moment(one.at)}
      </time>
      <span>
        {one.summary} <span className="muted">{[one.source, one.integration.name].filter(Boolean).join(" · ")}</span>
        {one.links.map((link) => (
          <span key={link.href}>
            {" "}
            <a href={link.href} rel="noreferrer" target="_blank">
              {link.text ?? link.href}
            </a>
          </span>
        ))}
      </span>
    </li>
  );
}
