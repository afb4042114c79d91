/** What several steps show: what is done, and lines to paste somewhere else. */
import type { ReactNode } from "react";
import { useState } from "react";
import { Icon } from "../ui/Icon.tsx";
import { useSetupWords } from "./words.ts";

export function Good({ children }: { children: ReactNode }) {
  return (
    <p className="good" role="status">
      <Icon name="check" />
      <span>{children}</span>
    </p>
  );
}

export function CopyButton({ value, what }: { value: string; what: string }) {
  const t = useSetupWords();
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setDone(true);
  };
  return (
    <button className="btn s" type="button" onClick={() => void copy()}>
      <span role="status">{t(done ? "copy.done" : "copy.open")}</span>
      <span className="vh"> {what}</span>
    </button>
  );
}

export function ToPaste({ label, code }: { label: string; code: string }) {
  return (
    <div className="to-paste">
      <p className="lab">
        <span>{label}</span>
        <CopyButton value={code} what={label} />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <pre className="code" tabIndex={0}>
        {code}
      </pre>
    </div>
  );
}
