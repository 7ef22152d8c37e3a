import type { Program } from '../program.ts';
import { cat } from './cat.ts';
import { sleep } from './sleep.ts';
import { toolProgram, type Flavour, type ToolBody } from './tool.ts';

/** Every tool by name. */
const tools: Readonly<Record<string, ToolBody>> = { cat, sleep };

/** The names of the tools that there are. */
export const toolNames: readonly string[] = Object.keys(tools).sort();

/** A tool as a program; undefined when there is none of that name. */
export function toolNamed(name: string, flavour: Flavour): Program | undefined {
  const body = tools[name];
  return body && toolProgram(body, flavour);
}
