/** In a hand an incident is as long as its story: its parts are one press away, in the order in which they stand. */
import { useWords } from "../language/words.tsx";

const parts = ["situation", "roles", "tasks", "timeline"] as const;
const places = { situation: "situation", roles: "roles", tasks: "tasks", timeline: "record" } as const;

export function InPage() {
  const { t } = useWords();
  return (
    <nav className="in-page" aria-label={t("in-page.title")}>
      {parts.map((one) => (
        <a key={one} href={`#${places[one]}`}>
          {t(`${one}.title`)}
        </a>
      ))}
    </nav>
  );
}
