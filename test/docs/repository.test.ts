// The files that hosts, registries and editors read agree with each other and with the repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../support/meander.js';
import { systemPackages } from '../support/system-packages.js';

const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly author: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(textOf('package.json')) as Manifest;

interface Citation {
  readonly [key: string]: unknown;
  readonly references: readonly {
    readonly title: string;
    readonly identifiers: readonly { readonly value: string }[];
  }[];
}

describe('CITATION.cff', () => {
  const citation = parse(textOf('CITATION.cff')) as Citation;

  it('names the software as package.json does', () => {
    expect(citation).toMatchObject({
      'cff-version': '1.2.0',
      type: 'software',
      title: 'Meander',
      authors: [{ name: manifest.author }],
      version: manifest.version,
      license: manifest.license,
      keywords: manifest.keywords,
    });
    expect(citation.message).toEqual(expect.any(String));
  });

  it('refers to the paper that README.md links to', () => {
    const [{ title, identifiers }] = citation.references;
    const [, arxiv] = /https:\/\/arxiv\.org\/abs\/([\d.]+)/.exec(textOf('README.md')) ?? [];
    expect(identifiers.map(({ value }) => value)).toEqual([`10.48550/arXiv.${arxiv}`]);
    expect(textOf('docs/theory.md')).toContain(title);
  });
});

interface Step {
  readonly run?: string;
  readonly uses?: string;
}

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly uses?: string;
        readonly steps?: readonly Step[];
        readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
      }
    >
  >;
}

describe('the workflows', () => {
  const names = readdirSync(join(root, '.github/workflows'));
  const workflows = names.map((name) => parse(textOf(`.github/workflows/${name}`)) as Workflow);
  const jobs = workflows.flatMap((workflow) => Object.values(workflow.jobs));

  it('run scripts and workflows that exist', () => {
    const called = jobs.flatMap(({ steps }) =>
      (steps ?? []).flatMap(({ run }) => Array.from(run?.matchAll(/npm run ([\w:-]+)/g) ?? [], ([, script]) => script)),
    );
    expect(called).toContain('docs');
    expect(called.filter((script) => !(script in manifest.scripts))).toEqual([]);
    const local = jobs.flatMap(({ uses }) => uses ?? []);
    expect(local).not.toEqual([]);
    expect(local.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('test the oldest Node that package.json admits', () => {
    const tested = jobs.flatMap(({ strategy }) => strategy?.matrix.node ?? []);
    expect(`>=${Math.min(...tested)}`).toBe(manifest.engines.node);
  });
});

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly {
    readonly id: string;
    readonly attributes: { readonly label: string };
    readonly validations?: { readonly required?: boolean };
  }[];
}

describe('the issue forms', () => {
  const required = (file: string): string[] =>
    (parse(textOf(`.github/ISSUE_TEMPLATE/${file}`)) as Form).body
      .filter(({ validations }) => validations?.required)
      .map(({ id }) => id);

  it('ask for what a bug report and a proposal of a learning rule need', () => {
    expect(required('bug.yml')).toEqual(expect.arrayContaining(['experiment', 'command', 'output', 'version']));
    expect(required('rule.yml')).toEqual(expect.arrayContaining(['update', 'invariance', 'prediction', 'reference']));
  });
});

describe('the development container', () => {
  const { onCreateCommand, image } = JSON.parse(textOf('.devcontainer/devcontainer.json')) as Record<string, string>;

  it('has the oldest Node that package.json admits, and what the tests need besides a cluster', () => {
    expect(image).toContain(`:${manifest.engines.node.replace('>=', '')}-`);
    const words = onCreateCommand.split(' ');
    const wanted = systemPackages.filter(({ tests }) => !tests.includes('SLURM')).map(({ name }) => name);
    expect(wanted).toContain('chromium');
    expect(wanted.filter((name) => !words.includes(name))).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  it('has the headings of Keep a Changelog', () => {
    const headings = textOf('CHANGELOG.md').match(/^##+ .*$/gm) ?? [];
    expect(headings[0]).toBe('## [Unreleased]');
    const heading = /^## \[(Unreleased|\d+\.\d+\.\d+)\]|^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/;
    expect(headings.filter((line) => !heading.test(line))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('names no registry, so that npm takes the one that is set', () => {
    expect(textOf('package-lock.json').match(/"resolved": "[^"]*"/g) ?? []).toEqual([]);
  });
});

it('no part of a page that a command writes is empty', () => {
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const marks = /<!-- (?:generated: [\w ]+|speeds of rules) -->/g;
  const parts = pages.flatMap((page) =>
    Array.from(textOf(`docs/${page}`).matchAll(marks), ({ 0: mark, index, input }) => ({
      part: `${page}: ${mark}`,
      isEmpty: /^\s*<!--/.test(input.slice(index + mark.length)),
    })),
  );
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.filter(({ isEmpty }) => isEmpty)).toEqual([]);
});
