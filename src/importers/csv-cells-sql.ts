/** SQL (VARCHAR[]): links of a cell that joins them with commas, semicolons, bars or blanks, which may also stand inside a link. */
export const joinedLinks = (cell: string) => `case when contains(${cell}, '://') then list_transform(
  string_split(regexp_replace(given(${cell}), '[,;|\\s]+([Hh][Tt][Tt][Pp][Ss]?://)', chr(31) || '\\1', 'g'), chr(31)), lambda link: rtrim(trim(link), ',;|')) end`;

/** SQL (VARCHAR[]): members of a cell that joins words such as hashtags or handles; a leading # or @ is taken off. */
export const joinedWords = (cell: string, separator = ',') =>
  `some_list(list_transform(string_split(given(${cell}), '${separator}'), lambda word: ltrim(trim(word), '#＃@')))`;

/** SQL: text of one key in the source text of a Python or JSON dictionary, as `python_list` gives them; NULL where the key has no text. */
export const dictionaryText = (dictionary: string, key: string) =>
  `python_list('[' || nullif(regexp_extract(${dictionary}, '[''"]${key}[''"]: *(u?''(?:[^''\\\\]|\\\\.)*''|u?"(?:[^"\\\\]|\\\\.)*")', 1), '') || ']')[1]`;
