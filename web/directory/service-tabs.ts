/** Pages about services, one beside the other. */
import { useImpactWords } from "../impact/words.ts";
import { useWords } from "../language/words.tsx";
import { useSupplierWords } from "../suppliers/words.ts";
import type { Tab } from "./frame.tsx";

export function useServiceTabs(): readonly Tab[] {
  const { t } = useWords();
  const { t: say } = useImpactWords();
  return [
    { to: "/services", word: t("services.title") },
    { to: "/vital-functions", word: say("vital.title") },
    { to: "/known-errors", word: t("known-errors.title") },
    { to: "/categories", word: t("categories.title") },
    { to: "/suppliers", word: useSupplierWords().t("title") },
  ];
}
