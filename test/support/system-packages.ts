// Programs of the system that some tests need. The one test command installs them where it may; elsewhere those tests are
// skipped, with the reason.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface SystemPackage {
  /** Name of the Debian package. */
  readonly name: string;
  /** A file that is there once it is installed. */
  readonly file: string;
  /** The tests that need it. */
  readonly tests: string;
}

export const chromiumFile = '/usr/bin/chromium';

export const systemPackages: readonly SystemPackage[] = [
  { name: 'chromium', file: chromiumFile, tests: 'the browser tests' },
  { name: 'slurm-wlm', file: '/usr/sbin/slurmctld', tests: 'the tests on a real SLURM' },
  { name: 'munge', file: '/usr/sbin/munged', tests: 'the tests on a real SLURM' },
  {
    name: 'python3-numpy',
    file: '/usr/lib/python3/dist-packages/numpy/__init__.py',
    tests: 'the tests that read tables in Python',
  },
  {
    name: 'python3-pandas',
    file: '/usr/lib/python3/dist-packages/pandas/__init__.py',
    tests: 'the test of the notebook',
  },
  {
    name: 'python3-nbclient',
    file: '/usr/lib/python3/dist-packages/nbclient/__init__.py',
    tests: 'the test of the notebook',
  },
  {
    name: 'python3-ipykernel',
    file: '/usr/lib/python3/dist-packages/ipykernel/__init__.py',
    tests: 'the test of the notebook',
  },
  { name: 'octave', file: '/usr/bin/octave-cli', tests: 'the tests of MAT files that Octave writes' },
  {
    name: 'python3-h5py',
    file: '/usr/lib/python3/dist-packages/h5py/__init__.py',
    tests: 'the tests of files that h5py, scipy and zarr write',
  },
  {
    name: 'python3-scipy',
    file: '/usr/lib/python3/dist-packages/scipy/__init__.py',
    tests: 'the tests of files that h5py, scipy and zarr write',
  },
  {
    name: 'python3-zarr',
    file: '/usr/lib/python3/dist-packages/zarr/__init__.py',
    tests: 'the tests of files that h5py, scipy and zarr write',
  },
];

const isMissing = ({ file }: SystemPackage): boolean => !existsSync(file);

/** Installs what is missing, if this process may, and says which tests must be skipped for want of the rest. */
export function provideSystemPackages(): void {
  const missing = systemPackages.filter(isMissing);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  const refusal = whyNotInstall();
  if (refusal === null) {
    console.log(`installing ${names.join(', ')}`);
    const apt = (...args: string[]): boolean =>
      spawnSync('apt-get', ['-qq', ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      }).status === 0;
    apt('update');
    // One by one: a package that cannot be had does not keep the others out.
    for (const name of names) apt('install', '-y', '--no-install-recommends', name);
  }
  for (const { name, tests } of missing.filter(isMissing)) {
    console.log(`skipped: ${tests}, because ${name} is missing: ${refusal ?? 'apt-get could not install it'}`);
  }
}

function whyNotInstall(): string | null {
  if (!existsSync('/usr/bin/apt-get')) return 'there is no apt-get here';
  return process.getuid?.() === 0 ? null : 'only root can install it with apt-get';
}
