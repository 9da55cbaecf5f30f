/** Style of the page on screen and on paper: no fonts, images or scripts from anywhere. */
export const reportStyle = `
:root{color-scheme:light;--ink:#1d1c1a;--dim:#625e54;--line:#ddd7c8;--paper:#fffdf8;--shade:#f6f3ea;--accent:#7a2e1f;--serif:Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,'Noto Serif','Liberation Serif',serif;--sans:system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,sans-serif}
*{box-sizing:border-box}
html{scroll-padding-top:56px}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 var(--serif)}
main{max-width:1160px;margin:0 auto;padding:30px 24px 70px}
header{border-top:5px solid var(--ink);padding-top:16px}
h1{font-size:clamp(30px,4.4vw,52px);line-height:1.08;letter-spacing:-.012em;margin:6px 0 16px;max-width:20em;overflow-wrap:anywhere;text-wrap:balance}
h2{font-size:27px;line-height:1.2;margin:54px 0 10px;border-top:2px solid var(--ink);padding-top:14px}
h3{font-size:19px;margin:28px 0 6px}
h4{font:600 14px/1.4 var(--sans);margin:10px 0 4px}
p{margin:0 0 12px}
.kicker,.meta,caption,th,td,figcaption,svg text,.small,nav,.note,.tally,dt,dd>span{font-family:var(--sans)}
.kicker{text-transform:uppercase;letter-spacing:.08em;font-size:13px;color:var(--accent);font-weight:700;margin:0}
.kicker span{color:var(--dim);font-weight:400;text-transform:none;letter-spacing:0;margin-left:8px;overflow-wrap:anywhere}
.lede{font-size:20px;line-height:1.45;max-width:42em;margin-bottom:14px;overflow-wrap:anywhere}
.meta{color:var(--dim);font-size:13.5px;line-height:1.6;overflow-wrap:anywhere}
code{font-size:.92em;background:var(--shade);padding:1px 4px;overflow-wrap:anywhere}
.note{color:var(--dim);font-size:14px;max-width:52em}
.tally{color:var(--dim);font-size:13.5px;font-weight:400;margin-left:6px}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:0;margin:22px 0 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
.figures div{padding:12px 14px 12px 0;min-width:0}
dt{font-size:12.5px;color:var(--dim)}
dd{margin:0}
dd b{display:block;font-size:23px;line-height:1.25;letter-spacing:-.01em}
dd b small{font:400 13px var(--sans);color:var(--dim)}
dd>span{font-size:13px;overflow-wrap:anywhere;display:block;line-height:1.4}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);padding:10px 0;margin-bottom:-20px;display:flex;flex-wrap:wrap;gap:2px 18px;font-size:14px}
a{color:var(--accent)}
nav a{text-decoration:none}nav a:hover,sup a:hover{text-decoration:underline}
ol.findings{padding-left:1.5em;max-width:46em}
dd b,h1{overflow-wrap:anywhere}
ol.findings li{margin:0 0 11px;overflow-wrap:anywhere}
ol.findings li::marker{color:var(--accent);font:600 14px var(--sans)}
.method{display:block;color:var(--dim);font:13px/1.45 var(--sans)}
.methods{font-size:15px}
sup{line-height:0;font-size:.68em}
sup a{text-decoration:none;font-family:var(--sans);padding:2px 1px}
figure{margin:14px 0 26px}
figure svg{width:100%;height:auto;display:block}
svg.bar{vertical-align:middle;margin-right:4px}
figcaption svg.key{display:inline-block;width:16px;height:8px}
svg text{font-size:12px;fill:var(--ink)}
svg text.dim{font-size:11px;fill:var(--dim)}svg text.big{font-size:15px}svg text.lane{font-size:14px;font-weight:600}
svg text.mark{font-size:12px;paint-order:stroke;stroke:#f6f3ea;stroke-width:3.5px;stroke-linejoin:round}svg text.halo{paint-order:stroke;stroke:#f6f3ea;stroke-width:3px}
figcaption{font-size:13px;line-height:1.5;color:var(--dim);margin-top:8px;max-width:66em}
figcaption b{color:var(--ink)}
.scroll,.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.45;margin:8px 0 16px}
caption{text-align:left;color:var(--dim);font-size:13px;padding-bottom:4px}
th{text-align:left;border-bottom:1.5px solid var(--ink);padding:5px 12px 5px 0;font-size:12.5px;font-weight:600;vertical-align:bottom}
td{border-bottom:1px solid var(--line);padding:6px 12px 6px 0;vertical-align:top;overflow-wrap:anywhere;min-width:4.2em}
td:first-child{min-width:8em}
td.n{text-align:right;font-variant-numeric:tabular-nums}
table.matrix{width:auto;font-size:13px}
.matrix th,.matrix td{padding:5px 9px;min-width:3.6em;border:1px solid var(--paper)}
.matrix th{border-bottom-color:var(--line);font-weight:500;max-width:9.5em;overflow-wrap:anywhere}
.matrix td{background:var(--shade)}
.matrix td.self{background:repeating-linear-gradient(135deg,#efeadc 0 3px,#f8f5ec 3px 7px)}
.matrix td.heat1{background:#f3e3d3}.matrix td.heat2{background:#eccbb0}.matrix td.heat3{background:#dfa88a}.matrix td.heat4{background:#c67a61;color:#fff}.matrix td.heat5{background:#9a4533;color:#fff}
time,.nw{white-space:nowrap}
.no{color:var(--dim)}
.small{font-size:13px;line-height:1.45;color:var(--dim)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 34px}
.moment h3{border-top:1px solid var(--line);padding-top:12px}
.ranking{margin:0 0 4px;padding-left:1.4em;font:14px/1.5 var(--sans)}.ranking li{overflow-wrap:anywhere;margin-bottom:2px}
.group{border-left:3px solid var(--accent);padding:2px 0 2px 14px;margin:10px 0}
.group p{margin:0 0 4px}.group .small{overflow-wrap:anywhere}
ol.evidence{padding-left:2.4em;font-size:15px}ol.cards{list-style:none;padding:0;columns:2;column-gap:40px}
ol.evidence li{break-inside:avoid;margin:0 0 16px;padding-top:8px;border-top:1px solid var(--line)}
ol.evidence li:target{background:#f8eec7;box-shadow:0 0 0 6px #f8eec7}
.evidence p{margin:0 0 4px}
.by{font:13.5px/1.45 var(--sans);overflow-wrap:anywhere}
.what{white-space:pre-wrap;overflow-wrap:anywhere;font-size:15.5px}
.evidence .small{font-size:12px;overflow-wrap:anywhere}
footer{margin-top:50px;border-top:1px solid var(--line);padding-top:10px}
svg.narrow{max-width:900px}
.small-figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:10px}.small-figures figure{margin:0}.small-figures .wide svg{width:100%}
.values td:first-child{white-space:normal}.values td:nth-child(2){min-width:8.5em}
@media(max-width:760px){body{font-size:16px}main{padding:16px 14px 50px}.wide svg{width:860px;max-width:none}.lede{font-size:18px}.figures{grid-template-columns:1fr 1fr}dd b{font-size:19px}nav{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap}.two{grid-template-columns:1fr}ol.cards{columns:1}h2{font-size:23px;margin-top:42px}.scroll table{min-width:640px}.scroll table.matrix{min-width:0}}
@page{margin:16mm 14mm}
@media print{html{scroll-padding:0}body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}h1{font-size:26pt}h2{font-size:15pt;margin-top:22pt;break-after:avoid}h3,h4,caption,thead{break-after:avoid}tr,li,figure,.group,.moment,.figures,table.matrix{break-inside:avoid}nav{display:none}a{color:inherit;text-decoration:none}table{font-size:8.5pt}.small,.note,.method,figcaption{font-size:8pt}ol.evidence{font-size:9pt}.what{font-size:9pt}.lede{font-size:13pt}.scroll,.wide{overflow:visible}dd b{font-size:13pt}td,rect,path,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
