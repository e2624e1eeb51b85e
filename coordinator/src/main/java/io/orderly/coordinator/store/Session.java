package io.orderly.coordinator.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The responses to the commands that a client may repeat. Immutable.
 *
 * @param lease that it lives with
 * @param acknowledgedBelow the responses to commands with lower numbers are dropped
 * @param sequences the numbers of the commands that it may repeat, ascending
 * @param answers the responses to these, encoded
 */
record Session(long lease, long acknowledgedBelow, long[] sequences, byte[][] answers) {

    /** An allowance for each response, in addition to its bytes. */
    private static final int OVERHEAD_BYTES = 48;

    static Session open(long lease) {
        return new Session(lease, 1, new long[0], new byte[0][]);
    }

    int size() {
        return sequences.length;
    }

    /** @return null if the command is not known */
    byte @Nullable [] answerTo(long sequence) {
        int at = indexOf(sequence);
        return at < 0 ? null : answers[at];
    }

    /** Below zero if the command is not known. */
    int indexOf(long sequence) {
        return Arrays.binarySearch(sequences, sequence);
    }

    /** @param answer the response to an unknown command */
    Session with(long sequence, byte[] answer) {
        int at = ~indexOf(sequence);
        long[] newSequences = Arrays.copyOf(sequences, size() + 1);
        byte[][] newAnswers = Arrays.copyOf(answers, size() + 1);
        System.arraycopy(sequences, at, newSequences, at + 1, size() - at);
        System.arraycopy(answers, at, newAnswers, at + 1, size() - at);
        newSequences[at] = sequence;
        newAnswers[at] = answer;
        return new Session(lease, acknowledgedBelow, newSequences, newAnswers);
    }

    /** Drops the responses that the client has acknowledged. A lower bound than before changes nothing. */
    Session forgetBelow(long bound) {
        if (bound <= acknowledgedBelow) {
            return this;
        }
        int first = indexOf(bound);
        first = first < 0 ? ~first : first;
        return new Session(
                lease, bound, Arrays.copyOfRange(sequences, first, size()), Arrays.copyOfRange(answers, first, size()));
    }

    /** The digest without the responses. */
    long digest() {
        return new Digest(Digest.Kind.SESSION)
                .with(lease)
                .with(acknowledgedBelow)
                .value();
    }

    /** The digest of a response. */
    long digestOf(int index) {
        return new Digest(Digest.Kind.ANSWER)
                .with(lease)
                .with(sequences[index])
                .with(answers[index])
                .value();
    }

    long sizeOf(int index) {
        return sizeOf(answers[index]);
    }

    static long sizeOf(byte[] answer) {
        return OVERHEAD_BYTES + answer.length;
    }
}
