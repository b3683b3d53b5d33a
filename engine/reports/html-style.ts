/** The look of a saved report: the window's colours, readable in light, dark and on paper; no font, no image. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --canvas: light-dark(#fcfdfd, #14191c); --text: light-dark(#1b262c, #e7ecee);
  --soft: light-dark(#4f5c63, #a8b4ba); --line: light-dark(#dbe2e5, #333d42); --sunken: light-dark(#f1f5f6, #0f1315);
  --passed: light-dark(#14703a, #6fd695); --warned: light-dark(#8a5a00, #ebbd5e); --failed: light-dark(#b3261e, #ff9f94);
  --running: var(--soft); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 32px 24px 64px; background: var(--canvas); color: var(--text);
  font: 14px/1.5 Inter, system-ui, sans-serif; }
h1 { margin: 0 0 4px; font-size: 20px; } h2 { margin: 32px 0 8px; font-size: 15px; } h3 { margin: 0; font-size: 14px; }
p { margin: 4px 0; } code, pre, td.mono, dd { font-family: "JetBrains Mono", ui-monospace, monospace; font-size: 12px; }
.soft { color: var(--soft); } .passed { color: var(--passed); } .warned { color: var(--warned); }
.failed { color: var(--failed); } .skipped, .cancelled { color: var(--soft); }
.box { margin: 16px 0; padding: 12px 16px; border: 1px solid var(--line); border-left: 4px solid var(--failed); border-radius: 6px; }
.box h2 { margin-top: 0; color: var(--failed); } .box h3 { margin-top: 8px; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 2px 16px; margin: 8px 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
ol.stages { margin: 0; padding: 0; list-style: none; } ol.stages > li { padding: 8px 0; border-top: 1px solid var(--line); }
.line { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; } .line h3 { flex: 0 0 8rem; }
.line .word { flex: 0 0 7rem; } .line .note { flex: 1 1 16rem; color: var(--soft); }
.line .ms { color: var(--soft); font-variant-numeric: tabular-nums; }
li dl, li .warning { margin-left: 16px; } .warning { margin-top: 8px; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--soft); } td, th { padding: 2px 12px 2px 0; vertical-align: top; }
td { overflow-wrap: anywhere; } td.ms, th:first-child { text-align: right; padding-right: 16px; } td.ms { color: var(--soft); font-variant-numeric: tabular-nums; }
@media print { body { max-width: none; padding: 0; background: none; } ol.stages > li, tr { break-inside: avoid; } h2 { break-after: avoid; } }
`;
