/** What a pause of the clocks asks: what is waited for, of those that the categories allow, and until when. */
import { useQuery } from "@tanstack/react-query";
import type { IncidentView } from "#contract/shapes.ts";
import { minuteMs } from "#core/kernel/time.ts";
import { useWords } from "../language/words.tsx";
import { SelectField, TextField } from "../ui/fields.tsx";
import type { Draft } from "./command-forms.ts";
import { clocksQuery } from "./queries.ts";
import { zonedInstant } from "./zoned-instant.ts";

type Props = { view: IncidentView; label: string; draft: Draft; set: (part: Draft) => void; first?: boolean };

export function PauseField({ view, label, draft, set, first = false }: Props) {
  const words = useWords();
  const { t } = words;
  const pauses = useQuery(clocksQuery(view)).data?.pauses ?? [];
  return (
    <SelectField
      label={label}
      value={String(draft.pause ?? "")}
      onChange={(pause) => set({ pause })}
      empty={t("form.choose")}
      options={pauses
        .filter(({ leftMinutes }) => leftMinutes > 0)
        .map(({ id, name, leftMinutes }) => ({
          value: id,
          label: t("form.pause.left", { name, length: words.lasting(leftMinutes * minuteMs) }),
        }))}
      first={first}
      required
    />
  );
}

/** Written on the wall clock, sent as an instant. */
export function UntilField({ label, draft, set }: Props) {
  const { t, zone } = useWords();
  return (
    <TextField
      label={label}
      note={t("ui.optional")}
      hint={t("form.pause-clock.until.hint", { zone })}
      type="datetime-local"
      value={String(draft.untilWall ?? "")}
      onChange={(untilWall) => set({ untilWall, until: zonedInstant(untilWall, zone) ?? "" })}
    />
  );
}
