import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { servicesQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { OnceShown } from "../ui/OnceShown.tsx";
import { integrationLogQuery, integrationsQuery, useAddIntegration, useAddKey } from "./queries.ts";
import { snippetOf } from "./snippet.ts";
import "../account/account.css";

const kinds = ["pagerduty", "opsgenie", "alertmanager", "generic"] as const;

export function IntegrationsPage() {
  const { t } = useWords();
  const { data } = useSuspenseQuery(integrationsQuery());
  return (
    <>
      <title>{`${t("shell.integrations")} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.integrations")}</h1>
      </div>
      <div className="page beside">
        <div>
          {data.data.length === 0 ? (
            <p className="empty">{t("integrations.none")}</p>
          ) : (
            <ul className="sources">
              {data.data.map((one) => (
                <Source key={one.id} one={one} />
              ))}
            </ul>
          )}
        </div>
        <section className="sec" aria-labelledby="plug">
          <h2 id="plug">{t("integrations.add")}</h2>
          <p className="muted">{t("integrations.what")}</p>
          <Making />
        </section>
      </div>
    </>
  );
}

type One = { id: string; kind: string; name: string; service: string | null };

function useServiceName() {
  const { language } = useWords();
  const { data } = useQuery(servicesQuery());
  return (id: string | null) => {
    const found = data?.data.find((one) => one.id === id);
    return found && (language === "fr" ? found.nameFr : found.nameEn);
  };
}

function Source({ one }: { one: One }) {
  const words = useWords();
  const { t, find } = words;
  const serviceName = useServiceName();
  const [open, setOpen] = useState(false);
  const addKey = useAddKey();
  return (
    <li className="sec">
      <h2>{one.name}</h2>
      <p className="muted">
        {[find(`integration.${one.kind}`) ?? one.kind, serviceName(one.service)].filter(Boolean).join(" · ")}
      </p>
      <p className="acts">
        <button className="btn s" type="button" onClick={() => addKey.mutate(one.id)}>
          {t("integrations.new-key")}
          <span className="vh"> {one.name}</span>
        </button>
      </p>
      {addKey.error && <Fault>{failureSentence(words, addKey.error)}</Fault>}
      {addKey.data && <Key kind={one.kind} value={addKey.data.key} />}
      <details className="disclose" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <Icon name="chevron" size={12} />
          {t("integrations.events")}
          <span className="vh"> {one.name}</span>
        </summary>
        {open && <Events id={one.id} />}
      </details>
    </li>
  );
}

function Key({ kind, value }: { kind: string; value: string }) {
  const { t } = useWords();
  return (
    <OnceShown
      title={t("integrations.once", { key: value })}
      code={snippetOf(kind, value, location.origin, t("empty.example"))}
      copyWord={t("copy.open")}
      doneWord={t("copy.done")}
    />
  );
}

function Events({ id }: { id: string }) {
  const words = useWords();
  const { data, error } = useQuery(integrationLogQuery(id));
  if (error) return <Fault>{failureSentence(words, error)}</Fault>;
  if (!data) return null;
  if (data.data.length === 0) return <p className="empty">{words.t("integrations.events.none")}</p>;
  return (
    <ol className="log">
      {data.data.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the log has no ids, and is only read
        <li className="call" key={`${one.at}-${index}`}>
          <time dateTime={one.at} title={words.exact(one.at)}>
            {words.moment(one.at)}
          </time>
          <span>
            <EventWords outcome={one.outcome} detail={one.detail} />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What became of each alert of one call; anything else as it was kept. */
function EventWords({ outcome, detail }: { outcome: string; detail: Record<string, unknown> }) {
  const { find } = useWords();
  const results = Array.isArray(detail.results) ? (detail.results as Record<string, unknown>[]) : [];
  if (results.length === 0) {
    return (
      <>
        {find(`intake.${outcome}`) ?? outcome} <code className="muted">{JSON.stringify(detail)}</code>
      </>
    );
  }
  return results.slice(0, resultsMax).map((one) => {
    const because =
      typeof one.because === "string"
        ? (find(`reason.ignored.${one.because}`) ?? find(`reason.joined.${one.because}`))
        : null;
    return (
      <span key={String(one.key)} className="result">
        <code>{String(one.key)}</code>{" "}
        {[find(`intake.${String(one.became)}`) ?? String(one.became), because].filter(Boolean).join(", ")}
      </span>
    );
  });
}

/** One call of Alertmanager may carry hundreds. */
const resultsMax = 10;

function Making() {
  const words = useWords();
  const { t, language } = words;
  const make = useAddIntegration();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<(typeof kinds)[number]>("generic");
  const [service, setService] = useState("");
  const services = useQuery(servicesQuery()).data?.data ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending) return;
    make.mutate({ kind, name: name.trim(), service: service || null }, { onSuccess: () => setName("") });
  };
  return (
    <form className="making fields" onSubmit={submit}>
      <div className="two">
        <SelectField
          label={t("integrations.kind")}
          value={kind}
          onChange={(chosen) => setKind(chosen as typeof kind)}
          options={kinds.map((value) => ({ value, label: t(`integration.${value}`) }))}
        />
        <SelectField
          label={t("facts.service")}
          note={t("ui.optional")}
          value={service}
          onChange={setService}
          empty={t("service.none")}
          options={services.map((one) => ({ value: one.id, label: language === "fr" ? one.nameFr : one.nameEn }))}
        />
      </div>
      <TextField label={t("integrations.name")} value={name} onChange={setName} maxLength={200} required />
      {make.error && <Fault>{failureSentence(words, make.error)}</Fault>}
      <p>
        <button className="btn primary" type="submit" aria-disabled={make.isPending}>
          {t("integrations.make")}
        </button>
      </p>
      {make.data && <Key kind={make.data.kind} value={make.data.key} />}
    </form>
  );
}
