/** Marks whose meaning is the same on every page: priority, state, dial, reason. State is a word first, then a shape,
 *  then a colour. */
import type { ReactNode } from "react";
import type { Priority } from "#core/kernel/vocabulary.ts";
import { Icon } from "./Icon.tsx";

const shapes: Readonly<Record<Priority, ReactNode>> = {
  1: (
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M5 .8h6L15.200 5v6L11 15.200H5L.800 11V5zM7.100 4.300 5.400 5.500v1.700l1.500-.8v5.300h2V4.300z"
    />
  ),
  2: <path fill="currentColor" d="M8 1.200 15.400 14.600H.600z" />,
  3: (
    <>
      <path d="M8 1.200 14.800 8 8 14.800 1.200 8z" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 1.200V14.800L1.200 8z" fill="currentColor" />
    </>
  ),
  4: <circle cx="8" cy="8" r="5.800" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  5: <rect x="2" y="6.700" width="12" height="2.600" rx=".5" fill="currentColor" />,
};

/** In lists, P3 to P5 keep shape and word but lose the mass, so that mass follows gravity. */
export function PriorityBadge({ priority, word, list }: { priority: Priority; word: string; list?: boolean }) {
  const ink = list && priority > 2 ? " ink" : "";
  return (
    <span className={`prio p${priority}${ink}`}>
      <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true">
        {shapes[priority]}
      </svg>
      {word}
    </span>
  );
}

export const tickCount = 8;

/** The word over eight ticks, one for each step of the life cycle; green once the service is back. */
export function StateTicks({ word, step, done }: { word: string; step: number; done: boolean }) {
  return (
    <span className={done ? "state done" : "state"}>
      <span>{word}</span>
      {/* What was dismissed or merged stands at no step. */}
      {step > 0 && (
        <span className="ticks" aria-hidden="true">
          {Array.from({ length: tickCount }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the ticks are their position
            <i key={index} className={index + 1 === step ? "now" : index + 1 < step ? "on" : undefined} />
          ))}
        </span>
      )}
    </span>
  );
}

const turn = 2 * Math.PI * 8;

/** What is left of an interval, as a share of 1. */
export function Dial({ left, size = 20 }: { left: number; size?: number }) {
  const drawn = Math.max(0, Math.min(1, left)) * turn;
  return (
    <svg className="dial" width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <circle className="track" cx="10" cy="10" r="8" strokeWidth="2" />
      <circle
        className="left"
        cx="10"
        cy="10"
        r="8"
        strokeWidth="2"
        strokeDasharray={`${drawn.toFixed(1)} ${turn.toFixed(1)}`}
        transform="rotate(-90 10 10)"
      />
    </svg>
  );
}

/** Why the machine says so. */
export function Reason({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="reason">
      <svg width="11" height="11" viewBox="0 0 11 11" fill="currentColor" aria-hidden="true">
        <circle cx="2" cy="2.500" r="1.400" />
        <circle cx="9" cy="2.500" r="1.400" />
        <circle cx="5.500" cy="8.500" r="1.400" />
      </svg>
      <span>
        <span className="vh">{label}</span>
        {children}
      </span>
    </span>
  );
}

const intoSight = (one: HTMLElement | null): void => one?.scrollIntoView({ block: "nearest" });

/** `inSight`: of a form, whose foot would hide it. */
export function Fault({ children, id, inSight }: { children: ReactNode; id?: string; inSight?: boolean }) {
  return (
    <p className="error" id={id} role="alert" ref={inSight ? intoSight : undefined}>
      <Icon name="fault" size={14} />
      <span>{children}</span>
    </p>
  );
}
