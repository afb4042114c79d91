/** RFC 4180, with a mark that spreadsheets know UTF-8 by. A text that one of them would take for a formula is told apart. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string => {
    const safe = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
