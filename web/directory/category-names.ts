/** Names of categories and of what incidents touch. Those that came with the product have short ones in the catalogue. */
import { useQuery } from "@tanstack/react-query";
import { useWords } from "../language/words.tsx";
import { categoriesQuery, domainsQuery } from "./queries.ts";

type Named = { readonly id: string; readonly nameFr: string; readonly nameEn: string };

export function useCategoryNames(): (id: string) => string {
  const { find, language } = useWords();
  const known = useQuery(categoriesQuery()).data?.data;
  return (id) => find(`category.${id}`) ?? nameOf(known, id, language);
}

/** `wanted`: whether there is any to name. */
export function useDomainNames(wanted: boolean): (id: string) => string {
  const { language } = useWords();
  const known = useQuery({ ...domainsQuery(), enabled: wanted }).data?.data;
  return (id) => nameOf(known, id, language);
}

function nameOf(known: readonly Named[] | undefined, id: string, language: "fr" | "en"): string {
  const one = known?.find((other) => other.id === id);
  return one ? (language === "fr" ? one.nameFr : one.nameEn) : id;
}
