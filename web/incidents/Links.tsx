/** What an incident hangs together with: its whole, its parts, its causes, what resembles it. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type IncidentLink, readLinks } from "#contract/links.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { call } from "../client.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { hasEnded, shortNumber } from "./arrangement.ts";
import { CommandButton } from "./CommandButton.tsx";
import { useStreamWords } from "./workstream-words.ts";
import "./workstreams.css";

const linksQuery = ({ number, seq }: Pick<IncidentView, "number" | "seq">) =>
  queryOptions({
    queryKey: ["links", number, seq],
    queryFn: ({ signal }) => call(readLinks, { params: { id: number }, signal }),
    placeholderData: (before) => before,
    /* One that only the other may speak of moves nothing here. */
    refetchInterval: 60_000,
  });

const order = ["part-of", "has-part", "caused-by", "causes", "related"];

export function Links({ view, short }: { view: IncidentView; short?: true }) {
  const words = useWords();
  const { t } = useStreamWords();
  const { data, error } = useQuery(linksQuery(view));
  const all = (data?.data ?? []).toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  if (short && all.length === 0) return null;
  const over = hasEnded(view);
  return (
    <section className="sec" aria-labelledby="links">
      <header>
        <h2 id="links">{t("links.title")}</h2>
      </header>
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {all.length > 0 && (
        <ul className="links">
          {all.map((one) => (
            <Line key={one.id} view={view} one={one} acts={!short} />
          ))}
        </ul>
      )}
      {data && all.length === 0 && <p className="muted">{t("links.none")}</p>}
      {!short && (
        <p className="acts">
          <CommandButton
            view={view}
            command="link"
            className="btn s"
            word={t("links.add")}
            start={{ kind: "related" }}
          />
          {!over && <CommandButton view={view} command="split" className="link" word={t("links.split")} />}
        </p>
      )}
    </section>
  );
}

function Line({ view, one, acts }: { view: IncidentView; one: IncidentLink; acts: boolean }) {
  const words = useWords();
  const { t } = useStreamWords();
  const { number, title, kind, stage, coordinator, workstream, reason } = one;
  const over = hasEnded({ stage });
  return (
    <li className="linked">
      <p>
        <b>{t(`links.kind.${kind}`)}</b> <span className="id">{shortNumber(number, words.year())}</span>{" "}
        <Link to="/incidents/$number" params={{ number }} search={{}} lang={one.language}>
          {title}
        </Link>
      </p>
      <p className="muted" title={words.exact(one.at)}>
        {words.t(`stage.${stage}`)}
        {!over && ` · ${coordinator ? t("links.coordinator", { name: coordinator.name }) : t("links.nobody")}`}
        {workstream !== null && ` · ${t("links.stream", { number: workstream })}`}
      </p>
      {reason && <p lang={view.language}>{reason}</p>}
      {acts && (
        <p className="acts">
          <CommandButton
            view={view}
            command="unlink"
            className="link"
            word={t("links.remove")}
            about={t("links.about", { number })}
            start={{ incident: number }}
          />
        </p>
      )}
    </li>
  );
}
