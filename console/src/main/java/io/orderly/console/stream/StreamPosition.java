package io.orderly.console.stream;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a server-sent event: a position in the frames of one run of the console.
 *
 * @param run distinguishes the runs of the process, whose positions mean different events
 */
record StreamPosition(String run, long position) {

    private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,20})-([0-9]{1,18})");

    /** The position in a Last-Event-ID; empty if it is malformed or of another run. */
    static OptionalLong inRun(String run, String lastEventId) {
        Matcher matcher = TEXT.matcher(lastEventId);
        return matcher.matches() && matcher.group(1).equals(run)
                ? OptionalLong.of(Long.parseLong(matcher.group(2)))
                : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return run + "-" + position;
    }
}
