/** One request for assistance: what is asked, where it stands and why, the way it took, and what one may do with it. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { Fact, Facts, ObjectFrame, Section } from "../directory/frame.tsx";
import { shortNumber } from "../incidents/arrangement.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault, Reason } from "../ui/marks.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { toast } from "../ui/toast.tsx";
import { ActDialog, doneWords } from "./ActDialog.tsx";
import { type Act, type AssistanceView, requestQuery, useActOn } from "./queries.ts";
import { Until } from "./RequestLine.tsx";
import { RequestRecord } from "./RequestRecord.tsx";
import { becauseWords, partyShown, passedWords, raisedWords, statusWords, whyWords } from "./sentences.ts";
import { useAssistanceWords } from "./words.ts";
import "./assistance.css";

const route = getRouteApi("/shell/assistance/$request");

export function RequestPage() {
  const { year } = useWords();
  const { t: say } = useAssistanceWords();
  const { request } = route.useParams();
  const { data: view } = useSuspenseQuery(requestQuery(request));
  return (
    <ObjectFrame
      title={view.title}
      note={
        <>
          <span className="id">{shortNumber(view.number, year())}</span> {statusWords(view, say)}
        </>
      }
      from={{ to: "/assistance", word: say("trail") }}
      copied={{ page: `/assistance/${view.number}`, api: `/api/v1/assistance/${view.id}`, name: view.number }}
    >
      <div className="page sides">
        <div>
          <Now view={view} />
          <Section title={say("request.path")}>
            <Way view={view} />
          </Section>
          <Section title={say("request.record")}>
            <RequestRecord view={view} />
          </Section>
        </div>
        <div>
          <Section title={say("request.facts")}>
            <About view={view} />
          </Section>
        </div>
      </div>
    </ObjectFrame>
  );
}

/** Done at once, without a word more. */
const plain: readonly Act[] = ["accept", "confirm"];
const keys: Readonly<Partial<Record<string, Act>>> = { a: "accept", d: "decline", r: "route", e: "end", w: "withdraw" };

function Now({ view }: { view: AssistanceView }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const act = useActOn(view);
  const [asking, setAsking] = useState<Act | null>(null);
  const raised = raisedWords(view, say, words.list);
  const waits = view.status === "waiting";
  const run = (name: Act) => {
    if (!view.may.includes(name)) return;
    if (!plain.includes(name)) return setAsking(name);
    if (act.isPending) return;
    act.mutate(
      { act: name },
      {
        onSuccess: (after) => toast({ text: doneWords(name, after, say), closeWord: words.t("ui.close"), seconds: 6 }),
      },
    );
  };
  useShortcuts(
    Object.fromEntries(
      Object.entries(keys).flatMap(([key, name]) =>
        name && view.may.includes(name) ? [[key, { act: () => run(name), word: say(`act.${name}`) }]] : [],
      ),
    ),
  );
  return (
    <div className="how-it-stands">
      {view.details && <p className="said">{view.details}</p>}
      {raised && waits && <p className="raised">{raised}</p>}
      <Until view={view} />
      {view.outcome && (
        <blockquote>
          <b>{say(`outcome.${view.outcome.outcome}`)}</b> {view.outcome.text}
        </blockquote>
      )}
      {act.error && <Fault>{failureSentence(words, act.error)}</Fault>}
      {view.may.length > 0 && (
        <p className="acts">
          {view.may.map((name, index) => (
            <button
              key={name}
              className={index === 0 && name !== "withdraw" ? "btn primary" : "btn s"}
              type="button"
              onClick={() => run(name)}
            >
              {say(`act.${name}`)}
            </button>
          ))}
        </p>
      )}
      {asking && <ActDialog view={view} act={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** Each that was asked, why, and how it left them. */
function Way({ view }: { view: AssistanceView }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  return (
    <ol className="way">
      {view.path.map((leg) => {
        const passed = passedWords(leg.passed, say, words.list);
        return (
          <li key={`${leg.at} ${leg.to?.id}`}>
            <h3>{leg.to?.name ?? say("of.nobody")}</h3>
            <Reason label={words.t("ui.reason")}>
              {becauseWords(leg.because, { say, list: words.list, by: leg.by })}
            </Reason>
            {leg.reason && <blockquote>{leg.reason}</blockquote>}
            {passed && <p className="muted">{passed}</p>}
            {leg.left ? (
              <>
                <p>
                  {say(`leg.${leg.left.how}`, { name: leg.left.by })}{" "}
                  <time dateTime={leg.left.at} title={words.exact(leg.left.at)}>
                    {words.moment(leg.left.at)}
                  </time>
                </p>
                {leg.left.reason && <blockquote>{leg.left.reason}</blockquote>}
              </>
            ) : (
              leg.to && view.to && <p className="muted">{say("leg.now")}</p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function About({ view }: { view: AssistanceView }) {
  const words = useWords();
  const { t: say } = useAssistanceWords();
  const { asker, kind, holder, service, site, incident, askedAt } = view;
  const to = partyShown(view);
  return (
    <Facts>
      <Fact word={say("fact.asker")}>
        {asker.name}{" "}
        <time className="muted" dateTime={askedAt} title={words.exact(askedAt)}>
          {words.moment(askedAt)}
        </time>
      </Fact>
      <Fact word={say("fact.kind")}>
        {kind.name} {view.urgent && <span className="chip strong">{say("urgent")}</span>}
        {view.exercise && <span className="chip">{say("exercise")}</span>}
      </Fact>
      {to && <Fact word={say("fact.to")}>{to.name}</Fact>}
      {holder && <Fact word={say("fact.holder")}>{holder.name}</Fact>}
      {service && (
        <Fact word={say("fact.service")}>
          <Link to="/services/$id" params={{ id: service.id }}>
            {service.name}
          </Link>
        </Fact>
      )}
      {site && <Fact word={say("fact.site")}>{site}</Fact>}
      {incident && (
        <Fact word={say("fact.incident")}>
          <Link to="/incidents/$number" params={{ number: incident.number }}>
            {shortNumber(incident.number, words.year())}
          </Link>{" "}
          {incident.title}
        </Fact>
      )}
      <Fact word={say("fact.why")}>{whyWords(view, say)}</Fact>
    </Facts>
  );
}
