import type {
  LimitedPriorityLevelConfiguration,
  LimitResponse,
  PriorityLevelConfigurationSpec,
  QueuingConfiguration,
} from '../../../../api/generated/types.ts';
import { forbiddenField, invalid, jsonEqual, notSupported, required, type FieldError } from '../../../../api/index.ts';
import { invalidAs } from '../internal-form/shown.ts';
import { mandatoryPriorityLevels } from './bootstrap-objects.ts';

const maxQueues = 10_000_000;
const maxHashBits = 60;

/** Upstream: ValidatePriorityLevelConfiguration in pkg/apis/flowcontrol/validation/validation.go */
export function validatePriorityLevel(name: string, spec: PriorityLevelConfigurationSpec): readonly FieldError[] {
  const errors: FieldError[] = [];
  validateSpec(errors, name, spec);
  const mandatory = mandatoryPriorityLevels.get(name);
  if (!mandatory) return errors;
  // What exempt requests lend to others is up to the administrator.
  const fixedPart = name === 'exempt' ? { ...spec, exempt: mandatory.exempt } : spec;
  if (!jsonEqual(fixedPart, mandatory)) {
    const except = name === 'exempt' ? " except the 'spec.exempt' field" : '';
    const detail = `spec of '${name}'${except} must equal the fixed value`;
    errors.push(invalidAs('spec', spec, 'PriorityLevelConfigurationSpec', detail));
  }
  return errors;
}

function validateSpec(errors: FieldError[], name: string, spec: PriorityLevelConfigurationSpec): void {
  const { type, exempt, limited } = spec;
  if ((name === 'exempt') !== (type === 'Exempt')) {
    errors.push(invalid('spec.type', type, "type must be 'Exempt' if and only if name is 'exempt'"));
  }
  if (type === 'Exempt') {
    if (limited) errors.push(forbiddenField('spec.limited', 'must be nil if the type is not Limited'));
    if (exempt) validateShares(errors, exempt, 'spec.exempt');
  } else if (type === 'Limited') {
    if (exempt) errors.push(forbiddenField('spec.exempt', 'must be nil if the type is Limited'));
    if (limited) validateLimited(errors, limited);
    else errors.push(required('spec.limited', 'must not be empty when type is Limited'));
  } else errors.push(notSupported('spec.type', type, ['Exempt', 'Limited']));
}

function validateShares(
  errors: FieldError[],
  { nominalConcurrencyShares: shares, lendablePercent }: LimitedPriorityLevelConfiguration,
  path: string,
): void {
  if (shares !== undefined && shares < 0) {
    errors.push(invalid(`${path}.nominalConcurrencyShares`, shares, 'must be a non-negative integer'));
  }
  if (lendablePercent !== undefined && (lendablePercent < 0 || lendablePercent > 100)) {
    errors.push(invalid(`${path}.lendablePercent`, lendablePercent, 'must be between 0 and 100, inclusive'));
  }
}

function validateLimited(errors: FieldError[], limited: LimitedPriorityLevelConfiguration): void {
  const path = 'spec.limited';
  validateShares(errors, limited, path);
  validateResponse(errors, limited.limitResponse, `${path}.limitResponse`);
  const { borrowingLimitPercent: borrowing } = limited;
  if (borrowing !== undefined && borrowing < 0) {
    const detail = 'if specified, must be a non-negative integer';
    errors.push(invalid(`${path}.borrowingLimitPercent`, borrowing, detail));
  }
}

function validateResponse(errors: FieldError[], response: LimitResponse | undefined, path: string): void {
  const type = response?.type ?? '';
  const queuing = response?.queuing;
  const queuingPath = `${path}.queuing`;
  if (type === 'Reject') {
    const detail = 'must be nil if limited.limitResponse.type is not Limited';
    if (queuing) errors.push(forbiddenField(queuingPath, detail));
  } else if (type === 'Queue') {
    if (queuing) validateQueuing(errors, queuing, queuingPath);
    else errors.push(required(queuingPath, 'must not be empty if limited.limitResponse.type is Limited'));
  } else errors.push(notSupported(`${path}.type`, type, ['Queue', 'Reject']));
}

function validateQueuing(errors: FieldError[], queuing: QueuingConfiguration, path: string): void {
  const { queueLengthLimit = 0, queues = 0, handSize = 0 } = queuing;
  if (queueLengthLimit <= 0) errors.push(invalid(`${path}.queueLengthLimit`, queueLengthLimit, 'must be positive'));
  if (queues <= 0) errors.push(invalid(`${path}.queues`, queues, 'must be positive'));
  else if (queues > maxQueues) errors.push(invalid(`${path}.queues`, queues, `must not be greater than ${maxQueues}`));
  const handProblem = handSizeProblem(handSize, queues);
  if (handProblem) errors.push(invalid(`${path}.handSize`, handSize, handProblem));
}

function handSizeProblem(handSize: number, queues: number): string | undefined {
  if (handSize <= 0) return 'must be positive';
  if (handSize > queues) return `should not be greater than queues (${queues})`;
  const bits = entropyBits(queues, handSize);
  if (bits <= maxHashBits) return undefined;
  return `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${maxHashBits}`;
}

/** How many bits choose a hand of cards. Upstream: shufflesharding.RequiredEntropyBits */
function entropyBits(deckSize: number, handSize: number): number {
  let coverage = 1;
  for (let card = deckSize; card > deckSize - handSize; card--) coverage *= card;
  return Math.ceil(Math.log2(coverage));
}
