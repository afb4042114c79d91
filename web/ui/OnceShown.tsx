/** A secret that will not be shown again, with the command that uses it. */
import { CopyButton } from "./CopyButton.tsx";

export function OnceShown({ title, code }: { title: string; code: string }) {
  return (
    <div className="once" role="status">
      <p>
        <strong>{title}</strong>
      </p>
      <pre className="code">{code}</pre>
      <CopyButton value={code} />
    </div>
  );
}
