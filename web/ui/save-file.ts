/** Its address is read by the browser when it comes to it: taken back before, nothing is saved and nothing says so. */
const readWithinMs = 60_000;

/** Gives a text to the reader as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), readWithinMs);
}
