/** A step of the tour: where it happens, what is outlined there, what it says. */
export interface TourStep {
  to: string;
  outline: string;
  title: string;
  text: string;
}

/** Name of the story that `spillover demo` invents. */
export const demoStory = 'ferry-papers';

export const tourSteps: readonly TourStep[] = [
  {
    to: '/story/$story',
    outline: '.spread',
    title: 'A story spills over',
    text: 'Each lane is a platform, from the fringe at the top to the mainstream at the bottom. The areas are posts; an arc is something of the story that was seen on one platform and then came to another. This story is invented.',
  },
  {
    to: '/story/$story',
    outline: '.moments',
    title: 'Moment by moment',
    text: 'The numbers on the map stand here in words, with the time that lay between. Click one: the posts behind it open at the side, with their original records.',
  },
  {
    to: '/story/$story',
    outline: '.ribbon-plot',
    title: 'Select a window',
    text: 'Drag over this strip (or over the map) and every view shows only what happened then. The address keeps it, so you can send it to a colleague.',
  },
  {
    to: '/story/$story/accounts',
    outline: '.data-table',
    title: 'Who did what',
    text: 'Catalysts, boosters, the influencer, the outlets: scored with an interval, and with the chance that it means nothing. A role is what an account did here, no verdict on anybody.',
  },
  {
    to: '/story/$story/bridges',
    outline: '.matrix',
    title: 'How it crossed',
    text: 'Who linked the thread, who linked the leak itself, and how long it took from platform to platform.',
  },
  {
    to: '/story/$story/report',
    outline: '.report-desk',
    title: 'What to publish',
    text: 'Choose the parts, add your words, mask handles, print or save. With files of your own it begins under Sources.',
  },
];
