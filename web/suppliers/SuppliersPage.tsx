/** Suppliers and partners: what each holds up, when they answer, and who of theirs is called first. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { DirectoryList } from "../directory/DirectoryList.tsx";
import { nameIn, useNamed } from "../directory/names.ts";
import { businessCalendarsQuery } from "../directory/queries.ts";
import { useServiceTabs } from "../directory/service-tabs.ts";
import { useWords } from "../language/words.tsx";
import { type SupplierView, suppliersQuery } from "./queries.ts";
import { SupplierForm } from "./SupplierForm.tsx";
import { useSupplierWords } from "./words.ts";
import "./suppliers.css";

export function SuppliersPage() {
  const { t: say } = useSupplierWords();
  return (
    <DirectoryList
      title={say("title")}
      tabs={useServiceTabs()}
      add={say("add")}
      keeper
      form={(close) => <SupplierForm onClose={close} />}
      none={say("none")}
      list={useQuery(suppliersQuery())}
      columns={[
        { word: say("one") },
        { word: say("column.services"), roomy: true },
        { word: say("column.hours"), roomy: true },
        { word: say("column.first"), roomy: true },
      ]}
      row={(one) => <Line key={one.id} one={one} />}
    />
  );
}

export function useHoursName(calendar: string | null): string {
  const { language } = useWords();
  const { t: say } = useSupplierWords();
  const found = (useQuery(businessCalendarsQuery()).data?.data ?? []).find(({ id }) => id === calendar);
  return calendar === null ? say("hours.always") : found ? nameIn(language, found) : calendar;
}

function Line({ one }: { one: SupplierView }) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  const { nameOf } = useNamed();
  const [first] = one.contacts;
  const hours = useHoursName(one.calendar);
  const services = words.list(one.services.map(nameOf));
  return (
    <tr>
      <th scope="row">
        <Link to="/suppliers/$id" params={{ id: one.id }}>
          {one.name}
        </Link>{" "}
        {one.retired && <span className="chip">{say("retired")}</span>}
        {one.kind === "partner" && <span className="chip">{say("kind.partner")}</span>}
        <small className="tight muted">{[services, hours].filter(Boolean).join(" · ")}</small>
      </th>
      <td className="roomy">{services || <span className="muted">{words.t("ui.none")}</span>}</td>
      <td className="roomy">{hours}</td>
      <td className="roomy">
        {first ? `${first.name} (${first.role})` : <span className="muted">{words.t("ui.nobody")}</span>}
      </td>
    </tr>
  );
}
