/** The style sheet of the page. */
export const style = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 16px; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
a { color: #0b5394; } .file { white-space: nowrap; }
.statement { font-size: 1.05rem; } .source { color: #595959; white-space: nowrap; }
.source::before { content: "("; } .source::after { content: ")"; }
.summary { border-left: 4px solid; padding: 4px 12px; } .summary.passed { border-color: #00775a; } .summary.failed { border-color: #b33c00; }
.claims { list-style: none; padding: 0; } .claims li { padding: 2px 0; } .claims .verdict { display: inline-block; min-width: 4.5em; }
.verdict.passed { color: #00664d; } .verdict.failed { color: #8f3000; font-weight: 600; }
table { border-collapse: collapse; font-size: .85rem; width: 100%; }
th, td { padding: 3px 8px; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; font-weight: normal; }
thead th { border-bottom: 2px solid #1a1a1a; font-weight: 600; }
td { white-space: nowrap; } td.text { white-space: normal; min-width: 10em; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.failed td { background: #fbe6da; }
figure { margin: 1rem 0; } figure svg { display: block; max-width: 100%; height: auto; }
figcaption, .origin, .files { font-size: .9rem; color: #404040; } .narrow { display: none; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem; }
details { margin: .5rem 0; } summary { cursor: pointer; padding: 6px 0; }
@media screen and (max-width: 740px) { .wide { display: none; } .narrow { display: block; } }
@media screen and (min-width: 1001px) { .table { width: min(1180px, calc(100vw - 48px)); margin-left: 50%; transform: translateX(-50%); } }
@media screen and (max-width: 1000px) {
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
table, tbody, tr, tbody th, td { display: block; } tr { padding: 6px 0; border-bottom: 1px solid #1a1a1a; } tr.failed { background: #fbe6da; }
td, tbody th { border: 0; padding: 1px 8px; white-space: normal; } td, td.number { display: grid; grid-template-columns: 6.5em 1fr; gap: 8px; text-align: left; }
td::before { content: attr(data-label); color: #595959; }
}
@media print { details::details-content { content-visibility: visible; block-size: auto; } body { font-size: 11pt; } main { max-width: none; padding: 0; } table { font-size: 7pt; } td.text { min-width: 6em; } figure, tr { break-inside: avoid; } }
`;
