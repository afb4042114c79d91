/** Escalation policies: who is called, in which order, and how long each has to answer. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { builtInPolicy } from "#core/escalation/policy.ts";
import { AdminAct, ListFrame, Section, useOnCallTabs } from "../directory/frame.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { type Policy, policiesQuery } from "../directory/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { PolicyForm } from "./PolicyForm.tsx";
import { PolicySentences } from "./PolicySentences.tsx";
import { useTargetWords } from "./policy-for.ts";

export function PoliciesPage() {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(policiesQuery());
  const noDefault = data && !data.data.some((one) => one.default);
  return (
    <ListFrame
      title={t("policies.title")}
      tabs={useOnCallTabs()}
      act={<AdminAct word={t("policy.add")} form={(close) => <PolicyForm onClose={close} />} />}
    >
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data && data.data.length > 0 && (
        <table className="tbl people">
          <caption className="vh">{t("policies.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("policy.one")}</th>
              <th scope="col" className="roomy">
                {t("policy.steps")}
              </th>
              <th scope="col" className="roomy">
                {t("policy.used-by")}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.data.map((one) => (
              <PolicyLine key={one.id} policy={one} />
            ))}
          </tbody>
        </table>
      )}
      {noDefault && (
        <Section title={t("policy.built-in")} note={t("policy.built-in.note")}>
          <PolicySentences policy={builtInPolicy} />
        </Section>
      )}
    </ListFrame>
  );
}

function PolicyLine({ policy }: { policy: Policy }) {
  const { t, language, list } = useWords();
  const { services } = useNamed();
  const inWords = useTargetWords();
  const used = services.filter((one) => one.policy === policy.id).map((one) => nameIn(language, one));
  const steps = policy.steps.map((step) => list(step.targets.map(inWords))).join(" → ");
  return (
    <tr>
      <th scope="row">
        <Link to="/escalation-policies/$id" params={{ id: policy.id }}>
          {policy.name}
        </Link>
        {policy.default && <span className="chip">{t("policy.default")}</span>}
        <small className="tight muted">{steps}</small>
      </th>
      <td className="roomy">{steps}</td>
      <td className="roomy">
        {used.length > 0 ? list(used) : <span className="muted">{t("policy.used-by.none")}</span>}
      </td>
    </tr>
  );
}
