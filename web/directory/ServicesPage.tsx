import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useImpactWords } from "../impact/words.ts";
import { boardQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { nameIn, useNamed } from "./names.ts";
import { type Service, servicesQuery, vitalFunctionsQuery } from "./queries.ts";
import { ServiceForm } from "./ServiceForm.tsx";
import { useServiceTabs } from "./service-tabs.ts";

export function ServicesPage() {
  const { t } = useWords();
  return (
    <DirectoryList
      title={t("services.title")}
      tabs={useServiceTabs()}
      add={t("service.add")}
      form={(close) => <ServiceForm onClose={close} />}
      none={t("services.none")}
      list={useQuery(servicesQuery())}
      columns={[
        { word: t("service.one") },
        { word: t("service.open") },
        { word: t("service.owner"), roomy: true },
        { word: t("service.policy"), roomy: true },
        { word: t("service.vital"), roomy: true },
      ]}
      row={(one) => <ServiceLine key={one.id} one={one} />}
    />
  );
}

function ServiceLine({ one }: { one: Service }) {
  const { t, language, list } = useWords();
  const { t: say } = useImpactWords();
  const { nameOf } = useNamed();
  const open = (useQuery(boardQuery()).data?.data ?? []).filter((view) => view.service?.id === one.id).length;
  const vital = (useQuery(vitalFunctionsQuery()).data?.data ?? []).filter((each) => one.vital.includes(each.id));
  const holders = [one.owner, one.team].filter((id) => id !== null).map(nameOf);
  const policy = one.policy === null ? t("service.policy.none") : nameOf(one.policy);
  return (
    <tr>
      <th scope="row">
        <Link to="/services/$id" params={{ id: one.id }}>
          {nameIn(language, one)}
        </Link>{" "}
        {one.retired && <span className="chip">{say("service.retired")}</span>}
        <small className="tight muted">{[...holders, policy].join(" · ")}</small>
      </th>
      <td>{open > 0 ? <b>{open}</b> : <span className="muted">0</span>}</td>
      <td className="roomy">
        {holders.length > 0 ? holders.join(" · ") : <span className="muted">{t("ui.nobody")}</span>}
      </td>
      <td className="roomy">{one.policy === null ? <span className="muted">{policy}</span> : policy}</td>
      <td className="roomy">{list(vital.map((each) => nameIn(language, each)))}</td>
    </tr>
  );
}
