/** What a wall has room for, in its own unit: a title of a major incident takes two lines where it needs them, one of another
 *  incident where that hides no incident. */

type Titled = { readonly title: string };

/** Below the bar, above the foot, with the line that says how many more there are. */
export const roomUnits = 45;
export const plateUnits = { one: 10.6, two: 14 } as const;
export const rowUnits = { one: 5.3, two: 7.7 } as const;
/** In the narrowest wall that is not a phone; rather too few than too many. */
const plateChars = 48;

const heightOf = ({ title }: Titled): number => (title.length > plateChars ? plateUnits.two : plateUnits.one);

export function roomFor(
  majors: readonly Titled[],
  others: readonly Titled[],
): { readonly room: number; readonly tall: boolean } {
  const left = roomUnits - majors.reduce((sum, one) => sum + heightOf(one), 0);
  const tall = others.length * rowUnits.two <= left;
  return { tall, room: Math.max(0, Math.floor(left / (tall ? rowUnits.two : rowUnits.one))) };
}
