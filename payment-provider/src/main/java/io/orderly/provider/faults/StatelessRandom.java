package io.orderly.provider.faults;

/**
 * Stateless random numbers: the same seed, subject and draw always give the same number, independent of the order of
 * calls.
 *
 * @param subject the number of a request, or the hash of a key
 */
record StatelessRandom(long seed, long subject) {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** Uniformly distributed from 0 (inclusive) to 1 (exclusive). */
    double of(Draw draw) {
        var bits = mix(mix(mix(seed) + subject) + draw.ordinal());
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** The output function of SplitMix64: similar inputs give unrelated outputs. */
    private static long mix(long value) {
        var z = value + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
