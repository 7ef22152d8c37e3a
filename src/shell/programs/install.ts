import type { MemoryFileSystem } from '../files/memory-file-system.ts';
import { toolNamed, toolNames } from './index.ts';
import type { Flavour } from './tool.ts';

/** Puts every tool there is into a directory. */
export function installTools(files: MemoryFileSystem, directory: string, flavour: Flavour): void {
  for (const name of toolNames) files.installProgram(`${directory}/${name}`, toolNamed(name, flavour)!);
}
