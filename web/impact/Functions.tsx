/** Vital functions that an incident hits: how long each may still be out, as a clock. */
import { minuteMs } from "#core/kernel/time.ts";
import { nameIn } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useSeconds } from "../ui/now.ts";
import type { FunctionView, ImpactView } from "./queries.ts";
import { useImpactWords } from "./words.ts";
import "../incidents/clocks.css";

export function Functions({ view }: { view: ImpactView }) {
  const { t: say } = useImpactWords();
  if (view.functions.length === 0) return null;
  return (
    <section className="clocks" aria-labelledby="vital-functions">
      <header>
        <h2 id="vital-functions">{say("functions")}</h2>
      </header>
      <ul>
        {view.functions.map((one) => (
          <Cell key={one.function.id} one={one} />
        ))}
      </ul>
      <Floor view={view} />
    </section>
  );
}

function Cell({ one }: { one: FunctionView }) {
  const words = useWords();
  const { t: say } = useImpactWords();
  const at = useSeconds();
  const { language } = words;
  const { since, endedAt, dueAt, tolerableMinutes, status } = one;
  const runs = since !== null && endedAt === null;
  const used = runs ? at - Date.parse(since) : 0;
  const length = (tolerableMinutes ?? 0) * minuteMs;
  const percent = length > 0 ? Math.floor((used / length) * 100) : 0;
  const late = runs && dueAt !== null && at >= Date.parse(dueAt);
  const tone = late ? "missed" : percent >= 75 ? "soon" : runs ? "" : "done";
  const name = nameIn(language, one.function);
  return (
    <li className={tone}>
      <h3>{name}</h3>
      <p className="rests">
        {late && <Icon name="fault" size={14} />}
        {runs && dueAt !== null
          ? late
            ? say("function.beyond", { length: words.lasting(at - Date.parse(dueAt)) })
            : say("function.left", { left: words.left(Date.parse(dueAt) - at) })
          : say(`function.${status}`)}
      </p>
      {runs && dueAt !== null && (
        <progress max={100} value={Math.min(100, percent)} aria-label={name}>
          {percent}
        </progress>
      )}
      {runs && (
        <p className="hint">
          {dueAt === null ? say("function.unsaid") : say("function.due", { until: words.phrase("until", dueAt) })}
        </p>
      )}
      {!runs && since !== null && endedAt !== null && (
        <p className="hint">
          {say("function.lasted", { length: words.lasting(Date.parse(endedAt) - Date.parse(since)) })}
        </p>
      )}
      <p className="hint">
        {[
          ...(length > 0 ? [say("function.of", { length: words.lasting(length) })] : []),
          say("function.by", { services: words.list(one.services.map((service) => nameIn(language, service))) }),
        ].join(" · ")}
      </p>
    </li>
  );
}

function Floor({ view }: { view: ImpactView }) {
  const { t, language } = useWords();
  const { t: say } = useImpactWords();
  const { floor } = view;
  if (floor === null) return null;
  const impact = t(`impact.${floor.impact}`).toLocaleLowerCase(language);
  return (
    <p className={floor.met ? "floor hint" : "floor"}>
      {!floor.met && <Icon name="up" size={14} />}
      <span>
        {say(`floor.${floor.because}`, { name: nameIn(language, floor.function), impact })}{" "}
        {say(floor.met ? "floor.met" : "floor.below")}
      </span>
    </p>
  );
}
