/** Files in what was dropped or pasted. Text copied from a page or an office tool may come with a picture of itself: then
 *  the text is what is meant. */
export const holdsFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes("Files") ?? false;

export function filesIn(transfer: DataTransfer | null): File[] {
  if (!transfer || transfer.types.includes("text/plain")) return [];
  return [...transfer.files];
}
