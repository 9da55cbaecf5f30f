import { bluesky, board, telegram, x } from './post-log.ts';

/** One story of the invented world: what its posts can carry and say. Topics below `firstStoryTopic` are communities. */
export interface Story {
  name: string;
  tag: string;
  /** Addresses for the bits `leak` and `archive` of a post. */
  page: string;
  copy: string;
  phrase: string;
  /** Sentences without the phrase; short, so that a reshare's text is not cut. */
  lines: readonly string[];
}

export const firstStoryTopic = 8;
export const mainTopic = 8;

const ferryLines = [
  'Page 14 says the crossing ends in autumn.',
  'They planned to close the crossing all along.',
  'Who signed off on selling the landing stage?',
  'Read this before the town meeting.',
  'So the bridge was decided two years ago?',
  'Look at the dates on these letters.',
  'The fares table alone is worth the read.',
  'Why did nobody tell the islanders?',
  'Make some noise about this tonight.',
  'Is this real? The letterhead looks right.',
  'My grandfather ran that boat for thirty years.',
  'Sixty pages and not one word on the school run.',
  'Somebody at the landing has explaining to do.',
  'If half of this holds, heads will roll.',
  'Not convinced, half of it is old minutes.',
  'A boat timetable as a scandal, what a week.',
  'Third letter from the bottom, that is the one.',
  'The map on page 9 has no landing at all.',
  'Nobody reads minutes until it is too late.',
  'They priced the island like a parking lot.',
  'I want to hear it from the harbour office.',
  'The signatures do not match the dates.',
  'Print it before it is gone.',
  'Two boats sold, one boat left, zero answers.',
  'Is the night crossing in there too?',
  'All that for a bridge nobody asked for.',
] as const;

/** The story that is traced: an invented leak about an invented ferry, or an ordinary report about it. */
export function mainStory(campaign: boolean): Story {
  return {
    name: 'ferrypapers',
    tag: 'FerryPapers',
    page: campaign ? 'https://paste.example/k3vQx9Lm' : 'https://millbrook-council.example/documents/ferry-papers',
    copy: campaign ? 'https://archive.example/t7QmW' : 'https://millbrook-council.example/documents/ferry-papers-annex',
    phrase: 'ferry papers',
    lines: ferryLines,
  };
}

export interface DecoyStory extends Story {
  /** Milliseconds from the first to the last growth, and the mean of the decline. */
  growMs: number;
  decayMs: number;
  /** Hours after the start of the world. */
  startHour: number;
  /** Part of its posts by platform, and hours by which each platform comes later. */
  shares: Readonly<Record<number, number>>;
  lagHours: Readonly<Record<number, number>>;
  /** Communities with their weights; an empty list is everyone. */
  public: readonly (readonly [community: number, weight: number])[];
  /** Hours after the start at which outlets report it. */
  newsHours: readonly number[];
  weight: number;
}

const hour = 3_600_000;

