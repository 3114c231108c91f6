// Global setup of the projects that simulate most: the native kernel, whose bits are those of WebAssembly, makes their steps where
// it can be built. Whether it can be built where it should is for the tests of the native kernel.
export default async function setup(): Promise<void> {
  const reason = await import('./native.js').then(
    ({ noNative }) => noNative,
    (error: unknown) => String(error),
  );
  if (reason !== null) console.warn(`Tests simulate with WebAssembly, which takes longer: ${reason}`);
}
