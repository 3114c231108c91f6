// A real SLURM on this machine: its own munged, slurmctld and slurmd in a directory of their own, two processors.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface Slurm {
  /** What the commands of SLURM need to find it. */
  readonly env: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** Why the tests cannot have it here, or null. */
export function whyNoSlurm(): string | null {
  const missing = ['/usr/sbin/slurmctld', '/usr/sbin/slurmd', '/usr/sbin/munged'].find((file) => !existsSync(file));
  if (missing) return `${missing} is missing`;
  return process.getuid?.() === 0 ? null : 'only root can start its daemons';
}

/** Jobs may run for a minute at least; job arrays have at most 10 array tasks, so that larger sweeps need several. */
export async function startSlurm(): Promise<Slurm> {
  const directory = await mkdtemp(join(tmpdir(), 'slurm-'));
  await chmod(directory, 0o755);
  for (const name of ['state', 'spool', 'munge']) await mkdir(join(directory, name), { mode: 0o755 });
  const key = join(directory, 'munge/key');
  const socket = join(directory, 'munge/socket');
  await writeFile(key, randomBytes(128), { mode: 0o400 });
  const [controlPort, nodePort] = [await freePort(), await freePort()];
  const config = join(directory, 'slurm.conf');
  await writeFile(
    config,
    `ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controlPort}
SlurmdPort=${nodePort}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${socket},cred_expire=5
StateSaveLocation=${directory}/state
SlurmdSpoolDir=${directory}/spool
SlurmctldPidFile=${directory}/slurmctld.pid
SlurmdPidFile=${directory}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=100000,bf_interval=1
MaxArraySize=11
MinJobAge=2
KillWait=2
ReturnToService=2
SlurmdTimeout=30
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=10 State=UP
`,
  );
  const env = { ...process.env, SLURM_CONF: config };
  const daemons: ChildProcess[] = [];
  const start = (file: string, ...args: string[]): void => {
    daemons.push(spawn(file, args, { env, stdio: 'ignore' }));
  };
  const own = (name: string): string => join(directory, 'munge', name);
  start(
    '/usr/sbin/munged',
    ...['--foreground', '--force', `--key-file=${key}`, `--socket=${socket}`],
    ...[`--pid-file=${own('pid')}`, `--log-file=${own('log')}`, `--seed-file=${own('seed')}`],
  );
  await until(() => existsSync(socket), 'munged');
  start('/usr/sbin/slurmctld', '-D', '-f', config, '-L', join(directory, 'slurmctld.log'));
  start('/usr/sbin/slurmd', '-D', '-f', config, '-L', join(directory, 'slurmd.log'));
  const stop = async (): Promise<void> => {
    spawnSync('scancel', ['--signal=KILL', '--full', '--user=root'], { env });
    for (const daemon of daemons.reverse()) {
      daemon.kill('SIGTERM');
      const killer = setTimeout(() => daemon.kill('SIGKILL'), 5000);
      if (daemon.exitCode === null && daemon.signalCode === null) {
        await new Promise((resolve) => daemon.once('exit', resolve));
      }
      clearTimeout(killer);
    }
    await rm(directory, { recursive: true, force: true });
  };
  const isIdle = (): boolean =>
    spawnSync('sinfo', ['-h', '-o', '%T'], { env, encoding: 'utf8' }).stdout.trim() === 'idle';
  try {
    await until(isIdle, 'SLURM');
  } catch (error) {
    const logs = await Promise.all(
      ['slurmctld.log', 'slurmd.log'].map((name) => readFile(join(directory, name), 'utf8').catch(() => '')),
    );
    await stop();
    throw new Error(`${String(error)}\n${logs.join('\n')}`);
  }
  return { env, stop };
}

async function until(is: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 300; turn++) {
    if (is()) return;
    await delay(100);
  }
  throw new Error(`${what} did not start`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
