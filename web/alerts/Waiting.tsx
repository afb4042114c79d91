/** Why an alert calls nobody, in one line and at length. */
import type { PlacedAlert } from "#contract/alerts.ts";
import type { Words } from "../language/wording.ts";
import { useWords } from "../language/words.tsx";

type Said = NonNullable<PlacedAlert["waiting"]>;
type Held = {
  readonly for: string | null;
  readonly rule: { readonly name: string } | null;
  readonly values: Readonly<Record<string, unknown>>;
};

export function waitsWords({ for: why, rule, values }: Held, { find }: Words): string {
  const { seen, count, minutes, source, integration } = values;
  const said = {
    name: rule?.name ?? "",
    seen: Number(seen),
    count: Number(count),
    minutes: Number(minutes),
    source: String(source),
    integration: typeof integration === "string" ? integration : null,
  };
  return find(`alert.waits.${why}`, said) ?? said.name;
}

export function WaitsFor({ waiting }: { waiting: Said }) {
  const words = useWords();
  return <>{waitsWords(waiting, words)}</>;
}

export function Waiting({ waiting, over }: { waiting: Said; over: boolean }) {
  const { t, phrase } = useWords();
  return (
    <>
      <p>
        <WaitsFor waiting={waiting} />
      </p>
      {!over && (
        <p className="muted">
          {waiting.until === null
            ? t("alert.waits.open-ended")
            : t("alert.waits.until", { when: phrase("at", waiting.until) })}
        </p>
      )}
    </>
  );
}
