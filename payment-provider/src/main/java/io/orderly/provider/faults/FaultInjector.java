package io.orderly.provider.faults;

import io.orderly.provider.book.Issuer;
import io.orderly.provider.book.Request;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Applies the current fault settings to requests. The settings can be changed at any time. */
public final class FaultInjector implements Issuer {

    /** The reason of a decline without a specific reason. */
    static final String DO_NOT_HONOR = "do_not_honor";

    /** Settings with a request counter of their own, so that the same settings repeat the same responses. */
    private record ActiveSettings(FaultSettings settings, AtomicLong requests) {}

    private final FaultSettings initial;
    private volatile ActiveSettings active;

    /** @param initial the initial settings, and the defaults of later changes */
    public FaultInjector(FaultSettings initial) {
        this.initial = initial;
        this.active = new ActiveSettings(initial, new AtomicLong());
    }

    /** The settings with which the process was started. */
    public FaultSettings initial() {
        return initial;
    }

    /** The current settings. */
    public FaultSettings settings() {
        return active.settings;
    }

    /** Replaces the settings for all following requests, and restarts the request counter. */
    public void change(FaultSettings settings) {
        active = new ActiveSettings(settings, new AtomicLong());
    }

    /** Whether only health and settings are served. */
    public boolean outage() {
        return active.settings.outage();
    }

    /** The planned response of the next request. */
    public PlannedResponse next() {
        var current = active;
        return PlannedResponse.of(current.settings, current.requests.getAndIncrement());
    }

    @Override
    public Optional<String> decline(String key, Request request) {
        var settings = active.settings;
        if (settings.declinedAccounts().get(request.account()) instanceof String reason) {
            return Optional.of(reason);
        }
        return new StatelessRandom(settings.seed(), key.hashCode()).of(Draw.DECLINE) < settings.declineRate()
                ? Optional.of(DO_NOT_HONOR)
                : Optional.empty();
    }
}
