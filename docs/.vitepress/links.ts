import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';

/** Folders of the repository that the site serves under their own names, besides docs/ itself. */
export const served = ['examples'] as const;

/**
 * Links that are right on a code host lead out of docs/ or to files beside the page. On the site the files of `served` stand
 * at `base`, and so do those of docs/. Throws when a page links to anything else that is no page: it would be dead.
 */
export function repositoryLinks(md: MarkdownRenderer, root: string, base: string): void {
  const inner = md.renderer.rules.link_open;
  md.renderer.rules.link_open = (tokens, index, options, env: MarkdownEnv, self) => {
    const token = tokens[index];
    const target = token.attrGet('href') ?? '';
    if (!/^([a-z]+:|#|\/)/i.test(target) && !/\.(md|html)(#|$)/.test(target)) {
      const path = posix.join('docs', posix.dirname(env.relativePath), target);
      const folder = path.split('/')[0];
      if (!existsSync(join(root, path)) || !['docs', ...served].includes(folder)) {
        throw new Error(`docs/${env.relativePath} links to ${target}, which the site does not serve`);
      }
      token.attrSet('href', `${base}${path.replace(/^docs\//, '')}`);
      token.attrSet('target', '_blank');
    }
    return inner ? inner(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
}
