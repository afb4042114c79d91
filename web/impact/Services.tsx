/** Services that an incident affects, as people said, and those that the dependencies propose, to be confirmed or ruled out. */

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AffectedStatus } from "#core/kernel/impact-words.ts";
import { nameIn } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import type { Asked } from "./draft.ts";
import type { ImpactView } from "./queries.ts";
import { useImpactWords } from "./words.ts";

type Props = { view: ImpactView; language: string; onAsk: (asked: Asked) => void };
type Named = ImpactView["affected"][number]["service"];

export function Affected({ view, language, onAsk }: Props) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const may = view.may.includes("state-affected");
  const { main } = view;
  return (
    <section className="sec" aria-labelledby="affected">
      <header>
        <h2 id="affected">{say("affected")}</h2>
        {may && (
          <button className="btn s push" type="button" onClick={() => onAsk({ command: "state-affected" })}>
            {say("act.state-affected")} <kbd>S</kbd>
          </button>
        )}
      </header>
      {main && !main.said && (
        <p className="unsaid">
          <span>{say("affected.unsaid", { name: nameIn(words.language, main.service) })}</span>
          {may && (
            <button
              className="btn s"
              type="button"
              onClick={() => onAsk({ command: "state-affected", service: main.service.id })}
            >
              {say("act.state-affected")}
              <span className="vh"> {nameIn(words.language, main.service)}</span>
            </button>
          )}
        </p>
      )}
      {view.affected.length === 0 && !main && <p className="muted">{say("affected.none")}</p>}
      <ul className="services-of">
        {view.affected.map((one) => (
          <li key={one.service.id}>
            <div>
              <p>
                <Status status={one.status} /> <Service one={one.service} />
                {one.main && <span className="chip">{say("affected.main")}</span>}
              </p>
              <p className="muted">
                <span title={words.exact(one.since)}>{words.phrase("since", one.since)}</span>
                {one.statements.at(-1)?.late && (
                  <span className="chip">
                    {say("late", { moment: words.moment(one.statements.at(-1)?.recordedAt ?? one.since) })}
                  </span>
                )}
              </p>
              {one.statements.at(-1)?.note && <p lang={language}>{one.statements.at(-1)?.note}</p>}
            </div>
            {may && (
              <button
                className="link"
                type="button"
                onClick={() => onAsk({ command: "state-affected", service: one.service.id, status: next(one.status) })}
              >
                {say("act.change")}
                <span className="vh"> {nameIn(words.language, one.service)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is said next of a service is most often that it is better. */
const next = (status: AffectedStatus): AffectedStatus => (status === "back" ? "down" : "back");

export function Proposed({ view, onAsk }: Props) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const name = (one: Named) => nameIn(words.language, one);
  const confirms = view.may.includes("state-affected");
  const rules = view.may.includes("rule-out-affected");
  return (
    <section className="sec" aria-labelledby="proposed">
      <header>
        <h2 id="proposed">{say("proposed")}</h2>
        {view.proposed.length > 0 && <small className="muted">{view.proposed.length}</small>}
      </header>
      <p className="hint">{say(view.proposed.length === 0 ? "proposed.none" : "proposed.hint")}</p>
      <ul className="services-of">
        {view.proposed.map((one) => (
          <li key={one.service.id}>
            <div>
              <p>
                <Status status={one.harm} open /> <Service one={one.service} />
              </p>
              <p className="muted">
                {say("proposed.why", { kind: one.kind === "needs" ? "needs" : "other", through: name(one.through) })}
                {one.depth > 1 && ` · ${say("proposed.depth", { count: one.depth })}`}
                {one.vital.length > 0 && (
                  <b className="vital"> · {say("proposed.vital", { functions: words.list(one.vital.map(name)) })}</b>
                )}
              </p>
            </div>
            <span className="two-acts">
              {confirms && (
                <button
                  className="btn s"
                  type="button"
                  onClick={() => onAsk({ command: "state-affected", service: one.service.id, status: one.harm })}
                >
                  {say("act.confirm")}
                  <span className="vh"> {name(one.service)}</span>
                </button>
              )}
              {rules && (
                <button
                  className="link"
                  type="button"
                  onClick={() => onAsk({ command: "rule-out-affected", service: one.service.id })}
                >
                  {say("act.rule-out-affected")}
                  <span className="vh"> {name(one.service)}</span>
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <RuledOut all={view.ruledOut} />
    </section>
  );
}

function RuledOut({ all }: { all: ImpactView["ruledOut"] }) {
  const words = useWords();
  const { t: say } = useImpactWords();
  if (all.length === 0) return null;
  return (
    <>
      <h3>{say("ruled-out")}</h3>
      <ul className="services-of out">
        {all.map((one) => (
          <li key={one.service.id}>
            <p>
              <Service one={one.service} />{" "}
              <span className="muted">
                {say("ruled-out.by", { name: one.by, moment: words.moment(one.recordedAt) })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Service({ one }: { one: Named }): ReactNode {
  const { language } = useWords();
  return (
    <Link to="/services/$id" params={{ id: one.id }}>
      {nameIn(language, one)}
    </Link>
  );
}

/** A sign and a word; hollow while it is only proposed. */
function Status({ status, open = false }: { status: AffectedStatus; open?: boolean }) {
  const { t: say } = useImpactWords();
  return (
    <span className={`status-of s-${status}${open ? " open" : ""}`}>
      <i aria-hidden="true" />
      {say(`status.${status}`)}
    </span>
  );
}
