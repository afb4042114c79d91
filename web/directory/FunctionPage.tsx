/** One duty function: who holds it, and what is assigned to it. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { boardQuery } from "../incidents/queries.ts";
import { useWords } from "../language/words.tsx";
import { FunctionForm } from "./FunctionForm.tsx";
import { AdminAct, ObjectFrame, Section } from "./frame.tsx";
import { IncidentLines } from "./IncidentLines.tsx";
import { Members } from "./NameList.tsx";
import { nameIn } from "./names.ts";
import { functionQuery } from "./queries.ts";

const route = getRouteApi("/shell/functions/$id");

export function FunctionPage() {
  const { t, language } = useWords();
  const { id } = route.useParams();
  const { data: duty } = useSuspenseQuery(functionQuery(id));
  const open = (useQuery(boardQuery()).data?.data ?? []).filter((one) => one.assigned?.id === id);
  const name = nameIn(language, duty);
  const other = language === "fr" ? duty.nameEn : duty.nameFr;
  return (
    <ObjectFrame
      title={name}
      note={other !== name && <span lang={language === "fr" ? "en" : "fr"}>{other}</span>}
      from={{ to: "/functions", word: t("functions.title") }}
      copied={{ page: `/functions/${id}`, api: `/api/v1/functions/${id}`, name }}
      act={<AdminAct word={t("frame.change")} form={(close) => <FunctionForm duty={duty} onClose={close} />} />}
    >
      <div className="page sides">
        <div>
          <Section title={t("function.members")}>
            <Members ids={duty.members} />
          </Section>
        </div>
        <div>
          <Section title={t("function.open")}>
            <IncidentLines views={open} none={t("team.open.none")} />
          </Section>
        </div>
      </div>
    </ObjectFrame>
  );
}
