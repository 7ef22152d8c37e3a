import { Environment } from '@marcbachmann/cel-js';
import { registerHas } from './has-macro.ts';
import { registerAddresses } from './library/addresses.ts';
import { registerFormats } from './library/formats.ts';
import { registerLists } from './library/lists.ts';
import { registerQuantities } from './library/quantities.ts';
import { registerSemver } from './library/semver.ts';
import { registerStrings } from './library/strings.ts';
import { registerUrls } from './library/urls.ts';

/**
 * What expressions can use everywhere in Kubernetes.
 * Upstream: apiserver/pkg/cel/environment/base.go
 * Differs: in CEL expressions values have no static types: of a field of the wrong type one hears when the expression runs, not when it is written.
 */
function baseEnvironment(): Environment {
  const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false });
  const libraries = [
    registerHas,
    registerLists,
    registerStrings,
    registerQuantities,
    registerUrls,
    registerAddresses,
    registerSemver,
    registerFormats,
  ];
  for (const register of libraries) register(environment);
  return environment;
}

let base: Environment | undefined;
const known = new Map<string, Environment>();

/** The environment in which these names are variables; `extend` adds to it, and is the same for the same names. */
export function environmentWith(
  variables: readonly string[],
  extend?: (environment: Environment) => void,
): Environment {
  const key = variables.join(' ');
  let environment = known.get(key);
  if (!environment) {
    base ??= baseEnvironment();
    environment = base.clone();
    extend?.(environment);
    for (const name of variables) environment.registerVariable(name, 'dyn');
    known.set(key, environment);
  }
  return environment;
}
