/** A policy as sentences against its minutes, with who each of them would reach now. */
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { aboutNothing } from "#core/escalation/conditions.ts";
import { type Policy, type Step, type Target, unmetIn } from "#core/escalation/policy.ts";
import { minuteMs } from "#core/kernel/time.ts";
import { useNamed } from "../directory/names.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useMinutes } from "../ui/now.ts";
import { useConditionWords } from "./condition-words.ts";
import { useReach, useTargetWords } from "./policy-for.ts";
import { drawn } from "./ruler.ts";
import "./oncall.css";

export function PolicySentences({ policy }: { policy: Policy }) {
  const { t, hour, list } = useWords();
  const conditions = useConditionWords();
  const now = useMinutes();
  const waits = policy.steps.map((step) => (onlyPosts(step) ? 0 : step.timeoutMinutes));
  const marks = drawn(waits);
  const total = waits.reduce((sum, minutes) => sum + minutes, 0);
  return (
    <ol className="sentences" aria-label={t("policy.steps")}>
      {policy.steps.map((step, index) => {
        const mark = marks[index];
        if (!mark) return null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <li key={index} style={{ minHeight: mark.heightPx }}>
            <div>
              <p className="sentence">
                <b>{mark.at === 0 ? t("policy.at-once") : t("policy.after", { minutes: mark.at })}</b>{" "}
                {step.when && t("policy.when.clauses", { clauses: list(conditions(step.when)) })} <Says step={step} />
              </p>
              <ReachedNow policy={policy} step={step} at={now + mark.at * minuteMs} />
            </div>
            <Minutes minutes={mark.at} hour={hour(now + mark.at * minuteMs)} mark={mark} />
          </li>
        );
      })}
      <li className="end">
        <div>
          <p className="sentence">
            <b>{t("policy.after", { minutes: total })}</b>{" "}
            {policy.repeat > 0 ? t("policy.again", { count: policy.repeat }) : t("policy.ends")}
          </p>
          {policy.repeat > 0 && (
            <p className="muted when">{t("policy.ends-after", { minutes: total * (policy.repeat + 1) })}</p>
          )}
        </div>
        <Minutes minutes={total} hour={hour(now + total * minuteMs)} />
      </li>
      {policy.actWithinMinutes && <li className="note">{t("policy.acts", { minutes: policy.actWithinMinutes })}</li>}
      {policy.zone && policy.steps.some(({ when }) => when?.hours) && (
        <li className="note muted">{t("policy.when.zone", { zone: policy.zone })}</li>
      )}
    </ol>
  );
}

const isWebhook = ({ kind }: Target): boolean => kind === "webhook";
/** It wakes nobody, and is not waited for. */
const onlyPosts = ({ targets }: Step): boolean => targets.every(isWebhook);

/** Whom it calls, and what it posts to. */
function Says({ step }: { step: Step }) {
  const { t, list } = useWords();
  const words = useTargetWords();
  const names = list(step.targets.filter(isWebhook).map(words));
  if (onlyPosts(step)) return t("policy.post", { names });
  return (
    <>
      {t(step.inTurn ? "policy.call.in-turn" : "policy.call")}{" "}
      <Targets targets={step.targets.filter((one) => !isWebhook(one))} />
      {step.acknowledgements && step.acknowledgements > 1
        ? t("policy.until-accepted", { count: step.acknowledgements })
        : t("policy.stop")}
      {names && ` ${t("policy.and-post", { names })}`}
    </>
  );
}

type MinutesProps = { minutes: number; hour: string; mark?: { markPx: number; toScale: boolean } };

/** A ruler for the eye; what it says is in the sentence. */
function Minutes({ minutes, hour, mark }: MinutesProps) {
  const marks = mark && { backgroundSize: `6px ${mark.markPx}px` };
  return (
    <div className={mark && !mark.toScale ? "ruler loose" : "ruler"} aria-hidden="true" style={marks}>
      <b>{minutes}</b>
      <span>{hour}</span>
    </div>
  );
}

export function Targets({ targets }: { targets: readonly Target[] }) {
  const { t } = useWords();
  return targets.map((target, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a target is its place
    <Fragment key={index}>
      {index > 0 && (index === targets.length - 1 ? ` ${t("policy.and")} ` : ", ")}
      <TargetName target={target} />
    </Fragment>
  ));
}

function TargetName({ target }: { target: Target }): ReactNode {
  const words = useTargetWords()(target);
  switch (target.kind) {
    case "person":
      return (
        <Link to="/people/$id" params={{ id: target.id }}>
          {words}
        </Link>
      );
    case "team":
      return (
        <Link to="/teams/$id" params={{ id: target.id }}>
          {words}
        </Link>
      );
    case "function":
      return (
        <Link to="/functions/$id" params={{ id: target.id }}>
          {words}
        </Link>
      );
    case "schedule":
      return (
        <Link to="/schedules/$id" params={{ id: target.id }}>
          {words}
        </Link>
      );
    default:
      return <strong>{words}</strong>;
  }
}

/** Who the targets are at that moment, and who they are not. */
function ReachedNow({ policy, step, at }: { policy: Policy; step: Step; at: number }) {
  const { t, phrase } = useWords();
  const { nameOf, read } = useNamed();
  const { reached, unreached } = useReach(at)(step.targets);
  /* What has not been read yet is not gone. */
  if (!read) return null;
  if (unmetIn(policy, step, aboutNothing, at).includes("hours"))
    return <p className="muted when">{t("policy.passed-now")}</p>;
  if (reached.length + unreached.length === 0) return null;
  return (
    <ul className="reach">
      {step.inTurn && reached.length > 1 && <li className="muted">{t("policy.one-of-them")}</li>}
      {reached.map((one) => (
        <li key={one.personId}>
          <Icon name="check" size={13} />
          <span>
            {nameOf(one.personId)}{" "}
            <span className="muted">
              {[t(`reason.reached.${one.reason}`), one.until && phrase("until", one.until)].filter(Boolean).join(", ")}
            </span>
          </span>
        </li>
      ))}
      {unreached.map((one) => (
        <li key={`${one.target} ${one.reason}`} className="nobody">
          <Icon name="fault" size={13} />
          <span>
            <b>{t("ui.nobody")}</b>{" "}
            <span className="muted">
              {one.target === "administrators"
                ? t(`reason.unreachable.${one.reason}`)
                : t("policy.unreached", { target: one.target, why: t(`reason.unreachable.${one.reason}`) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
