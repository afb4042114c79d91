/** How incidents are handled, by category; and what they may touch, which is another question. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useWords } from "../language/words.tsx";
import { BusinessCalendars } from "./BusinessCalendars.tsx";
import { CategoryForm } from "./CategoryForm.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { DomainForm } from "./DomainForm.tsx";
import { AdminAct, Section } from "./frame.tsx";
import { nameIn } from "./names.ts";
import { categoriesQuery, domainsQuery } from "./queries.ts";
import { useServiceTabs } from "./service-tabs.ts";

export function CategoriesPage() {
  const { t, language, list } = useWords();
  return (
    <DirectoryList
      title={t("categories.title")}
      tabs={useServiceTabs()}
      add={t("category.add")}
      keeper
      form={(close) => <CategoryForm onClose={close} />}
      list={useQuery(categoriesQuery())}
      columns={[
        { word: t("category.one") },
        { word: t("category.keywords"), roomy: true },
        { word: t("category.version") },
      ]}
      row={(one) => (
        <tr key={one.id}>
          <th scope="row">
            <Link to="/categories/$id" params={{ id: one.id }}>
              {nameIn(language, one)}
            </Link>
            {one.retired && <span className="chip">{t("category.retired")}</span>}
          </th>
          <td className="roomy">{list(one.keywords[language].slice(0, keywordsMax))}</td>
          <td className="mono">{`${one.id}@${one.version}`}</td>
        </tr>
      )}
    >
      <Domains />
      <BusinessCalendars />
    </DirectoryList>
  );
}

const keywordsMax = 6;

function Domains() {
  const { t, language } = useWords();
  const domains = useQuery(domainsQuery()).data?.data ?? [];
  const taken = new Set(domains.map(({ id }) => id));
  return (
    <Section title={t("domains.title")} note={t("domains.note")}>
      <ul className="lines">
        {domains.map((one) => (
          <li key={one.id}>
            <span>
              {nameIn(language, one)} {one.retired && <span className="chip">{t("category.retired")}</span>}
            </span>
            <AdminAct
              word={t("frame.change")}
              about={nameIn(language, one)}
              keeper
              quiet
              form={(close) => <DomainForm domain={one} taken={taken} onClose={close} />}
            />
          </li>
        ))}
      </ul>
      <AdminAct word={t("domain.add")} keeper quiet form={(close) => <DomainForm taken={taken} onClose={close} />} />
    </Section>
  );
}
