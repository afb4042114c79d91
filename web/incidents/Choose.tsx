import type { IncidentView } from "#contract/shapes.ts";
import { useWords } from "../language/words.tsx";
import { shortNumber } from "./arrangement.ts";
import { choose, useChosen } from "./selection.ts";

/** The box that chooses an incident; with Shift held, all from the last one to this. */
export function Choose({ view }: { view: Pick<IncidentView, "id" | "number"> }) {
  const { t, year } = useWords();
  const chosen = useChosen(view.id);
  return (
    <label className="c-x">
      <input
        type="checkbox"
        data-choose
        checked={chosen}
        onChange={(event) => {
          const { shiftKey = false } = event.nativeEvent as MouseEvent;
          choose(view.id, event.target.checked, shiftKey);
        }}
      />
      <span className="vh">{t("bulk.choose", { number: shortNumber(view.number, year()) })}</span>
    </label>
  );
}
