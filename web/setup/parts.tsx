/** What several steps show: what is done, and lines to paste somewhere else. */
import type { ReactNode } from "react";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";

export function Good({ children }: { children: ReactNode }) {
  return (
    <p className="good" role="status">
      <Icon name="check" />
      <span>{children}</span>
    </p>
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
