export interface Community {
  name: string;
  /** Part of the accounts of X and of Bluesky. */
  xShare: number;
  blueskyShare: number;
  tags: readonly string[];
  domains: readonly string[];
  /** Part of its links that lead to news outlets. */
  newsLinks: number;
  subjects: readonly string[];
  verbs: readonly string[];
  tails: readonly string[];
}

/** The invented public: community 0 is the fringe one, community 1 the one nearest to the news. */
export const communities: readonly Community[] = [
  {
    name: 'river truth',
    xShare: 0.15,
    blueskyShare: 0.06,
    tags: ['RiverTruth', 'WhoOwnsTheWater', 'TowpathWatch', 'AskTheCouncil', 'LockGate', 'OpenTheBooks', 'SiltFiles'],
    domains: ['towpath-truth.example', 'river-dossier.example'],
    newsLinks: 0.08,
    subjects: ['the lock keepers', 'the harbour office', 'the council', 'those survey boats', 'the water board', 'the dredger', 'the toll people', 'our river'],
    verbs: ['never answered about', 'keeps quiet on', 'sold off', 'is hiding', 'lost the minutes of', 'will not explain', 'paid twice for', 'moved the meeting on'],
    tails: ['the silt contracts', 'the night dredging', 'the missing buoys', 'the towpath gates', 'the mooring fees', 'the flood maps', 'the old charter', 'the pump house'],
  },
  {
    name: 'public affairs',
    xShare: 0.2,
    blueskyShare: 0.24,
    tags: ['TownHall', 'BudgetWeek', 'LocalVote', 'PublicAffairs', 'HousingPlan', 'BusLanes', 'AuditDay'],
    domains: ['policy-notes.example', 'ward-by-ward.example'],
    newsLinks: 0.5,
    subjects: ['the mayor', 'the budget committee', 'the transport plan', 'the ward councillors', 'the new audit', 'the housing bill', 'the school board', 'tonight’s debate'],
    verbs: ['says little about', 'turns on', 'leaves open', 'finally funds', 'delays', 'splits over', 'rethinks', 'puts a price on'],
    tails: ['the bus network', 'rents in the old town', 'the library hours', 'the bypass', 'the pension gap', 'school meals', 'the new tram', 'the parking rules'],
  },
  {
    name: 'football',
    xShare: 0.17,
    blueskyShare: 0.05,
    tags: ['MatchDay', 'OrchardUnited', 'CupTie', 'TransferTalk', 'AwayEnd', 'NilNil'],
    domains: ['terrace-talk.example', 'cup-replay.example'],
    newsLinks: 0.2,
    subjects: ['the keeper', 'our back four', 'the new striker', 'the referee', 'the bench', 'the away end', 'the manager', 'that midfield'],
    verbs: ['ruined', 'saved', 'slept through', 'owned', 'nearly threw away', 'will decide', 'deserved', 'turned'],
    tails: ['the second half', 'the derby', 'a wet cup tie', 'the last ten minutes', 'the whole season', 'that penalty', 'the replay', 'the warm-up'],
  },
  {
    name: 'gardening',
    xShare: 0.11,
    blueskyShare: 0.19,
    tags: ['GardenLog', 'SeedSwap', 'NoDig', 'AllotmentLife', 'SlugWatch', 'Perennials'],
    domains: ['allotment-post.example', 'seed-ledger.example'],
    newsLinks: 0.08,
    subjects: ['the broad beans', 'my dahlias', 'the compost heap', 'a late frost', 'the slugs', 'the tomatoes', 'that old apple tree', 'the seed swap'],
    verbs: ['survived', 'took over', 'ignored', 'came up after', 'finished off', 'made up for', 'are ahead of', 'loved'],
    tails: ['the cold week', 'the whole border', 'a month of rain', 'the cold frame', 'my patience', 'the raised beds', 'last year’s mulch', 'the greenhouse'],
  },
  {
    name: 'railways',
    xShare: 0.11,
    blueskyShare: 0.15,
    tags: ['BranchLine', 'SignalBox', 'Timetable', 'NightTrain', 'PlatformEnd', 'SteamDay'],
    domains: ['branch-line.example', 'signal-diary.example'],
    newsLinks: 0.15,
    subjects: ['the 7:42', 'the night train', 'the old signal box', 'platform two', 'the railcar', 'the new timetable', 'the goods loop', 'a lone shunter'],
    verbs: ['missed', 'waited for', 'outlived', 'crossed', 'skipped', 'was held at', 'still serves', 'beat'],
    tails: ['the junction', 'the viaduct', 'a very long freight', 'the branch platform', 'the summer plan', 'the level crossing', 'the tunnel', 'the depot'],
  },
  {
    name: 'baking',
    xShare: 0.1,
    blueskyShare: 0.12,
    tags: ['CrumbShot', 'SourdoughDay', 'RyeClub', 'ProvingTime', 'CakeLab', 'OvenSpring'],
    domains: ['crumb-journal.example', 'rye-and-salt.example'],
    newsLinks: 0.06,
    subjects: ['the starter', 'this rye', 'a cold proof', 'the oven', 'my first brioche', 'the crust', 'a spoon of honey', 'the scales'],
    verbs: ['forgave', 'doubled after', 'collapsed during', 'needed', 'hid', 'rewarded', 'outgrew', 'finally matched'],
    tails: ['a short night', 'the long bulk', 'the wrong flour', 'an impatient baker', 'the glass bowl', 'two days of waiting', 'the recipe', 'the old tin'],
  },
  {
    name: 'astronomy',
    xShare: 0.08,
    blueskyShare: 0.11,
    tags: ['ClearSkies', 'DeepSky', 'MoonTonight', 'StarParty', 'FirstLight', 'Seeing'],
    domains: ['dark-sky-club.example', 'eyepiece.example'],
    newsLinks: 0.12,
    subjects: ['the crescent moon', 'my small refractor', 'a thin cloud', 'Jupiter', 'the meteor shower', 'the seeing', 'the new mount', 'that comet'],
    verbs: ['beat', 'hid behind', 'outshone', 'waited out', 'spoiled', 'made up for', 'rose over', 'drifted past'],
    tails: ['the street lamps', 'the pines', 'a frozen hour', 'the whole club', 'the eastern ridge', 'the forecast', 'the double cluster', 'my guide star'],
  },
  {
    name: 'board games',
    xShare: 0.08,
    blueskyShare: 0.08,
    tags: ['GameNight', 'Meeples', 'SoloPlay', 'RulesQuestion', 'DiceLog', 'TableTop'],
    domains: ['meeple-index.example', 'rulebook.example'],
    newsLinks: 0.05,
    subjects: ['the trading phase', 'our longest game', 'the second edition', 'a bad opening', 'the blue player', 'the rulebook', 'the expansion', 'that one die'],
    verbs: ['broke', 'settled', 'forgot', 'rewarded', 'explained', 'replaced', 'cost me', 'rescued'],
    tails: ['the final round', 'the market', 'a three-hour table', 'the solo mode', 'every plan I had', 'the tie-breaker', 'the teach', 'my whole engine'],
  },
];

export const fringe = 0;
export const publicAffairs = 1;
export const football = 2;

export const openers = ['Honestly,', 'Today', 'Once again', 'Update:', 'Small note:', 'For the record,', 'Funny how', 'So', 'Quick one:', 'As of this morning', 'Still thinking:', 'Hot take:', 'Well,', 'Turns out', 'Reminder:', 'Question:'] as const;

export const remarks = ['Agreed.', 'Not sure about that.', 'This.', 'Were you there?', 'Same here', 'Source?', 'I doubt it', 'Good point', 'That explains a lot', 'No chance', 'Thanks for this', 'Since when?', 'Made my day', 'Let me check'] as const;
