package io.orderly.provider.faults;

import io.orderly.provider.book.Issuer;
import io.orderly.provider.book.Request;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The settings in force, and what they do to the requests that come. They can be changed at any time. */
public final class FaultInjector implements Issuer {

    /** What an issuer says that gives no reason. */
    static final String DO_NOT_HONOR = "do_not_honor";

    /** Settings with their own count of requests, so that the same settings repeat the same fates. */
    private record Regime(FaultSettings settings, AtomicLong requests) {}

    private final FaultSettings initial;
    private volatile Regime regime;

    /** @param initial the settings to start with, and to come back to */
    public FaultInjector(FaultSettings initial) {
        this.initial = initial;
        this.regime = new Regime(initial, new AtomicLong());
    }

    /** The settings that the process was started with. */
    public FaultSettings initial() {
        return initial;
    }

    /** The settings in force. */
    public FaultSettings settings() {
        return regime.settings;
    }

    /** Puts settings in force for the requests that come from now on, and starts counting these anew. */
    public void change(FaultSettings settings) {
        regime = new Regime(settings, new AtomicLong());
    }

    /** Whether nothing but health and settings is answered. */
    public boolean outage() {
        return regime.settings.outage();
    }

    /** What happens to the request that has just come. */
    public PlannedResponse next() {
        var current = regime;
        return PlannedResponse.of(current.settings, current.requests.getAndIncrement());
    }

    @Override
    public Optional<String> decline(String key, Request request) {
        var settings = regime.settings;
        if (settings.declinedAccounts().get(request.account()) instanceof String reason) {
            return Optional.of(reason);
        }
        return new StatelessRandom(settings.seed(), key.hashCode()).of(Draw.DECLINE) < settings.declineRate()
                ? Optional.of(DO_NOT_HONOR)
                : Optional.empty();
    }
}
