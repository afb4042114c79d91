/** Why this, why not, why here: each decision about an alert, in order, with the rule that made it. */
import { useQuery } from "@tanstack/react-query";
import type { TraceEntry } from "#contract/alerts.ts";
import { Section } from "../directory/frame.tsx";
import type { Words } from "../language/wording.ts";
import { useWords } from "../language/words.tsx";
import { traceQuery } from "./queries.ts";
import { waitsWords } from "./Waiting.tsx";

export function Trace({ id }: { id: string }) {
  const { t } = useWords();
  const { data } = useQuery(traceQuery(id));
  if (!data) return null;
  return (
    <Section title={t("trace.title")} note={t("trace.note")}>
      <ol className="trace">
        {data.data.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trace only grows, and two of its lines may be alike
          <Line key={index} entry={entry} />
        ))}
      </ol>
    </Section>
  );
}

function Line({ entry }: { entry: TraceEntry }) {
  const words = useWords();
  return (
    <li>
      <time dateTime={entry.at} title={words.exact(entry.at)}>
        {words.brief(entry.at)}
      </time>
      <p>
        {sentenceOf(entry, words)}
        {entry.rule && <small>{words.t("trace.rule", { name: entry.rule.name, version: entry.rule.version })}</small>}
      </p>
    </li>
  );
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function sentenceOf({ what, because, rule, values }: TraceEntry, words: Words): string {
  const { t, find, list } = words;
  const reason = (kind: string): string | null =>
    because === null ? null : (find(`reason.${kind}.${because}`) ?? because);
  switch (what) {
    case "received": {
      const group = text(values.group);
      return t("trace.received", { group: group?.startsWith("rule/") ? null : group });
    }
    case "waits":
      return t("trace.waits", { why: waitsWords({ for: because, rule, values }, words) });
    case "raised-by-hand":
      return t("trace.raised-by-hand", { name: text(values.name), reason: text(values.reason) });
    case "new-kind":
      return t("trace.new-kind", { kind: text(values.kind), asks: values.asks === true });
    case "placed":
      return find(`trace.placed.${because}`) ?? t("trace.placed");
    case "no-new-call":
      return (
        find(`trace.no-new-call.${because}`, { name: text(values.name) }) ??
        t("trace.no-new-call", { because: reason("stopped") })
      );
    case "routed": {
      const reasons = texts(values.reasons).map((one) => find(`reason.routing.${one}`) ?? one);
      return t("trace.routed", { policy: policyIn(values.policy, words), reasons: list(reasons) });
    }
    case "calls-begin":
      return t("trace.calls-begin", { reason: reason("started") });
    case "called":
      return t("trace.called", {
        name: text(values.name),
        channel: find(`channel.${String(values.channel)}`) ?? text(values.channel),
        reason: reason("reached"),
        schedule: text(values.schedule),
        silent: list(texts(values.silent)),
        held: find(`reason.held.${String(values.held)}`) ?? null,
        at: values.held ? words.moment(String(values.dueAt)) : null,
      });
    case "unreached":
      return t("trace.unreached", { step: Number(values.step) + 1, reason: reason("unreachable") });
    case "calls-stop":
      return t("trace.calls-stop", { because: reason("stopped") });
    case "accepted":
      return t("trace.accepted", { name: text(values.name) });
    default:
      return t(`trace.${what}`);
  }
}

/** The one that comes with Tocsin has no name of its own. */
function policyIn(policy: unknown, { find }: Words): string | null {
  const name = text(policy);
  return name === null ? null : (find(`policy.${name}`) ?? name);
}
