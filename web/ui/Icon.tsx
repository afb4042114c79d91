/** Line icons of one weight, drawn in place. Always beside a word, so always hidden from assistive technology. */
const paths = {
  list: "M2 3.5h12M2 8h12M2 12.5h7",
  key: "M7.200 8.800a3 3 0 1 1-4.240 4.240 3 3 0 0 1 4.240-4.240M7.200 8.800 13.200 2.800M10.800 5.200l2 2",
  plug: "M5.500 2v4M10.500 2v4M3.500 6h9v2.500a4.500 4.500 0 0 1-9 0zM8 13v2",
  pulse: "M1.500 8.500h3L6.500 3l3 10 2-4.500h3",
  people:
    "M8 7.500a2.600 2.600 0 1 0 0-5.200 2.600 2.600 0 0 0 0 5.200M2.800 13.800c.4-3 2.400-4.300 5.200-4.300s4.800 1.300 5.200 4.300",
  tray: "M2.500 9.500h3l1 2h3l1-2h3M2.500 9.500 4.500 3h7l2 6.500v4h-11z",
  book: "M4 2.500h8.500v11H4a1.200 1.200 0 0 1-1.200-1.200V3.700A1.200 1.200 0 0 1 4 2.500M2.800 11.500h9.700",
  bell: "M4 11V7.500a4 4 0 0 1 8 0V11l1.200 1.500H2.800zM6.800 14.500h2.400",
  "bell-off": "M4 11V7.500M6 4.040A4 4 0 0 1 12 7.500V11M2.800 12.500h10.400M6.800 14.500h2.400M2 2l12 12",
  clock: "M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12M8 4.500V8l2.500 1.500",
  calendar: "M2.500 4h11v9.500h-11zM2.500 7.200h11M5.500 2v3.500M10.500 2v3.500",
  nodes: "M6 2h4v3.500H6zM2 10.500h4V14H2zM10 10.500h4V14h-4zM8 5.500V8M4 10.500V8h8v2.500",
  plus: "M8 3v10M3 8h10",
  menu: "M2 4.500h12M2 8h12M2 11.500h12",
  search: "M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9M10.500 10.500 14 14",
  check: "M3 8.500 6.500 12 13 4.500",
  cross: "M4 4l8 8M12 4l-8 8",
  chevron: "M6 3.500 10.500 8 6 12.500",
  up: "M8 13V3M3.500 7.500 8 3l4.500 4.500",
  phone:
    "M3 2.500h3l1 3.200-1.700 1.200a8 8 0 0 0 3.800 3.800l1.200-1.700 3.200 1v3A1 1 0 0 1 12.500 14 11 11 0 0 1 2 3.500a1 1 0 0 1 1-1z",
  talk: "M2 3h12v8H7l-3 3v-3H2z",
  hand: "M5 8V3.500a1 1 0 0 1 2 0V7M7 7V2.500a1 1 0 0 1 2 0V7M9 7V3.500a1 1 0 0 1 2 0V8M11 8V5.500a1 1 0 0 1 2 0V10a4.500 4.500 0 0 1-8.500 2L2.500 8.800a1 1 0 0 1 1.700-1L5 9",
  link: "M6.500 9.500 9.500 6.500M7 4.500l1.500-1.500a3 3 0 0 1 4.500 4.500L11.500 9M9 11.500 7.500 13A3 3 0 0 1 3 8.500L4.500 7",
  pencil: "M2.500 13.500v-3l8-8 3 3-8 8zM9 4l3 3",
} as const;

export type IconName = keyof typeof paths | "dots" | "found" | "decision" | "small" | "fault" | "question";

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawn(name)}
    </svg>
  );
}

function drawn(name: IconName) {
  switch (name) {
    case "dots":
      return [3.5, 8, 12.5].map((x) => <circle key={x} cx={x} cy="8" r="1.2" fill="currentColor" stroke="none" />);
    case "found":
      return (
        <>
          <circle cx="8" cy="8" r="6" />
          <circle cx="8" cy="8" r="2" fill="currentColor" />
        </>
      );
    case "question":
      return <circle cx="8" cy="8" r="6" strokeDasharray="2.4 2.3" />;
    case "decision":
      return <path d="M8 1.500 14.500 8 8 14.500 1.500 8z" fill="currentColor" stroke="none" />;
    case "small":
      return <circle cx="8" cy="8" r="1.500" fill="currentColor" stroke="none" />;
    case "fault":
      return (
        <>
          <rect x="2" y="2" width="12" height="12" rx="1.5" fill="currentColor" stroke="none" />
          <path className="cut" d="M8 4.800v3.800M8 11.200v.1" />
        </>
      );
    default:
      return <path d={paths[name]} />;
  }
}

export function Mark() {
  return (
    <svg className="mark" width="22" height="22" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M1.500 2h21v3.200h-21z" />
      <path d="M12 6.700c3.600 0 5.300 2.300 5.300 5.500 0 2.600.9 4 3.200 5.300v1.700h-17v-1.700c2.300-1.300 3.200-2.700 3.200-5.300 0-3.200 1.700-5.500 5.300-5.500z" />
      <path className="clapper" d="M13.300 20.600h6.200a3.100 3.100 0 0 1-6.200 0z" />
    </svg>
  );
}
