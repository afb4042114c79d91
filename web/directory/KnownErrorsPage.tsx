/** Known errors: what is wrong and not put right yet, which services show it, and what helps until it is. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { KnownErrorView } from "#contract/known-errors.ts";
import { workaroundIn } from "#core/directory/known-errors.ts";
import { meQuery } from "../account/queries.ts";
import { useWords } from "../language/words.tsx";
import { DirectoryList } from "./DirectoryList.tsx";
import { AdminAct, keeperLevel } from "./frame.tsx";
import { KnownErrorForm } from "./KnownErrorForm.tsx";
import { nameIn, useNamed } from "./names.ts";
import { knownErrorsQuery } from "./queries.ts";
import { useServiceTabs } from "./service-tabs.ts";

export function KnownErrorsPage() {
  const { t } = useWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const keeps = me.admin || (me.level ?? 0) >= keeperLevel;
  return (
    <DirectoryList
      title={t("known-errors.title")}
      tabs={useServiceTabs()}
      add={t("known-errors.add")}
      keeper
      form={(close) => <KnownErrorForm onClose={close} />}
      none={t("known-errors.none")}
      list={useQuery(knownErrorsQuery())}
      columns={[
        { word: t("known-errors.one") },
        { word: t("known-errors.services"), roomy: true },
        ...(keeps ? [{ word: t("known-errors.change") }] : []),
      ]}
      row={(one) => <Line key={one.id} one={one} keeps={keeps} />}
    />
  );
}

function Line({ one, keeps }: { one: KnownErrorView; keeps: boolean }) {
  const { t, language, list } = useWords();
  const { nameOf } = useNamed();
  const name = nameIn(language, one);
  const workaround = workaroundIn(one, language);
  const services = one.services.length === 0 ? t("known-errors.any") : list(one.services.map(nameOf));
  return (
    <tr>
      <th scope="row">
        <strong>{name}</strong> {one.retired && <span className="chip">{t("known-errors.retired")}</span>}
        <small className="tight muted">{services}</small>
        <p className="as-written" lang={workaround.language}>
          {workaround.text}
        </p>
      </th>
      <td className="roomy">{services}</td>
      {keeps && (
        <td>
          <AdminAct
            word={t("known-errors.change")}
            about={name}
            keeper
            form={(close) => <KnownErrorForm known={one} onClose={close} />}
          />
        </td>
      )}
    </tr>
  );
}
