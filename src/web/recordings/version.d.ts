/** The version of the package, which the bundler puts in. */
declare const MEANDER_VERSION: string;
