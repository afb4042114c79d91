/** Suppliers called on, on the page of the incident: under what number they have it, how their clocks stand, what they say, whom to call
 *  next. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { IncidentView } from "#contract/shapes.ts";
import type { Engagements } from "#contract/suppliers.ts";
import { CommandButton } from "../incidents/CommandButton.tsx";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { useOneAtATime } from "../ui/one-at-a-time.ts";
import { ClockLines } from "./ClockLines.tsx";
import { type EngagementView, engagementsQuery, suppliersQuery, useCallNext, useClose } from "./queries.ts";
import { useSupplierWords } from "./words.ts";
import "./suppliers.css";
import { hasEnded } from "../incidents/arrangement.ts";

const CallPanel = lazy(() => import("./CallPanel.tsx").then((m) => ({ default: m.CallPanel })));
const AnswerPanel = lazy(() => import("./AnswerPanel.tsx").then((m) => ({ default: m.AnswerPanel })));
const AskPanel = lazy(() => import("../contributors/AskPanel.tsx").then((m) => ({ default: m.AskPanel })));

type Open = "call" | { readonly answer: EngagementView } | { readonly ask: EngagementView } | null;

const isOpen = ({ status }: EngagementView): boolean => status !== "declined" && status !== "closed";

export function IncidentSuppliers({ view }: { view: IncidentView }) {
  const { t: say } = useSupplierWords();
  const { data } = useQuery(engagementsQuery(view));
  const [open, setOpen] = useState<Open>(null);
  if (!data || (data.data.length === 0 && !data.may.engage)) return null;
  const close = () => setOpen(null);
  const [now, ended] = [data.data.filter(isOpen), data.data.filter((one) => !isOpen(one))];
  const line = (one: EngagementView) => <Line key={one.number} view={view} one={one} may={data.may} onOpen={setOpen} />;
  return (
    <section className="sec suppliers" aria-labelledby="suppliers">
      <header>
        <h2 id="suppliers">{say("incident.title")}</h2>
        {now.length > 0 && <small className="push">{say("incident.open", { count: now.length })}</small>}
      </header>
      {data.data.length === 0 && <p className="muted">{say("incident.none")}</p>}
      {now.length > 0 && <ul className="engagements">{now.map(line)}</ul>}
      {data.may.engage && (
        <p className="acts">
          <button className="btn s" type="button" onClick={() => setOpen("call")}>
            {say("call")}
          </button>
        </p>
      )}
      {ended.length > 0 && (
        <details className="disclose">
          <summary>
            <Icon name="chevron" size={12} />
            {say("ended", { count: ended.length })}
          </summary>
          <ul className="engagements">{ended.map(line)}</ul>
        </details>
      )}
      <Suspense fallback={null}>
        {open === "call" && <CallPanel view={view} onClose={close} />}
        {open !== null && open !== "call" && "answer" in open && (
          <AnswerPanel view={view} one={open.answer} onClose={close} />
        )}
        {open !== null && open !== "call" && "ask" in open && <Asking view={view} one={open.ask} onClose={close} />}
      </Suspense>
    </section>
  );
}

/** To whoever of theirs was called last. */
function Asking({ view, one, onClose }: { view: IncidentView; one: EngagementView; onClose: () => void }) {
  const supplier = (useQuery(suppliersQuery()).data?.data ?? []).find(({ id }) => id === one.supplier);
  const contact = supplier?.contacts[(one.calls.at(-1)?.order ?? 1) - 1];
  const { name = "", email = null, language = one.language } = contact ?? {};
  const of = { engagement: one.number, name, email: email ?? "", language };
  return <AskPanel key={name} view={view} like={null} of={of} onClose={onClose} />;
}

type LineProps = {
  view: IncidentView;
  one: EngagementView;
  may: Engagements["may"];
  onOpen: (open: Open) => void;
};

