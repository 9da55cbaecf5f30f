const byLanguage = {
  en: `a about after again all also am an and any are as at be because been before being but by can could did do does doing don down during each
few for from further get got had has have having he her here hers him his how i if in into is it its just ll me more most my no nor not now of off on
once only or other our ours out over own re s same she should so some such t than that the their theirs them then there these they this those through to
too under until up us ve very was we were what when where which while who whom why will with would you your yours amp via rt`,
  fr: `au aux avec c ce ces cet cette d dans de des du elle elles en est et été être eu il ils j je l la le les leur leurs lui m ma mais me même mes moi mon n ne nos
notre nous on ont ou où par pas plus pour qu que qui s sa sans se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y`,
  de: `aber als am an auch auf aus bei bin bis bist da dann das dass dem den der des die dies diese dieser doch du durch ein eine einem einen einer er es für hat
haben ich ihr im in ist ja kann mehr mit nach nicht noch nur oder sein sich sie sind so über um und uns vom von vor war was wenn wer wie wir wird zu zum zur`,
  es: `al como con de del el ella ellos en es esta este esto fue ha han hay la las le lo los más me mi muy no nos o para pero por que se si sin sobre su sus te tu un una y ya yo`,
};

/** Function words of English, French, German and Spanish, lower case: too common to tell groups apart. */
export const stopWords: readonly string[] = [
  ...new Set(Object.values(byLanguage).flatMap((words) => words.split(/\s+/))),
].sort();
