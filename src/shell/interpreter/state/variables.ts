import { ShellError } from '../control-flow.ts';
import { copyVariable, entriesOf, makeVariable, scalarOf, type Value, type Variable } from './variable.ts';

/** The variables of a shell: the global ones, and one scope for each function that runs (scoping is dynamic). */
export class Variables {
  readonly #scopes: Map<string, Variable>[];

  constructor(scopes: Map<string, Variable>[] = [new Map()]) {
    this.#scopes = scopes;
  }

  /** A copy for a subshell. */
  fork(): Variables {
    return new Variables(
      this.#scopes.map((scope) => new Map([...scope].map(([name, variable]) => [name, copyVariable(variable)]))),
    );
  }

  pushScope(): void {
    this.#scopes.push(new Map());
  }

  popScope(): void {
    this.#scopes.pop();
  }

  get isInFunction(): boolean {
    return this.#scopes.length > 1;
  }

  /** The variable as the innermost function sees it, with name references followed. */
  find(name: string): Variable | undefined {
    const variable = this.findDirect(name);
    if (!variable?.isReference) return variable;
    return this.findDirect(this.resolve(name));
  }

  /** The variable itself, also when it is a reference. */
  findDirect(name: string): Variable | undefined {
    for (let level = this.#scopes.length - 1; level >= 0; level--) {
      const variable = this.#scopes[level]!.get(name);
      if (variable) return variable;
    }
    return undefined;
  }

  /** The name behind a chain of `declare -n` references. */
  resolve(name: string): string {
    for (let hops = 0; hops < 8; hops++) {
      const variable = this.findDirect(name);
      const target = variable?.isReference ? scalarOf(variable.value) : undefined;
      if (!target || target === name) return name;
      name = target;
    }
    return name;
  }

  get(name: string): string | undefined {
    return scalarOf(this.find(name)?.value);
  }

  /** The variable to assign to: made in the global scope when there is none. */
  reach(name: string): Variable {
    const resolved = this.resolve(name);
    const existing = this.findDirect(resolved);
    if (existing) return existing;
    const variable = makeVariable();
    this.#scopes[0]!.set(resolved, variable);
    return variable;
  }

  /** The variable in the innermost function's own scope. */
  reachLocal(name: string): Variable {
    const scope = this.#scopes.at(-1)!;
    const existing = scope.get(name);
    if (existing) return existing;
    const outer = this.findDirect(name);
    if (outer?.isReadonly && this.isInFunction) throw new ShellError(`${name}: readonly variable`, { isFatal: false });
    const variable = makeVariable();
    // An exported variable stays exported when a function shadows it.
    if (outer?.isExported) variable.isExported = true;
    scope.set(name, variable);
    return variable;
  }

  isLocal(name: string): boolean {
    return this.isInFunction && this.#scopes.at(-1)!.has(name);
  }

  set(name: string, text: string): void {
    const variable = this.reach(name);
    demandWritable(name, variable);
    assignScalar(variable, text);
  }

  /** Puts something in a variable without asking whether it may be changed: for the shell's own variables. */
  force(name: string, value: Value): void {
    this.reach(name).value = value;
  }

  unset(name: string): boolean {
    for (let level = this.#scopes.length - 1; level >= 0; level--) {
      const scope = this.#scopes[level]!;
      const variable = scope.get(name);
      if (!variable) continue;
      if (variable.isReadonly) return false;
      // What was local stays local, without a value, until the function returns.
      if (level > 0 && level === this.#scopes.length - 1) {
        scope.set(name, makeVariable());
        return true;
      }
      scope.delete(name);
      return true;
    }
    return true;
  }

  /** Every visible name, sorted. */
  names(): readonly string[] {
    return [...new Set(this.#scopes.flatMap((scope) => [...scope.keys()]))].sort();
  }

  /** What a child process gets. */
  environment(): Map<string, string> {
    const environment = new Map<string, string>();
    for (const scope of this.#scopes) {
      for (const [name, variable] of scope) {
        if (variable.isExported && variable.value?.kind === 'scalar') environment.set(name, variable.value.text);
        else environment.delete(name);
      }
    }
    return environment;
  }
}

export function demandWritable(name: string, variable: Variable): void {
  if (variable.isReadonly) throw new ShellError(`${name}: readonly variable`);
}

/** Plain assignment: an array keeps its other elements. */
export function assignScalar(variable: Variable, text: string): void {
  const cased = inCase(variable, text);
  if (variable.value?.kind === 'indexed') variable.value.items.set(0, cased);
  else if (variable.value?.kind === 'associative') variable.value.items.set('0', cased);
  else variable.value = { kind: 'scalar', text: cased };
}

export function inCase({ letters }: Variable, text: string): string {
  if (letters === 'upper') return text.toUpperCase();
  return letters === 'lower' ? text.toLowerCase() : text;
}

/** The variable's items as an indexed array; a scalar becomes its element 0. */
export function asIndexed(variable: Variable): Map<number, string> {
  if (variable.value?.kind === 'indexed') return variable.value.items;
  const items = new Map(entriesOf(variable.value).map(([key, text]) => [Number(key), text]));
  variable.value = { kind: 'indexed', items };
  return items;
}
