import type { Routine } from '../../kernel/index.ts';
import type { FileStat } from '../file-system.ts';
import { formatTime } from '../format/strftime.ts';
import { matchesPattern } from '../interpreter/expand/pattern.ts';
import { groupName, userName } from './accounts.ts';
import { modeText } from './file-mode.ts';
import { UsageError } from './options.ts';
import { runCommand } from './run-command.ts';
import type { Tool } from './tool.ts';

interface Visit {
  readonly path: string;
  readonly full: string;
  readonly depth: number;
  readonly stat: FileStat;
  isPruned: boolean;
}

type Test = (visit: Visit) => Routine<boolean>;

interface Plan {
  readonly test: Test;
  readonly isDeepFirst: boolean;
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly finish: () => Routine<void>;
}

export function* find(tool: Tool): Routine<number> {
  const firstTest = tool.args.findIndex((arg) => /^[-(!]/.test(arg) && !/^-[HLP]$/.test(arg));
  const paths = (firstTest < 0 ? tool.args : tool.args.slice(0, firstTest)).filter((arg) => !/^-[HLP]$/.test(arg));
  const plan = new Parser(tool, firstTest < 0 ? [] : tool.args.slice(firstTest)).parse();
  let status = 0;
  const walk = function* (path: string, depth: number): Routine<void> {
    const full = tool.path(path);
    const stat = tool.files.lstat(full);
    if (!stat) return;
    const visit: Visit = { path, full, depth, stat, isPruned: false };
    const isShown = depth >= plan.minDepth;
    if (isShown && !plan.isDeepFirst) yield* plan.test(visit);
    if (stat.type === 'directory' && depth < plan.maxDepth && !visit.isPruned) {
      if (!tool.files.mayAccess(full, 'read')) {
        yield* tool.complain(`${tool.quotePath(path)}: Permission denied`);
        status = 1;
      } else
        for (const name of tool.files.list(full))
          yield* walk(`${path.replace(/(.)\/$/, '$1')}${path === '/' ? '' : '/'}${name}`, depth + 1);
    }
    if (isShown && plan.isDeepFirst) yield* plan.test(visit);
  };
  for (const path of paths.length > 0 ? paths : ['.']) {
    if (tool.files.lstat(tool.path(path))) yield* walk(path, 0);
    else {
      yield* tool.complain(tool.isGnu ? `‘${path}’: No such file or directory` : `${path}: No such file or directory`);
      status = 1;
    }
  }
  yield* plan.finish();
  return status;
}

class Parser {
  readonly #tool: Tool;
  readonly #words: readonly string[];
  readonly #batches: { readonly argv: readonly string[]; readonly paths: string[] }[] = [];
  #index = 0;
  #acts = false;
  #isDeepFirst = false;
  #minDepth = 0;
  #maxDepth = Number.POSITIVE_INFINITY;

  constructor(tool: Tool, words: readonly string[]) {
    this.#tool = tool;
    this.#words = words;
  }

  parse(): Plan {
    const test = this.#words.length === 0 ? always : this.#or();
    if (this.#index < this.#words.length)
      throw new UsageError(`paths must precede expression: \`${this.#words[this.#index]}'`);
    const print: Test = this.#print('\n');
    return {
      test: this.#acts ? test : both(test, print),
      isDeepFirst: this.#isDeepFirst,
      minDepth: this.#minDepth,
      maxDepth: this.#maxDepth,
      finish: () => this.#finish(),
    };
  }

  *#finish(): Routine<void> {
    for (const { argv, paths } of this.#batches) {
      if (paths.length > 0) yield* runCommand(this.#tool, [...argv, ...paths]);
    }
  }

  #or(): Test {
    let left = this.#and();
    while (this.#accept('-o') || this.#accept('-or')) left = either(left, this.#and());
    return left;
  }

  #and(): Test {
    let left = this.#not();
    for (;;) {
      const next = this.#words[this.#index];
      if (next === undefined || next === ')' || next === '-o' || next === '-or') return left;
      if (!this.#accept('-a')) this.#accept('-and');
      left = both(left, this.#not());
    }
  }

  #not(): Test {
    if (this.#accept('!') || this.#accept('-not')) {
      const inner = this.#not();
      return function* (visit) {
        return !(yield* inner(visit));
      };
    }
    if (this.#accept('(')) {
      const inner = this.#or();
      if (!this.#accept(')'))
        throw new UsageError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      return inner;
    }
    return this.#primary();
  }

  #accept(word: string): boolean {
    if (this.#words[this.#index] !== word) return false;
    this.#index++;
    return true;
  }

  #argument(name: string): string {
    const word = this.#words[this.#index++];
    if (word === undefined) throw new UsageError(`missing argument to \`${name}'`);
    return word;
  }

  #primary(): Test {
    const name = this.#words[this.#index++];
    if (name === undefined) throw new UsageError('invalid expression');
    switch (name) {
      case '-name':
      case '-iname': {
        const [pattern, flags] = [this.#argument(name), name === '-iname' ? 'i' : ''];
        return plain(({ path }) =>
          matchesPattern(
            path
              .replace(/(.)\/+$/, '$1')
              .split('/')
              .at(-1) || '/',
            pattern,
            flags,
          ),
        );
      }
      case '-path':
      case '-wholename': {
        const pattern = this.#argument(name);
        return plain(({ path }) => matchesPattern(path, pattern));
      }
      case '-type': {
        const wanted = this.#argument(name).split(',');
        const letters = { file: 'f', directory: 'd', symlink: 'l', device: 'c' } as const;
        return plain(({ stat }) => wanted.includes(letters[stat.type]));
      }
      case '-maxdepth':
        this.#maxDepth = Number(this.#argument(name));
        return always;
      case '-mindepth':
        this.#minDepth = Number(this.#argument(name));
        return always;
      case '-depth':
        this.#isDeepFirst = true;
        return always;
      case '-xdev':
      case '-mount':
        return always;
      case '-print':
        this.#acts = true;
        return this.#print('\n');
      case '-print0':
        this.#acts = true;
        return this.#print('\0');
      case '-printf':
        return this.#printf(this.#argument(name));
      case '-prune':
        return plain((visit) => (visit.isPruned = true));
      case '-delete':
        return this.#delete();
      case '-exec':
      case '-ok':
        return this.#exec();
      case '-quit':
        return always;
      case '-true':
        return always;
      case '-false':
        return plain(() => false);
      default:
        return this.#property(name);
    }
  }

  #property(name: string): Test {
    const { files, nowMs } = this.#tool;
    switch (name) {
      case '-empty':
        return plain(({ stat, full }) =>
          stat.type === 'directory' ? files.list(full).length === 0 : stat.type === 'file' && stat.size === 0,
        );
      case '-size': {
        const match = /^([-+]?)(\d+)([bcwkMG]?)$/.exec(this.#argument(name));
        if (!match) throw new UsageError("invalid argument to `-size'");
        const unit = { '': 512, b: 512, c: 1, w: 2, k: 1024, M: 1_048_576, G: 1_073_741_824 }[match[3]!]!;
        return plain(({ stat }) => comparesTo(Math.ceil(stat.size / unit), match[1]!, Number(match[2])));
      }
      case '-mtime':
      case '-mmin': {
        const match = /^([-+]?)(\d+)$/.exec(this.#argument(name));
        if (!match) throw new UsageError(`invalid argument to \`${name}'`);
        const unit = name === '-mtime' ? 86_400_000 : 60_000;
        return plain(({ stat }) =>
          comparesTo(Math.floor((nowMs - stat.modifiedMs) / unit), match[1]!, Number(match[2])),
        );
      }
      case '-newer': {
        const reference = files.stat(this.#tool.path(this.#argument(name)))?.modifiedMs ?? 0;
        return plain(({ stat }) => stat.modifiedMs > reference);
      }
      case '-perm': {
        const match = /^([-/]?)([0-7]+)$/.exec(this.#argument(name));
        if (!match) throw new UsageError("invalid mode for `-perm'");
        const bits = Number.parseInt(match[2]!, 8);
        return plain(({ stat }) =>
          match[1] === '-'
            ? (stat.mode & bits) === bits
            : match[1] === '/'
              ? (stat.mode & bits) !== 0
              : (stat.mode & 0o7777) === bits,
        );
      }
      case '-user': {
        const wanted = this.#argument(name);
        return plain(({ stat }) => userName(files, stat.uid) === wanted || String(stat.uid) === wanted);
      }
      case '-group': {
        const wanted = this.#argument(name);
        return plain(({ stat }) => groupName(files, stat.gid) === wanted || String(stat.gid) === wanted);
      }
      case '-executable':
        return plain(({ full }) => files.mayAccess(full, 'execute'));
      case '-readable':
        return plain(({ full }) => files.mayAccess(full, 'read'));
      case '-writable':
        return plain(({ full }) => files.mayAccess(full, 'write'));
      case '-regex': {
        const expression = new RegExp(`^(?:${this.#argument(name)})$`);
        return plain(({ path }) => expression.test(path));
      }
      default:
        throw new UsageError(this.#tool.isGnu ? `unknown predicate \`${name}'` : `unrecognized: ${name}`);
    }
  }

  #print(end: string): Test {
    const tool = this.#tool;
    return function* ({ path }) {
      yield* tool.print(path + end);
      return true;
    };
  }

  #printf(format: string): Test {
    this.#acts = true;
    const tool = this.#tool;
    return function* ({ path, stat, depth }) {
      const values: Readonly<Record<string, string>> = {
        p: path,
        f: path.split('/').at(-1) || '/',
        h: path.includes('/') ? path.replace(/\/[^/]*$/, '') : '.',
        s: String(stat.size),
        m: stat.mode.toString(8),
        M: modeText(stat),
        u: userName(tool.files, stat.uid),
        g: groupName(tool.files, stat.gid),
        d: String(depth),
        y: { file: 'f', directory: 'd', symlink: 'l', device: 'c' }[stat.type],
        t: formatTime('%a %b %e %H:%M:%S %Y', stat.modifiedMs),
        'T@': (stat.modifiedMs / 1000).toFixed(10),
        '%': '%',
      };
      const text = format
        .replace(/\\([nt0\\])/g, (_, letter: string) => ({ n: '\n', t: '\t', '0': '\0', '\\': '\\' })[letter]!)
        .replace(/%(T@|[a-zA-Z%])/g, (whole, key: string) => values[key] ?? whole);
      yield* tool.print(text);
      return true;
    };
  }

  #delete(): Test {
    this.#acts = true;
    this.#isDeepFirst = true;
    const { files } = this.#tool;
    return plain(({ full, path }) => {
      if (path !== '.') files.remove(full);
      return true;
    });
  }

  #exec(): Test {
    this.#acts = true;
    const end = this.#words.findIndex(
      (word, index) => index >= this.#index && (word === ';' || (word === '+' && this.#words[index - 1] === '{}')),
    );
    if (end < 0) throw new UsageError("missing argument to `-exec'");
    const argv = this.#words.slice(this.#index, end);
    const tool = this.#tool;
    const isBatch = this.#words[end] === '+';
    this.#index = end + 1;
    if (isBatch) {
      const batch = { argv: argv.slice(0, -1), paths: [] as string[] };
      this.#batches.push(batch);
      return plain(({ path }) => batch.paths.push(path) > 0);
    }
    return function* ({ path }) {
      const exit = yield* runCommand(
        tool,
        argv.map((word) => word.replaceAll('{}', path)),
      );
      return exit.code === 0;
    };
  }
}

const always: Test = plain(() => true);

function plain(test: (visit: Visit) => boolean): Test {
  return function* (visit) {
    return test(visit);
  };
}

function both(left: Test, right: Test): Test {
  return function* (visit) {
    return (yield* left(visit)) && (yield* right(visit));
  };
}

function either(left: Test, right: Test): Test {
  return function* (visit) {
    return (yield* left(visit)) || (yield* right(visit));
  };
}

function comparesTo(value: number, sign: string, wanted: number): boolean {
  if (sign === '+') return value > wanted;
  return sign === '-' ? value < wanted : value === wanted;
}
