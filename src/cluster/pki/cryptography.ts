import { CodePart } from '../../kernel/index.ts';

/** Keys, signatures and X.509: fetched when the first certificate or token is made or looked at. */
export const cryptography = new CodePart<typeof import('./code/index.ts')>('cryptography');
