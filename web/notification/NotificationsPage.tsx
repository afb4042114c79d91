/** How the reader is reached: by which ways, in which turns, and whether a test arrived. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useWords } from "../language/words.tsx";
import { Icon } from "../ui/Icon.tsx";
import { AddContactPoint } from "./AddContactPoint.tsx";
import { ContactPoint } from "./ContactPoint.tsx";
import { Quiet } from "./Quiet.tsx";
import { contactPointsQuery } from "./queries.ts";
import { TestCalls } from "./TestCalls.tsx";
import { Turns } from "./Turns.tsx";
import "../account/account.css";
import "./notification.css";

export function NotificationsPage() {
  const { t } = useWords();
  const { data } = useSuspenseQuery(contactPointsQuery());
  return (
    <>
      <title>{`${t("shell.notifications")} · Tocsin`}</title>
      <div className="bar">
        <h1>{t("shell.notifications")}</h1>
      </div>
      <div className="page beside">
        <div>
          <p className="limit">
            <Icon name="fault" size={14} />
            <span>{t("contact.limit")}</span>
          </p>
          <section className="sec" aria-labelledby="ways">
            <header>
              <h2 id="ways">{t("contact.ways")}</h2>
            </header>
            {data.data.length === 0 ? (
              <p className="empty">{t("contact.none")}</p>
            ) : (
              <ul className="contacts">
                {data.data.map((one) => (
                  <ContactPoint key={one.id} one={one} />
                ))}
              </ul>
            )}
          </section>
          <Turns points={data.data} />
          <Quiet />
          <TestCalls />
        </div>
        <section className="sec" aria-labelledby="add-way">
          <h2 id="add-way">{t("contact.add")}</h2>
          <p className="muted">{t("contact.add.what")}</p>
          <AddContactPoint />
        </section>
      </div>
    </>
  );
}
