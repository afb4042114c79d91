/** One supplier: what their contract promises, whom to call in which order, and what they kept on which incidents. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { minuteMs } from "#core/kernel/time.ts";
import { AdminAct, Fact, Facts, ObjectFrame, Section } from "../directory/frame.tsx";
import { useNamed } from "../directory/names.ts";
import { shortNumber } from "../incidents/arrangement.ts";
import { failureSentence } from "../language/sentences.ts";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/marks.tsx";
import { ClockLines } from "./ClockLines.tsx";
import { type SupplierReport, type SupplierView, supplierQuery, supplierReportQuery } from "./queries.ts";
import { SupplierForm } from "./SupplierForm.tsx";
import { useHoursName } from "./SuppliersPage.tsx";
import { useSupplierWords } from "./words.ts";
import "./suppliers.css";

const route = getRouteApi("/shell/suppliers/$id");

export function SupplierPage() {
  const { id } = route.useParams();
  const { data, error } = useQuery(supplierQuery(id));
  /* What is not there is said by the page that says so of every address. */
  if (error) throw error;
  return data ? <Whole id={id} supplier={data} /> : null;
}

function Whole({ id, supplier }: { id: string; supplier: SupplierView }) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  const { name, kind, contract, retired } = supplier;
  const report = useQuery(supplierReportQuery(id));
  return (
    <ObjectFrame
      title={name}
      note={[say(`kind.${kind}`), contract, retired && say("retired")].filter(Boolean).join(" · ")}
      from={{ to: "/suppliers", word: say("title") }}
      copied={{ page: `/suppliers/${id}`, api: `/api/v1/suppliers/${id}`, name }}
      act={
        <AdminAct
          word={words.t("frame.change")}
          keeper
          form={(close) => <SupplierForm supplier={supplier} onClose={close} />}
        />
      }
    >
      <div className="page sides">
        <div>
          <Targets supplier={supplier} />
          <Contacts supplier={supplier} />
          <About supplier={supplier} />
          <Known supplier={supplier} />
        </div>
        <div>
          {report.error && <Fault>{failureSentence(words, report.error)}</Fault>}
          {report.data && <Kept report={report.data} />}
          {report.data && <Engagements report={report.data} />}
        </div>
      </div>
    </ObjectFrame>
  );
}

function Targets({ supplier: { targets } }: { supplier: SupplierView }) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  return (
    <Section title={say("targets")}>
      {targets.length === 0 && <p className="muted">{say("targets.none")}</p>}
      <ul className="lines">
        {targets.map(({ clock, minutes, inHours, priorities }) => (
          <li key={`${clock} ${priorities?.join(" ")}`}>
            <span>{say("target.said", { clock, length: words.lasting(minutes * minuteMs), hours: inHours })}</span>
            <span className="muted">
              {priorities ? say("target.for", { list: priorities.join(", P") }) : say("target.all")}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Contacts({ supplier: { contacts } }: { supplier: SupplierView }) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  return (
    <Section title={say("contacts")}>
      {contacts.length === 0 && <p className="muted">{say("contacts.none")}</p>}
      <ol className="their-contacts">
        {contacts.map(({ name, role, email, phone, language, afterMinutes }, index) => (
          <li key={`${name} ${email} ${phone}`}>
            <b aria-hidden="true">{index + 1}</b>
            <div>
              <p>
                {name} <span className="muted">{role}</span>
              </p>
              <p className="muted">
                {index === 0
                  ? say("contact.first")
                  : say("contact.after.said", { length: words.lasting(afterMinutes * minuteMs) })}
                {" · "}
                {say("contact.reads", { language })}
              </p>
              <p className="reached">
                {email && <a href={`mailto:${email}`}>{email}</a>}
                {phone && <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function About({ supplier }: { supplier: SupplierView }) {
  const { t: say } = useSupplierWords();
  const { nameOf } = useNamed();
  const { services } = supplier;
  return (
    <Section title={say("services")}>
      <ul className="lines">
        {services.map((id) => (
          <li key={id}>
            <Link to="/services/$id" params={{ id }}>
              {nameOf(id)}
            </Link>
          </li>
        ))}
      </ul>
      {services.length === 0 && <p className="muted">{say("services.none")}</p>}
    </Section>
  );
}

function Known({ supplier }: { supplier: SupplierView }) {
  const { t: say } = useSupplierWords();
  const { language, contract, note } = supplier;
  return (
    <Section title={say("known")}>
      <Facts>
        <Fact word={say("hours")}>{useHoursName(supplier.calendar)}</Fact>
        <Fact word={say("language")}>{say(`language.${language}`)}</Fact>
        {contract && <Fact word={say("contract")}>{contract}</Fact>}
        {note && <Fact word={say("note")}>{note}</Fact>}
      </Facts>
    </Section>
  );
}

function Kept({ report: { counts } }: { report: SupplierReport }) {
  const { t: say } = useSupplierWords();
  return (
    <Section title={say("count.title")} note={say("count.asked", { count: counts.asked })}>
      <dl className="kept-counts">
        {(["respond", "restore"] as const).map((clock) => {
          const { met, missed, running } = counts[clock];
          const nothing = met + missed + running === 0;
          return (
            <div key={clock}>
              <dt>{say(`clock.${clock}`)}</dt>
              <dd>
                {nothing && <span className="muted">{say("count.nothing")}</span>}
                {!nothing && <b>{say("count.kept", { met })}</b>}
                {!nothing && <span className={missed > 0 ? "late" : "muted"}>{say("count.missed", { missed })}</span>}
                {running > 0 && <span className="muted">{say("count.running", { running })}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="hint">{say("count.hint")}</p>
    </Section>
  );
}

function Engagements({ report: { data } }: { report: SupplierReport }) {
  const { t: say } = useSupplierWords();
  const isOpen = ({ status }: SupplierReport["data"][number]) => status !== "declined" && status !== "closed";
  const parts = [
    ["report.open", data.filter(isOpen)] as const,
    ["report.past", data.filter((one) => !isOpen(one))] as const,
  ];
  return (
    <Section title={say("report")}>
      {data.length === 0 && <p className="muted">{say("report.none")}</p>}
      {parts.map(
        ([title, list]) =>
          list.length > 0 && (
            <div key={title}>
              <h3 className="lab">{say(title)}</h3>
              <Lines list={list.slice(0, shown)} />
              {list.length > shown && (
                <details className="disclose">
                  <summary>
                    <Icon name="chevron" size={12} />
                    {say("report.more", { count: list.length - shown })}
                  </summary>
                  <Lines list={list.slice(shown)} />
                </details>
              )}
            </div>
          ),
      )}
    </Section>
  );
}

/** The latest are read; the others are looked for. */
const shown = 5;

function Lines({ list }: { list: SupplierReport["data"] }) {
  return (
    <ul className="engagements">
      {list.map((one) => (
        <Line key={`${one.incident.id} ${one.number}`} one={one} />
      ))}
    </ul>
  );
}

function Line({ one }: { one: SupplierReport["data"][number] }) {
  const words = useWords();
  const { t: say } = useSupplierWords();
  const { incident, ticket, status, at, language, text } = one;
  return (
    <li>
      <p>
        <Link to="/incidents/$number" params={{ number: incident.number }}>
          {incident.title}
        </Link>{" "}
        <span className="id">{shortNumber(incident.number, words.year())}</span>
      </p>
      <p lang={language}>{text}</p>
      <p className="muted">{[say("status", { status }), ticket ?? say("ticket.none"), words.moment(at)].join(" · ")}</p>
      <ClockLines one={one} />
    </li>
  );
}
