/** What this desk still needs to reach a person, each with when it was last proved, and everything that was to leave it. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Check } from "#contract/account.ts";
import { useWords } from "../language/words.tsx";
import { stepOf } from "../setup/steps.ts";
import { Icon } from "../ui/Icon.tsx";
import { checkMarks } from "./marks.ts";
import { Outbox } from "./Outbox.tsx";
import { checksQuery } from "./queries.ts";
import { useCheckWords, useDoctorWords } from "./use-check-words.ts";
import "./checklist.css";

/** What is missing first: it is why somebody comes here; above it, what nobody can put right in this version. */
const order = ["limit", "missing", "warning", "ok"] as const;

export function ChecklistPage() {
  const { t } = useWords();
  const { data, isFetching, refetch } = useSuspenseQuery(checksQuery());
  /* A limit is not something left to do. */
  const left = data.checks.filter((one) => one.state === "missing" || one.state === "warning");
  const demonstration = data.checks.some((one) => one.id === "demonstration");
  const mailless = data.checks.some((one) => one.id === "mail" && one.state === "missing");
  return (
    <>
      <title>{`${t("shell.checklist")} · ${t("checklist.left", { count: left.length })} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.checklist")}</h1>
        <p className="muted">{t("checklist.left", { count: left.length })}</p>
        <button className="btn push" type="button" aria-disabled={isFetching} onClick={() => void refetch()}>
          {t("checklist.again")}
        </button>
      </div>
      <div className="page ready">
        <section className="sec" aria-labelledby="checks">
          <header>
            <h2 id="checks">{t("checklist.checks")}</h2>
          </header>
          <ul className="checks">
            {order.flatMap((state) =>
              data.checks.filter((one) => one.state === state).map((one) => <CheckLine key={one.id} one={one} />),
            )}
          </ul>
          <p className="hint">
            {t("checklist.terminal")} <code>tocsin doctor</code>
          </p>
          <p className="acts">
            <Link className="btn" to="/setup">
              {t("checklist.to-setup")}
            </Link>
          </p>
        </section>
        <Outbox mailless={mailless} demonstration={demonstration} />
      </div>
    </>
  );
}

function CheckLine({ one }: { one: Check }) {
  const { t, moment, exact } = useWords();
  const { t: say } = useDoctorWords();
  const { title, detail, advice } = useCheckWords()(one);
  return (
    <li className={`check-line ${one.state}`}>
      <span className="how">
        <Icon name={checkMarks[one.state]} size={14} />
        {say(`doctor.state.${one.state}`)}
      </span>
      <div>
        <p>
          <b>{title}</b>
          {detail !== "" && <span className="muted"> {detail}</span>}
        </p>
        {advice && <p className="advice">{advice}</p>}
        {one.state !== "ok" && <WayOut id={one.id} />}
      </div>
      {one.provedAt && (
        <time className="muted" dateTime={one.provedAt} title={exact(one.provedAt)}>
          {t("checklist.proved", { at: moment(one.provedAt) })}
        </time>
      )}
    </li>
  );
}

/** Where it is put right, when that is in the app. */
function WayOut({ id }: { id: string }) {
  const { t } = useWords();
  switch (id) {
    case "page-sent":
      return (
        <Link className="btn s" to="/integrations">
          {t("checklist.to-integrations")}
        </Link>
      );
    case "wakes":
      return (
        <Link className="btn s" to="/notifications">
          {t("checklist.to-notifications")}
        </Link>
      );
    case "dead-letters":
      return (
        <a className="btn s" href="#outbox">
          {t("checklist.to-outbox")}
        </a>
      );
    default: {
      const step = stepOf(id);
      return (
        step && (
          <Link className="btn s" to="/setup" search={{ step }}>
            {t("checklist.fix")}
          </Link>
        )
      );
    }
  }
}
