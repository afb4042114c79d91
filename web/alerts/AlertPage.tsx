/** One alert: its life, the incident it belongs to, and all that its source sent. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { PlacedAlert } from "#contract/alerts.ts";
import { Fact, Facts, ObjectFrame, Section } from "../directory/frame.tsx";
import { shortNumber } from "../incidents/arrangement.ts";
import { useWords } from "../language/words.tsx";
import { AlertStatus } from "./AlertRow.tsx";
import { alertQuery } from "./queries.ts";
import { Raise } from "./Raise.tsx";
import { Trace } from "./Trace.tsx";
import { Waiting } from "./Waiting.tsx";
import "./alerts.css";

const route = getRouteApi("/shell/alerts/$id");

export function AlertPage() {
  const { t, year } = useWords();
  const { id } = route.useParams();
  const { data: alert } = useSuspenseQuery(alertQuery(id));
  return (
    <ObjectFrame
      title={alert.title}
      note={<AlertStatus status={alert.status} />}
      from={{ to: "/alerts", word: t("alerts.title") }}
      act={
        alert.endedAt === null && (
          <Link className="btn s" to="/silences" search={{ like: id }}>
            {t("alert.silence-it")}
          </Link>
        )
      }
      copied={{
        page: `/alerts/${id}`,
        api: `/api/v1/alerts/${id}`,
        name: alert.title,
        note: t(`alert.status.${alert.status}`),
      }}
    >
      <div className="page sides">
        <div>
          <Section title={t("alert.became")}>
            {alert.incident ? (
              <p>
                <Link to="/incidents/$number" params={{ number: alert.incident.number }}>
                  {shortNumber(alert.incident.number, year())}
                </Link>{" "}
                {alert.incident.title} <span className="muted">· {t(`stage.${alert.incident.stage}`)}</span>
              </p>
            ) : (
              <p>{t(alert.endedAt === null ? "alert.no-incident" : "alert.never-raised")}</p>
            )}
          </Section>
          {alert.waiting && (
            <Section title={t(alert.endedAt === null ? "alert.waits" : "alert.waited")}>
              <Waiting waiting={alert.waiting} over={alert.endedAt !== null} />
              {alert.status === "waiting" && <Raise id={id} />}
            </Section>
          )}
          <Trace id={id} />
          <Section title={t("alert.sent")} note={t("alert.sent.note")}>
            {alert.details === null ? (
              <p className="muted">{t("alert.sent.none")}</p>
            ) : (
              /* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */
              <pre className="code payload" tabIndex={0}>
                {JSON.stringify(alert.details, null, 2)}
              </pre>
            )}
          </Section>
        </div>
        <div>
          <Section title={t("alert.life")}>
            <Life alert={alert} />
          </Section>
        </div>
      </div>
    </ObjectFrame>
  );
}

function Life({ alert }: { alert: PlacedAlert }) {
  const { t, find } = useWords();
  return (
    <Facts>
      <Fact word={t("facts.severity")}>{find(`severity.${alert.severity}`) ?? alert.severity}</Fact>
      <Fact word={t("alerts.source")}>
        <Link to="/alerts" search={{ integration: alert.integration.id }}>
          {alert.integration.name}
        </Link>
      </Fact>
      {alert.source !== null && <Fact word={t("alert.from")}>{alert.source}</Fact>}
      {alert.service && (
        <Fact word={t("facts.service")}>
          <Link to="/services/$id" params={{ id: alert.service.id }}>
            {alert.service.name}
          </Link>
        </Fact>
      )}
      <Fact word={t("alert.key")}>
        <code>{alert.key}</code>
      </Fact>
      <Fact word={t("alert.opened")}>
        <At at={alert.openedAt} />
      </Fact>
      <Fact word={t("alert.last")}>
        <At at={alert.lastAt} /> <span className="muted">· {t("alerts.count", { count: alert.count })}</span>
      </Fact>
      {alert.endedAt !== null && (
        <Fact word={t("alert.ended")}>
          <At at={alert.endedAt} />
        </Fact>
      )}
    </Facts>
  );
}

function At({ at }: { at: string }) {
  const { moment, exact } = useWords();
  return (
    <time dateTime={at} title={exact(at)}>
      {moment(at)}
    </time>
  );
}
