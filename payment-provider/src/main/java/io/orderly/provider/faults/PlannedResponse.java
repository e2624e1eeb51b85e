package io.orderly.provider.faults;

/**
 * How one request is to be answered.
 *
 * @param delayMillis the delay before the request is executed
 * @param ending how the request ends
 */
public record PlannedResponse(int delayMillis, Ending ending) {

    /** How a request ends. */
    public enum Ending {
        /** The request is executed and answered. */
        ANSWER,
        /** The request is answered with an error and not executed. */
        ERROR_BEFORE,
        /** The request is executed, but answered with an error. */
        ERROR_AFTER,
        /** The request is executed, and the connection is closed without an answer. */
        SILENCE_AFTER
    }

    /** The planned response under the given settings; {@code number} is the number of the request. */
    static PlannedResponse of(FaultSettings settings, long number) {
        var chance = new StatelessRandom(settings.seed(), number);
        var delayMillis = settings.latencyMillis() + (int) (chance.of(Draw.JITTER) * (settings.jitterMillis() + 1));
        if (chance.of(Draw.SLOW) < settings.slowRate()) {
            delayMillis += settings.slowMillis();
        }
        return new PlannedResponse(delayMillis, ending(settings, chance));
    }

    private static Ending ending(FaultSettings settings, StatelessRandom chance) {
        if (chance.of(Draw.ERROR) < settings.errorRate()) {
            return Ending.ERROR_BEFORE;
        }
        if (chance.of(Draw.LOST_ANSWER) < settings.lostAnswerRate()) {
            return chance.of(Draw.SILENCE) < 0.5 ? Ending.SILENCE_AFTER : Ending.ERROR_AFTER;
        }
        return Ending.ANSWER;
    }
}
