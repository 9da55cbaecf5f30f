export interface DisarmTechnique {
  id: string;
  name: string;
  tactic: string;
  /** Id of the attack-pattern in DISARM's own STIX bundle, so that platforms merge the two. */
  stixId: string;
}

/**
 * Ids, names and tactics of the DISARM techniques that a trace can show something of; no text of the framework.
 * DISARM Framework, DISARM Foundation, https://github.com/DISARMFoundation/DISARMframeworks, edition of February 2025, CC BY-SA 4.0.
 */
export const disarmTechniques: readonly DisarmTechnique[] = [
  {
    id: 'T0015',
    name: 'Create Hashtags and Search Artefacts',
    tactic: 'develop-content',
    stixId: 'attack-pattern--e0acfceb-4541-438f-ba33-734f9a666c7d',
  },
  {
    id: 'T0049',
    name: 'Flood Information Space',
    tactic: 'maximise-exposure',
    stixId: 'attack-pattern--0c765d19-99b2-4703-af48-e20a677c4bfc',
  },
  {
    id: 'T0060',
    name: 'Continue to Amplify',
    tactic: 'persist-in-the-information-environment',
    stixId: 'attack-pattern--ad410829-2fb3-490b-b470-f5f859d45942',
  },
  {
    id: 'T0084.001',
    name: 'Use Copypasta',
    tactic: 'develop-content',
    stixId: 'attack-pattern--4cd719a9-e817-4acc-9581-6b6a60e42f35',
  },
  {
    id: 'T0100.003',
    name: 'Co-Opt Influencers',
    tactic: 'establish-legitimacy',
    stixId: 'attack-pattern--9b081fd3-0714-483e-bd7b-a30defc85cd2',
  },
  {
    id: 'T0111',
    name: 'Traditional Media',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--314ecce1-6d89-4304-a149-1c3d8fddaf9e',
  },
  {
    id: 'T0115',
    name: 'Post Content',
    tactic: 'deliver-content',
    stixId: 'attack-pattern--1997947a-7e08-4ea9-802c-85391d561266',
  },
  {
    id: 'T0116',
    name: 'Comment or Reply on Content',
    tactic: 'deliver-content',
    stixId: 'attack-pattern--318f2a34-07b6-4c4b-9bb0-58f5bca681fc',
  },
  {
    id: 'T0117',
    name: 'Attract Traditional Media',
    tactic: 'deliver-content',
    stixId: 'attack-pattern--72df7e55-dc60-4a7e-9928-ed41ac0e1581',
  },
  {
    id: 'T0118',
    name: 'Amplify Existing Narrative',
    tactic: 'maximise-exposure',
    stixId: 'attack-pattern--836e9eef-b446-4f68-805f-0f10116d6e7f',
  },
  {
    id: 'T0119.002',
    name: 'Post across Platform',
    tactic: 'maximise-exposure',
    stixId: 'attack-pattern--03225a5c-f388-4453-a53c-f10be49bbcfe',
  },
  {
    id: 'T0122',
    name: 'Direct Users to Alternative Platforms',
    tactic: 'maximise-exposure',
    stixId: 'attack-pattern--690761b6-8afd-4dd5-954e-174de362d1b0',
  },
  {
    id: 'T0128.001',
    name: 'Use Pseudonyms',
    tactic: 'persist-in-the-information-environment',
    stixId: 'attack-pattern--78cf4cd6-a8a0-408f-a5e8-d6f1491aace8',
  },
  {
    id: 'T0151.001',
    name: 'Social Media Platform',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--cf2e725e-4740-43a1-922e-4e915bc4ae2e',
  },
  {
    id: 'T0151.007',
    name: 'Chat Broadcast Group',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--292fa0bb-3762-41cf-ba2a-c547ef35268d',
  },
  {
    id: 'T0151.008',
    name: 'Microblogging Platform',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--928aa842-9900-4f6c-b4da-ac8e79d03d96',
  },
  {
    id: 'T0151.011',
    name: 'Community Sub-Forum',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--abebed16-44fd-4fa9-b3b0-cfd14606a6a3',
  },
  {
    id: 'T0151.012',
    name: 'Image Board Platform',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--aa2859e3-d7c3-4acf-b273-7534492bcc6d',
  },
  {
    id: 'T0152.004',
    name: 'Website Asset',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--0f040af8-7434-4fb8-be96-30a3123c8644',
  },
  {
    id: 'T0152.005',
    name: 'Paste Platform',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--3cb30f88-5e58-4a52-8f7a-df12b4f14d32',
  },
  {
    id: 'T0152.006',
    name: 'Video Platform',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--e7429498-5d71-4d48-8328-e4da90f5b635',
  },
  {
    id: 'T0152.010',
    name: 'File Hosting Platform',
    tactic: 'select-channels-and-affordances',
    stixId: 'attack-pattern--cbed6ab5-437b-4e07-999b-1513a5d80516',
  },
];
