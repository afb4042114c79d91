/** An alert from the door to a hand, in three stops: what has been seen, when, and what is waited for. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Setup } from "#contract/setup.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useSetupWords } from "./words.ts";

export function AlertWay({ alert }: { alert: NonNullable<Setup["alert"]> }) {
  const { list, year } = useWords();
  const t = useSetupWords();
  const number = shortNumber(alert.number, year());
  return (
    <section className="way" aria-labelledby="way">
      <h3 id="way">{t("alert.way")}</h3>
      <ol aria-live="polite">
        <Stop at={alert.receivedAt} word={t("alert.way.received")}>
          <Link to="/incidents/$number" params={{ number: alert.number }}>
            {number}
          </Link>{" "}
          {alert.title}
        </Stop>
        <Stop at={alert.sentAt} word={t("alert.way.sent")}>
          {alert.sentAt && t("alert.way.sent.text", { names: list(alert.sentTo.map((one) => one.name)) })}
        </Stop>
        <Stop at={alert.takenAt} word={t("alert.way.taken")}>
          {alert.takenAt
            ? t("alert.way.taken.text", { name: alert.takenBy })
            : alert.sentAt
              ? t("alert.way.take")
              : null}
        </Stop>
      </ol>
    </section>
  );
}

function Stop({ at, word, children }: { at: string | null; word: string; children: ReactNode }) {
  const { moment, exact } = useWords();
  const t = useSetupWords();
  return (
    <li className={at ? "done" : undefined}>
      {at ? (
        <time dateTime={at} title={exact(at)}>
          {moment(at)}
        </time>
      ) : (
        <span className="muted">{t("alert.way.waiting")}</span>
      )}
      <Icon name={at ? "check" : "question"} size={14} />
      <p>
        <b>{word}</b> <span className="muted">{children}</span>
      </p>
    </li>
  );
}
