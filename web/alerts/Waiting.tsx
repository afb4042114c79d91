/** Why an alert calls nobody, in one line and at length. */
import type { PlacedAlert } from "#contract/alerts.ts";
import { useWords } from "../language/words.tsx";

type Said = NonNullable<PlacedAlert["waiting"]>;

export function WaitsFor({ waiting }: { waiting: Said }) {
  const { t } = useWords();
  const { seen, count, minutes, source } = waiting.values;
  const values = {
    name: waiting.rule.name,
    seen: Number(seen),
    count: Number(count),
    minutes: Number(minutes),
    source: String(source),
  };
  return <>{t(`alert.waits.${waiting.for}`, values)}</>;
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
