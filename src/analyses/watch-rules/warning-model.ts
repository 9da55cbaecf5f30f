import { logistic } from '../../base/logistic-regression.ts';
import { scaleFeatures, type WarningFeature, warningFeatures } from './warning-features-kernel.ts';

/** A fitted early warning: logit = intercept + Σ coefficient · (scaled feature − mean) / deviation. */
export interface WarningModel {
  withinHours: number;
  /** What the coefficients were learnt from, in words. */
  learntFrom: string;
  intercept: number;
  features: readonly { name: WarningFeature; mean: number; deviation: number; coefficient: number }[];
}

export interface Warning {
  probability: number;
  /** What the features add to the logit, in their order. */
  contributions: Float64Array;
}

/** @throws Error when the model was made for other features. */
export function warn(model: WarningModel, features: Float64Array): Warning {
  const scaled = scaleFeatures(features);
  let logit = model.intercept;
  const contributions = scaled.map((value, i) => {
    const one = model.features[i];
    if (!one || one.name !== warningFeatures[i])
      throw new Error(`the model of the early warning lacks ${warningFeatures[i]}`);
    const added = (one.coefficient * (value - one.mean)) / one.deviation;
    logit += added;
    return added;
  });
  return { probability: logistic(logit), contributions };
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
const percent = (part: number) => `${Math.round(part * 100)} %`;

const words: Record<WarningFeature, (value: number) => string> = {
  fringeShares: (n) => `${count(n, 'share', 'shares')} on the fringe`,
  socialShares: (n) => `${count(n, 'share', 'shares')} above the fringe`,
  platforms: (n) => `on ${count(n, 'platform', 'platforms')}`,
  carriers: (n) => `${count(n, 'account', 'accounts')} carried it above the fringe in posts of their own`,
  reach: (n) =>
    n === 0 ? 'no known following among the carriers' : `a carrier with ${n.toLocaleString('en')} followers`,
  resharePart: (part) => `${percent(part)} of the shares above the fringe are reshares`,
  together: (n) => `${count(n, 'share', 'shares')} where three or more accounts repeat one post within 20 s`,
  togetherPart: (part) => `${percent(part)} of the shares above the fringe repeat a post together with others`,
  youngPart: (part) => `${percent(part)} of the shares above the fringe by accounts younger than 180 days`,
  busiestPart: (part) => `${percent(part)} of the shares above the fringe by the busiest account`,
};

/** The features that speak most for the warning, strongest first, in words with their values. */
export function warningReasons(features: Float64Array, { contributions }: Warning, most = 4): string[] {
  return [...contributions.keys()]
    .filter((i) => contributions[i]! > 0)
    .sort((a, b) => contributions[b]! - contributions[a]! || a - b)
    .slice(0, most)
    .map((i) => words[warningFeatures[i]!](features[i]!));
}
