import { posix } from 'node:path';
import ts from 'typescript';
import { folderOf, nodesOf, type SourceFile } from './source-files.js';

/** Something that a file imports: a file of src, a package, or a module that is named only at run time. */
export interface Import {
  readonly from: string;
  readonly line: number;
  readonly to: { readonly folder: string } | { readonly package: string } | { readonly unknown: string };
}

/** Everything that a file imports, in any form: also types, what it passes on, and what it loads at run time. */
export function importsOf(file: SourceFile): Import[] {
  const written = nodesOf(file).flatMap((node) => {
    const specifier = specifierIn(node);
    if (!specifier) return [];
    const { line } = specifier.getSourceFile().getLineAndCharacterOfPosition(specifier.getStart());
    return [{ from: file.path, line: line + 1, to: target(file.path, specifier) }];
  });
  const compiled = file.path.endsWith('.tsx')
    ? [{ from: file.path, line: 1, to: { package: 'preact' } }]
    : [];
  return [...written, ...compiled];
}

function specifierIn(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression;
  const imports =
    called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
  return imports ? (node.arguments[0] ?? node) : undefined;
}

function target(from: string, specifier: ts.Node): Import['to'] {
  if (!ts.isStringLiteralLike(specifier)) return { unknown: specifier.getText() };
  const name = specifier.text;
  if (name.startsWith('.')) {
    const path = posix.join(posix.dirname(from), name);
    return path.startsWith('src/') ? { folder: folderOf(path) } : { unknown: path };
  }
  if (name.startsWith('node:')) return { package: 'node:*' };
  return {
    package: name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  };
}

/** Folders that import each other in a circle, one list per circle. */
export function circlesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reachable = (from: string) => {
    const reached = new Set<string>();
    const follow = (folder: string) => {
      for (const next of edges.get(folder) ?? []) {
        if (reached.has(next)) continue;
        reached.add(next);
        follow(next);
      }
    };
    follow(from);
    return reached;
  };
  const reach = new Map([...edges.keys()].map((folder) => [folder, reachable(folder)]));
  const circles = [...reach.keys()].map((folder) =>
    [...reach.get(folder)!].filter((other) => reach.get(other)?.has(folder)).toSorted(),
  );
  return [...new Map(circles.filter(({ length }) => length > 1).map((each) => [each.join(), each])).values()];
}
