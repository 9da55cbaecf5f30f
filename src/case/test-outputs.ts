import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { DeliveryError } from '../outputs/output.ts';
import { version } from '../version.ts';
import type { WatchPlan } from './plan-watch.ts';
import { makeOutput, type OutputWorld } from './watch-outputs.ts';

export interface OutputTest {
  output: string;
  target: string;
  arrived: boolean;
  /** A remark, or why it did not arrive. */
  says: string | null;
}

/** Sends a test message to every output that is told single messages; lists such as feeds are left as they are. */
export async function testOutputs(
  plan: WatchPlan,
  environment: Readonly<Record<string, string | undefined>>,
  world: OutputWorld,
): Promise<OutputTest[]> {
  const caseName = basename(plan.caseDirectory);
  const tests: OutputTest[] = [];
  for (const one of plan.outputs) {
    const settings = {
      caseName,
      caseId: '',
      credentialsFile: plan.credentialsFile,
      environment,
      userAgent: `Spillover/${version}`,
    };
    const output = makeOutput(one, settings, world);
    const { name, target } = one;
    if (output.shows > 0) continue;
    try {
      const message = { id: `test-${randomUUID()}`, kind: 'test' as const, case: caseName, alerts: [] };
      tests.push({ output: name, target, arrived: true, says: await output.deliver(message, []) });
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      tests.push({ output: name, target, arrived: false, says: error.message });
    }
  }
  return tests;
}
