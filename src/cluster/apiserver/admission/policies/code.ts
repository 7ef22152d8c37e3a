/** What the page fetches with the first admission policy: see `policy-code.ts`. */
export { policyBindingRules, policyRules } from './rules.ts';
export { judge } from './judge.ts';
