/** What this desk still needs to reach a person, each with when it was last proved, and everything that was to leave it. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import type { check, outboxItem } from "#contract/account.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { checksQuery, outboxQuery } from "./queries.ts";
import "./checklist.css";

type Check = z.infer<typeof check>;
type Item = z.infer<typeof outboxItem>;

export function ChecklistPage() {
  const { t } = useWords();
  const { data, isFetching, refetch } = useSuspenseQuery(checksQuery());
  const left = data.checks.filter((one) => one.state !== "ok");
  return (
    <>
      <title>{`${t("shell.checklist")} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.checklist")}</h1>
        <p className="muted">{t("checklist.left", { count: left.length })}</p>
        <button className="btn push" type="button" aria-disabled={isFetching} onClick={() => void refetch()}>
          {t("checklist.again")}
        </button>
      </div>
      <div className="page">
        <section className="sec" aria-labelledby="checks">
          <h2 id="checks" className="vh">
            {t("checklist.checks")}
          </h2>
          <ul className="checks">
            {[...left, ...data.checks.filter((one) => one.state === "ok")].map((one) => (
              <CheckLine key={one.id} one={one} />
            ))}
          </ul>
        </section>
        <Outbox />
      </div>
    </>
  );
}

const marks = { ok: "check", warning: "question", missing: "fault" } as const;

function CheckLine({ one }: { one: Check }) {
  const { t, find, moment, exact } = useWords();
  const advice = one.state === "ok" ? undefined : find(`doctor.advice.${one.id}`);
  const detail = find(`doctor.detail.${one.id}`, { count: Number(one.detail) }) ?? one.detail;
  return (
    <li className={`check ${one.state}`}>
      <Icon name={marks[one.state]} />
      <b>{find(`doctor.check.${one.id}`) ?? one.id}</b>
      <div>
        <p>
          <span className="said">{t(`doctor.state.${one.state}`)}</span>
          {detail !== "" && <span className="muted"> · {detail}</span>}
        </p>
        {advice && <p className="advice">{advice}</p>}
      </div>
      {one.provedAt && (
        <time className="muted" dateTime={one.provedAt} title={exact(one.provedAt)}>
          {t("checklist.proved", { at: moment(one.provedAt) })}
        </time>
      )}
    </li>
  );
}

function Outbox() {
  const { t } = useWords();
  const { data } = useSuspenseQuery(outboxQuery());
  return (
    <section className="sec" aria-labelledby="outbox">
      <header>
        <h2 id="outbox">{t("outbox.title")}</h2>
        <p className="muted">{t("outbox.what")}</p>
      </header>
      {data.data.length === 0 ? (
        <p className="empty">{t("outbox.none")}</p>
      ) : (
        <div className="scroll">
          <table className="tbl">
            <thead>
              <tr>
                <th scope="col">{t("outbox.due")}</th>
                <th scope="col">{t("outbox.state")}</th>
                <th scope="col">{t("outbox.kind")}</th>
                <th scope="col">{t("outbox.to")}</th>
                <th scope="col">{t("outbox.incident")}</th>
                <th scope="col" className="num">
                  {t("outbox.attempts")}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.data.map((one) => (
                <OutboxLine key={one.id} one={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function OutboxLine({ one }: { one: Item }) {
  const { t, find, moment, exact } = useWords();
  return (
    <tr className={one.status === "dead" ? "dead" : undefined}>
      <td>
        <time dateTime={one.dueAt} title={exact(one.dueAt)}>
          {moment(one.dueAt)}
        </time>
      </td>
      <td>
        {t(`outbox.status.${one.status}`)}
        {one.lastError && <small className="muted">{one.lastError}</small>}
      </td>
      <td>{find(`outbox.kind.${one.kind}`) ?? one.kind}</td>
      <td>{one.to ?? t("ui.nobody")}</td>
      <td>
        {one.incident && (
          <Link to="/incidents/$number" params={{ number: one.incident }}>
            {one.number ?? one.incident}
          </Link>
        )}
      </td>
      <td className="num">{one.attempts}</td>
    </tr>
  );
}
