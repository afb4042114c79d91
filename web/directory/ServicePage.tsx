/** One service: who holds it, what it holds up, whom its failure calls, and what is wrong with it now. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { meQuery } from "../account/queries.ts";
import { useImpactWords } from "../impact/words.ts";
import { boardQuery } from "../incidents/queries.ts";
import { integrationsQuery } from "../intake/queries.ts";
import { useWords } from "../language/words.tsx";
import { PolicySentences } from "../oncall/PolicySentences.tsx";
import { usePolicyFor } from "../oncall/policy-for.ts";
import { Reason } from "../ui/marks.tsx";
import { AdminAct, Fact, Facts, ObjectFrame, Section } from "./frame.tsx";
import { IncidentLines } from "./IncidentLines.tsx";
import { nameIn, useNamed } from "./names.ts";
import { type Service, serviceQuery, vitalFunctionsQuery } from "./queries.ts";
import { ServiceDependencies } from "./ServiceDependencies.tsx";
import { ServiceForm } from "./ServiceForm.tsx";

const route = getRouteApi("/shell/services/$id");

export function ServicePage() {
  const { t, language } = useWords();
  const { t: say } = useImpactWords();
  const { id } = route.useParams();
  const { data: service } = useSuspenseQuery(serviceQuery(id));
  const open = (useQuery(boardQuery()).data?.data ?? []).filter((one) => one.service?.id === id);
  const name = nameIn(language, service);
  const other = language === "fr" ? service.nameEn : service.nameFr;
  return (
    <ObjectFrame
      title={name}
      note={
        <>
          {other !== name && <span lang={language === "fr" ? "en" : "fr"}>{other}</span>}
          {service.retired && <span className="chip">{say("service.retired")}</span>}
        </>
      }
      from={{ to: "/services", word: t("services.title") }}
      copied={{ page: `/services/${id}`, api: `/api/v1/services/${id}`, name }}
      act={<AdminAct word={t("frame.change")} form={(close) => <ServiceForm service={service} onClose={close} />} />}
    >
      <div className="page sides">
        <div>
          <Calls service={service} />
          <ServiceDependencies service={service} />
        </div>
        <div>
          <Section title={t("service.open")}>
            <IncidentLines views={open} none={t("service.open.none")} />
          </Section>
          <Held service={service} />
          <Sources service={service} />
        </div>
      </div>
    </ObjectFrame>
  );
}

function Calls({ service }: { service: Service }) {
  const { t, find } = useWords();
  const { policy, reasons } = usePolicyFor(service);
  return (
    <Section title={t("service.calls")}>
      <p className="of-policy">
        {policy.id === "built-in" ? (
          <b>{t("policy.built-in")}</b>
        ) : (
          <Link to="/escalation-policies/$id" params={{ id: policy.id }}>
            {policy.name}
          </Link>
        )}
        <Reason label={t("ui.reason")}>
          {reasons.map((reason) => find(`reason.routing.${reason}`) ?? reason).join(t("ui.semicolon"))}
        </Reason>
      </p>
      <PolicySentences policy={policy} />
    </Section>
  );
}

function Held({ service }: { service: Service }) {
  const { t, language, list } = useWords();
  const aliases = [...service.aliases.fr, ...service.aliases.en];
  const { nameOf } = useNamed();
  const vital = (useQuery(vitalFunctionsQuery()).data?.data ?? []).filter((one) => service.vital.includes(one.id));
  return (
    <Section title={t("service.held")}>
      <Facts>
        <Fact word={t("service.owner")}>
          {service.owner === null ? (
            <span className="muted">{t("ui.nobody")}</span>
          ) : (
            <Link to="/people/$id" params={{ id: service.owner }}>
              {nameOf(service.owner)}
            </Link>
          )}
        </Fact>
        <Fact word={t("team.one")}>
          {service.team === null ? (
            <span className="muted">{t("ui.none")}</span>
          ) : (
            <Link to="/teams/$id" params={{ id: service.team }}>
              {nameOf(service.team)}
            </Link>
          )}
        </Fact>
        <Fact word={t("service.aliases")}>
          {aliases.length === 0 ? <span className="muted">{t("service.aliases.none")}</span> : list(aliases)}
        </Fact>
        <Fact word={t("service.holds-up")}>
          {vital.length === 0 && <span className="muted">{t("service.vital.none")}</span>}
          {vital.map((one) => (
            <span key={one.id} className="chip">
              {nameIn(language, one)}
            </span>
          ))}
        </Fact>
      </Facts>
    </Section>
  );
}

/** Only administrators may read the list of doors. */
function Sources({ service }: { service: Service }) {
  const { t, find } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const sources = (useQuery({ ...integrationsQuery(), enabled: me.admin }).data?.data ?? []).filter(
    (one) => one.service === service.id,
  );
  return (
    <Section title={t("service.sources")}>
      {sources.length === 0 && (
        <p className="muted">{t(me.admin ? "service.sources.none" : "service.sources.barred")}</p>
      )}
      <ul className="lines">
        {sources.map((one) => (
          <li key={one.id}>
            <Link to="/alerts" search={{ integration: one.id }}>
              {one.name}
            </Link>
            <span className="muted">{find(`integration.${one.kind}`) ?? one.kind}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
