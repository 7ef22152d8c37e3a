/** What the scripts of `kubectl completion` ask: candidates, one a line, and what the shell is to do with them. */
export const completionQuery = '__completeNoDesc';
