/** A form that opens on what was begun says so, and can be emptied. */
import { useState } from "react";
import { useWords } from "../language/words.tsx";

type Props = { draft: object; empty?: object; onRestart: () => void };

export function Resumed({ draft, empty = {}, onRestart }: Props) {
  const { t } = useWords();
  const [resumed, setResumed] = useState(() => JSON.stringify(draft) !== JSON.stringify(empty));
  if (!resumed) return null;
  const restart = () => {
    onRestart();
    setResumed(false);
  };
  return (
    <p className="hint resumed">
      {t("kept.resumed")}{" "}
      <button className="link" type="button" onClick={restart}>
        {t("kept.restart")}
      </button>
    </p>
  );
}
