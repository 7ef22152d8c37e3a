import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemplateError, TemplateSet } from './index.ts';

/** The mistakes, the verbs and what people write are compared with Go itself in e2e/oracle/lines/templates.ts. */
function run(text: string, data?: unknown, functions = {}): string {
  const templates = new TemplateSet(functions);
  let output = '';
  templates.parse('t', text);
  templates.execute('t', data, (part) => (output += part));
  return output;
}

function problemOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
    return (error as Error).message;
  }
  throw new Error('it went well');
}

describe('templates', () => {
  it.each([
    {
      name: 'nested data',
      text: '{{.a.b}} {{.a}}',
      data: { a: { b: [1.5, null, true] } },
      output: '[1.5 <nil> true] map[b:[1.5 <nil> true]]',
    },
    {
      name: 'keys in order',
      text: '{{range $k, $v := .}}{{$k}}{{$v}} {{end}}',
      data: { b: 'y', a: 'x' },
      output: 'ax by ',
    },
    {
      name: 'a key that objects inherit',
      text: '{{.constructor}} {{.__proto__}}',
      data: {},
      output: '<no value> <no value>',
    },
    {
      name: 'a key that objects hide',
      text: '{{.__proto__.x}}',
      data: JSON.parse('{"__proto__":{"x":"y"}}'),
      output: 'y',
    },
    { name: 'big floats', text: '{{.}}', data: 1000650000, output: '1.00065e+09' },
    { name: 'big integers', text: '{{.}}', data: 1000650000n, output: '1000650000' },
    { name: 'no data', text: '{{.}}{{.a.b}}', data: undefined, output: '<no value><no value>' },
  ])('prints $name', ({ text, data, output }) => expect(run(text, data)).toBe(output));

  it('asks only as far as an argument decides', () => {
    expect(run('{{and false (index . 9)}} {{or 1 (index . 9)}}', [])).toBe('false 1');
  });

  it('calls functions that it was given, and those in the data', () => {
    const shout = {
      parameters: ['string'],
      call: (text: { data: string }) => ({ data: `${text.data}!`, isBoxed: false }),
    };
    expect(run('{{"a" | shout | shout}}', undefined, { shout })).toBe('a!!');
    expect(run('{{call .twice "a"}}', { twice: (text: string) => text + text })).toBe('aa');
  });

  it('lets later texts define anew what earlier ones use', () => {
    const templates = new TemplateSet();
    templates.parse('main', '{{define "part"}}old{{end}}<{{template "part"}}>');
    templates.parse('more', '{{define "part"}}new{{end}}');
    templates.parse('nothing', '{{define "part"}} {{end}}');
    let output = '';
    templates.execute('main', undefined, (part) => (output += part));
    expect(output).toBe('<new>');
  });

  it('names the text that a failing definition came from', () => {
    const templates = new TemplateSet();
    templates.parse('parts.tpl', '\n {{define "part"}}{{.x.y}}{{end}}');
    templates.parse('main', '{{template "part" .}}');
    expect(problemOf(() => templates.execute('main', { x: 1 }, () => undefined))).toBe(
      `template: parts.tpl:2:22: executing "part" at <.x.y>: can't evaluate field y in type interface {}`,
    );
  });

  it('ends when templates call each other for ever', () => {
    expect(problemOf(() => run('{{define "a"}}{{template "a"}}{{end}}{{template "a"}}'))).toContain(
      'exceeded maximum template depth (100000)',
    );
  });

  it('leaves text without actions as it is', () => {
    const plain = fc.string().filter((text) => !text.includes('{{'));
    fc.assert(
      fc.property(plain, (text) => {
        expect(run(text)).toBe(text);
      }),
    );
  });

  it('prints any string as it is, and counts its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const length = new TextEncoder().encode(text).length;
        expect(run('{{printf "%s" .}}{{len .}}', text)).toBe(text + length);
      }),
    );
  });

  it('fails in no other way than with its own error, whatever is written', () => {
    const piece = fc.constantFrom(
      ...'{{ }} {{- -}} . .a .a.b $ $x := = | ( ) " ` \' if else end range with define template block break nil true len index printf eq and 1 1.5 , /* */ text \n "a" "%d" $y'.split(
        ' ',
      ),
      ' ',
    );
    const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (template) => {
        try {
          run(template, { a: { b: ['x'] } });
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
