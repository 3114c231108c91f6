/** The style sheet of the page. */
export const style = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 16px; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
a { color: #0b5394; }
.statement { font-size: 1.05rem; } .source { color: #595959; white-space: nowrap; }
.source::before { content: "("; } .source::after { content: ")"; }
.summary { border-left: 4px solid; padding: 4px 12px; } .summary.passed { border-color: #00775a; } .summary.failed { border-color: #b33c00; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; }
th, td { padding: 3px 8px; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; font-weight: normal; }
thead th { border-bottom: 2px solid #1a1a1a; font-weight: 600; }
td { white-space: nowrap; } td.text { white-space: normal; min-width: 12em; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.failed td { background: #fbe6da; } tr.passed td:last-child { color: #00664d; } tr.failed td:last-child { color: #8f3000; font-weight: 600; }
.scroll { overflow-x: auto; }
.scroll th:last-child, .scroll td:last-child { position: sticky; right: 0; background: #fff; } .scroll tr.failed td:last-child { background: #fbe6da; }
figure { margin: 1rem 0; } figure svg { display: block; max-width: 100%; height: auto; }
figcaption, .origin { font-size: .9rem; color: #404040; } .narrow { display: none; }
details { margin: .5rem 0; } summary { cursor: pointer; padding: 6px 0; }
@media screen and (max-width: 740px) { .wide { display: none; } .narrow { display: block; } }
@media print { details::details-content { content-visibility: visible; block-size: auto; } body { font-size: 11pt; } main { max-width: none; padding: 0; } figure, tr { break-inside: avoid; } .scroll { overflow: visible; } }
`;
