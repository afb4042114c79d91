/** Vital business functions: who answers for each, how long it may be out, and which services support it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { minuteMs } from "#core/kernel/time.ts";
import { meQuery } from "../account/queries.ts";
import { useImpactWords } from "../impact/words.ts";
import { useWords } from "../language/words.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { AdminAct } from "./frame.tsx";
import { nameIn, useNamed } from "./names.ts";
import { servicesQuery, type VitalFunction, vitalFunctionsQuery } from "./queries.ts";
import { useServiceTabs } from "./service-tabs.ts";
import { VitalFunctionForm } from "./VitalFunctionForm.tsx";

export function VitalFunctionsPage() {
  const { t: say } = useImpactWords();
  const { data: me } = useSuspenseQuery(meQuery());
  return (
    <DirectoryList
      title={say("vital.title")}
      tabs={useServiceTabs()}
      add={say("vital.add")}
      form={(close) => <VitalFunctionForm onClose={close} />}
      none={say("vital.none")}
      list={useQuery(vitalFunctionsQuery())}
      columns={[
        { word: say("vital.one") },
        { word: say("vital.tolerable") },
        { word: say("vital.criticality"), roomy: true },
        { word: say("vital.owner"), roomy: true },
        { word: say("vital.services"), roomy: true },
        ...(me.admin ? [{ word: say("vital.change") }] : []),
      ]}
      row={(one) => <VitalLine key={one.id} one={one} mayChange={me.admin} />}
    />
  );
}

function VitalLine({ one, mayChange }: { one: VitalFunction; mayChange: boolean }) {
  const { t, language, lasting } = useWords();
  const { t: say } = useImpactWords();
  const { nameOf } = useNamed();
  const services = (useQuery(servicesQuery()).data?.data ?? []).filter(({ vital }) => vital.includes(one.id));
  const name = nameIn(language, one);
  return (
    <tr>
      <th scope="row">
        {name} {one.retired && <span className="chip">{say("vital.retired")}</span>}
      </th>
      <td>
        {one.tolerableMinutes === null ? (
          <span className="muted">{say("vital.tolerable.none")}</span>
        ) : (
          lasting(one.tolerableMinutes * minuteMs)
        )}
      </td>
      <td className="roomy">{say(`criticality.${one.criticality}`)}</td>
      <td className="roomy">
        {one.owner === null ? <span className="muted">{t("ui.nobody")}</span> : nameOf(one.owner)}
      </td>
      <td className="roomy">
        {services.length === 0 && <span className="muted">{say("vital.services.none")}</span>}
        {services.map((service, index) => (
          <span key={service.id}>
            {index > 0 && ", "}
            <Link to="/services/$id" params={{ id: service.id }}>
              {nameIn(language, service)}
            </Link>
          </span>
        ))}
      </td>
      {mayChange && (
        <td>
          <AdminAct
            word={say("vital.change")}
            about={name}
            form={(close) => <VitalFunctionForm vital={one} onClose={close} />}
          />
        </td>
      )}
    </tr>
  );
}
