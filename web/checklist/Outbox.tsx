/** Everything that was to leave this desk, in three groups: what will never leave stands first. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import type { outboxItem } from "#contract/account.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { useWords, type Words } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { outboxQuery } from "./queries.ts";

type Item = z.infer<typeof outboxItem>;

const groups = ["dead", "pending", "ended"] as const;
type Group = (typeof groups)[number];

const groupOf = ({ status }: Item): Group => (status === "dead" || status === "pending" ? status : "ended");

/** `demonstration`: no server would be asked, whichever is set. */
export function Outbox({ mailless, demonstration }: { mailless: boolean; demonstration: boolean }) {
  const { t } = useWords();
  const { data } = useSuspenseQuery(outboxQuery());
  return (
    <section className="sec" aria-labelledby="outbox">
      <header>
        <h2 id="outbox">{t("outbox.title")}</h2>
        <p className="muted">{t("outbox.what")}</p>
      </header>
      {mailless && <p className="kept">{t("outbox.mailless")}</p>}
      {demonstration && <p className="kept">{t("outbox.demonstration")}</p>}
      {data.data.length === 0 ? <Nothing /> : <Letters items={data.data} mailless={mailless} />}
    </section>
  );
}

function Nothing() {
  const { t } = useWords();
  return (
    <div className="empty">
      <b>{t("outbox.none")}</b>
      <p>{t("outbox.none.text")}</p>
      <p className="acts">
        <Link className="btn" to="/integrations">
          {t("checklist.to-integrations")}
        </Link>
      </p>
    </div>
  );
}

function Letters({ items, mailless }: { items: readonly Item[]; mailless: boolean }) {
  const { t } = useWords();
  return (
    <table className="tbl letters">
      <caption className="vh">{t("outbox.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("outbox.due")}</th>
          <th scope="col">{t("outbox.letter")}</th>
          <th scope="col">{t("outbox.incident")}</th>
        </tr>
      </thead>
      {groups.map((group) => {
        const of = items.filter((one) => groupOf(one) === group);
        if (of.length === 0) return null;
        return (
          <tbody key={group} className={group}>
            <tr className="kind">
              <th colSpan={3} scope="rowgroup">
                {t(`outbox.group.${group}`)} <span className="muted">{of.length}</span>
              </th>
            </tr>
            {of.map((one) => (
              <Letter key={one.id} one={one} mailless={mailless} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function Letter({ one, mailless }: { one: Item; mailless: boolean }) {
  const words = useWords();
  const { t, find } = words;
  const state = [
    one.channel === "email" || one.kind === "invite" ? null : (find(`channel.${one.channel}`) ?? one.channel),
    one.status === "dead" ? null : t(`outbox.status.${one.status}`),
    one.attempts > 1 ? t("outbox.attempts", { count: one.attempts }) : null,
  ].filter(Boolean);
  return (
    <tr>
      <td>
        <time dateTime={one.dueAt} title={words.exact(one.dueAt)}>
          {words.moment(one.dueAt)}
        </time>
      </td>
      <td>
        <p className="to">
          {one.status === "dead" && <Icon name="fault" size={14} />}
          <span>
            {find(`outbox.kind.${one.kind === "invite" ? "notice" : one.kind}`) ?? one.kind}{" "}
            <b>{one.to ?? t("ui.nobody")}</b>
            {state.length > 0 && <span className="muted"> · {state.join(" · ")}</span>}
          </span>
        </p>
        {one.lastError && one.status !== "sent" && <p className="why">{whyOf(words, one.lastError, mailless)}</p>}
      </td>
      <td>
        {one.incident && (
          <Link to="/incidents/$number" params={{ number: one.number ?? one.incident }}>
            {one.number ? shortNumber(one.number, words.year()) : t("outbox.incident")}
          </Link>
        )}
      </td>
    </tr>
  );
}

/** A code of ours in words; what a mail server answered, as it answered. Without a server, nobody can be written to. */
function whyOf(words: Words, error: string, mailless: boolean): string {
  if (mailless && error === "no-contact-point") return words.t("outbox.no-server");
  return words.find(`reason.unreachable.${error}`) ?? error;
}
