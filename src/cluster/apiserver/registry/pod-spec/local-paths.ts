import { invalid, type FieldError } from '../../../../api/index.ts';

/** Paths below a directory that somebody else chose. Upstream: validateLocalDescendingPath and its kin. */
export function validateLocalDescendingPath(errors: FieldError[], target: string, path: string): void {
  if (target.startsWith('/')) errors.push(invalid(path, target, 'must be a relative path'));
  validateNoBacksteps(errors, target, path);
}

export function validateNoBacksteps(errors: FieldError[], target: string, path: string): void {
  if (hasBacksteps(target)) errors.push(invalid(path, target, "must not contain '..'"));
}

export function hasBacksteps(target: string): boolean {
  return target.includes('..') && target.split('/').includes('..');
}

/** As above, and not a name that starts with two dots: the kubelet's atomic writer keeps its own files there. */
export function validateLocalNonReservedPath(errors: FieldError[], target: string, path: string): void {
  validateLocalDescendingPath(errors, target, path);
  if (target.startsWith('..') && !target.startsWith('../')) {
    errors.push(invalid(path, target, "must not start with '..'"));
  }
}

const fileModeProblem = 'must be a number between 0 and 0777 (octal), both inclusive';

export function validateFileMode(errors: FieldError[], mode: number | undefined, path: string): void {
  if (mode !== undefined && (mode > 0o777 || mode < 0)) errors.push(invalid(path, mode, fileModeProblem));
}
