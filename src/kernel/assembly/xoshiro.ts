/** One word of the xoshiro256+ stream whose four state words lie at `state`. */
export function next(state: usize): u64 {
  const s0 = load<u64>(state);
  const s1 = load<u64>(state, 8);
  const s2 = load<u64>(state, 16) ^ s0;
  const s3 = load<u64>(state, 24) ^ s1;
  const word = s0 + (s3 ^ s1);
  store<u64>(state, s0 ^ s3);
  store<u64>(state, s1 ^ s2, 8);
  store<u64>(state, s2 ^ (s1 << 17), 16);
  store<u64>(state, rotl<u64>(s3, 45), 24);
  return word;
}

/** Uniform on [0, 1), 53 bits. */
export function uniform(state: usize): f64 {
  return <f64>(<i64>(next(state) >> 11)) * (1.0 / 9007199254740992.0);
}
