import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { AdminAct, ObjectFrame, Section } from "../directory/frame.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { policyQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { PolicyForm } from "./PolicyForm.tsx";
import { PolicySentences } from "./PolicySentences.tsx";

const route = getRouteApi("/shell/escalation-policies/$id");

export function PolicyPage() {
  const { t, language, hour } = useWords();
  const { id } = route.useParams();
  const { data: policy, dataUpdatedAt } = useSuspenseQuery(policyQuery(id));
  const { services } = useNamed();
  const used = services.filter((one) => one.policy === id);
  return (
    <ObjectFrame
      title={policy.name}
      note={policy.default && <span className="chip">{t("policy.default")}</span>}
      from={{ to: "/escalation-policies", word: t("policies.title") }}
      copied={{ page: `/escalation-policies/${id}`, api: `/api/v1/escalation-policies/${id}`, name: policy.name }}
      act={<AdminAct word={t("frame.change")} form={(close) => <PolicyForm policy={policy} onClose={close} />} />}
    >
      <div className="page sides wide-left">
        <div>
          <Section title={t("policy.calls")} note={t("policy.calls.note", { hour: hour(dataUpdatedAt) })}>
            <PolicySentences policy={policy} />
          </Section>
        </div>
        <div>
          <Section title={t("policy.used-by")}>
            {used.length === 0 && <p className="muted">{t("policy.used-by.none")}</p>}
            <ul className="lines">
              {used.map((one) => (
                <li key={one.id}>
                  <Link to="/services/$id" params={{ id: one.id }}>
                    {nameIn(language, one)}
                  </Link>
                </li>
              ))}
            </ul>
            {policy.default && <p className="muted">{t("policy.default.text")}</p>}
          </Section>
          <Section title={t("policy.frozen.title")}>
            <p className="muted">{t("policy.frozen")}</p>
          </Section>
        </div>
      </div>
    </ObjectFrame>
  );
}
