import type { FileSystem } from '../../file-system.ts';
import { ShellError } from '../control-flow.ts';

/** What a test asks of the process that tests. A shell is one; so is the program `/usr/bin/test`. */
export interface TestScope {
  readonly machine: { readonly files: FileSystem; readonly user: { readonly uid: number; readonly gid: number } };
  path(text: string): string;
  isVariableSet(name: string): boolean;
  isOptionSet(name: string): boolean;
  isTerminal(descriptor: number): boolean;
}

const unaryOperators = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const binaryOperators = /^(?:=|==|!=|<|>|=~|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

export function isUnaryTest(operator: string): boolean {
  return unaryOperators.test(operator);
}

export function isBinaryTest(operator: string): boolean {
  return binaryOperators.test(operator);
}

export function unaryTest(scope: TestScope, operator: string, operand: string): boolean {
  if (operator === '-z') return operand === '';
  if (operator === '-n') return operand !== '';
  if (operator === '-v') return scope.isVariableSet(operand);
  if (operator === '-o') return scope.isOptionSet(operand);
  if (operator === '-t') return scope.isTerminal(Number(operand));
  return operand !== '' && fileTest(scope, operator, scope.path(operand));
}

function fileTest({ machine: { files, user } }: TestScope, operator: string, path: string): boolean {
  if (operator === '-L' || operator === '-h') return files.lstat(path)?.type === 'symlink';
  const stat = files.stat(path);
  if (!stat) return false;
  switch (operator) {
    case '-a':
    case '-e':
      return true;
    case '-f':
      return stat.type === 'file';
    case '-d':
      return stat.type === 'directory';
    case '-c':
      return stat.type === 'device';
    case '-s':
      return stat.size > 0;
    case '-r':
      return files.mayAccess(path, 'read');
    case '-w':
      return files.mayAccess(path, 'write');
    case '-x':
      return files.mayAccess(path, 'execute');
    case '-u':
      return (stat.mode & 0o4000) !== 0;
    case '-g':
      return (stat.mode & 0o2000) !== 0;
    case '-k':
      return (stat.mode & 0o1000) !== 0;
    case '-O':
      return stat.uid === user.uid;
    case '-G':
      return stat.gid === user.gid;
    default:
      return false;
  }
}

export function binaryTest(scope: TestScope, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-nt':
    case '-ot':
    case '-ef':
      return compareFiles(scope, left, operator, right);
    default:
      return compareNumbers(integerOf(left), operator, integerOf(right));
  }
}

function compareFiles(scope: TestScope, left: string, operator: string, right: string): boolean {
  const { files } = scope.machine;
  const [a, b] = [files.stat(scope.path(left)), files.stat(scope.path(right))];
  if (operator === '-ef')
    return a !== undefined && files.realPath(scope.path(left)) === files.realPath(scope.path(right));
  if (operator === '-nt') return a !== undefined && (!b || a.modifiedMs > b.modifiedMs);
  return b !== undefined && (!a || a.modifiedMs < b.modifiedMs);
}

function integerOf(text: string): bigint {
  if (/^\s*[-+]?\d+\s*$/.test(text)) return BigInt(text.trim().replace(/^\+/, ''));
  throw new ShellError(`${text}: integer expression expected`, { status: 2, isFatal: false });
}

function compareNumbers(a: bigint, operator: string, b: bigint): boolean {
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    default:
      return a >= b;
  }
}
