/** What the pages about noise have in common: a list, and beside it what one adds. */
import type { ReactNode } from "react";
import "../intake/intake.css";
import "../directory/directory.css";
import "./noise.css";

type Props = { title: string; what: string; add: string; form: ReactNode; children: ReactNode };

export function NoiseFrame({ title, what, add, form, children }: Props) {
  return (
    <>
      <title>{`${title} · Tocsin`}</title>
      <div className="bar of-list">
        <h1>{title}</h1>
      </div>
      <div className="page plugged">
        <div>
          <p className="muted said-first">{what}</p>
          {children}
        </div>
        <section className="sec" aria-labelledby="adding">
          <h2 id="adding">{add}</h2>
          {form}
        </section>
      </div>
    </>
  );
}
