package io.orderly.lab.evidence;

import org.jspecify.annotations.Nullable;

/** Parses the names of states. */
final class StateParser {

    private StateParser() {}

    /**
     * @return {@code unknown} for a name that the enum does not contain, such as a state of a newer version of the
     *     service
     */
    static <S extends Enum<S>> S read(@Nullable String word, S unknown) {
        for (S state : unknown.getDeclaringClass().getEnumConstants()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return unknown;
    }
}
