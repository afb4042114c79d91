import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useWords } from "../language/words.tsx";
import { Level } from "./PeoplePage.tsx";
import { peopleQuery } from "./queries.ts";

const namesMax = 6;

/** The first few names, and how many more. */
export function NameList({ ids }: { ids: readonly string[] }) {
  const { t, list } = useWords();
  const people = useQuery(peopleQuery()).data?.data ?? [];
  const names = people.filter((one) => ids.includes(one.id)).map((one) => one.name);
  if (ids.length === 0) return <span className="muted">{t("members.nobody")}</span>;
  const rest = names.length - namesMax;
  if (rest <= 1) return list(names);
  return t("members.more", { names: names.slice(0, namesMax).join(", "), count: rest });
}

/** Each with what they may do. */
export function Members({ ids }: { ids: readonly string[] }) {
  const { t } = useWords();
  const people = (useQuery(peopleQuery()).data?.data ?? []).filter((one) => ids.includes(one.id));
  if (ids.length === 0) return <p className="empty">{t("members.nobody.text")}</p>;
  return (
    <ul className="lines">
      {people
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map((one) => (
          <li key={one.id}>
            <span>
              <Link to="/people/$id" params={{ id: one.id }}>
                {one.name}
              </Link>
              {!one.active && <span className="chip">{t("people.inactive")}</span>}
              <small className="muted">{one.email}</small>
            </span>
            <span>
              <Level level={one.level} />
            </span>
          </li>
        ))}
    </ul>
  );
}
