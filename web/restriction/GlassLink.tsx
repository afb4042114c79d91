/** Beside what is not there, for whoever might break the glass: the same whether it is not there or does not admit them. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { sfia8 } from "#core/directory/responsibility.ts";
import { meQuery } from "../account/queries.ts";
import { useRestrictionWords } from "./words.ts";

export function GlassLink() {
  const { t: say } = useRestrictionWords();
  const { data: me } = useSuspenseQuery(meQuery());
  const { number } = useParams({ strict: false });
  if ((me.level ?? 0) < sfia8.breaksGlassFrom) return null;
  return (
    <p className="page">
      <Link to="/break-glass" search={{ number }}>
        {say("glass.link")}
      </Link>
    </p>
  );
}
