import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');

/** A file of the project, named by its path from the root with slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every file under a folder of the project. */
export function filesIn(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(root.length + 1).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** Files of TypeScript under a folder of the project. */
export function sourcesIn(folder: string): SourceFile[] {
  return filesIn(folder).filter(({ path }) => /\.tsx?$/.test(path));
}

/** Every node of the file's syntax tree, parents before children. */
export function nodesOf({ path, text }: SourceFile): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true));
  return nodes;
}

/** The folder of src that a file lies in; '' for one that lies directly in src. */
export function folderOf(path: string): string {
  const [, folder, ...rest] = path.split('/');
  return rest.length > 0 ? folder! : '';
}
