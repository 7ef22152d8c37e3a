import { CodePart } from '../../../../kernel/index.ts';
import type * as Code from './code.ts';

/** What admission policies need: the page fetches it when one is written first. */
export const policyCode = new CodePart<typeof Code>('admission policies');
