/** A mark of its own: as the incident, or stricter. */
import { type Tlp, tlps } from "#core/kernel/vocabulary.ts";
import { isStricter } from "#core/security/tlp.ts";
import { errorAt } from "../directory/FormPanel.tsx";
import { useWords } from "../language/words.tsx";
import { SelectField } from "../ui/fields.tsx";
import type { Part } from "./ActPanel.tsx";
import { useSecurityWords } from "./words.ts";

export const tlpWords = {
  clear: "tlp.clear",
  green: "tlp.green",
  amber: "tlp.amber",
  "amber+strict": "tlp.amber-strict",
  red: "tlp.red",
} as const satisfies Record<Tlp, string>;

export function MarkField({ view, draft, put, error, first = false }: Part & { first?: boolean }) {
  const { t } = useWords();
  const { t: say } = useSecurityWords();
  const offered = tlps.filter((one) => isStricter(one, view.tlp));
  return (
    <SelectField
      label={say("field.tlp")}
      value={draft.tlp ?? ""}
      onChange={(tlp) => put({ tlp })}
      empty={say("field.tlp.same")}
      options={offered.map((one) => ({ value: one, label: t(tlpWords[one]) }))}
      error={errorAt(error, "/tlp")}
      first={first}
    />
  );
}
