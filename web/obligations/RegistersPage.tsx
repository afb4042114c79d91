/** Registers that laws ask to be kept, made of what was assessed of the incidents that one may see. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { saveFile } from "../ui/save-file.ts";
import { ObligationFrame } from "./frame.tsx";
import { fetchRegister, type RegisterView, registerQuery, registersQuery } from "./queries.ts";
import { useObligationWords } from "./words.ts";

const route = getRouteApi("/shell/registers");

export function RegistersPage() {
  const words = useWords();
  const { t: say } = useObligationWords();
  const { register } = route.useSearch();
  const all = useQuery(registersQuery(words.language)).data?.data ?? [];
  const kept = all.filter((one) => one.kept);
  const shown = all.find(({ id }) => id === register) ?? kept[0];
  return (
    <ObligationFrame title={say("registers.title")}>
      <p className="hint said-of-laws">{say("registers.what")}</p>
      {all.length > 0 && kept.length === 0 && register === undefined && (
        <div className="empty">
          <b>{say("registers.none.title")}</b>
          <p>{say("registers.none")}</p>
          <p className="acts">
            <Link className="btn s" to="/laws">
              {say("laws.title")}
            </Link>
          </p>
        </div>
      )}
      {(kept.length > 0 || register !== undefined) && shown && (
        <>
          <nav className="registers" aria-label={say("registers.title")}>
            {(kept.includes(shown) ? kept : [shown, ...kept]).map(({ id, name }) => (
              <Link
                key={id}
                to="/registers"
                search={{ register: id }}
                className="btn s"
                activeProps={{}}
                aria-current={id === shown.id ? "page" : undefined}
              >
                {name}
              </Link>
            ))}
          </nav>
          <Register key={shown.id} head={shown} />
        </>
      )}
    </ObligationFrame>
  );
}

function Register({ head }: { head: RegisterView["register"] }) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const { data, error } = useQuery(registerQuery(head.id, words.language));
  const [failed, setFailed] = useState<unknown>(null);
  const save = () =>
    fetchRegister(head.id, words.language).then(
      ({ fileName, text }) => saveFile(fileName, "text/csv", text),
      setFailed,
    );
  const problem = error ?? failed;
  return (
    <section className="sec" aria-labelledby="register">
      <header>
        <h2 id="register">{head.name}</h2>
        <small className="muted">{head.source}</small>
        {data && data.data.length > 0 && (
          <button className="btn s push" type="button" onClick={save}>
            {say("register.save")}
          </button>
        )}
      </header>
      <p className="hint">
        {head.keep
          ? say("register.keep", { months: head.keep.months, years: head.keep.months / 12, after: head.keep.after })
          : say("register.keep.none")}
      </p>
      {problem !== null && problem !== undefined && <Fault>{failureSentence(words, problem)}</Fault>}
      {data?.data.length === 0 && <p className="empty">{say("register.empty")}</p>}
      <ul className="register">
        {data?.data.map((row) => (
          <Row key={`${row.incident.number} ${row.law.id}`} row={row} />
        ))}
      </ul>
      {data?.nextCursor && <p className="hint">{say("register.more")}</p>}
    </section>
  );
}

type RowProps = { row: RegisterView["data"][number] };

function Row({ row }: RowProps) {
  const words = useWords();
  const { t: say } = useObligationWords();
  const { incident, law, outcome, assessedAt, keepUntil, submissions } = row;
  const told = outcome === "owed" || outcome === "unknown";
  return (
    <li>
      <header>
        <Link to="/incidents/$number/obligations" params={{ number: incident.number }}>
          <span className="id">{incident.number}</span> <b lang={incident.language}>{incident.title}</b>
        </Link>
        <span className={told ? "chip solid" : "chip"}>{say(`outcome.${outcome}`)}</span>
      </header>
      <p className="muted">
        {[
          law.name,
          say("decided", { name: row.assessedBy, moment: words.dateTime(assessedAt) }),
          keepUntil && say("register.until", { date: words.date(keepUntil) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="prose">{row.reasons}</p>
      <details className="disclose">
        <summary>
          <Icon name="chevron" size={12} />
          {say("register.details", { count: submissions.length })}
        </summary>
        <dl className="fields-of">
          {row.facts.map(({ id, name, at }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>{words.dateTime(at)}</dd>
            </div>
          ))}
          {row.fields.map(({ id, name, value, at }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd className={value === null && at === null ? "muted" : "prose"}>
                {value ?? (at ? words.dateTime(at) : say("field.missing"))}
              </dd>
            </div>
          ))}
          {submissions.map((one) => (
            <div key={`${one.leg.id} ${one.at}`}>
              <dt>
                {one.leg.name} <small className="muted">{say("leg.to", { recipient: one.recipient })}</small>
              </dt>
              <dd>
                {[
                  say("sent", { name: one.by, moment: words.dateTime(one.at) }),
                  one.reference && say("sent.reference", { reference: one.reference }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}
