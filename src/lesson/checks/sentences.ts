import type { KubeClient } from '../../client/index.ts';
import type { CheckResult } from '../lesson.ts';
import type { CheckForm, Words } from './check.ts';
import {
  deploymentHasReadyPods,
  deploymentIsRevision,
  deploymentIsStuck,
  deploymentPrints,
  deploymentRunsImage,
  noPodOnNode,
} from './deployments.ts';
import { serviceHasEndpoints, serviceHasType, urlAnswers } from './network.ts';
import { configMapHolds, nodeIsReady, secretHoldsKey } from './objects.ts';
import { podHasRestarted, podIsGone, podIsReady, podPrints, podRunsImage } from './pods.ts';

/** Every form of sentence that the check language knows. */
export const checkForms: readonly CheckForm[] = [
  podIsReady,
  podIsGone,
  podRunsImage,
  podHasRestarted,
  podPrints,
  deploymentHasReadyPods,
  deploymentRunsImage,
  deploymentIsRevision,
  deploymentIsStuck,
  deploymentPrints,
  noPodOnNode,
  urlAnswers,
  serviceHasEndpoints,
  serviceHasType,
  configMapHolds,
  secretHoldsKey,
  nodeIsReady,
];

/** The form that a sentence has, with its words; undefined when nobody understands it. */
export function parseSentence(sentence: string): { readonly form: CheckForm; readonly words: Words } | undefined {
  for (const form of checkForms) {
    const match = form.pattern.exec(sentence.trim());
    if (match) return { form, words: { ...match.groups } };
  }
  return undefined;
}

/** Looks at the cluster and says what it found. A cluster that does not answer is a finding too. */
export async function runCheck(sentence: string, client: KubeClient): Promise<CheckResult> {
  const parsed = parseSentence(sentence);
  if (!parsed) return { sentence, passed: false, wanted: 'a sentence of the check language', found: sentence };
  try {
    return { sentence, ...(await parsed.form.evaluate(parsed.words, client)) };
  } catch (error) {
    const found = `the cluster could not be asked: ${error instanceof Error ? error.message : String(error)}`;
    return { sentence, passed: false, wanted: sentence, found };
  }
}
