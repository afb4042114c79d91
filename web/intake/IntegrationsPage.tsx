/** Every source of alerts, with what it sent last; and how to plug in another one. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { nameIn } from "../directory/names.ts";
import { servicesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Making } from "./Making.tsx";
import { type Integration, integrationsQuery, watchedMs } from "./queries.ts";
import { useIntakeWords } from "./words.ts";
import "./intake.css";

export function IntegrationsPage() {
  const { t } = useWords();
  const { data } = useSuspenseQuery({ ...integrationsQuery(), refetchInterval: 2 * watchedMs });
  return (
    <>
      <title>{`${t("shell.integrations")} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.integrations")}</h1>
      </div>
      <div className="page plugged">
        <div>{data.data.length === 0 ? <Nothing /> : <Sources all={data.data} />}</div>
        <section className="sec" aria-labelledby="plug">
          <h2 id="plug">{t("integrations.add")}</h2>
          <p className="muted">{t("integrations.what")}</p>
          <Making />
        </section>
      </div>
    </>
  );
}

function Nothing() {
  const { t: say } = useIntakeWords();
  return (
    <div className="empty teach">
      <h2>{say("empty.title")}</h2>
      <p>{say("empty.text")}</p>
      <ol>
        {(["empty.make", "empty.paste", "empty.try"] as const).map((id) => (
          <li key={id}>{say(id)}</li>
        ))}
      </ol>
    </div>
  );
}

function Sources({ all }: { all: readonly Integration[] }) {
  const { t: say } = useIntakeWords();
  return (
    <>
      <p className="sources-head" aria-hidden="true">
        <span>{say("list.name")}</span>
        <span>{say("list.last")}</span>
      </p>
      <ul className="sources">
        {all.map((one) => (
          <Source key={one.id} one={one} />
        ))}
      </ul>
    </>
  );
}

function Source({ one }: { one: Integration }) {
  const { t, find, language } = useWords();
  const service = useQuery(servicesQuery()).data?.data.find(({ id }) => id === one.service);
  const kind = find(`integration.${one.kind}`) ?? one.kind;
  return (
    <li>
      <div>
        <h2>
          <Link to="/integrations/$id" params={{ id: one.id }}>
            {one.name}
          </Link>
        </h2>
        <p className="muted">{[kind, service ? nameIn(language, service) : t("service.none")].join(" · ")}</p>
      </div>
      <Last event={one.lastEvent} />
    </li>
  );
}

function Last({ event }: { event: Integration["lastEvent"] }) {
  const { moment, exact } = useWords();
  const { t: say } = useIntakeWords();
  if (!event) return <p className="muted">{say("list.never")}</p>;
  const taken = event.outcome === "accepted";
  return (
    <p className={taken ? "last" : "last refused"}>
      <Icon name={taken ? "check" : "fault"} size={14} />
      <span>{say(taken ? "list.taken" : "list.refused")}</span>
      <time dateTime={event.at} title={exact(event.at)}>
        {moment(event.at)}
      </time>
    </p>
  );
}
