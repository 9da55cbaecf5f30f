/** Categories of the Breakout Scale (Nimmo 2020) in a few words. */
export const breakoutWords: Record<1 | 2 | 3 | 4 | 5 | 6, string> = {
  1: 'One platform, one community',
  2: 'Several communities or several platforms',
  3: 'Several communities on several platforms',
  4: 'Reached mainstream media',
  5: 'Amplified by high-profile accounts',
  6: 'Policy response or call to action',
};
