import { CodePart } from '../../../kernel/index.ts';
import type * as Code from './code.ts';

/** What serves custom resources. Without a definition there is none, so the page fetches it when one is written first. */
export const customCode = new CodePart<typeof Code>('custom resources');
