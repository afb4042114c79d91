/** Whoever comes by the key that searches finds the field ready; whoever opens the address starts at the top, as anywhere. */
let byKey = false;

export function arriveByKey(): void {
  byKey = true;
}

export function cameByKey(): boolean {
  const came = byKey;
  byKey = false;
  return came;
}