/** Other stories that rise and fall in the same days: sudden, slow, from the news downwards, from the board upwards. */
export const decoyStories: readonly DecoyStory[] = [
  decoy(
    'cup final',
    'CupReplay',
    'cup replay',
    'terrace-talk.example/replay',
    ['What a header.', 'Extra time again.', 'The bar saved us.', 'Refund the ticket.', 'Best final in years.'],
    0,
    1.5,
    67,
    { [x]: 0.86, [bluesky]: 0.08, [telegram]: 0.06 },
    {},
    [
      [2, 9],
      [1, 1],
    ],
    [3],
    1.5,
  ),
  decoy(
    'bus strike',
    'BusStrike',
    'bus strike',
    'daily-courier.example/live/bus-strike',
    [
      'Walked to work today.',
      'Line 4 is running again.',
      'Talks broke down at noon.',
      'The depot gate is closed.',
      'Drivers have a point.',
    ],
    2.2,
    5,
    30,
    { [x]: 0.66, [bluesky]: 0.16, [board]: 0.1, [telegram]: 0.08 },
    { [bluesky]: 0.4, [board]: 3.5, [telegram]: 1.5 },
    [],
    [0, 0.3, 0.8, 5],
    1.4,
  ),
  decoy(
    'moss cat',
    'MossCat',
    'moss cat',
    'eyepiece.example/moss-cat',
    ['It blends in.', 'Look at its face.', 'I need this as a poster.', 'The garden won.', 'Ten out of ten.'],
    3,
    8,
    44,
    { [bluesky]: 0.55, [x]: 0.45 },
    { [x]: 2.5 },
    [
      [3, 4],
      [5, 2],
      [6, 2],
      [7, 1],
    ],
    [],
    1,
  ),
  decoy(
    'silt map',
    'SiltMap',
    'silt map',
    'river-dossier.example/silt-map',
    ['Compare the soundings.', 'Old chart, new lies.', 'Zoom in on the bend.', 'Someone redrew it.'],
    2.5,
    6,
    20,
    { [board]: 0.3, [x]: 0.6, [telegram]: 0.1 },
    { [x]: 1.5, [telegram]: 3 },
    [
      [0, 8],
      [1, 1],
    ],
    [],
    0.8,
  ),
  decoy(
    'lantern tour',
    'LanternTour',
    'lantern tour',
    'rulebook.example/lantern-tour',
    ['Tickets on Friday.', 'The whole set list!', 'Front row or nothing.', 'They are coming here.'],
    0.6,
    4,
    55,
    { [x]: 0.8, [bluesky]: 0.2 },
    { [bluesky]: 0.2 },
    [
      [2, 2],
      [5, 3],
      [7, 3],
    ],
    [2],
    1,
  ),
  decoy(
    'hail storm',
    'HailStorm',
    'hail storm',
    'harbour-ledger.example/weather',
    ['Cars look like golf balls.', 'Greenhouse gone.', 'Stay off the ridge road.', 'It is over, finally.'],
    0.4,
    3,
    88,
    { [x]: 0.6, [bluesky]: 0.2, [telegram]: 0.15, [board]: 0.05 },
    { [board]: 0.5 },
    [],
    [0.4, 1, 2],
    1.3,
  ),
  decoy(
    'night dredging',
    'NightDredge',
    'night dredging',
    'towpath-truth.example/night-log',
    ['Heard it again at three.', 'Same boat, no lights.', 'Who pays for this?', 'Log attached.'],
    2,
    7,
    8,
    { [telegram]: 0.35, [x]: 0.5, [board]: 0.15 },
    { [x]: 2, [board]: 1 },
    [[0, 1]],
    [],
    0.7,
  ),
  decoy(
    'tram vote',
    'TramVote',
    'tram vote',
    'ward-by-ward.example/tram',
    ['Two votes short.', 'The chair abstained.', 'Lines on a map again.', 'Finally a date.'],
    1.5,
    6,
    74,
    { [x]: 0.7, [bluesky]: 0.3 },
    { [bluesky]: 0.3 },
    [
      [1, 6],
      [4, 3],
    ],
    [0.2, 4],
    1,
  ),
];

function decoy(
  name: string,
  tag: string,
  phrase: string,
  address: string,
  lines: readonly string[],
  growHours: number,
  decayHours: number,
  startHour: number,
  shares: DecoyStory['shares'],
  lagHours: DecoyStory['lagHours'],
  audience: DecoyStory['public'],
  newsHours: readonly number[],
  weight: number,
): DecoyStory {
  return {
    name,
    tag,
    phrase,
    page: `https://${address}`,
    copy: `https://${address}/more`,
    lines,
    growMs: growHours * hour,
    decayMs: decayHours * hour,
    startHour,
    shares,
    lagHours,
    public: audience,
    newsHours,
    weight,
  };
}

/** Outlets of the invented press, all under .example; the last one keeps silent on the story. */
export const outlets = [
  { domain: 'daily-courier.example', name: 'The Daily Courier', handle: 'dailycourierx' },
  { domain: 'morning-standard.example', name: 'Morning Standard', handle: 'mstandardx' },
  { domain: 'channel-nine-news.example', name: 'Channel Nine News', handle: 'channel9newsx' },
  { domain: 'harbour-ledger.example', name: 'Harbour Ledger', handle: 'harbourledgerx' },
  { domain: 'the-weekly-post.example', name: 'The Weekly Post', handle: 'weeklypostx' },
  { domain: 'northern-wire.example', name: 'Northern Wire', handle: 'northernwirex' },
  { domain: 'evening-review.example', name: 'Evening Review', handle: 'eveningreviewx' },
] as const;

export const uncollectedOutlet = { domain: 'the-meridian.example', name: 'The Meridian', handle: 'meridianpaperx' };
