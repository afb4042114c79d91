/** Puts a text on the clipboard, and says so. */
import { useState } from "react";
import { useWords } from "../language/words.tsx";

export function CopyButton({ value, what }: { value: string; what?: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState<string | null>(null);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(value);
  };
  return (
    <button className="btn s" type="button" onClick={() => void copy()}>
      <span role="status">{t(copied === value ? "copy.done" : "copy.open")}</span>
      {what && <span className="vh"> {what}</span>}
    </button>
  );
}
