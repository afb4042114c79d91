import type { Check } from "#contract/account.ts";
import { checkWords } from "#languages/check-words.ts";
import { doctor } from "#languages/doctor.ts";
import type { Values } from "#languages/messages.ts";
import { useMessages } from "../language/use-messages.ts";
import { useWords } from "../language/words.tsx";
import { now } from "../ui/now.ts";

/** They arrive with the pages that show rows of the checklist. */
export const useDoctorWords = () => useMessages(doctor);

/** Title, detail and advice of a row, in the reader's words. */
export function useCheckWords() {
  const { find: known, locale, zone } = useWords();
  const { find: own } = useDoctorWords();
  const find = (id: string, values?: Values) => own(id, values) ?? known(id, values);
  return (check: Check) => checkWords(find, check, { locale, zone, now: now() });
}
