/** Who outside was asked what, on the page of the incident: whether it left, was opened, was answered, and from where the answer came. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { readAttachment } from "#contract/attachments.ts";
import type { IncidentView } from "#contract/shapes.ts";
import { addressOf } from "../client.ts";
import { CommandButton } from "../incidents/CommandButton.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { OnceShown } from "../ui/OnceShown.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { type ContributionView, contributionsQuery, useLink, useRemind, useRevoke } from "./queries.ts";
import { type Say, useContributorWords } from "./words.ts";
import "./contributors.css";
import { hasEnded } from "../incidents/arrangement.ts";

const AskPanel = lazy(() => import("./AskPanel.tsx").then((m) => ({ default: m.AskPanel })));

/** Answers that are shown at once; older ones, and what is over without any, are folded. */
const answersShown = 3;

function isShown(all: readonly ContributionView[]) {
  const newest = all.filter(({ status }) => status === "answered").slice(0, answersShown);
  return (one: ContributionView): boolean => one.status === "asked" || newest.includes(one);
}

export function IncidentContributors({ view }: { view: IncidentView }) {
  const { t: say } = useContributorWords();
  const { data } = useQuery(contributionsQuery(view));
  const [asking, setAsking] = useState<ContributionView | "new" | null>(null);
  if (!data || (data.data.length === 0 && !data.may)) return null;
  const waiting = data.data.filter(({ status }) => status === "asked").length;
  const isFirst = isShown(data.data);
  const shown = data.data.filter(isFirst);
  const ended = data.data.filter((one) => !isFirst(one));
  const line = (one: ContributionView) => (
    <Line key={one.number} view={view} one={one} all={data.data} may={data.may} onAgain={() => setAsking(one)} />
  );
  return (
    <section className="sec" aria-labelledby="contributors">
      <header>
        <h2 id="contributors">{say("title")}</h2>
        {waiting > 0 && <small className="push">{say("waiting", { count: waiting })}</small>}
      </header>
      {data.data.length === 0 && <p className="muted">{say("none")}</p>}
      {shown.length > 0 && <ul className="contributions">{shown.map(line)}</ul>}
      {data.may && (
        <p className="acts">
          <button className="btn s" type="button" onClick={() => setAsking("new")}>
            {say("ask")}
          </button>
        </p>
      )}
      {ended.length > 0 && (
        <details className="disclose">
          <summary>
            <Icon name="chevron" size={12} />
            {say("ended", { count: ended.length })}
          </summary>
          <ul className="contributions">{ended.map(line)}</ul>
        </details>
      )}
      {asking && (
        <Suspense fallback={null}>
          <AskPanel view={view} like={asking === "new" ? null : asking} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </section>
  );
}

type LineProps = {
  view: IncidentView;
  one: ContributionView;
  all: readonly ContributionView[];
  may: boolean;
  onAgain: () => void;
};

function Line({ view, one, all, may, onAgain }: LineProps) {
  const words = useWords();
  const { t: say } = useContributorWords();
  const { to, text, status, failed, by, at } = one;
  const nameOf = (number: number | null) => all.find((each) => each.number === number)?.to.name ?? "";
  const state =
    status === "answered"
      ? null
      : say("status", {
          status: one.barred ? "barred" : status,
          until: words.moment(one.until),
          next: nameOf(one.forwardedTo),
        });
  return (
    <li>
      <h3>
        {to.name} <span className="muted">{say("kind.short", { kind: one.kind })}</span>
      </h3>
      <p lang={to.language}>{text}</p>
      <p
        className="muted"
        title={`${to.email}${words.t("ui.semicolon")}${say("by", { by: by.name, at: words.exact(at) })}`}
      >
        {[
          one.from === null ? say("by", { by: by.name, at: words.moment(at) }) : say("given", { by: nameOf(one.from) }),
          state,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Track one={one} />
      {one.answer && <Answer view={view} one={one} />}
      {one.leftText && <blockquote lang={to.language}>{one.leftText}</blockquote>}
      {one.barred && <Fault>{say("barred", { sent: one.sentAt !== null })}</Fault>}
      {status === "asked" && failed !== null && !one.barred && (
        <Fault>{failed === "no-mail-server" ? say("failed.no-mail-server") : say("failed", { error: failed })}</Fault>
      )}
      {status === "asked" && one.unansweredAt !== null && <p className="late">{say("unanswered")}</p>}
      {may && <Acts view={view} one={one} onAgain={onAgain} />}
      {may && <Ground view={view} one={one} />}
    </li>
  );
}

/** Three steps, each with its hour or still to come: by its mark and its word. */
function Track({ one }: { one: ContributionView }) {
  const words = useWords();
  const { t: say } = useContributorWords();
  const steps = [
    ["sent", one.sentAt],
    ["opened", one.openedAt],
    ["answered", one.answer?.at ?? null],
  ] as const;
  return (
    <ol className="track">
      {steps.map(([step, at]) => (
        <li
          key={step}
          className={at === null ? undefined : "done"}
          title={at === null ? say("step.not", { step }) : say("step.at", { step, at: words.exact(at) })}
        >
          {at === null ? <span className="dot" aria-hidden="true" /> : <Icon name="check" size={12} />}
          <span>
            {say(`step.${step}`)}
            <span className="vh">{at === null ? ` – ${say("step.not", { step })}` : ""}</span>
          </span>
          {at !== null && <time dateTime={at}>{words.brief(at)}</time>}
        </li>
      ))}
    </ol>
  );
}

const saidIn = ({ kind, answer }: ContributionView, say: Say): string | null =>
  answer?.choice ? (kind === "question" ? answer.choice : say("choice", { choice: answer.choice })) : null;

function Answer({ view, one }: { view: IncidentView; one: ContributionView }) {
  const words = useWords();
  const { t: say } = useContributorWords();
  const { answer, to } = one;
  if (answer === null) return null;
  const said = saidIn(one, say);
  return (
    <div className="answer">
      {said && <p className="said">{said}</p>}
      {answer.text && <blockquote lang={to.language}>{answer.text}</blockquote>}
      {answer.file && (
        <p>
          <a
            href={addressOf(readAttachment.path, { params: { id: view.number, attachment: answer.file.id } })}
            download={answer.file.name}
          >
            {answer.file.name}
          </a>
        </p>
      )}
      <p className="muted" title={words.exact(answer.at)}>
        {say("origin", { at: words.moment(answer.at) })}
      </p>
    </div>
  );
}

function Acts({ view, one, onAgain }: Omit<LineProps, "may" | "all">) {
  const words = useWords();
  const { t: say } = useContributorWords();
  const [remind, revoke, link] = [useRemind(view), useRevoke(view), useLink(view)];
  const once = useOneAtATime();
  const { number, to, status } = one;
  const about = <span className="vh"> {say("for", { name: to.name })}</span>;
  if (status !== "asked")
    return (
      <p className="acts">
        <button className="link" type="button" onClick={onAgain}>
          {say("again")}
          {about}
        </button>
      </p>
    );
  const fault = remind.error ?? revoke.error ?? link.error;
  return (
    <>
      <p className="acts">
        {!one.barred && (
          <>
            <button className="btn s" type="button" onClick={() => once(() => remind.mutateAsync(number))}>
              {say("remind")}
              {about}
            </button>
            {!one.personal && (
              <button className="link" type="button" onClick={() => once(() => link.mutateAsync(number))}>
                {say("link")}
                {about}
              </button>
            )}
          </>
        )}
        <button className="link" type="button" onClick={() => once(() => revoke.mutateAsync(number))}>
          {say("revoke")}
          {about}
        </button>
      </p>
      {one.personal && !one.barred && <p className="muted">{say("link.personal")}</p>}
      {fault && <Fault>{failureSentence(words, fault)}</Fault>}
      {link.data && <OnceShown title={say("link.title", { name: to.name })} code={link.data.url} />}
    </>
  );
}

/** Whoever says that it works gives a ground; somebody of the desk decides. */
function Ground({ view, one }: { view: IncidentView; one: ContributionView }) {
  const { t: say } = useContributorWords();
  const { answer, kind, to } = one;
  const { restored, recovered } = view.milestones;
  const over = hasEnded(view);
  if (kind !== "working" || answer?.choice !== "yes" || recovered !== undefined || over) return null;
  const said = [saidIn(one, say), answer.text].filter(Boolean).join(". ");
  const start = { text: say("ground.text", { name: to.name, said }) };
  return (
    <div className="ground">
      <p>{say("ground", { name: to.name })}</p>
      <CommandButton
        view={view}
        command={restored === undefined ? "declare-restored" : "confirm-recovery"}
        className="btn s"
        start={start}
      />
    </div>
  );
}
