/** The tree of an awk program. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'regex'; readonly source: string }
  | Target
  | { readonly kind: 'group'; readonly items: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: '!' | '-' | '+'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'concat'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'match'; readonly isNegated: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'in'; readonly keys: readonly Expression[]; readonly array: string }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'assign'; readonly operator: string; readonly target: Target; readonly value: Expression }
  | { readonly kind: 'step'; readonly target: Target; readonly by: 1 | -1; readonly isPrefix: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'getline';
      readonly source: 'input' | 'file' | 'command';
      readonly from: Expression | undefined;
      readonly target: Target | undefined;
    };

/** What can be assigned to. */
export type Target =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expression }
  | { readonly kind: 'element'; readonly array: string; readonly keys: readonly Expression[] };

export interface OutputTo {
  readonly kind: '>' | '>>' | '|';
  readonly target: Expression;
}

export type AwkStatement =
  | { readonly kind: 'print' | 'printf'; readonly items: readonly Expression[]; readonly to: OutputTo | undefined }
  | { readonly kind: 'expression'; readonly value: Expression }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly yes: AwkStatement;
      readonly no: AwkStatement | undefined;
    }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: AwkStatement }
  | { readonly kind: 'do'; readonly test: Expression; readonly body: AwkStatement }
  | {
      readonly kind: 'for';
      readonly first: AwkStatement | undefined;
      readonly test: Expression | undefined;
      readonly step: AwkStatement | undefined;
      readonly body: AwkStatement;
    }
  | { readonly kind: 'each'; readonly name: string; readonly array: string; readonly body: AwkStatement }
  | { readonly kind: 'block'; readonly body: readonly AwkStatement[] }
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'delete'; readonly array: string; readonly keys: readonly Expression[] | undefined };

export interface AwkRule {
  readonly kind: 'BEGIN' | 'END' | 'pattern' | 'range';
  readonly test: Expression | undefined;
  readonly end: Expression | undefined;
  /** Without an action the record is printed. */
  readonly body: AwkStatement | undefined;
}

export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: AwkStatement;
}

export interface AwkProgram {
  readonly rules: readonly AwkRule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}