function Line({ view, one, may, onOpen }: LineProps) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  const { name, status, ticket, text, language, by, at, told, calls } = one;
  return (
    <li>
      <h3>
        <Link to="/suppliers/$id" params={{ id: one.supplier }}>
          {name}
        </Link>
        <span className={status === "asked" ? "chip" : "chip plain"}>{say("status", { status })}</span>
      </h3>
      <p className="ticket">
        {say("ticket")} {ticket === null ? <span className="muted">{say("ticket.none")}</span> : <b>{ticket}</b>}
        {ticket !== null && <CopyButton value={ticket} what={say("ticket.copy", { ticket })} />}
      </p>
      <ClockLines one={one} />
      <p lang={language}>{text}</p>
      <p className="muted" title={words.exact(at)}>
        {say("asked", { by: by.name, at: words.moment(at) })}
      </p>
      {told && (
        <div className="answer">
          <blockquote lang={language}>{told.text}</blockquote>
          <p className="muted">{say(told.byLink ? "told" : "told.desk", { by: told.by, at: words.moment(told.at) })}</p>
        </div>
      )}
      {calls.length > 0 && (
        <ul className="calls-made muted">
          {calls.map((call) => (
            <li key={call.order}>
              <Icon name={call.how === "phone" ? "phone" : "talk"} size={12} />
              {say("called.one", { contact: call.contact, role: call.role, how: call.how, at: words.moment(call.at) })}
              {call.barred && ` · ${say("called.barred")}`}
            </li>
          ))}
        </ul>
      )}
      {isOpen(one) && <Next view={view} one={one} may={may} />}
      {isOpen(one) && <Acts view={view} one={one} may={may} onOpen={onOpen} />}
      <Ground view={view} one={one} />
    </li>
  );
}

/** Called by whoever presses, never by itself. */
function Next({ view, one, may }: Omit<LineProps, "onOpen">) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  const callNext = useCallNext(view);
  const once = useOneAtATime();
  const { next, number } = one;
  if (!may.call || !next || (next.proposed === null && one.calls.length > 0)) return null;
  const press = (how: "letter" | "phone") => () => once(() => callNext.mutateAsync({ engagement: number, how }));
  return (
    <div className={next.proposed ? "ground" : undefined}>
      <p>{say("next", { because: next.proposed, name: next.name, role: next.role })}</p>
      <p className="acts">
        {next.email && (
          <button className="btn s" type="button" onClick={press("letter")}>
            {say("next.letter", { name: next.name })}
          </button>
        )}
        {next.phone && (
          <button className="btn s" type="button" onClick={press("phone")}>
            {say("next.phone", { phone: next.phone })}
          </button>
        )}
      </p>
      {callNext.error && <Fault>{failureSentence(words, callNext.error)}</Fault>}
    </div>
  );
}

function Acts({ view, one, may, onOpen }: LineProps) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  const close = useClose(view);
  const once = useOneAtATime();
  const about = <span className="vh"> {say("for", { name: one.name })}</span>;
  return (
    <>
      <p className="acts">
        {may.tell && (
          <button className="btn s" type="button" onClick={() => onOpen({ answer: one })}>
            {say("answer")}
            {about}
          </button>
        )}
        {may.call && (
          <button className="link" type="button" onClick={() => onOpen({ ask: one })}>
            {say("ask")}
            {about}
          </button>
        )}
        {may.close && (
          <button className="link" type="button" onClick={() => once(() => close.mutateAsync(one.number))}>
            {say("close")}
            {about}
          </button>
        )}
      </p>
      {close.error && <Fault>{failureSentence(words, close.error)}</Fault>}
    </>
  );
}

/** They say that it works; somebody of the desk decides. */
function Ground({ view, one }: Pick<LineProps, "view" | "one">) {
  const { t: say } = useSupplierWords();
  const over = hasEnded(view);
  if (one.status !== "restored" || view.milestones.restored !== undefined || over) return null;
  const said = one.told ? ` ${one.told.text}` : "";
  return (
    <div className="ground">
      <p>{say("ground", { name: one.name })}</p>
      <CommandButton
        view={view}
        command="declare-restored"
        className="btn s"
        start={{ text: say("ground.text", { name: one.name, said }) }}
      />
    </div>
  );
}
