/**
 * Minutes east of UTC of zone names as programs print them. Names that several regions use stand for the one that is commonest
 * in exports: CST, EST and MST are North American, BST is British, IST is Indian.
 */
const zoneOffsetMinutes: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  ut: 0,
  z: 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  mez: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  sast: 120,
  cat: 120,
  wat: 60,
  eat: 180,
  msk: 180,
  trt: 180,
  ist: 330,
  pkt: 300,
  ict: 420,
  wib: 420,
  sgt: 480,
  hkt: 480,
  pht: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  acst: 570,
  acdt: 630,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  nst: -210,
  ndt: -150,
  ast: -240,
  adt: -180,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
  brt: -180,
  brst: -120,
  art: -180,
  clt: -240,
  clst: -180,
  cot: -300,
  pet: -300,
};

/** Minutes east of UTC of a zone written as a name or as +02, +0200, +02:00, GMT+2; null where it is unknown. */
export function zoneOffset(zone: string): number | null {
  const named = zoneOffsetMinutes[zone.toLowerCase()];
  if (named !== undefined) return named;
  const parts = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(zone);
  if (!parts) return null;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return minutes > 14 * 60 ? null : parts[1] === '-' ? -minutes : minutes;
}

/** SQL for `zoneOffset`: minutes east of UTC of a text, or NULL. */
export const zoneOffsetSql = (text: string) => `coalesce(
  map {${Object.entries(zoneOffsetMinutes)
    .map(([name, minutes]) => `'${name}': ${minutes}`)
    .join(', ')}}[lower(${text})],
  case when regexp_matches(${text}, '^(?i:utc|gmt)?[+-](0?\\d|1[0-4]):?(\\d{2})?$') then
    (case when contains(${text}, '-') then -1 else 1 end)
    * (regexp_extract(${text}, '[+-](0?\\d|1[0-4]):?(\\d{2})?$', 1)::integer * 60
      + coalesce(try_cast(regexp_extract(${text}, '[+-](0?\\d|1[0-4]):?(\\d{2})?$', 2) as integer), 0)) end)`;
