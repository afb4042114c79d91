import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { boardQuery } from "../incidents/queries.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Fault } from "../ui/marks.tsx";
import { AdminAct, ListFrame } from "./frame.tsx";
import { nameIn, useNamed } from "./names.ts";
import { type Service, servicesQuery, vitalFunctionsQuery } from "./queries.ts";
import { ServiceForm } from "./ServiceForm.tsx";

export function ServicesPage() {
  const words = useWords();
  const { t } = words;
  const { data, error } = useQuery(servicesQuery());
  return (
    <ListFrame
      title={t("services.title")}
      act={<AdminAct word={t("service.add")} form={(close) => <ServiceForm onClose={close} />} />}
    >
      {error && <Fault>{failureSentence(words, error)}</Fault>}
      {data?.data.length === 0 && <p className="empty">{t("services.none")}</p>}
      {data && data.data.length > 0 && (
        <table className="tbl people">
          <caption className="vh">{t("services.title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("service.one")}</th>
              <th scope="col">{t("service.open")}</th>
              <th scope="col" className="roomy">
                {t("service.owner")}
              </th>
              <th scope="col" className="roomy">
                {t("service.policy")}
              </th>
              <th scope="col" className="roomy">
                {t("service.vital")}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.data.map((one) => (
              <ServiceLine key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      )}
    </ListFrame>
  );
}

function ServiceLine({ one }: { one: Service }) {
  const { t, language, list } = useWords();
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
        </Link>
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
