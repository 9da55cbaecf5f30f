/** Style of the printed page: no fonts, images or scripts from anywhere. */
export const reportStyle = `
:root{color-scheme:light;--ink:#1b1b1b;--dim:#5d5a52;--line:#d9d4c7;--paper:#fffdf8;--accent:#7a2e1f}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 Georgia,'Times New Roman',serif}
main{max-width:1200px;margin:0 auto;padding:34px 20px 80px}
header{border-top:6px solid var(--ink);padding-top:18px;margin-bottom:26px}
h1{font-size:clamp(30px,5vw,46px);line-height:1.1;margin:0 0 10px;overflow-wrap:anywhere}
h2{font-size:25px;margin:46px 0 10px;border-top:1px solid var(--ink);padding-top:12px}
h3{font-size:18px;margin:22px 0 6px}
.kicker,.meta,caption,th,figcaption,svg text,.roles td,.small,nav{font-family:system-ui,-apple-system,'Segoe UI',sans-serif}
.kicker{text-transform:uppercase;letter-spacing:.09em;font-size:13px;color:var(--accent);font-weight:700;margin:0 0 8px}
.meta{color:var(--dim);font-size:14px;margin:0}
.lede{font-size:21px;line-height:1.45;max-width:44em}
ol.findings{padding-left:1.5em;max-width:48em}
ol.findings li{margin:0 0 10px}
.method{display:block;color:var(--dim);font-size:14px;font-style:italic}
sup a{color:var(--accent);text-decoration:none;font-family:system-ui,sans-serif;font-size:.78em;padding:0 1px}
figure{margin:18px 0}svg{width:100%;height:auto;display:block}
svg text{font-size:12px;fill:var(--ink)}svg text.dim{font-size:11px;fill:var(--dim)}svg text.big{font-size:15px}svg text.mark{font-size:11.5px;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
figcaption{font-size:13px;color:var(--dim);margin-top:8px}
.key{display:inline-block;width:16px;height:7px;margin-left:8px}.key.full{background:#6b8f71}.key.gap,.key.none{background:#e3ded2}.key.cap{background:#d9a441}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14.5px;font-family:system-ui,sans-serif;margin:8px 0}
caption{text-align:left;color:var(--dim);font-size:13px;padding-bottom:4px}
th{text-align:left;border-bottom:2px solid var(--ink);padding:5px 10px 5px 0;font-size:13px;white-space:nowrap}
td{border-bottom:1px solid var(--line);padding:5px 10px 5px 0;vertical-align:top;overflow-wrap:anywhere;min-width:4.5em}
td:first-child{white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{display:inline-block;height:9px;background:#b9b19c;position:relative;width:90px;vertical-align:middle}.bar i{position:absolute;top:0;bottom:0;background:var(--accent);opacity:.55}.bar b{position:absolute;top:-2px;bottom:-2px;width:2px;background:var(--ink)}
.no{color:var(--dim)}
ol.evidence{padding-left:2.6em;font-size:15px}ol.evidence li{margin:0 0 14px}
ol.evidence .what{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid var(--line);padding-left:12px;margin:4px 0}
.small{font-size:13px;color:var(--dim)}
nav a{color:var(--accent);margin-right:14px;font-size:14px}
@media(max-width:700px){body{font-size:16px}main{padding:20px 14px 60px}figure{overflow-x:auto}svg{min-width:760px}.lede{font-size:18px}}
@media print{body{background:#fff;font-size:11pt}main{max-width:none;padding:0}h2{break-after:avoid}tr,li,figure{break-inside:avoid}nav{display:none}}
`;
