/** What an integration's keys name. Two maps deep rather than one of joined names: a flood asks for each key many times, and
 *  a joined name would be made and hashed anew each time. */
export type ByKey<T> = Map<string, Map<string, T>>;

export const atKey = <T>(map: ByKey<T>, integrationId: string, key: string): T | undefined =>
  map.get(integrationId)?.get(key);

export function setAtKey<T>(map: ByKey<T>, integrationId: string, key: string, value: T): void {
  const known = map.get(integrationId);
  if (known) known.set(key, value);
  else map.set(integrationId, new Map([[key, value]]));
}
