/** One integration: how its sender is plugged in, what came of what it sent, its keys, and a test. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { FormPanel } from "../directory/FormPanel.tsx";
import { Fact, Facts, ObjectFrame, Section } from "../directory/frame.tsx";
import { nameIn } from "../directory/names.ts";
import { servicesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { usePolicyFor } from "../oncall/policy-for.ts";
import { MissingPage } from "../shell/FailedPage.tsx";
import { TextField } from "../ui/fields.tsx";
import { Reason } from "../ui/marks.tsx";
import { Events } from "./Events.tsx";
import { Keys } from "./Keys.tsx";
import { ServiceField } from "./Making.tsx";
import { MappingSection } from "./Mapping.tsx";
import { type Integration, integrationsQuery, useChangeIntegration } from "./queries.ts";
import { Senders } from "./Senders.tsx";
import { SignatureSection } from "./Signature.tsx";
import { Trial } from "./Trial.tsx";
import { useIntakeWords } from "./words.ts";
import "./intake.css";

const route = getRouteApi("/shell/integrations/$id");

export function IntegrationPage() {
  const { id } = route.useParams();
  const { data } = useSuspenseQuery(integrationsQuery());
  const one = data.data.find((each) => each.id === id);
  return one ? <Page one={one} /> : <MissingPage />;
}

function Page({ one }: { one: Integration }) {
  const { t, find } = useWords();
  const { id, name, kind } = one;
  return (
    <ObjectFrame
      title={name}
      note={find(`integration.${kind}`) ?? kind}
      from={{ to: "/integrations", word: t("shell.integrations") }}
      copied={{ page: `/integrations/${id}`, api: `/api/v1/integrations/${id}/events`, name }}
      act={
        <>
          <Trial one={one} />
          <Change one={one} />
        </>
      }
    >
      <div className="page sides">
        <div>
          <Senders one={one} />
          <Events id={id} />
        </div>
        <div>
          <What one={one} />
          <Keys id={id} />
          {kind === "alertmanager" && <SignatureSection one={one} />}
          {kind === "generic" && <MappingSection one={one} />}
        </div>
      </div>
    </ObjectFrame>
  );
}

function What({ one }: { one: Integration }) {
  const { t, find, language } = useWords();
  const { t: say } = useIntakeWords();
  const service = useQuery(servicesQuery()).data?.data.find(({ id }) => id === one.service) ?? null;
  const { policy, reasons } = usePolicyFor(service);
  return (
    <Section title={say("facts.title")}>
      <Facts>
        <Fact word={say("facts.kind")}>{find(`integration.${one.kind}`) ?? one.kind}</Fact>
        <Fact word={t("facts.service")}>
          {service === null ? (
            <span className="muted">{t("service.none")}</span>
          ) : (
            <Link to="/services/$id" params={{ id: service.id }}>
              {nameIn(language, service)}
            </Link>
          )}
        </Fact>
        <Fact word={say("facts.calls")}>
          {policy.id === "built-in" ? (
            t("policy.built-in")
          ) : (
            <Link to="/escalation-policies/$id" params={{ id: policy.id }}>
              {policy.name}
            </Link>
          )}
          <Reason label={t("ui.reason")}>
            {reasons.map((reason) => find(`reason.routing.${reason}`) ?? reason).join(t("ui.semicolon"))}
          </Reason>
        </Fact>
      </Facts>
    </Section>
  );
}

function Change({ one }: { one: Integration }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button className="btn s" type="button" onClick={() => setOpen(true)}>
        {t("frame.change")}
      </button>
      {open && <ChangeForm one={one} onClose={() => setOpen(false)} />}
    </>
  );
}

function ChangeForm({ one, onClose }: { one: Integration; onClose: () => void }) {
  const { t } = useWords();
  const { t: say } = useIntakeWords();
  const [name, setName] = useState(one.name);
  const [service, setService] = useState(one.service ?? "");
  return (
    <FormPanel
      title={say("change.title")}
      note={one.name}
      word={t("frame.save")}
      act={useChangeIntegration(one.id)}
      body={() => ({ name: name.trim(), service: service || null })}
      onClose={onClose}
    >
      <TextField label={t("integrations.name")} value={name} onChange={setName} maxLength={200} required first />
      <ServiceField value={service} onChange={setService} />
    </FormPanel>
  );
}
