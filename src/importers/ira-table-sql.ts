/** Pieces of SQL for the tables of Internet Research Agency tweets that Linvill and Warren collected with Social Studio. */

const codes: Record<string, string> = {
  Albanian: 'sq',
  Arabic: 'ar',
  Bengali: 'bn',
  Bulgarian: 'bg',
  Catalan: 'ca',
  Croatian: 'hr',
  Czech: 'cs',
  Danish: 'da',
  Dutch: 'nl',
  English: 'en',
  Estonian: 'et',
  'Farsi (Persian)': 'fa',
  Finnish: 'fi',
  French: 'fr',
  German: 'de',
  Greek: 'el',
  Gujarati: 'gu',
  Hebrew: 'he',
  Hindi: 'hi',
  Hungarian: 'hu',
  Icelandic: 'is',
  Indonesian: 'id',
  Italian: 'it',
  Japanese: 'ja',
  Kannada: 'kn',
  Korean: 'ko',
  Kurdish: 'ku',
  Latvian: 'lv',
  Lithuanian: 'lt',
  Macedonian: 'mk',
  Malay: 'ms',
  Malayalam: 'ml',
  Norwegian: 'no',
  Polish: 'pl',
  Portuguese: 'pt',
  Pushto: 'ps',
  Romanian: 'ro',
  Russian: 'ru',
  Serbian: 'sr',
  'Simplified Chinese': 'zh',
  Slovak: 'sk',
  Slovenian: 'sl',
  Somali: 'so',
  Spanish: 'es',
  Swedish: 'sv',
  'Tagalog (Filipino)': 'tl',
  Tamil: 'ta',
  Thai: 'th',
  'Traditional Chinese': 'zh',
  Turkish: 'tr',
  Ukrainian: 'uk',
  Urdu: 'ur',
  Uzbek: 'uz',
  Vietnamese: 'vi',
};

const list = (texts: readonly string[]) => `[${texts.map((text) => `'${text}'`).join(', ')}]`;

/** Language code of a language name; NULL for names that are no language. */
export const languageCode = (name: string) =>
  `map(${list(Object.keys(codes))}, ${list(Object.values(codes))})[trim(${name})]`;

/** UTC timestamp of "10/1/2017 19:58" (month first) or "2017-10-01 19:58:00"; both are cut to the minute. */
export const minuteTime = (cell: string) =>
  `coalesce(try_strptime(trim(${cell}), ['%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S']), iso_time(${cell}))`;

/** Id of a row of a table without tweet ids: the same cells give the same id, so that exact repeats are duplicates. */
export const derivedId = (columns: readonly string[]) =>
  `'derived:' || md5(concat_ws(chr(31), ${columns.map((name) => `coalesce(${name}, '')`).join(', ')}))`;
