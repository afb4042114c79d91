/** Escalation policies: who is called, in which order, and how long each has to answer. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { builtInPolicy } from "#core/escalation/policy.ts";
import { DirectoryList } from "../directory/DirectoryList.tsx";
import { Section, useOnCallTabs } from "../directory/frame.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { type Policy, policiesQuery } from "../directory/queries.ts";
import { useWords } from "../language/words.tsx";
import { PolicyForm } from "./PolicyForm.tsx";
import { PolicySentences } from "./PolicySentences.tsx";
import { PolicyWebhooks } from "./PolicyWebhooks.tsx";
import { useTargetWords } from "./policy-for.ts";

export function PoliciesPage() {
  const { t } = useWords();
  const list = useQuery(policiesQuery());
  const noDefault = list.data && !list.data.data.some((one) => one.default);
  return (
    <DirectoryList
      title={t("policies.title")}
      tabs={useOnCallTabs()}
      add={t("policy.add")}
      form={(close) => <PolicyForm onClose={close} />}
      list={list}
      columns={[
        { word: t("policy.one") },
        { word: t("policy.steps"), roomy: true },
        { word: t("policy.used-by"), roomy: true },
      ]}
      row={(one) => <PolicyLine key={one.id} policy={one} />}
    >
      {noDefault && (
        <Section title={t("policy.built-in")} note={t("policy.built-in.note")}>
          <PolicySentences policy={builtInPolicy} />
        </Section>
      )}
      <PolicyWebhooks />
    </DirectoryList>
  );
}

function PolicyLine({ policy }: { policy: Policy }) {
  const { t, language, list } = useWords();
  const { services } = useNamed();
  const inWords = useTargetWords({ short: true });
  const used = services.filter((one) => one.policy === policy.id).map((one) => nameIn(language, one));
  const steps = policy.steps
    .map(({ targets, inTurn }) => {
      const names = list(targets.map(inWords));
      return inTurn ? t("policy.in-turn.of", { names }) : names;
    })
    .join(" → ");
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
