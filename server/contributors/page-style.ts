/** Style of the pages of contributors, beside that of every page of the server's own. */
export const css = `
.hd{display:flex;align-items:center;gap:10px;padding:12px 16px;border-bottom:1px solid var(--line);font-size:.9375rem}
.hd b{overflow-wrap:anywhere}.hd .push{display:inline-flex;min-height:32px;align-items:center;padding-left:12px}
.ex{padding:8px 16px;background:var(--warn-line);color:#fff;font-weight:600;text-align:center}
.due{display:flex;gap:10px;align-items:baseline;padding:10px 16px;background:var(--raised);font-size:.9375rem}
.due small{font-size:.8125rem;color:var(--muted)}
.due b{margin-left:auto;white-space:nowrap;font-variant-numeric:tabular-nums}
.page main{display:flex;flex-direction:column;flex:1}
.bd{display:grid;gap:16px;flex:1;align-content:start;padding:20px 16px}
.bd h2{font-size:1.0625rem;font-weight:600;margin-bottom:4px}
.sm{font-size:.875rem;line-height:1.45;color:var(--muted)}
.who{display:grid;grid-template-columns:44px 1fr;gap:12px;align-items:center;line-height:1.35}
.who i{width:44px;height:44px;border-radius:50%;border:1px solid var(--line);background:var(--raised);display:grid;place-items:center;font-style:normal;font-weight:600;font-size:.9375rem}
.who small{font-size:.875rem;color:var(--muted)}
.why{white-space:pre-line;overflow-wrap:anywhere;border-left:3px solid var(--line);padding-left:12px;color:var(--muted)}
.saved{display:flex;gap:8px;align-items:center;font-size:.875rem}.saved svg{color:var(--ok)}
.ask{display:grid;gap:16px}
.opts{border:0;margin:0;padding:0;display:grid;gap:8px;min-width:0}
.opts legend{padding:0 0 12px}
.opts label{display:flex;gap:12px;align-items:center;min-height:56px;padding:8px 14px;border:1px solid var(--control);border-radius:8px;background:var(--surface);cursor:pointer;overflow-wrap:anywhere}
.opts input{width:20px;height:20px;flex:none;margin:0;accent-color:var(--accent)}
.opts label:has(:checked){border:2px solid var(--accent);padding:7px 13px;font-weight:600}
.f label,.up label{display:block;font-weight:600;margin-bottom:6px}
.f small{font-size:.8125rem;font-weight:400;color:var(--muted)}
.f input,.f textarea,.up input{display:block;width:100%;min-height:48px;padding:10px 12px;border:1px solid var(--control);border-radius:8px;background:var(--surface);color:var(--text)}
.f textarea{min-height:6rem;resize:vertical}
.up{display:grid;gap:8px;border:1px dashed var(--control);border-radius:8px;padding:14px;background:var(--surface)}
.up input{border:0;padding:10px 0;background:none}
.f1{display:flex;gap:12px;align-items:center;border:1px solid var(--line);border-bottom:4px solid var(--ok);border-radius:8px;padding:10px 14px;background:var(--surface)}
.f1 p{min-width:0;flex:1;overflow-wrap:anywhere}.f1 small{display:block;font-size:.875rem;color:var(--muted)}
.lk{min-height:44px;border:0;background:none;color:var(--accent);text-decoration:underline;text-underline-offset:.18em;cursor:pointer}
.dk{display:grid;gap:8px;padding:8px 16px 14px}
.two{display:flex;gap:8px}.two .btn{flex:1;font-size:.9375rem}
.chk{display:grid;border-top:1px solid var(--line)}
.chk div{padding:12px 0;border-bottom:1px solid var(--line)}
.chk dt{font-size:.875rem;color:var(--muted)}.chk dd{white-space:pre-line;overflow-wrap:anywhere;font-weight:600}
.ans{border-top:1px solid var(--line)}.ans li{padding:10px 0;border-bottom:1px solid var(--line);white-space:pre-line;overflow-wrap:anywhere}
.shd{display:grid;gap:8px;border-top:1px solid var(--line);padding-top:14px}.shd small{color:var(--muted)}
.shd li small{display:block;margin-top:4px;font-size:.8125rem;line-height:1.4}
.note h1{margin-bottom:0}.note p{margin-top:6px}
@media (max-width:420px){.two{display:grid}}
@media (min-width:900px){.page{margin:24px auto;min-height:auto;border:1px solid var(--line);border-radius:12px;overflow:hidden}.bd{padding:24px 28px}.dk{padding:8px 28px 20px}.hd,.due{padding-left:28px;padding-right:28px}.foot{padding-left:28px;padding-right:28px}}
`;
