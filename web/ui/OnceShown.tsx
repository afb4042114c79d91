/** A secret that will not be shown again, with the command that uses it. */
import { useState } from "react";

type Props = { title: string; code: string; copyWord: string; doneWord: string };

export function OnceShown({ title, code, copyWord, doneWord }: Props) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setDone(true);
  };
  return (
    <div className="once" role="status">
      <p>
        <strong>{title}</strong>
      </p>
      <pre className="code">{code}</pre>
      <button className="btn s" type="button" onClick={() => void copy()}>
        {done ? doneWord : copyWord}
      </button>
    </div>
  );
}
