/** The rows of the checklist, by what they are for: state, when it was last proved, and the step that puts it right. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Check } from "#contract/account.ts";
import type { Setup, SetupStep } from "#contract/setup.ts";
import { checkMarks } from "../checklist/marks.ts";
import { useCheckWords, useDoctorWords } from "../checklist/use-check-words.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { groupOf, groups, isProvable, stepOf } from "./steps.ts";
import { useSetupWords } from "./words.ts";

type Props = {
  checks: readonly Check[];
  setup: Setup;
  step: SetupStep | null;
  /** The open step, where there is no room beside: under the first of its rows that needs it. */
  below: ReactNode;
};

export function SetupList({ checks, setup, step, below }: Props) {
  const t = useSetupWords();
  const rows = checks.filter(isProvable);
  const ofStep = rows.filter((one) => step !== null && stepOf(one.id) === step);
  const holder = (ofStep.find((one) => one.state !== "ok") ?? ofStep[0])?.id;
  return (
    <section className="setup-list" aria-labelledby="points">
      <h2 className="vh" id="points">
        {t("setup.list")}
      </h2>
      {step === null && below}
      {groups.map((group) => {
        const of = rows.filter((one) => groupOf(one.id) === group);
        if (of.length === 0) return null;
        return (
          <div key={group} className="setup-group">
            <h3 id={`group-${group}`}>{t(`setup.group.${group}`)}</h3>
            <ul aria-labelledby={`group-${group}`}>
              {of.map((one) => (
                <Row key={one.id} one={one} setup={setup} open={one.id === holder}>
                  {one.id === holder ? below : null}
                </Row>
              ))}
            </ul>
          </div>
        );
      })}
      <p className="hint">
        {t("setup.checklist")} <code>tocsin doctor</code>
      </p>
    </section>
  );
}

type RowProps = { one: Check; setup: Setup; open: boolean; children: ReactNode };

/** What is in order takes one line; what is not says what to do, and offers to. */
function Row({ one, setup, open, children }: RowProps) {
  const { t: say } = useDoctorWords();
  const t = useSetupWords();
  const { title, detail, advice } = useCheckWords()(one);
  const step = stepOf(one.id);
  const good = one.state === "ok";
  const put = step !== null && !good && setup.skipped.includes(step);
  return (
    <li className={`setup-row ${one.state}`}>
      <span className="how">
        <Icon name={checkMarks[one.state]} size={14} />
        <b>{say(`doctor.state.${one.state}`)}</b>
      </span>
      <div className="what">
        <p>
          {good && step ? (
            <StepLink step={step} open={open}>
              {title}
            </StepLink>
          ) : (
            <b>{title}</b>
          )}
          {detail !== "" && <span className="muted"> {detail}</span>}
        </p>
        {advice && <p className="muted">{advice}</p>}
        {!good && (
          <p className="last">
            <Proved one={one} />
            {put && <> · {t("setup.skipped")}</>}
          </p>
        )}
      </div>
      {good ? (
        <p className="last">
          <Proved one={one} />
        </p>
      ) : (
        step !== null && (
          <StepLink step={step} open={open} button>
            {t(open ? "setup.open.current" : "setup.open")}
            <span className="vh">: {title}</span>
          </StepLink>
        )
      )}
      {children && <div className="setup-panel inside">{children}</div>}
    </li>
  );
}

function Proved({ one }: { one: Check }) {
  const { t: said, moment, exact } = useWords();
  const t = useSetupWords();
  if (!one.provedAt) return t("setup.never");
  return (
    <time dateTime={one.provedAt} title={exact(one.provedAt)}>
      {said("checklist.proved", { at: moment(one.provedAt) })}
    </time>
  );
}

type StepLinkProps = { step: SetupStep; open: boolean; button?: boolean; children: ReactNode };

function StepLink({ step, open, button, children }: StepLinkProps) {
  return (
    <Link
      className={button ? "btn s" : undefined}
      to="/setup"
      search={{ step }}
      replace
      resetScroll={false}
      aria-current={open ? "step" : undefined}
    >
      {children}
    </Link>
  );
}
