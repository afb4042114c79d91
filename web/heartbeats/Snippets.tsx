/** What a job is given to paste, with its address while that is known. */
import { CopyButton } from "../ui/CopyButton.tsx";
import { snippets } from "./snippets.ts";
import { useHeartbeatWords } from "./words.ts";

export function Address({ name, value }: { name: string; value: string }) {
  const { t: say } = useHeartbeatWords();
  const address = `${location.origin}/heartbeat/${value}`;
  return (
    <div className="fresh-key" role="status">
      <h3>{say("once", { name })}</h3>
      <p>
        <code>{address}</code>
        <CopyButton value={address} what={say("once", { name })} />
      </p>
      <p className="muted">{say("once.note")}</p>
      <Snippets address={address} />
    </div>
  );
}

export function Snippets({ address }: { address: string }) {
  const { t: say } = useHeartbeatWords();
  return (
    <>
      {snippets.map(([name, of]) => (
        <div className="pasted" key={name}>
          <h3>{say(`snippet.${name}`)}</h3>
          <CopyButton value={of(address)} what={say(`snippet.${name}`)} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
          <pre className="code" tabIndex={0}>
            {of(address)}
          </pre>
        </div>
      ))}
    </>
  );
}
