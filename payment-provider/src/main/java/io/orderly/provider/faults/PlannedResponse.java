package io.orderly.provider.faults;

/**
 * What happens to one request.
 *
 * @param delayMillis how long it waits before anything is done
 * @param ending how it ends
 */
public record PlannedResponse(int delayMillis, Ending ending) {

    /** How a request ends. */
    public enum Ending {
        /** It is carried out and answered. */
        ANSWER,
        /** It is answered with an error, and nothing was done. */
        ERROR_BEFORE,
        /** It is carried out, and answered with an error all the same. */
        ERROR_AFTER,
        /** It is carried out, and the connection closes without an answer. */
        SILENCE_AFTER
    }

    /** The fate of a request under settings; {@code number} counts the requests. */
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
