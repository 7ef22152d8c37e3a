import type { FloatLiteral } from './compare.ts';

/** The parts of a JSONPath template. Upstream: client-go/util/jsonpath/node.go */
export type PathNode =
  | { readonly type: 'list'; readonly nodes: PathNode[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'array'; readonly params: readonly [SliceParam, SliceParam, SliceParam] }
  | { readonly type: 'filter'; readonly left: ListNode; readonly right: ListNode; readonly operator: string }
  | { readonly type: 'literal'; readonly value: number | boolean | FloatLiteral }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  | { readonly type: 'union'; readonly branches: readonly ListNode[] };

export type ListNode = Extract<PathNode, { type: 'list' }>;

/** Start, end or step of a slice. */
export interface SliceParam {
  readonly value: number;
  readonly isKnown: boolean;
  /** The end was not written: it follows from the start. */
  readonly isDerived: boolean;
}
