package io.orderly.lab.evidence;

import org.jspecify.annotations.Nullable;

/** Reads the words that stand for states. */
final class StateParser {

    private StateParser() {}

    /** @return {@code unknown} for a word that is none of the enum's, as one of a newer version of its service */
    static <S extends Enum<S>> S read(@Nullable String word, S unknown) {
        for (S state : unknown.getDeclaringClass().getEnumConstants()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return unknown;
    }
}
